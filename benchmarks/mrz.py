"""How fast machine-readable zones are read, to Arrow batches, on one core.

usage: mrz.py [--zones N] [--write]

Made passports of invented holders, clean, and as many with one character misread in each. A short form:
`--zones 20000`.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from measuring.page import Figure, report, tell_figures
from tahaluf.messages import RejectSink
from tahaluf.messages.mrz import Form, MrzDocument, read_mrz, write_mrz
from tahaluf.messages.request import Request

SYLLABLES = [a + b for a in "BDFKLMNRSYCH" for b in "AIUOE"]
STATES = ["MAR", "TUN", "MLI", "TCD", "NER", "FRA", "D", "SEN"]
LEAST = 50_000.0
MISREAD = str.maketrans("0125", "OIZS")


def make_zones(count: int, rng: random.Random) -> Iterator[str]:
    """Passports of invented holders, a third of them with a personal number."""

    def name(words: int) -> str:
        return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(words))

    def date(first: int, last: int) -> str:
        return f"{rng.randint(first, last):02d}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"

    for number in range(count):
        document = MrzDocument(
            Form.TD3, "P", rng.choice(STATES), name(1), name(rng.randint(1, 2)),
            f"{rng.choice('ABX')}{rng.randrange(10**8):08d}", rng.choice(STATES), date(0, 99), rng.choice("MF"),
            date(30, 39), f"{rng.randrange(10**9):09d}" if number % 3 == 0 else "",
        )  # fmt: skip
        yield write_mrz(document, Form.TD3)


def misread(zone: str, rng: random.Random) -> str:
    """The zone with one of its digits read as the letter that looks like it."""
    places = [place for place, char in enumerate(zone) if char in "0125"]
    at = rng.choice(places)
    return zone[:at] + zone[at].translate(MISREAD) + zone[at + 1 :]


def measure(path: Path) -> tuple[int, float]:
    """How many documents a file holds, and the seconds of one core to read them."""
    sink = RejectSink()
    begin = process_time()
    for _ in read_mrz(Request(path, None, None, sink)):
        sink.take()
    return sink.units, process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zones", type=int, default=200_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rng = random.Random(7)
    zones = list(make_zones(options.zones, rng))
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zones.txt"
        for what, texts, promise in (
            ("clean", zones, LEAST),
            ("misread", [misread(zone, rng) for zone in zones], None),
        ):
            path.write_text("\n".join(texts) + "\n", encoding="ascii")
            count, seconds = measure(path)
            told = f"{count:,} passports ({what}), a second of one core"
            figures.append(Figure(told, count / seconds, "", promise, least=True))
    report("mrz", tell_figures(figures), write=options.write)


if __name__ == "__main__":
    main()
