"""A small invented list, a few hundred subjects and the screener itself: nothing is made up but the people."""

import random
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from tahaluf.domain import Alias, DateSpan, Document, Hit, Kind, Listing, PartialDate, Place
from tahaluf.messages.schema import SUBJECT_SCHEMA
from tahaluf.screening import Screener
from tahaluf.screening.export import render_hits

GIVEN = ("Mohamed", "Ahmed", "Ibrahim", "Ousmane", "Khaled", "Youssef", "Abd al-Rahman", "Boubacar", "Nadia", "Zoubeir")
FAMILIES = ("Tandjawi", "Kerroubi", "Diakhoumpa", "Seghiroun", "Boughzal", "Ould Khatry", "Maïnassara", "Zerdoumi")
OTHER_SPELLINGS = {
    "Mohamed": "Muhammad",
    "Youssef": "يوسف",
    "Khaled": "Khalid",
    "Kerroubi": "القروبي",
    "Zoubeir": "Zubair",
}
COUNTRIES = ("ml", "dz", "ma", "tn", "ne")


def listings() -> list[Listing]:
    """Forty people, with dates, places and documents for most."""
    people = [(given, family) for given in GIVEN for family in FAMILIES[::2]]
    return [
        Listing(
            f"L{number:02}",
            Kind.PERSON,
            "invented",
            (Alias(f"{given} {family}"), Alias(f"{family} {given}")),
            birth_dates=(DateSpan(PartialDate(1950 + number)),) if number % 3 else (),
            nationalities=(COUNTRIES[number % 5],),
            birth_places=(Place("Gao", "ml"),) if number % 4 == 0 else (),
            documents=(Document(f"AB12{number:04}", "passport", "ml"),) if number % 5 == 0 else (),
        )
        for number, (given, family) in enumerate(people)
    ]


def subjects() -> list[dict[str, object]]:
    """Listed and unlisted names in several spellings, ties among them, as rows of a batch."""
    chance = random.Random(11)
    return [
        {
            "id": f"q{number:03}",
            "names": [" ".join(OTHER_SPELLINGS.get(word, word) if chance.random() < 0.5 else word for word in pair)],
            "kind": "Person" if number % 7 else "LegalEntity",
            "birth_dates": [f"{1950 + number % 40}"] if number % 3 == 0 else [],
            "nationalities": [COUNTRIES[number % 5]] if number % 2 else [],
            "residences": [],
            "gender": "male" if number % 4 == 0 else None,
            "birth_places": ["Gao, Mali"] if number % 5 == 0 else [],
            "documents": [passport(number)] if number % 9 == 0 else [],
        }
        for number, pair in enumerate((chance.choice(GIVEN), chance.choice(FAMILIES)) for _ in range(240))
    ]  # fmt: skip


def passport(number: int) -> dict[str, str]:
    return {"type": "passport", "number": f"AB12{number % 50:04}", "country": "ml"}


SCHEMA = pa.schema([field for field in SUBJECT_SCHEMA if field.name != "line"])


def batches_of(rows: Sequence[dict[str, object]], size: int = 16) -> list[pa.RecordBatch]:
    return [pa.RecordBatch.from_pylist(list(rows[at : at + size]), schema=SCHEMA) for at in range(0, len(rows), size)]


def shuffled(rows: Sequence[dict[str, object]], seed: int) -> list[dict[str, object]]:
    return random.Random(seed).sample(list(rows), len(rows))


def compiled(folder: Path) -> Path:
    Screener.compile(listings(), folder / "index")
    return folder / "index"


def opened(path: Path) -> Screener:
    """A screener of its own, that has learned nothing yet."""
    return Screener.open(path)


def written(found: Sequence[Sequence[list[Hit]]]) -> bytes:
    """The file that these hits make."""
    return b"".join(render_hits(hits) for rows in found for hits in rows)


def in_order_of_id(content: bytes) -> bytes:
    """The same lines with the subjects in order; the hits of each stay in theirs."""
    return b"".join(sorted(content.splitlines(keepends=True), key=lambda line: line.split(b'"')[3]))
