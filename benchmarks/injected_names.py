"""What the forms of messages cost: names of the benchmark put into them, read back and screened, beside the same names
given clean. Renews its section of `docs/accuracy.md`.

usage: injected_names.py [--most N] [--write]

Arabic names go through the table of ICAO 9303 into passports and cards, Latin ones into passenger lists, SWIFT MT and
ISO 20022, each in the letters and lengths of its form. `top1`: the right listing is first or shares the first score;
the recalls are at the thresholds at which 1 % and 0.1 % of the ordinary names raise an alert that went through the same
form. Promised is that `top1` loses at most 3 points. A short form: `--most 150`.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from measuring import forms
from measuring.machine import BENCH, ROOT
from measuring.names import script_of
from measuring.page import report, tell_table
from tahaluf import Screener, lists
from tahaluf.domain import Hit, Kind, PartyRole, Subject
from tahaluf.messages import RejectSink, batch_of, read_batches
from tahaluf.messages.mrz import Form

PAGE = ROOT / "docs" / "accuracy.md"
LISTS = {"alias": "list_alias", "ar2lat": "list_latin", "lat2ar": "list_arabic", "people_ar2lat": "list_people"}
ARABIC, LATIN = ("ar2lat", "people_ar2lat"), ("lat2ar", "alias")
LOSS, TOP, RATES, BATCH = 3.0, 5, (0.01, 0.001), 2048
HEADS = ("Form", "Task", "Names", "Right one first", "Clean", "Points", "Found at 1%", "Clean", "Found at 0.1%",
         "Clean", "Kept")  # fmt: skip
DEFAULT_HEADS = ("Form", "Task", "Names", "Found", "Clean", "Ordinary names alerting", "Clean")
Batches = Iterable[pa.RecordBatch]


class Way(NamedTuple):
    """A form of messages: how names get into it, which party bears them, whether it names people only."""

    name: str
    write: forms.Writer
    role: PartyRole
    tasks: Sequence[str]
    people: bool = False
    promised: bool = True


WAYS = (
    Way("Passport (TD3)", forms.write_zones(Form.TD3), PartyRole.HOLDER, ARABIC, people=True),
    Way("Card (TD1)", forms.write_zones(Form.TD1), PartyRole.HOLDER, ARABIC, people=True),
    Way("PAXLST", forms.write_list, PartyRole.PASSENGER, LATIN, people=True),
    Way("MT103, payer (50K)", forms.write_transfers, PartyRole.DEBTOR, LATIN),
    Way("MT103, payee (59)", forms.write_transfers, PartyRole.CREDITOR, LATIN),
    Way("pacs.008, creditor", forms.write_payments, PartyRole.CREDITOR, LATIN),
    Way("pacs.008, in a sentence", forms.write_remittances, PartyRole.TEXT, LATIN, promised=False),
)


class Result(NamedTuple):
    """Shares of the names whose listing was first, and found at the two thresholds (None where none is told); of the
    names found and the ordinary names alerting at the default threshold."""

    first: float
    found: tuple[float | None, ...]
    default: tuple[float, float | None]


class Asked(NamedTuple):
    """Names with the ids of their listings, and ordinary ones."""

    names: list[str]
    expected: list[str]
    ordinary: list[str]


def read_rows(file: str) -> list[dict[str, str]]:
    with (BENCH / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def gather(task: str, people: bool, most: int | None) -> Asked:
    """A task's names, of people alone if need be; ordinary names in Latin letters where the form has no others."""
    kinds = read_kinds(task)
    rows = [row for row in read_rows(f"{task}.csv") if not people or kinds.get(row["expected"]) is Kind.PERSON]
    ordinary = [row["name"] for row in read_rows("ordinary.csv")]
    if task in LATIN:
        ordinary = [name for name in ordinary if script_of(name) == "other"]
    rows, ordinary = rows[:most], ordinary[: most and 10 * most] if task != "people_ar2lat" else []
    return Asked([row["name"] for row in rows], [row["expected"] for row in rows], ordinary)


@cache
def read_kinds(task: str) -> dict[str, Kind]:
    return {listing.id: listing.kind for listing in lists.read(BENCH / f"{LISTS[task]}.ftm.json.gz")}


def give_clean(people: bool, names: Sequence[str]) -> Batches:
    kind = Kind.PERSON if people else Kind.UNKNOWN
    subjects = [Subject(str(place), (name,), kind, unit=place + 1) for place, name in enumerate(names)]
    for start in range(0, len(subjects), BATCH):
        yield batch_of(subjects[start : start + BATCH])


