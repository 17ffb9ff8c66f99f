"""How fast bookings are read, in EDIFACT and in XML, and what becomes of damaged ones.

usage: pnrgov.py [--bookings N] [--damaged N] [--write]

`--damaged` messages are mutated and read: none may crash, and each traveler still to be read must be a subject or be
told of; the first that is not stops the run. A short form: `--bookings 500 --damaged 1000`.
"""

import argparse
import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from measuring.page import Figure, report, tell_figures  # noqa: E402
from tahaluf.domain import InputError  # noqa: E402
from tahaluf.messages import RejectSink, read_batches  # noqa: E402
from tests.messages.pnrgov.samples import HAND, message, read_text  # noqa: E402
from tests.messages.pnrgov.test_mutations import lost, mutate, sources  # noqa: E402
from tests.messages.pnrgov.test_xml import PNR, notification  # noqa: E402


def measure(path: Path, form: str) -> Iterator[Figure]:
    """Travelers a second, on one core."""
    sink = RejectSink()
    begin = process_time()
    subjects = sum(batch.num_rows for batch in read_batches(path, rejects=sink))
    seconds = process_time() - begin
    size = path.stat().st_size / 1e6
    yield Figure(f"{form}, {size:,.0f} MB with {subjects:,} subjects: subjects a second", subjects / seconds, "")


def damage(folder: Path, count: int) -> Iterator[Figure]:
    """Reads mutated messages."""
    chance, texts = random.Random(1), sources()
    refused = 0
    for number in range(count):
        text = mutate(texts[number % len(texts)], chance)
        try:
            reading = read_text(folder, text)
        except InputError:
            refused += 1
            continue
        if missing := lost(reading, text):
            Path("lost.edi").write_text(text, encoding="utf-8")
            raise SystemExit(f"lost {missing}: see lost.edi")
    yield Figure("damaged messages read without a traveler lost silently", count - refused, "")
    yield Figure("damaged messages refused as a whole", refused, "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bookings", type=int, default=20_000)
    parser.add_argument("--damaged", type=int, default=20_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        forms = {"EDIFACT": message(*HAND * options.bookings), "XML": notification(*[PNR] * options.bookings)}
        for form, text in forms.items():
            path = folder / form
            path.write_text(text, encoding="utf-8")
            figures += measure(path, form)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures += [Figure("memory at most, with the files made", memory, "MB"), *damage(folder, options.damaged)]
    report("pnrgov", tell_figures(figures), write=options.write)


if __name__ == "__main__":
    main()
