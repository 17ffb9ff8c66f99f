"""How fast listings are found by the numbers of their documents: the real lists, and a made register of any length.

usage: document_numbers.py [--numbers N] [--asked N] [--write]

Promised are 200,000 numbers a second against 20,000 listed ones where only the same number counts, and 20,000 a second
where it may be one slip away, on one core. A short form: `--numbers 100000 --asked 20000`.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from measuring.machine import SHARED
from measuring.page import Figure, report, tell_figures, tell_table
from measuring.programs import run_program
from tahaluf import Screener
from tahaluf.domain import Document, Kind, Listing
from tahaluf.lists import read
from tahaluf.screening import engine_version
from tahaluf.screening.index.store import read_index
from tahaluf.screening.numbers import NumberFinder

LISTS = ("un/consolidated-2026-02-27.xml", "ofac/sdn-csv-2022-01", "ofac/consolidated-2026-01-08.xml")
COUNTRIES = ("ml", "ne", "bf", "sn", "be", "fr", "ma", "tn")
SAME, SLIP, AT_ONCE = 200_000.0, 20_000.0, 8192
HEADS = ("Listed", "Numbers", "Compiled in", "Memory to compile", "Arrays of numbers", "Opened in", "Filter made in",
         "The same, a second", "… with a slip", "Documents in, matches out, a second")  # fmt: skip


def make_number(rng: random.Random) -> str:
    """Two letters and seven digits, or nine digits: the commonest forms of a passport's number."""
    letters = "".join(rng.choices("ABCDEFGHKLMNPRSTXYZ", k=2)) if rng.random() < 0.5 else f"{rng.randrange(100):02}"
    return f"{letters}{rng.randrange(10**7):07}"


def make_register(count: int) -> Iterator[Listing]:
    """A register of documents: listings without a name, one number each."""
    rng = random.Random(5)
    for place in range(count):
        document = Document(make_number(rng), "passport", rng.choice(COUNTRIES))
        yield Listing(f"r-{place}", Kind.UNKNOWN, "register", (), documents=(document,))


def read_lists() -> Iterator[Listing]:
    for path in LISTS:
        yield from read(SHARED / "data" / "lists" / path)


def make_asked(count: int) -> list[list[Document]]:
    """Travelers' passports; every hundredth is of the register, as it stands or with a slip."""
    listed = [listing.documents[0].number for listing in make_register(1000)]
    rng = random.Random(6)
    asked = []
    for place in range(count):
        number = rng.choice(listed) if place % 100 == 0 else make_number(rng)
        number = number[:-1] + rng.choice("0123456789") if place % 200 == 0 else number
        asked.append([Document(number, "passport", rng.choice(COUNTRIES))])
    return asked


def compile_one(numbers: int, folder: Path) -> None:
    """Compile an index, in a process of its own."""
    begin = perf_counter()
    Screener.compile(make_register(numbers) if numbers else read_lists(), folder)
    print(json.dumps({"seconds": perf_counter() - begin}))


def measure(numbers: int, asked: Sequence[Sequence[Document]], folder: Path) -> dict[str, float]:
    """Compile and ask; `numbers` 0: the real lists."""
    index = folder / f"index-{numbers}"
    run = run_program([sys.executable, __file__, "--compile", index, "--numbers", str(numbers)])
    disk = sum(file.stat().st_size for pattern in ("number_*", "read_*") for file in index.glob(pattern))
    begin = perf_counter()
    stored = read_index(index, engine_version())
    opened = perf_counter()
    finder = NumberFinder(stored.numbers)
    made = perf_counter()
    distinct = list({documents[0].number.encode() for documents in asked})
    figures = {"numbers": len(stored.numbers.number_keys), "compiled": run.figures["seconds"], "peak": run.peak,
               "disk": disk, "opened": (opened - begin) * 1e3, "filter": (made - opened) * 1e3}  # fmt: skip
    for name, slips in (("same", False), ("slip", True)):
        finder.find_rows(distinct[:100], slips=slips)
        begin = perf_counter()
        for at in range(0, len(distinct), AT_ONCE):
            finder.find_rows(distinct[at : at + AT_ONCE], slips=slips)
        figures[name] = len(distinct) / (perf_counter() - begin)
    begin = perf_counter()
    for at in range(0, len(asked), AT_ONCE):
        finder.find_batch(asked[at : at + AT_ONCE])
    return figures | {"whole": len(asked) / (perf_counter() - begin)}


def row(what: str, figures: dict[str, float]) -> tuple[str, ...]:
    return (
        what, f"{figures['numbers']:,}", f"{figures['compiled']:.1f} s", f"{figures['peak'] / 1e6:,.0f} MB",
        f"{figures['disk'] / 1e6:,.1f} MB", f"{figures['opened']:.0f} ms", f"{figures['filter']:.1f} ms",
        *(f"{figures[name]:,.0f}" for name in ("same", "slip", "whole")),
    )  # fmt: skip


def tell_promises(figures: dict[str, float]) -> Iterable[Figure]:
    told = f"A second, against {figures['numbers']:,} listed numbers"
    yield Figure(f"{told}: numbers that are the same", figures["same"], "", SAME, least=True)
    yield Figure(f"{told}: numbers that are the same or a slip away", figures["slip"], "", SLIP, least=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=200_000)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--compile", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.compile:
        compile_one(options.numbers, options.compile)
        return
    kinds = {"A made register of 20,000": 20_000, f"A made register of {options.numbers:,}": options.numbers}
    if SHARED.is_dir():
        kinds = {"Three real lists": 0} | kinds
    else:
        print("the real lists of ../shared are absent: made registers alone are measured")
    asked = make_asked(options.asked)
    with tempfile.TemporaryDirectory() as folder:
        found = {what: measure(numbers, asked, Path(folder)) for what, numbers in kinds.items()}
    promised = tell_figures(tell_promises(found["A made register of 20,000"]))
    text = f"{promised}\n{tell_table(HEADS, (row(what, figures) for what, figures in found.items()))}"
    report("document_numbers", text, write=options.write)


if __name__ == "__main__":
    main()
