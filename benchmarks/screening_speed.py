"""How fast screening is: compiling and opening a list, one name in process, whole files through the command line.

usage: screening_speed.py [--list LIST] [--subjects N …] [--queries N] [--times N] [--first-use] [--write]

Without arguments: the benchmark's 17,846 listings and a file of 100,000 subjects. The figures that were promised:
`--subjects 100000 1000000 --first-use --write`. A short form: `--subjects 2000 --queries 600`.
"""

import argparse
import csv
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from measuring.machine import BENCH
from measuring.names import Travelers, mark_new, mix_queries, script_of
from measuring.page import Figure, report, tell_figures
from measuring.programs import TAHALUF, Run, probe_index, run_program


def time_compiling(source: Path, index: Path, times: int) -> Iterable[Figure]:
    """The whole command several times, the middle one."""
    runs = [run_program([TAHALUF, "index", source, "--out", index]) for _ in range(times)]
    seconds = statistics.median(run.seconds for run in runs)
    peak = max(run.peak for run in runs) / 1e6
    yield Figure(f"Compiling the list, the whole command (median of {times})", seconds, "s", 5)
    yield Figure("… most memory held", peak, "MB")


def time_opening(index: Path, work: Path, times: int, first_use: bool) -> Iterable[Figure]:
    """Fresh processes; the compiled code is kept from before, but for the last figure."""
    names = work / "few.txt"
    names.write_text("محمد علي حسن\nHassan Mohamed Ali\n", encoding="utf-8")
    runs = [probe_index(index, names).figures for _ in range(times)]
    said = f"in a fresh process (median of {times})"
    middle = {key: statistics.median(run[key] for run in runs) for key in ("open_ms", "import_ms", "first_ms")}
    yield Figure(f"Opening the index {said}", middle["open_ms"], "ms", 50)
    yield Figure("… importing the program before that", middle["import_ms"], "ms")
    yield Figure("… answering the first name after that", middle["first_ms"], "ms")
    if first_use:
        run = probe_index(index, names, surroundings={"NUMBA_CACHE_DIR": str(work / "compiled")})
        yield Figure("The very first name after an installation, code being compiled", run.seconds, "s")


def time_single(index: Path, work: Path, count: int) -> Iterable[Figure]:
    """Real names of both scripts and travelers by turns, asked of a process that answered as many before."""
    warm = list(Travelers(BENCH, seed=3).make(count))
    names = warm + mix_queries(BENCH, count)
    file = work / "single.txt"
    file.write_text("\n".join(names), encoding="utf-8")
    took = probe_index(index, file).figures["single_ms"][-count:]
    new = mark_new(names)[-count:]
    arabic = [script_of(name) == "arabic" for name in names[-count:]]
    told = f"{count:,} names, {sum(arabic) / count:.0%} in Arabic letters, {sum(new) / count:.0%} with a new word"
    yield Figure(f"One name in process, median ({told})", statistics.median(took), "ms", 1)
    yield Figure("… 99 of 100 take no longer than", at_share(took, 0.99), "ms", 5)
    for what, marks in (
        ("with a word new to the process", new),
        ("with known words only", [not mark for mark in new]),
        ("in Arabic letters", arabic),
        ("in Latin or other letters", [not mark for mark in arabic]),
    ):
        own = [time for time, mark in zip(took, marks, strict=True) if mark]
        if own:
            yield Figure(f"… names {what}: median", statistics.median(own), "ms")
            yield Figure(f"… names {what}: 99 of 100", at_share(own, 0.99), "ms")


def at_share(values: list[float], share: float) -> float:
    """The value that this share stays at or under."""
    ranked = sorted(values)
    return ranked[min(int(share * len(ranked)), len(ranked) - 1)]


def write_subjects(path: Path, count: int) -> float:
    """A CSV of made travelers; the share of distinct names."""
    distinct: set[int] = set()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name"])
        for number, name in enumerate(Travelers(BENCH).make(count)):
            writer.writerow([number, name])
            distinct.add(hash(name))
    return len(distinct) / count


def time_file(index: Path, work: Path, count: int) -> Iterable[Figure]:
    """A whole file through the command line, start and output included."""
    subjects, hits = work / f"subjects-{count}.csv", work / f"hits-{count}.jsonl"
    distinct = write_subjects(subjects, count)
    run: Run = run_program(
        [TAHALUF, "screen", subjects, "--against", index, "--out", hits, "--summary", "json", "--lang", "en"]
    )
    done = run.figures
    if done["subjects"] != count:
        raise RuntimeError(f"{count} subjects were given, {done['subjects']} were screened")
    promise, aim = (180.0, 90.0) if count == 1_000_000 else (None, None)
    told = f"{distinct:.0%} of names distinct, {done['flagged'] / count:.1%} of subjects with a hit"
    yield Figure(f"A file of {count:,} subjects, the whole command ({told})", run.seconds, "s", promise, aim)
    yield Figure("… subjects a second", count / run.seconds, "")
    yield Figure("… most memory held, all processes", run.peak / 1e6, "MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, default=BENCH / "list_alias.ftm.json.gz")
    parser.add_argument("--subjects", type=int, nargs="+", default=[100_000])
    parser.add_argument("--queries", type=int, default=3_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--first-use", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not (BENCH.is_dir() and options.list.exists()):
        print("the names of ../shared/bench/names-dev are absent: nothing is measured")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        work, index = Path(folder), Path(folder) / "index"
        figures = [
            *time_compiling(options.list, index, options.times),
            *time_opening(index, work, options.times, options.first_use),
            *time_single(index, work, options.queries),
            *(figure for count in options.subjects for figure in time_file(index, work, count)),
        ]
    report("screening_speed", f"List: `{options.list.name}`.\n\n{tell_figures(figures)}", write=options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