def give_in(way: Way, path: Path, names: Sequence[str]) -> Batches:
    way.write(path, names)
    sink = RejectSink()
    yield from read_batches(path, rejects=sink, batch_size=BATCH)
    if sink.units != len(names):
        raise SystemExit(f"{way.name}: {len(names)} names were written, {sink.units} units were read")


def best_of(screener: Screener, batches: Batches, count: int, role: PartyRole | None) -> list[dict[str, float]]:
    """For each name the scores of the five best listings."""
    best: list[dict[str, float]] = [{} for _ in range(count)]
    for batch in batches:
        for unit, row_role, hits in zip(
            batch["unit"].to_pylist(), batch["role"].to_pylist(),
            screener.screen_batch(batch, top=TOP, threshold=0.0), strict=True,
        ):  # fmt: skip
            if role is None or row_role == role:
                _keep(best[unit - 1], hits)
    return best


def _keep(best: dict[str, float], hits: Iterable[Hit]) -> None:
    for hit in hits:
        best[hit.listing_id] = max(best.get(hit.listing_id, 0.0), hit.score)


def rate(
    asked: Asked, best: Sequence[dict[str, float]], ordinary: Sequence[dict[str, float]], default: float
) -> Result:
    own = [found.get(right, 0.0) for found, right in zip(best, asked.expected, strict=True)]
    first = sum(score > 0 and score >= max(found.values()) for score, found in zip(own, best, strict=True))
    tops = sorted((max(found.values(), default=0.0) for found in ordinary), reverse=True)
    cuts = [tops[int(share * len(tops))] if tops else None for share in RATES]
    found = tuple(None if cut is None else sum(score > cut for score in own) / len(own) for cut in cuts)
    alerting = sum(top >= default for top in tops) / len(tops) if tops else None
    return Result(first / len(own), found, (sum(score >= default for score in own) / len(own), alerting))


def measure(screener: Screener, asked: Asked, give: Callable[[list[str]], Batches], role: PartyRole | None) -> Result:
    best, ordinary = (
        best_of(screener, give(names), len(names), role) if names else [] for names in (asked.names, asked.ordinary)
    )
    return rate(asked, best, ordinary, screener.default_threshold)


def measure_all(most: int | None, work: Path) -> Iterable[tuple[Way, str, int, Result, Result]]:
    """Each way and task: how many names, what became of them in the form, and given clean."""
    for task, source in LISTS.items():
        screener = Screener.compile(lists.read(BENCH / f"{source}.ftm.json.gz"), work / task)
        clean: dict[bool, Result] = {}
        for way in (way for way in WAYS if task in way.tasks):
            asked = gather(task, way.people, most)
            if way.people not in clean:
                clean[way.people] = measure(screener, asked, partial(give_clean, way.people), None)
            through = measure(screener, asked, partial(give_in, way, work / "messages"), way.role)
            yield way, task, len(asked.names), through, clean[way.people]


def row(way: Way, task: str, count: int, through: Result, clean: Result) -> tuple[str, ...]:
    points = 100 * (through.first - clean.first)
    shares = [cell for pair in zip(through.found, clean.found, strict=True) for cell in map(show, pair)]
    kept = "" if not way.promised else "yes" if -points <= LOSS else "**no**"
    return way.name, f"`{task}`", f"{count:,}", show(through.first), show(clean.first), f"{points:+.1f}", *shares, kept


def row_at_default(way: Way, task: str, count: int, through: Result, clean: Result) -> tuple[str, ...]:
    shares = (through.default[0], clean.default[0], through.default[1], clean.default[1])
    return way.name, f"`{task}`", f"{count:,}", *map(show, shares)


def show(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, help="names of each task, all if not given")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not BENCH.is_dir():
        print(f"the names of ../shared/bench/{BENCH.name} are absent: nothing is measured")
        return 0
    order = {way.name: place for place, way in enumerate(WAYS)}
    with tempfile.TemporaryDirectory() as folder:
        found = sorted(measure_all(options.most, Path(folder)), key=lambda one: order[one[0].name])
    text = "\n".join(
        (
            tell_table(HEADS, (row(*one) for one in found)),
            "At the default threshold:\n",
            tell_table(DEFAULT_HEADS, (row_at_default(*one) for one in found)),
        )
    )
    report("injected_names", text, write=options.write, page=PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
