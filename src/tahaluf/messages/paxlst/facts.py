"""What one segment of a traveler's group tells (groups 4 and 5 of PAXLST), apart from its place: segment → `Fact`.

The same text tells the same every time, so a reader may remember it.
"""

from datetime import date
from typing import NamedTuple

from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Segment
from tahaluf.messages.paxlst import codes
from tahaluf.messages.paxlst.dates import BIRTH_EXPECTED, parse_birth, parse_expiry
from tahaluf.names.countries import country_name

# Where a fact goes: what a traveler is gathered in, by number.
DETAILS, BIRTHS, NATIONALITIES, RESIDENCES, GENDERS, PLACES, DOCUMENTS, ISSUERS, NOTHING = range(9)
SLOTS = 9
# Places in the order of the standard; from `FREE` on a segment may come again after a document.
_RANKS = {"ATT": 1, "DTM": 2, "MEA": 3, "FTX": 5, "LOC": 6, "COM": 7, "EMP": 8, "NAT": 9}
FREE = 10
DOCUMENT_RANK = 11
MAX_VALUE = 512
COUNTRY_EXPECTED = "ISO 3166-1, ICAO 9303"


class Fault(NamedTuple):
    """A value that cannot be used or is doubtful: `messages.paxlst.<what>` at an element and component."""

    what: str
    element: int
    component: int
    expected: str
    found: str


class Fact(NamedTuple):
    """`value` for slot `slot` (None where there is none): a pair for `DETAILS`, (type, number) for `DOCUMENTS`, a code
    or ISO date or text for the others. `rank` is the place of the segment in the order of the standard."""

    slot: int = NOTHING
    value: object = None
    rank: int = FREE
    fault: Fault | None = None


def fact_of(segment: Segment, today: date) -> Fact | None:
    """What the segment tells; None where PAXLST has no such segment for a traveler. `today` is the day of the flight
    or of the message: births are before it."""
    read = _READERS.get(segment.tag)
    if read is None:
        return None
    fact = read(segment, today)
    is_unknown = fact.fault is not None and fact.fault.what == "qualifier"
    return fact if fact.rank != FREE or is_unknown else fact._replace(rank=_RANKS.get(segment.tag, FREE))


def _attribute(segment: Segment, _today: date) -> Fact:
    code = segment.value(3).strip().upper()
    if segment.value(1) != "2" or code in codes.GENDER_UNSAID:
        return Fact()
    gender = codes.GENDERS.get(code)
    if gender is None:
        return Fact(fault=Fault("gender", 3, 1, "M, F, X, U", code))
    return Fact(GENDERS, gender.value)


def _date(segment: Segment, today: date) -> Fact:
    kind, text = segment.value(1), segment.value(1, 2).strip()
    if kind == "329":
        birth = parse_birth(text, today)
        return Fact(BIRTHS, birth, fault=None if birth else Fault("birth_date", 1, 2, BIRTH_EXPECTED, text))
    if kind not in ("36", "182"):
        return Fact(fault=_unknown(segment, kind))
    day = parse_expiry(text, today) if kind == "36" else parse_birth(text, today)
    if day is None:
        return Fact(rank=DOCUMENT_RANK, fault=Fault("document_date", 1, 2, BIRTH_EXPECTED, text))
    expired = kind == "36" and day < today.isoformat()[: len(day)]
    fault = Fault("expired", 1, 2, f">= {today.isoformat()}", day) if expired else None
    detail = Detail.EXPIRES_ON if kind == "36" else Detail.ISSUED_ON
    return Fact(DETAILS, (detail.value, day), DOCUMENT_RANK, fault)


