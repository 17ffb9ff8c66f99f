"""A list imported into the desk and compiled there: how long it takes until everything is screened against it.

usage: desk_import.py [LIST] [--write]

In a fresh data folder on SQLite, without a worker: what a job does. A second version with 500 amended listings follows.
"""

import argparse
import gzip
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from measuring.machine import BENCH
from measuring.page import Figure, report, tell_figures

AMENDED = 500


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def amend(path: Path, out: Path) -> Path:
    """The list, a FollowTheMoney file, with another alias for some of its listings."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as source, out.open("wb") as target:
        for number, line in enumerate(source):
            entity = orjson.loads(line)
            if number < AMENDED:
                entity["properties"].setdefault("alias", []).append(f"Invented Alias {number}")
            target.write(orjson.dumps(entity) + b"\n")
    return out


def measure(path: Path) -> list[Figure]:
    import django  # noqa: PLC0415 (the environment comes first)
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild  # noqa: PLC0415

    first, importing = timed(lambda: import_file(path, file_name=path.name, by=None))
    edition, compiling = timed(lambda: rebuild(ensure_default()))
    amended = amend(path, Path(tempfile.mkdtemp()) / "amended.json")
    second, again = timed(lambda: import_file(amended, file_name=amended.name, by=None))
    _, compiling_again = timed(lambda: rebuild(ensure_default()))
    return [
        Figure("Listings of the first version", first.listings, ""),
        Figure("First version read, compared and stored", importing, "s"),
        Figure("All listings compiled, and current", compiling, "s"),
        Figure("Both together", importing + compiling, "s", aim=30.0),
        Figure(f"Second version, {second.amended:,} listings amended, stored", again, "s"),
        Figure(f"All {edition.listings:,} listings compiled again", compiling_again, "s"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", type=Path, nargs="?", default=BENCH / "list_alias.ftm.json.gz")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if not given.list.exists():
        print("the names of ../shared/bench/names-dev are absent: nothing is measured")
        return
    os.environ["TAHALUF_DATA"] = tempfile.mkdtemp(prefix="tahaluf-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tahaluf.web.config.settings"
    report("desk_import", tell_figures(measure(given.list)), write=given.write)


if __name__ == "__main__":
    main()
