"""The long form of the mutation tests: mutated and cut list files by the hundred thousand, over two processes.

usage: fuzz_readers.py [--count N] [--seed N] [--processes N] [--write]

Tells, for each format, how many ended in an error, in a reading that tells, and whole; stops at the first crash, silent
loss (of a listing, of a field of an entry that stands unchanged, of something planted that no schema knows) or file
that takes too long, and keeps that file in the working directory. With real files beside the project
(`../shared`) slices of those are mutated too. Without arguments 10,000 files; as promised:
`--count 100000 --write`. A short form: `--count 2000`.
"""

import argparse
import random
import re
import signal
import sys
import tempfile
from collections import Counter
from multiprocessing import Pool
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from measuring.page import report, tell_table  # noqa: E402
from tests.lists.mutate import MARK, Target, judge, judge_planted, mutate, plant  # noqa: E402
from tests.lists.targets import PARTY, ROW, make_targets  # noqa: E402

LONGEST = 20
SHARE = 0.25
OUTCOMES = ("error", "told", "whole")
ENTRY = rb"<%s>\s*<%s>(?P<id>\d+)</%s>.*?</%s>"


def slice_xml(path: Path, entry: bytes, key: bytes, prefix: str, count: int) -> Target | None:
    """The head, the first entries and the tail of a real XML file."""
    if not path.exists():
        return None
    data = path.read_bytes()
    opened, closed = data.index(b"<%s>" % entry), data.rindex(b"</%s>" % entry)
    spans = list(re.finditer(ENTRY % (entry, key, key, entry), data, re.DOTALL))[:count]
    body = data[opened : spans[-1].end()]
    whole = data[:opened] + body + data[closed + len(entry) + 3 :]
    entries = re.compile(ENTRY % (entry, key, key, entry), re.DOTALL)
    return Target(path.name, whole, entries, prefix, plantable=b"\x19" not in whole)


def slice_lines(path: Path, entries: re.Pattern[bytes], prefix: str, count: int, alone: bool) -> Target | None:
    if not path.exists():
        return None
    data = b"".join(path.read_bytes().splitlines(keepends=True)[:count])
    return Target(path.name, data, entries, prefix, alone=alone)


def slice_advanced(path: Path) -> Target | None:
    """OFAC's advanced XML with a handful of each section's entries."""
    if not path.exists():
        return None
    text = path.read_bytes()
    for tag in (b"Location", b"IDRegDocument", b"DistinctParty", b"ProfileRelationship", b"SanctionsEntry"):
        found = list(re.finditer(rb"<%s [^>]*>.*?</%s>" % (tag, tag), text, re.DOTALL))
        text = text[: found[5].start()] + text[found[-1].end() :]
    entries = rb'<DistinctParty [^>]*>(?:(?!</DistinctParty>).)*?<Profile ID="(?P<id>\d+)".*?</DistinctParty>'
    return Target(path.name, text, re.compile(entries, re.DOTALL), "ofac-", alone=False)


def gather_targets(folder: Path) -> list[Target]:
    shared = ROOT.parent / "shared" / "data" / "lists"
    real = [
        slice_xml(shared / "un" / "consolidated-2026-02-27.xml", b"INDIVIDUAL", b"DATAID", "un-", 6),
        slice_xml(shared / "un" / "consolidated-2025-08-16.xml", b"INDIVIDUAL", b"DATAID", "un-", 40),
        slice_xml(shared / "ofac" / "consolidated-2026-01-08.xml", b"sdnEntry", b"uid", "ofac-", 6),
        slice_lines(shared / "ofac" / "sdn-csv-2022-01" / "sdn.csv", ROW, "ofac-", 40, alone=True),
        slice_lines(shared / "ftm" / "t1.entities.ftm.json", PARTY, "", 10, alone=False),
        slice_advanced(shared / "ofac" / "cons_advanced-2020-03-17.xml"),
    ]
    return [*make_targets(folder), *(target for target in real if target)]


def too_long(_number: int, _frame: object) -> None:
    raise TimeoutError(f"a file took more than {LONGEST} seconds")


def draw(rng: random.Random, data: bytes) -> bytes:
    """One mutated file; drawn again where a chain of mutations left a single byte, which cannot be cut."""
    while True:
        try:
            return mutate(rng, data)
        except ValueError:
            continue


def run(work: tuple[int, int]) -> Counter[tuple[str, str]]:
    """One process's share; the file that breaks a promise stays in the working directory."""
    seed, count = work
    rng = random.Random(seed)
    outcomes: Counter[tuple[str, str]] = Counter()
    signal.signal(signal.SIGALRM, too_long)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        targets = gather_targets(folder)
        for number in range(count):
            target = targets[number % len(targets)]
            mutated = plant(rng, target.data) if target.plantable and rng.random() < SHARE else draw(rng, target.data)
            examine = judge_planted if MARK.encode() in mutated else judge
            signal.alarm(LONGEST)
            try:
                outcomes[target.name, examine(target, mutated, folder / "sdn.csv")] += 1
            except BaseException:
                Path(f"broken-{target.name}-{seed}-{number}").write_bytes(mutated)
                raise
            finally:
                signal.alarm(0)
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not (ROOT.parent / "shared").is_dir():
        print("the real lists of ../shared are absent: made files alone are mutated")
    begin = perf_counter()
    shares = [(options.seed * 1000 + n, -(-options.count // options.processes)) for n in range(options.processes)]
    with Pool(options.processes) as pool:
        outcomes = sum(pool.map(run, shares), Counter[tuple[str, str]]())
    names = sorted({name for name, _ in outcomes})
    rows = [[name, *(f"{outcomes[name, outcome]:,}" for outcome in OUTCOMES)] for name in names]
    told = f"{outcomes.total():,} files in {perf_counter() - begin:.0f} s: no crash, no hang, no silent loss."
    heads = ("Format", "Ended in an error", "Read in part, and said so", "Read whole")
    report("fuzz_readers", f"{told}\n\n{tell_table(heads, rows)}", write=options.write)


if __name__ == "__main__":
    main()
