"""How fast screening is: one name in process, a file of many, compiling and opening; with the machine and the commit.

usage: screening_speed.py [--list LIST] [--subjects N]
(default: the 17,846 listings of the benchmark, 200,000 subjects)
"""

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tahaluf import lists
from tahaluf.domain import Subject
from tahaluf.screening import Screener

ROOT = Path(__file__).parent.parent
BENCH = ROOT.parent / "shared" / "bench" / "names-dev"


def names_of(path: Path) -> list[str]:
    """The names of a benchmark file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def recombined(names: list[str], count: int) -> list[str]:
    """`count` names made of the words of real ones, so that most tokens come again as they do among travelers."""
    chance = random.Random(7)
    words = [name.split() for name in names if len(name.split()) > 1]
    return [" ".join((chance.choice(words)[0], *chance.choice(words)[1:])) for _ in range(count)]


def time_single(screener: Screener, names: list[str]) -> dict[str, float]:
    """Milliseconds for one name in process, the same engine warm."""
    took = []
    for number, name in enumerate(names):
        start = time.perf_counter()
        screener.match(Subject(str(number), (name,)))
        took.append((time.perf_counter() - start) * 1000)
    took = took[len(took) // 10 :]
    ranked = sorted(took)
    return {"median_ms": round(statistics.median(took), 3), "p99_ms": round(ranked[int(0.99 * len(ranked))], 3)}


def time_file(index: Path, names: list[str], folder: Path) -> dict[str, object]:
    """Seconds for a whole file through the command line, and its rate."""
    subjects, hits = folder / "subjects.csv", folder / "hits.jsonl"
    with subjects.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name"])
        writer.writerows(enumerate(names))
    command = ["tahaluf", "screen", str(subjects), "--against", str(index), "--out", str(hits), "--summary", "json"]
    start = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True)
    seconds = time.perf_counter() - start
    return {"subjects": len(names), "seconds": round(seconds, 1), "subjects_per_second": round(len(names) / seconds)}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", type=Path, default=BENCH / "list_alias.ftm.json.gz")
    parser.add_argument("--subjects", type=int, default=200_000)
    options = parser.parse_args()
    if not options.list.exists():
        print(f"{options.list.name} is not here: nothing measured")
        return 0
    names = names_of(BENCH / "alias.csv") + names_of(BENCH / "ordinary.csv")
    with tempfile.TemporaryDirectory() as work:
        index = Path(work) / "index"
        small = lists.read(BENCH / "list_arabic.ftm.json.gz")
        Screener.compile(small, Path(work) / "warm").match(Subject("", ("Ali",)))
        start = time.perf_counter()
        Screener.compile(lists.read(options.list), index)
        compiled = time.perf_counter() - start
        start = time.perf_counter()
        screener = Screener.open(index)
        opened = time.perf_counter() - start
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
        figures = {
            "date": datetime.now(UTC).date().isoformat(),
            "commit": commit.stdout.strip(),
            "cores": len(os.sched_getaffinity(0)),
            "compile_s": round(compiled, 2),
            "open_ms": round(opened * 1000, 1),
            "single": time_single(screener, names[:4000]),
            "file": time_file(index, recombined(names, options.subjects), Path(work)),
        }
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
