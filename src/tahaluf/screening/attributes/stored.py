"""What of a listing is compared beyond its name, and how an index stores it: one compact JSON array a listing.

The array is [birth dates, nationalities, residences, gender, birth places, documents]; a date is `[~]YYYY[-MM[-DD]]`, a
span two of them with `/` between, a place [text, country], a document [number, type, country].
"""

from dataclasses import dataclass
from typing import Any

import orjson

from tahaluf.domain import DateSpan, Document, Gender, Listing, PartialDate, Place
from tahaluf.screening.attributes.birth_date import write_span


@dataclass(frozen=True, slots=True)
class ListingAttributes:
    """A listing's side of the comparison; empty where the publisher says nothing."""

    birth_dates: tuple[DateSpan, ...] = ()
    nationalities: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    gender: Gender | None = None
    birth_places: tuple[Place, ...] = ()
    documents: tuple[Document, ...] = ()

    @classmethod
    def from_listing(cls, listing: Listing) -> "ListingAttributes":
        """The attributes of a listing; addresses' countries count as residences where it gives none."""
        addressed = {address.country for address in listing.addresses if address.country}
        return cls(
            listing.birth_dates,
            listing.nationalities,
            listing.residences or tuple(sorted(addressed)),
            listing.gender,
            listing.birth_places,
            tuple(Document(document.number, document.type, document.country) for document in listing.documents),
        )

    def to_json(self) -> bytes:
        """The stored form, as UTF-8 bytes."""
        rows = (
            [write_span(span) for span in self.birth_dates],
            self.nationalities,
            self.residences,
            self.gender,
            [(place.text, place.country) for place in self.birth_places],
            [(document.number, document.type, document.country) for document in self.documents],
        )
        return orjson.dumps(rows)

    @classmethod
    def from_json(cls, stored: bytes | memoryview) -> "ListingAttributes":
        """Reads what `to_json` wrote; ValueError on anything else."""
        try:
            dates, nationalities, residences, gender, places, documents = orjson.loads(stored)
            return cls(
                tuple(_read_span(text) for text in dates),
                tuple(nationalities),
                tuple(residences),
                None if gender is None else Gender(gender),
                tuple(Place(text, country) for text, country in places),
                tuple(Document(number, kind, country) for number, kind, country in documents),
            )
        except (TypeError, AttributeError) as error:
            raise ValueError(f"not stored attributes: {error}") from error


def _read_span(text: Any) -> DateSpan:
    start, slash, end = text.partition("/")
    return DateSpan(_read_date(start), _read_date(end) if slash else None)


def _read_date(text: str) -> PartialDate:
    return PartialDate.from_iso(text.removeprefix("~"), circa=text.startswith("~"))
