"""How it scales: made lists of growing length, the time and memory to compile each, the time to ask it for a name.

usage: scale.py [--names N …] [--queries N] [--write]

Without arguments: 20,000 and 100,000 names. The figures that were promised:
`--names 20000 100000 300000 1000000 --write`. A short form: `--names 2000 10000 --queries 300`.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from measuring.machine import BENCH
from measuring.names import ListMaker, mix_queries
from measuring.page import Figure, report, tell_figures, tell_table
from measuring.programs import TAHALUF, probe_index, run_program

BATCH = 1_000
HEADS = ("Names", "Compiled in", "Memory to compile", "Index on disk", "Opened in",
         "One name: median", "mean", "99 of 100", "In batches, a name")  # fmt: skip


class Size(NamedTuple):
    """What a list of one length took: seconds, bytes, milliseconds; `batch` in microseconds a name."""

    names: int
    compiled: float
    peak: int
    disk: int
    opened: float
    single: Sequence[float]
    batch: float

    @property
    def mean(self) -> float:
        return statistics.mean(self.single)

    def row(self) -> tuple[str, ...]:
        slow = sorted(self.single)[min(int(0.99 * len(self.single)), len(self.single) - 1)]
        times = (statistics.median(self.single), self.mean, slow)
        return (
            f"{self.names:,}", f"{self.compiled:.1f} s", f"{self.peak / 1e6:,.0f} MB", f"{self.disk / 1e6:,.0f} MB",
            f"{self.opened:.0f} ms", *(f"{value:.2f} ms" for value in times), f"{self.batch:.0f} µs",
        )  # fmt: skip


def measure(names: int, queries: Path, warm: int, work: Path) -> Size:
    """Compile and ask, each in a process of its own; the first `warm` queries are not counted."""
    source, index = work / f"list-{names}.ftm.json", work / f"index-{names}"
    ListMaker(BENCH).write(source, names)
    run = run_program([TAHALUF, "index", source, "--out", index])
    source.unlink()
    disk = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    asked = probe_index(index, queries, "--batch", str(BATCH)).figures
    return Size(names, run.seconds, run.peak, disk, asked["open_ms"], asked["single_ms"][warm:], asked["batch_us"])


def tell_promises(sizes: Sequence[Size]) -> Iterable[Figure]:
    """What was promised of a million names, and how the time grows from the shortest list to the longest."""
    least, most = min(sizes), max(sizes)
    million = most.names >= 1_000_000
    yield Figure(f"Compiling {most.names:,} names, the whole command", most.compiled, "s", 60 if million else None)
    yield Figure("… most memory held", most.peak / 1e9, "GB", 2 if million else None)
    if least.names < most.names:
        span = f"from {least.names:,} to {most.names:,} names, times"
        yield Figure(f"One name takes longer, {span}", most.mean / least.mean, "", 10, 3)
        yield Figure(f"A name in a batch takes longer, {span}", most.batch / least.batch, "", 10, 3)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not BENCH.is_dir():
        print("the names of ../shared/bench/names-dev are absent: nothing is measured")
        return 0
    warm = options.queries // 5
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        queries = work / "queries.txt"
        queries.write_text("\n".join(mix_queries(BENCH, options.queries + warm)), encoding="utf-8")
        sizes = [measure(names, queries, warm, work) for names in sorted(options.names)]
    text = f"{tell_figures(tell_promises(sizes))}\n{tell_table(HEADS, (size.row() for size in sizes))}"
    report("scale", text, write=options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
