"""The long form of the mutation tests of messages: damaged messages by the hundred thousand, over two processes.

usage: fuzz_messages.py [--count N] [--seed N] [--processes N] [--size F] [--write]

Passenger lists, bookings (EDIFACT and XML), machine-readable zones, ISO 20022 and SWIFT MT by turns, made files and,
where they lie beside the project (`../shared`), real ones. Tells for each format how many were refused, read as
something else, read with a report, and read whole. A crash, a file that takes too long, a traveler, document or payment
that stands whole in the file and is lost without a word, or a unit without an outcome: the file is kept in the working
directory and the run ends with 1. Before that hostile files: bombs, deep nesting, endless values, in bounded memory.
Without arguments 20,000 files; as promised: `--count 200000 --write`. A short form: `--count 300
--size 0.05`.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from measuring.damage import OUTCOMES, Broken, Target, damage, judge
from measuring.damaged import make_targets
from measuring.hostile import make_hostile
from measuring.machine import SHARED
from measuring.page import Figure, report, tell_figures, tell_table
from measuring.programs import read_memory
from tahaluf.domain import InputError
from tahaluf.messages import RejectSink, read_batches

SILENT = "nothing said"
LONGEST, LONGEST_HOSTILE, SHOWN = 10, 120, 20
MEMORY = 100.0
HEADS = ("Format", "Refused", "Read as another format", "Read, and said so", "Read whole")


class Share(NamedTuple):
    """What one process found: outcomes by format, what was broken, megabytes that it grew by."""

    outcomes: Counter[tuple[str, str]]
    broken: list[str]
    grown: float


class Ending(NamedTuple):
    """What became of a hostile file, in how many seconds, and megabytes."""

    what: str
    how: str
    seconds: float
    grown: float


def too_long(_number: int, _frame: object) -> None:
    raise TimeoutError("a file took too long")


def memory() -> float:
    """The most megabytes that this process held."""
    return read_memory(os.getpid())[1] / 1e6


def run(work: tuple[int, int]) -> Share:
    """One process's share, after each format was read once."""
    seed, count = work
    chance = random.Random(seed)
    signal.signal(signal.SIGALRM, too_long)
    share = Share(Counter(), [], 0.0)
    targets = make_targets()
    formats = sorted({target.format for target in targets})
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "message"
        for target in targets:
            judge(target, target.data, path)
        before = memory()
        for number in range(count):
            form = formats[number % len(formats)]
            target = chance.choice([one for one in targets if one.format == form])
            share.outcomes[form, examine(target, damage(chance, target), path, f"{seed}-{number}", share.broken)] += 1
    return share._replace(grown=memory() - before)


def examine(target: Target, data: bytes, path: Path, number: str, broken: list[str]) -> str:
    """The outcome; a file that breaks a promise is kept."""
    signal.alarm(LONGEST)
    try:
        return judge(target, data, path)
    except Exception as wrong:
        kept = Path(f"broken-{target.format.replace(' ', '-')}-{number}")
        kept.write_bytes(data)
        what = str(wrong) if isinstance(wrong, Broken) else repr(wrong)
        broken.append(f"{kept}: {what[:300]}")
        return "broken"
    finally:
        signal.alarm(0)


def face(folder: Path, size: float) -> Iterator[Ending]:
    """Hostile files, each read in a process of its own that has read nothing yet (small ones in the same)."""
    with get_context("spawn").Pool(1, maxtasksperchild=1 if size >= 1 else None) as alone:
        for what, path in make_hostile(folder, size):
            yield Ending(what, *alone.apply(read_hostile, (path,)))


def read_hostile(path: Path) -> tuple[str, float, float]:
    """How reading ended, seconds, megabytes that the process grew by."""
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST_HOSTILE)
    before, begin = memory(), perf_counter()
    return end_of(path), perf_counter() - begin, memory() - before


def end_of(path: Path) -> str:
    """The code that a file is refused with, or those of its report."""
    sink = RejectSink()
    codes: Counter[str] = Counter()
    try:
        for _ in read_batches(path, rejects=sink):
            codes.update(one.problem.code for one in sink.take())
    except InputError as refused:
        return f"refused: `{refused.problem.code}`"
    codes.update(one.problem.code for one in sink.take())
    codes.update(problem.code for problem in sink.warnings)
    return "reported: " + ", ".join(f"`{code}`" for code in sorted(codes)) if codes else SILENT


def tell(shares: Sequence[Share], hostile: Sequence[Ending], seconds: float) -> str:
    outcomes = sum((share.outcomes for share in shares), Counter[tuple[str, str]]())
    formats = sorted({form for form, _ in outcomes})
    rows = [[form, *(f"{outcomes[form, outcome]:,}" for outcome in OUTCOMES)] for form in formats]
    broken = outcomes.total() - sum(outcomes[form, outcome] for form in formats for outcome in OUTCOMES)
    figures = [
        Figure(f"{outcomes.total():,} damaged messages in {seconds:.0f} s: crashes, hangs, losses", broken, "", 0),
        Figure("Memory that all of them added to a process", max(share.grown for share in shares), "MB", MEMORY),
        Figure("Memory that a hostile file added at most", max(end.grown for end in hostile), "MB", MEMORY),
    ]
    ended = [(end.what, end.how, f"{end.seconds:.2f} s", f"{end.grown:.0f} MB") for end in hostile]
    faced = tell_table(("Hostile file", "Ended", "Took", "Memory added"), ended)
    return f"{tell_figures(figures)}\n{tell_table(HEADS, rows)}\n{faced}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--size", type=float, default=1.0, help="of the hostile files, 1 for 20 MB")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("the real messages of ../shared are absent: made files alone are damaged")
    with tempfile.TemporaryDirectory() as folder:
        hostile = list(face(Path(folder), options.size))
    begin = perf_counter()
    shares = [(options.seed * 1000 + n, -(-options.count // options.processes)) for n in range(options.processes)]
    with get_context("spawn").Pool(options.processes) as pool:
        found = pool.map(run, shares)
    report("fuzz_messages", tell(found, hostile, perf_counter() - begin), write=options.write)
    broken = [line for share in found for line in share.broken]
    # What is endless at full size may be within the bounds of a good file in a short form.
    broken += [f"{end.what}: {end.how}" for end in hostile if end.how == SILENT and options.size >= 1]
    print(*broken[:SHOWN], sep="\n", end="", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
