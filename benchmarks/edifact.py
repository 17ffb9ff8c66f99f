"""How fast passenger lists are read: a made file of any length, by ours and by pydifact where that can be imported.

usage: edifact.py [--passengers N] [--peer N] [--write]

Promised are 60,000 passengers a second on two cores, to batches with every problem located. Each passenger has 13
segments. pydifact is given `--peer` passengers without groups (it refuses `UNG`); it only splits segments. A short
form: `--passengers 20000 --peer 2000`.
"""

import argparse
import random
import resource
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
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


def measure(path: Path) -> tuple[int, float]:
    """Travelers read to batches, and the seconds."""
    begin = perf_counter()
    count = sum(batch.num_rows for batch in read_batches(path, rejects=RejectSink()))
    return count, perf_counter() - begin


def peer() -> Callable[[Path], float] | None:
    """Splits a file with pydifact and gives the seconds; None where that is not there."""
    try:
        interchanges = import_module("pydifact.segmentcollection").Interchange
    except ImportError:
        return None

    def split(path: Path) -> float:
        begin = perf_counter()
        interchange = interchanges.from_str(path.read_text(encoding="ascii"))
        for message in interchange.get_messages():
            for _ in message.segments:
                pass
        return perf_counter() - begin

    return split


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passengers", type=int, default=400_000)
    parser.add_argument("--peer", type=int, default=20_000)
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
        split = peer()
        if split is None:
            print("pydifact is absent: ours alone is measured", file=sys.stderr)
        else:
            make_list(path, options.peer, groups=False)
            figures.append(Figure("pydifact, the same without groups, a second", options.peer / split(path), ""))
    report("edifact", tell_figures(figures), write=options.write)


if __name__ == "__main__":
    main()
