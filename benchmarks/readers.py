"""How fast lists are read: each real file beside the project, and a made list of entities of any length.

`python benchmarks/readers.py [--entities 1000000]` prints listings a second; promised are 60,000 simple entities a
second on
one core, and the Security Council's list in well under a second.
"""

import argparse
import random
import resource
import tempfile
from pathlib import Path
from time import perf_counter

import orjson

from tahaluf.lists import read

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
FILES = ("data/lists/un/*.xml", "data/lists/ofac/*", "data/lists/ftm/*", "bench/names-dev/*.ftm.json.gz")
SYLLABLES = (
    "ab",
    "ad",
    "al",
    "am",
    "ba",
    "be",
    "da",
    "el",
    "fa",
    "id",
    "ka",
    "la",
    "ma",
    "na",
    "or",
    "ra",
    "sa",
    "ul",
    "ya",
)


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


def measure(path: Path, label: str) -> None:
    begin = perf_counter()
    reading = read(path)
    for _ in reading:
        pass
    seconds = perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = reading.count / seconds
    print(f"{label:36} {reading.count:9} listings {seconds:8.3f} s {rate:10.0f}/s  peak {peak:6.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=1_000_000)
    options = parser.parse_args()
    for pattern in FILES:
        for path in sorted(SHARED.glob(pattern)):
            measure(path, path.name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.ftm.json"
        make_entities(path, options.entities)
        measure(path, f"{options.entities} made entities")


if __name__ == "__main__":
    main()
