"""The rate of whole files beside the peer's (nomenklatura), in the same run, on the same rows and lists.

usage: peer.py --peer-python PYTHON [--tasks TASK …] [--long N] [--write]

PYTHON is an interpreter that nomenklatura 4.17 is installed for. Without it nothing is measured. Each task's queries
are screened together with the ordinary names. A short form: `--tasks lat2ar --long 5000`.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from measuring.machine import BENCH, SHARED
from measuring.names import Travelers
from measuring.page import Figure, report, tell_figures, tell_table
from measuring.programs import TAHALUF, run_program

PEER = SHARED / "bench" / "peer_nomenklatura.py"
TASKS = {"alias": "list_alias", "ar2lat": "list_latin", "lat2ar": "list_arabic", "people_ar2lat": "list_people"}
HEADS = (
    "Task",
    "Rows",
    "System",
    "Whole command",
    "Rows a second",
    "Screening alone",
    "Rows a second, screening alone",
)
MEANING = """\
*Whole command*: start, reading and compiling the list, screening, writing. *Screening alone*: each system's own count
of the seconds after its list is ready. On a file this short, starting and compiling are most of our time, so the
ratio of whole commands says little of a file with a million rows; on the long file our index is
compiled beforehand and all else counts. The peer writes the five best of each row without reasons; we write
each with its reasons, which then takes most of the time. At the default threshold only hits are written.
"""


LONG = ("at the default threshold", "with the five best of each row and their reasons")


class Timing(NamedTuple):
    """One system over one file: rows, seconds of the whole command and of screening alone."""

    rows: int
    whole: float
    screening: float

    def cells(self) -> tuple[str, ...]:
        return tuple(
            cell
            for seconds in (self.whole, self.screening)
            for cell in (f"{seconds:.1f} s", f"{self.rows / seconds:,.0f}")
        )


def write_rows(path: Path, names: Iterator[tuple[str, str]]) -> int:
    """A CSV of ids and names; how many."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name"])
        number = 0
        for number, row in enumerate(names, start=1):  # noqa: B007
            writer.writerow(row)
    return number


def read_rows(task: str) -> Iterator[tuple[str, str]]:
    """A task's queries, then the ordinary names."""
    for file in (f"{task}.csv", "ordinary.csv"):
        with (BENCH / file).open(encoding="utf-8", newline="") as stream:
            yield from ((row["id"], row["name"]) for row in csv.DictReader(stream))


def time_peer(python: Path, queries: Path, rows: int, source: Path) -> Timing:
    run = run_program([python, PEER, queries, source, queries.with_suffix(".peer.jsonl")])
    return Timing(rows, run.seconds, run.figures["screen_s"])


EVERYTHING = ("--threshold", "0")


def time_own(queries: Path, rows: int, against: Path, work: Path, threshold: Sequence[str] = EVERYTHING) -> Timing:
    """The command as the benchmark calls it, the five best of each row; nothing is kept from before."""
    hits = queries.with_suffix(".own.jsonl")
    options = ["--top", "5", *threshold, "--no-cache", "--summary", "json"]
    surroundings = {"XDG_CACHE_HOME": str(work / "cache")}
    run = run_program([TAHALUF, "screen", queries, "--against", against, "--out", hits, *options], surroundings)
    if run.figures["subjects"] != rows:
        raise RuntimeError(f"{rows} rows were given, {run.figures['subjects']} were screened")
    return Timing(rows, run.seconds, run.figures["screening_seconds"])


def compare(task: str, python: Path, work: Path) -> tuple[Timing, Timing]:
    """The peer, then this system."""
    queries, source = work / f"{task}.csv", BENCH / f"{TASKS[task]}.ftm.json.gz"
    rows = write_rows(queries, read_rows(task))
    return time_peer(python, queries, rows, source), time_own(queries, rows, source, work)


def time_long(task: str, count: int, work: Path) -> tuple[Timing, Timing]:
    """A long file of made travelers against the task's list, compiled before: at the default threshold, and whatever
    the score."""
    index, queries = work / "index", work / "long.csv"
    run_program([TAHALUF, "index", BENCH / f"{TASKS[task]}.ftm.json.gz", "--out", index])
    rows = write_rows(queries, ((str(number), name) for number, name in enumerate(Travelers(BENCH).make(count))))
    return time_own(queries, rows, index, work, ()), time_own(queries, rows, index, work)


def tell(timings: dict[str, tuple[Timing, Timing]], long: tuple[Timing, Timing]) -> str:
    first = next(iter(timings))
    peer, own = timings[first]
    promise, aim = (100.0, 300.0) if first == "alias" else (None, None)
    rate = peer.rows / peer.screening
    figures = [
        Figure(f"`{first}`, same rows, screening alone: times the peer's rate",
               own.rows / own.screening / rate, "", promise, aim, least=True),
        Figure(f"`{first}`, same rows, whole command: times the peer's rate", peer.whole / own.whole, "", promise, aim,
               least=True),
        *(Figure(f"A file of {own.rows:,} rows {how}, whole command with the index compiled: times the peer's rate "
                 "of screening alone on the shorter file", own.rows / own.whole / rate, "", promise, aim, least=True)
          for own, how in zip(long, LONG, strict=True)),
    ]  # fmt: skip
    rows = [
        (f"`{task}`", f"{timing.rows:,}", system, *timing.cells())
        for task, pair in timings.items()
        for system, timing in zip(("peer", "this"), pair, strict=True)
    ]
    rows += [(f"long file, {how}", f"{own.rows:,}", "this", *own.cells()) for own, how in zip(long, LONG, strict=True)]
    return f"{tell_figures(figures)}\n{tell_table(HEADS, rows)}\n{MEANING}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", type=Path)
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--long", type=int, default=200_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not (BENCH.is_dir() and PEER.exists()):
        print("the peer's script or the names of ../shared/bench are absent: nothing is measured")
        return 0
    if options.peer_python is None:
        print("no Python of the peer's was given (--peer-python): nothing is measured")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        timings = {task: compare(task, options.peer_python, work) for task in options.tasks}
        long = time_long(options.tasks[0], options.long, work)
    report("peer", tell(timings, long), write=options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
