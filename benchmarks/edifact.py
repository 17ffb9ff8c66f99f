"""How fast passenger lists are read: a made file of any length, by ours and by pydifact.

usage: edifact.py [--passengers N] [--peer-python PYTHON [--peer N]] [--write]

Promised are 60,000 passengers a second on two cores, to batches with every problem located; one process is measured.
Each passenger has 13 segments. In the varied list one passenger in four lacks a segment, has a title, or a document
that has expired. `--peer-python` is the interpreter of an environment made for it, with pydifact 0.2.3; that is given
`--peer` passengers without groups (it refuses `UNG`) and only splits segments. A short form: `--passengers 20000`.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from measuring.page import Figure, report, tell_figures
from tahaluf.messages import RejectSink, read_batches

PROMISED = 60_000.0
PER_FLIGHT = 400
SYLLABLES = [a + b for a in "BDFKLMNRSTYZ" for b in ("A", "E", "I", "O", "U", "AN", "OU")]
STATES = ("MAR", "FRA", "MLI", "NER", "TCD", "SEN", "MRT", "BFA", "TUN", "DEU", "ESP", "EGY")
AIRPORTS = ("CMN", "CDG", "BKO", "NIM", "NDJ", "DKR", "NKC", "OUA", "TUN", "FRA", "MAD", "CAI")


def make_list(path: Path, passengers: int, *, groups: bool) -> None:
    """An interchange of flights of `PER_FLIGHT` invented passengers each."""
    rng = random.Random(11)
    with path.open("w", encoding="ascii") as stream:
        stream.write("UNA:+.? 'UNB+UNOA:4+CARRIER:ZZ+STATE:ZZ+261120:0600+R1++APIS'\n")
        stream.write("UNG+PAXLST+CARRIER+STATE+261120:0600+R1+UN+D:12B'\n" if groups else "")
        flights = -(-passengers // PER_FLIGHT)
        for flight in range(flights):
            stream.write(_flight(rng, flight, min(PER_FLIGHT, passengers - flight * PER_FLIGHT)))
        stream.write(f"UNE+{flights}+R1'\nUNZ+1+R1'\n" if groups else f"UNZ+{flights}+R1'\n")


def _flight(rng: random.Random, number: int, passengers: int) -> str:
    start, end = rng.sample(AIRPORTS, 2)
    head = [
        f"UNH+{number}+PAXLST:D:12B:UN:IATA", "BGM+745", "NAD+MS+++OPERATIONS", "COM+0123456:TE",
        f"TDT+20+XX{number % 999}",
        f"LOC+125+{start}", "DTM+189:2611201400:201", f"LOC+87+{end}", "DTM+232:2611201830:201",
    ]  # fmt: skip
    body = [segment for _ in range(passengers) for segment in _passenger(rng, start, end)]
    lines = [*head, *body, f"CNT+42:{passengers}"]
    lines.append(f"UNT+{len(lines) + 1}+{number}")
    return "'\n".join(lines) + "'\n"


def _name(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4)))


def _passenger(rng: random.Random, start: str, end: str) -> list[str]:
    state = rng.choice(STATES)
    born = f"{rng.randint(30, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    expires = f"{rng.randint(27, 36)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    return [
        f"NAD+FL+++{_name(rng)}:{_name(rng)}", f"ATT+2++{rng.choice('MF')}", f"DTM+329:{born}", f"LOC+22+{end}",
        f"LOC+178+{start}", f"LOC+179+{end}", f"LOC+174+{state}", f"NAT+2+{state}",
        f"RFF+AVF:{rng.randrange(16**6):06X}", f"RFF+ABO:{rng.randrange(10**9)}",
        f"DOC+P:110:111+{rng.randrange(10**9):09d}", f"DTM+36:{expires}", f"LOC+91+{state}",
    ]  # fmt: skip


def vary(path: Path, other: Path) -> None:
    """A list in which one passenger in four is written otherwise than the rest."""
    rng = random.Random(12)
    with path.open(encoding="ascii") as lines, other.open("w", encoding="ascii") as stream:
        for line in lines:
            chance = rng.random()
            if line.startswith("NAD+FL") and chance < 0.1:
                stream.write(line.replace("'", "MR'"))
            elif line.startswith("DTM+36:") and chance < 0.05:
                stream.write("DTM+36:200101'\n")
            elif not (line.startswith(("LOC+22", "RFF+ABO", "NAT+2")) and chance < 0.04):
                stream.write(line)


def measure(path: Path) -> tuple[int, float]:
    """Travelers read to batches, and the seconds."""
    begin = perf_counter()
    count = sum(batch.num_rows for batch in read_batches(path, rejects=RejectSink()))
    return count, perf_counter() - begin


SPLIT = """
import sys, time, warnings
from pathlib import Path
from pydifact.segmentcollection import Interchange
warnings.simplefilter("ignore")
begin = time.perf_counter()
count = 0
for message in Interchange.from_str(Path(sys.argv[1]).read_text(encoding="ascii")).get_messages():
    for segment in message.segments:
        count += segment.tag == "NAD"
print(time.perf_counter() - begin, count)
"""


def split_by_peer(python: str, path: Path) -> tuple[float, int]:
    """The seconds in which pydifact splits a file into segments, and the parties that it saw."""
    done = subprocess.run([python, "-c", SPLIT, str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{python} cannot run pydifact: {done.stderr.strip().splitlines()[-1]}")
    seconds, parties = done.stdout.split()[-2:]
    return float(seconds), int(parties)


def compare(python: str, path: Path, passengers: int) -> Iterator[Figure]:
    """Both on one file without groups, which pydifact refuses: its speed, ours, and how many times it that is."""
    make_list(path, passengers, groups=False)
    seconds, parties = split_by_peer(python, path)
    if parties < passengers:
        raise SystemExit(f"pydifact saw {parties} of {passengers}")
    ours = max(count / taken for count, taken in (measure(path) for _ in range(3)))
    yield Figure(f"pydifact, {passengers:,} passengers without groups, only split: a second", passengers / seconds, "")
    yield Figure("the same file by ours, to batches: a second", ours, "")
    yield Figure("the same file, ours to pydifact", ours * seconds / passengers, "times")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passengers", type=int, default=400_000)
    parser.add_argument("--peer", type=int, default=20_000)
    parser.add_argument("--peer-python")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.edi"
        make_list(path, options.passengers, groups=True)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        count, seconds = measure(path)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        size = path.stat().st_size / 1e6
        figures.append(
            Figure(
                f"PAXLST, {count:,} passengers in {size:.0f} MB, a second", count / seconds, "", PROMISED, least=True
            )
        )
        figures.append(Figure("Memory that reading adds at most", grown, "MB", 100.0))
        other = Path(folder) / "varied.edi"
        vary(path, other)
        count, seconds = measure(other)
        figures.append(Figure(f"PAXLST, {count:,} passengers written variedly, a second", count / seconds, ""))
        if options.peer_python:
            figures += compare(options.peer_python, path, options.peer)
        else:
            print("no --peer-python: ours alone is measured", file=sys.stderr)
    report("edifact", tell_figures(figures), write=options.write)


if __name__ == "__main__":
    main()
