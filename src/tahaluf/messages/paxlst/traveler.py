"""One traveler while a message is read: from the `NAD` to the next, then a row of the batch or a rejection."""

from typing import Any

from tahaluf.domain import Kind, PartyRole
from tahaluf.messages.batches import BatchBuilder, Number
from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Segment
from tahaluf.messages.paxlst import facts
from tahaluf.messages.paxlst.names import TravelerName, parse_name

Pair = tuple[str, str]
_SURNAME = Detail.SURNAME.value


class Traveler:
    """`slots` gathers values by `facts.DETAILS` … `facts.NOTHING`."""

    __slots__ = ("dated", "name", "role", "segment", "slots", "texts", "unit")

    def __init__(self, segment: Segment, role: PartyRole, unit: int) -> None:
        self.segment = segment
        self.role = role
        self.unit = unit
        self.dated = False
        self.texts: list[str] = []
        self.name = name_of(segment)
        self.slots: list[list[Any]] = [[], [], [], [], [], [], [], [], []]
        details = self.slots[facts.DETAILS]
        if self.name.title:
            details.append((Detail.TITLE.value, self.name.title))
        elements = segment.elements
        if self.name.surname:
            details.append((_SURNAME, self.name.surname))
        if len(elements) > 4:
            address = address_of(segment)
            if address:
                details.append((Detail.ADDRESS.value, address))

    @property
    def texts_shown(self) -> str:
        """The segments as they stood, for a rejection."""
        return "'".join([self.segment.raw, *self.texts])[:4096]

    def add_to(self, batches: BatchBuilder, journey: list[Pair], message: str | None) -> None:
        """Becomes a row."""
        details, births, nationalities, residences, genders, places, numbers, issuers, _ = self.slots
        segment = self.segment
        batches.add(
            str(self.unit), self.name.forms, Kind.PERSON, self.role, unit=self.unit, line=segment.line, message=message,
            segment=segment.number, field="NAD.4", gender=genders[0] if genders else None, birth_dates=births,
            nationalities=nationalities, residences=residences, birth_places=places,
            documents=documents_of(numbers, issuers), details=journey + details,
        )  # fmt: skip


def name_of(segment: Segment) -> TravelerName:
    """The name in C080, or where that is empty in C058, as one line."""
    elements = segment.elements
    if len(elements) > 3 and any(elements[3]):
        return parse_name(elements[3])
    unstructured = " ".join(elements[2]) if len(elements) > 2 else ""
    return parse_name([unstructured])


def address_of(segment: Segment) -> str:
    """Street, city, region, postal code and country on one line."""
    parts = (" ".join(" ".join(element).split()) for element in segment.elements[4:9])
    return ", ".join(part for part in parts if part)[: facts.MAX_VALUE]


def documents_of(numbers: list[tuple[str, str]], issuers: list[str | None]) -> list[Number]:
    """Documents with the State that follows each: `issuers` holds a None for every document, and States between."""
    if len(numbers) == 1 and len(issuers) == 2 and numbers[0][1]:
        return [(*numbers[0], issuers[1])]
    documents: list[Number] = []
    at = -1
    for issuer in issuers:
        if issuer is None:
            at += 1
            documents.append((*numbers[at], None))
        elif at >= 0:
            documents[at] = (*numbers[at], issuer)
    return [document for document in documents if document[1]]
