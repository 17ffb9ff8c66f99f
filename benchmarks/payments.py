"""One payment as it comes, and a passenger list as a whole: parsed and screened against the benchmark's longest list.

usage: payments.py [--payments N] [--passengers N] [--write]

Promised are 20 milliseconds for 99 of 100 single payments in process (a pacs.008 of one transaction with four parties,
two banks and a remittance text; an MT103 with its parties, banks and text), and 5,000 passengers a second for a file of
PAXLST through the command line, start and output included. Every payment differs from every other and has names that
the process has not met. A short form: `--payments 60 --passengers 500`.
"""

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from measuring.forms import make_payment, make_transfer, pacs008, sentence, write_list
from measuring.machine import BENCH
from measuring.names import Travelers, script_of
from measuring.page import Figure, report, tell_figures
from measuring.programs import TAHALUF, run_program
from tahaluf import Screener
from tahaluf.messages import RejectSink, read_batches
from tahaluf.messages.mt import write_file

LIST = "list_alias.ftm.json.gz"
SLOWEST, SPEED, WARM_UP = 20.0, 5_000.0, 50


def latin(count: int, seed: int) -> list[str]:
    """Names of made travelers in Latin letters; a few have words of listed names."""
    names = (name for name in Travelers(BENCH, seed).make(2 * count + 100) if script_of(name) == "other")
    return [name for _, name in zip(range(count), names, strict=False)]


def make_pacs008(count: int) -> Iterator[str]:
    chance, names = random.Random(3), latin(5 * count, 3)
    for number in range(count):
        yield pacs008([make_payment(number, chance, names[5 * number : 5 * number + 5])])


def make_mt103(count: int) -> Iterator[str]:
    names = latin(3 * count, 4)
    for number in range(count):
        payer, payee, named = names[3 * number : 3 * number + 3]
        yield write_file([make_transfer(number, payer, payee, sentence(number, named))])


def time_payments(screener: Screener, path: Path, texts: Sequence[str]) -> tuple[list[float], int, int]:
    """Milliseconds of each from its file to its hits, the rows of all, and how many had a hit."""
    took, rows, hit = [], 0, 0
    for text in texts:
        path.write_text(text, encoding="utf-8")
        begin = perf_counter()
        sink = RejectSink()
        found = [(batch.num_rows, screener.screen_batch(batch)) for batch in read_batches(path, rejects=sink)]
        took.append((perf_counter() - begin) * 1000)
        if sink.units != 1:
            raise SystemExit(f"{sink.units} payments were read of one: {text}")
        rows += sum(count for count, _ in found)
        hit += any(hits for _, batch in found for hits in batch)
    return took, rows, hit


def tell_payments(screener: Screener, work: Path, count: int) -> Iterator[Figure]:
    for what, make in (("pacs.008", make_pacs008), ("MT103", make_mt103)):
        texts = list(make(count + WARM_UP))
        time_payments(screener, work / "payment", texts[:WARM_UP])
        took, rows, hit = time_payments(screener, work / "payment", texts[WARM_UP:])
        told = f"{count:,} of one {what} each, {rows / count:.1f} parties and texts, {hit / count:.0%} with a hit"
        yield Figure(f"One payment, parsed and screened in process, median ({told})", statistics.median(took), "ms")
        yield Figure("… 99 of 100 take no longer than", at_share(took, 0.99), "ms", SLOWEST)


def at_share(values: list[float], share: float) -> float:
    """The value that this share stays at or under."""
    ranked = sorted(values)
    return ranked[min(int(share * len(ranked)), len(ranked) - 1)]


def tell_list(index: Path, work: Path, count: int) -> Iterator[Figure]:
    """The command as an officer calls it."""
    manifest, hits = work / "manifest.edi", work / "hits.jsonl"
    write_list(manifest, latin(count, 7))
    run = run_program(
        [TAHALUF, "screen", manifest, "--against", index, "--out", hits, "--summary", "json", "--lang", "en"]
    )
    done = run.figures
    if done["subjects"] != count:
        raise SystemExit(f"{count} passengers were given, {done['subjects']} were screened")
    told = f"{done['flagged'] / count:.1%} of passengers with a hit"
    yield Figure(f"PAXLST of {count:,} passengers, `tahaluf screen`, whole ({told}): passengers a second",
                 count / run.seconds, "", SPEED, least=True)  # fmt: skip
    yield Figure("… without start and end, a second", count / done["screening_seconds"], "")
    yield Figure("… the whole command", run.seconds, "s")
    yield Figure("… most memory held, all processes", run.peak / 1e6, "MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--payments", type=int, default=600)
    parser.add_argument("--passengers", type=int, default=50_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not BENCH.is_dir():
        print("the names of ../shared/bench/names-dev are absent: nothing is measured")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        work, index = Path(folder), Path(folder) / "index"
        run_program([TAHALUF, "index", BENCH / LIST, "--out", index])
        screener = Screener.open(index)
        figures = [
            *tell_payments(screener, work, options.payments),
            *tell_list(index, work, options.passengers),
        ]
    report("payments", f"List: `{LIST}`.\n\n{tell_figures(figures)}", write=options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