def _place(segment: Segment, _today: date) -> Fact:
    kind, code = segment.value(1), segment.value(2).strip()
    words = " ".join(segment.value(2, 4).split())[:MAX_VALUE]
    if kind in codes.PLACES:
        return Fact(DETAILS, (codes.PLACES[kind].value, code or words)) if code or words else Fact(fault=_empty(2))
    if kind == codes.RESIDENCE:
        return _country(RESIDENCES, code or words, 2)
    if kind == codes.ISSUED_BY:
        return _country(ISSUERS, code, 2)._replace(rank=DOCUMENT_RANK)
    if kind == codes.BIRTH_PLACE:
        country = codes.parse_country(code)[0] if code else None
        place = words or (country_name(country, "en") if country else code)
        return Fact(PLACES, place) if place else Fact(fault=_empty(2))
    return Fact(fault=_unknown(segment, kind))


def _country(slot: int, code: str, element: int) -> Fact:
    if not code:
        return Fact(slot, None, fault=_empty(element))
    country, known = codes.parse_country(code)
    fault = None if known else Fault("country", element, 1, COUNTRY_EXPECTED, code[:MAX_VALUE])
    return Fact(slot if country else NOTHING, country, fault=fault)


def _nationality(segment: Segment, _today: date) -> Fact:
    code = segment.value(2).strip() or segment.value(2, 4).strip()
    return _country(NATIONALITIES, code, 2)


def _reference(segment: Segment, _today: date) -> Fact:
    kind, text = segment.value(1), segment.value(1, 2).strip()[:MAX_VALUE]
    if not text:
        return Fact(fault=_empty(1, 2))
    return Fact(DETAILS, (codes.REFERENCES.get(kind, Detail.IDENTIFIER).value, text))


def _contact(segment: Segment, _today: date) -> Fact:
    text, kind = segment.value(1).strip()[:MAX_VALUE], segment.value(1, 2)
    detail = codes.CONTACTS.get(kind)
    return Fact(DETAILS, (detail.value, text)) if text and detail else Fact()


def _occupation(segment: Segment, _today: date) -> Fact:
    text = (segment.value(2, 4) or segment.value(2)).strip()[:MAX_VALUE]
    return Fact(DETAILS, (Detail.OCCUPATION.value, text)) if text else Fact()


def _measure(segment: Segment, _today: date) -> Fact:
    text = " ".join(f"{segment.value(3, 2)} {segment.value(3)}".split())[:MAX_VALUE]
    return Fact(DETAILS, (Detail.BAGGAGE.value, text)) if text else Fact()


def _text(segment: Segment, _today: date) -> Fact:
    words = segment.elements[3] if len(segment.elements) > 3 else []
    text = " ".join(" ".join(words).split())[:MAX_VALUE]
    detail = Detail.BAGGAGE if segment.value(1) == "BAG" else Detail.TEXT
    return Fact(DETAILS, (detail.value, text)) if text else Fact()


def _document(segment: Segment, _today: date) -> Fact:
    code, number = segment.value(1), segment.value(2).strip().strip("<").strip()[:MAX_VALUE]
    kind, known = codes.document_type(code)
    fault = None
    if not any(map(str.isalnum, number)):
        number, fault = "", _empty(2)
    elif not known:
        fault = Fault("document_type", 1, 1, "P, V, I, A, C, ...", code[:MAX_VALUE])
    return Fact(DOCUMENTS, (kind, number), DOCUMENT_RANK, fault)


def _nothing(_segment: Segment, _today: date) -> Fact:
    return Fact()


def _empty(element: int, component: int = 1) -> Fault:
    return Fault("empty", element, component, "a value", "")


def _unknown(segment: Segment, kind: str) -> Fault:
    return Fault("qualifier", 1, 1, "", f"{segment.tag}+{kind[:20]}")


_READERS = {
    "ATT": _attribute, "DTM": _date, "LOC": _place, "NAT": _nationality, "RFF": _reference, "COM": _contact,
    "EMP": _occupation, "MEA": _measure, "FTX": _text, "DOC": _document, "GEI": _nothing, "CPI": _nothing,
    "QTY": _nothing,
}  # fmt: skip
