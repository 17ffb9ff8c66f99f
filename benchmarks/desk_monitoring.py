"""Watched subjects after a change of the list: how long the sweep takes, and whether it finds what a full one does.

usage: desk_monitoring.py [--subjects N] [--changed N] [--write]

The list of 17,846 is imported once as it is and once with some entries renamed; made travelers are watched, a few of
them under names of changed listings. A short form: `--subjects 2000 --changed 50`.
"""

import argparse
import gzip
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring.machine import BENCH
from measuring.names import Travelers
from measuring.page import Figure, report, tell_figures
from measuring.programs import run_program

LIST = BENCH / "list_alias.ftm.json.gz"
PIECE = 5000
PLANTED = 40


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--changed", type=int, default=500)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--within", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.within:
        print(json.dumps(measure(options.subjects, options.changed)))
        return 0
    if not LIST.exists():
        print("the names of ../shared/bench/names-dev are absent: nothing is measured")
        return 0
    command = [sys.executable, __file__, "--within", f"--subjects={options.subjects}", f"--changed={options.changed}"]
    with tempfile.TemporaryDirectory() as folder:
        found = run_program(command, {"TAHALUF_DATA": folder}).figures
    report("desk_monitoring", tell(options.subjects, options.changed, found), write=options.write)
    return 0


def tell(subjects: int, changed: int, found: dict[str, Any]) -> str:
    what = f"{subjects:,} watched subjects against a change of {changed} listings"
    return tell_figures(
        [
            Figure(f"{what}: the sweep, hits stored and alerts raised", found["sweep"], "s", 5),
            Figure("… hits found", found["hits"], ""),
            Figure("… of a full screening's hits on these listings, not found", found["missed"], "", 0),
            Figure("… the same subjects against the whole list", found["full"], "s"),
            Figure("Subjects registered (stored, audited)", found["watched"], "a second"),
            Figure("Importing the list and compiling its index", found["import"], "s", None, 30),
        ]
    )


def measure(subjects: int, changed: int) -> dict[str, Any]:
    """Within a process of its own, whose environment names the data folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tahaluf.web.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from tahaluf.web.common.jobs.process import collect_seldom  # noqa: PLC0415

    collect_seldom()
    call_command("migrate", verbosity=0)
    entities = [json.loads(line) for line in gzip.decompress(LIST.read_bytes()).splitlines()]
    chosen = random.Random(11).sample([k for k, one in enumerate(entities) if one["schema"] == "Person"], changed)
    began = time.perf_counter()
    bring(entities)
    imported = time.perf_counter() - began
    watched = watch(subjects, [entities[k]["properties"]["name"][0] for k in chosen[:PLANTED]])
    for number in chosen:
        entities[number]["properties"].setdefault("notes", []).append("Amended.")
    edition = bring(entities)
    sweep = run_sweep()
    found, full, took = compare(edition)
    return {
        "import": imported, "watched": watched, "sweep": sweep, "hits": len(found), "missed": len(full - found),
        "full": took,
    }  # fmt: skip


def bring(entities: list[dict[str, Any]]) -> Any:
    """The next version of the list, compiled."""
    from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.ftm.json"
        path.write_text("".join(json.dumps(one) + "\n" for one in entities), "utf-8")
        import_file(path, file_name=path.name, by=None, slug="bench", accept=True)
    return rebuild(ensure_default())


def watch(count: int, planted: list[str]) -> float:
    """Register made travelers, and some under listed names; how many in a second. What stands now is not looked for."""
    from tahaluf.domain import Kind, Subject  # noqa: PLC0415
    from tahaluf.web.accounts.models import RoleGrant, User  # noqa: PLC0415
    from tahaluf.web.monitoring.models import Sweep, WatchedSubject  # noqa: PLC0415
    from tahaluf.web.monitoring.services import watch as register  # noqa: PLC0415
    from tahaluf.web.review.purposes.services import ensure_defaults  # noqa: PLC0415
    from tahaluf.web.review.tables.purposes import Purpose  # noqa: PLC0415

    ensure_defaults()
    user = User.objects.create_user("bench")
    RoleGrant.objects.create(user=user, role="analyst")

    def people() -> Iterator[Subject]:
        names = Travelers(BENCH).make(count - len(planted))
        yield from (Subject(f"t{number}", (name,), Kind.PERSON) for number, name in enumerate(names))
        yield from (Subject(f"p{number}", (name,), Kind.PERSON) for number, name in enumerate(planted))

    began = time.perf_counter()
    register(user, "bench", Purpose.objects.get(slug="border"), people())
    took = time.perf_counter() - began
    WatchedSubject.objects.update(pending=False)
    Sweep.objects.all().delete()
    return count / took


def run_sweep() -> float:
    """The sweep that the new edition asked for."""
    from tahaluf.web.common.jobs.models import Job  # noqa: PLC0415
    from tahaluf.web.monitoring.models import Sweep  # noqa: PLC0415
    from tahaluf.web.monitoring.sweeping import sweep_all  # noqa: PLC0415

    class Alone:
        """Nobody else works here: the job is not leased."""

        job = Job()

        def step(self, done: int, total: int | None = None) -> None:
            del done, total

        def hold(self) -> None:
            return None

    began = time.perf_counter()
    sweep_all(Alone())  # type: ignore[arg-type]
    took = time.perf_counter() - began
    if not Sweep.objects.filter(finished_at__isnull=False).exists():
        raise RuntimeError("no sweep was run")
    return took


def compare(edition: Any) -> tuple[set[tuple[str, str]], set[tuple[str, str]], float]:
    """(subject, listing) of the hits that the sweep found; those of a full screening on the listings that changed; how
    long the full screening took."""
    from tahaluf.web.catalogue.engine import opened  # noqa: PLC0415
    from tahaluf.web.monitoring.changes import changes_between  # noqa: PLC0415
    from tahaluf.web.monitoring.models import WatchedHit, WatchedSubject  # noqa: PLC0415
    from tahaluf.web.review.subjects import subject_of  # noqa: PLC0415

    changed = changes_between({"bench": 1}, {"bench": 2}).changed
    found = set(WatchedHit.objects.filter(live=True).values_list("subject__external_id", "listing_id"))
    rows = list(WatchedSubject.objects.order_by("pk").values_list("external_id", "subject"))
    screener, full, took = opened(edition), set(), 0.0
    for start in range(0, len(rows), PIECE):
        piece = rows[start : start + PIECE]
        subjects = [subject_of(subject) for _, subject in piece]
        began = time.perf_counter()
        hits = screener.match_many(subjects, top=50)
        took += time.perf_counter() - began
        full |= {
            (name, hit.listing_id)
            for (name, _), own in zip(piece, hits, strict=True)
            for hit in own
            if (hit.dataset, hit.listing_id) in changed
        }
    return found, full, took


if __name__ == "__main__":
    sys.exit(main())
