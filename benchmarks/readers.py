"""How fast lists are read: each real file beside the project, and a made list of entities of any length.

usage: readers.py [--entities N] [--write]

Promised are 60,000 simple entities a second on one core, and a list of the Security Council in well under a second.
A short form: `--entities 50000`.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import orjson

from measuring.machine import SHARED
from measuring.page import Figure, report, tell_figures
from tahaluf.lists import read

FILES = ("data/lists/un/*.xml", "data/lists/ofac/*", "data/lists/ftm/*", "bench/names-dev/*.ftm.json.gz")
SYLLABLES = [a + b for a in "bdfklmnrsy" for b in "aiu"]
COUNCIL, SIMPLE = 1.0, 60_000.0


def make_entities(path: Path, count: int) -> None:
    """Invented persons, each with a name, an alias and often a birth date."""
    rng = random.Random(7)

    def name() -> str:
        return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).title() for _ in range(rng.randint(2, 4)))

    with path.open("wb") as stream:
        for number in range(count):
            properties = {"name": [name()]}
            if number % 3 == 0:
                properties["alias"] = [name()]
            entity = {"id": f"m-{number}", "schema": "Person", "datasets": ["made"], "properties": properties}
            stream.write(orjson.dumps(entity, option=orjson.OPT_APPEND_NEWLINE))


def measure(path: Path) -> tuple[int, float]:
    """How many listings a file holds, and the seconds to read them."""
    begin = perf_counter()
    reading = read(path)
    for _ in reading:
        pass
    return reading.count, perf_counter() - begin


def measure_real() -> Iterator[Figure]:
    """The real files beside the project, where there are any."""
    for pattern in FILES:
        for path in sorted(SHARED.glob(pattern)):
            count, seconds = measure(path)
            told = f"`{path.parent.name}/{path.name}`, {count:,} listings, {count / seconds:,.0f} a second"
            yield Figure(told, seconds, "s", COUNCIL if path.parent.name == "un" else None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("the real lists of ../shared are absent: a made list alone is measured")
    figures = list(measure_real())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.ftm.json"
        make_entities(path, options.entities)
        count, seconds = measure(path)
    figures.append(
        Figure(f"A made list of {count:,} simple entities, a second", count / seconds, "", SIMPLE, least=True)
    )
    report("readers", tell_figures(figures), write=options.write)


if __name__ == "__main__":
    main()
