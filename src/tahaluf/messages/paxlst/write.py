"""Subjects written as a PAXLST interchange (D.12B by default), one message for each flight.

What `read_paxlst` read comes out so that reading it again gives the same subjects; the order of details aside. Details
that PAXLST has no place for are left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache, partial
from itertools import groupby

from tahaluf.domain import Document, Gender, PartialDate, PartyRole, Subject
from tahaluf.messages.details import Detail
from tahaluf.messages.edifact.write import Element, Outgoing, write_interchange, write_segment
from tahaluf.messages.paxlst import codes
from tahaluf.messages.paxlst.dates import parse_birth, parse_expiry
from tahaluf.messages.paxlst.journey import ARRIVAL, DEPARTURE, STOP, Leg, legs_of
from tahaluf.names.countries import load_countries

_DOCUMENTS = {"passport": "P", "visa": "V", "driving license": "L", "residence permit": "R"}
_GENDERS = {gender: code for code, gender in codes.GENDERS.items()}
_REFERENCES = {detail: kind for kind, detail in codes.REFERENCES.items()} | {Detail.IDENTIFIER: "AEA"}
_ALPHA3 = {"mm": "MMR", "vg": "VGB", "gb": "GBR", "sa": "SAU", "za": "ZAF", "un": "UNO", "zw": "ZWE"}
Legs = tuple[tuple[str, str], ...]


def write_paxlst(subjects: Iterable[Subject], outgoing: Outgoing) -> bytes:
    """An interchange of all subjects; those who follow each other on the same flight share a message."""
    messages = [_Message(outgoing, legs).segments(list(group)) for legs, group in groupby(subjects, _journey)]
    return write_interchange(messages, "PAXLST", outgoing)


@cache
def alpha3(country: str) -> str:
    """The code of three letters for a lower-case one of two; the code itself in capitals where there is none."""
    found = sorted(code for code, known in load_countries().items() if known == country and _is_code(code))
    return _ALPHA3.get(country) or (found[0] if found else country).upper()


def _is_code(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha()


def _journey(subject: Subject) -> Legs:
    return tuple(pair for leg in legs_of(subject.details) for pair in leg.pairs)


class _Message:
    def __init__(self, outgoing: Outgoing, legs: Legs) -> None:
        self._write = partial(write_segment, separators=outgoing.separators)
        self._legs = legs_of(legs)
        times = [time for leg in self._legs for time in (leg.departed_at, leg.arrived_at) if time]
        self._today = date.fromisoformat(times[0][:10]) if times else outgoing.prepared_at.date()
        self._sender = outgoing.sender

    def segments(self, subjects: Sequence[Subject]) -> list[str]:
        crew = sum(subject.role in codes.CREW for subject in subjects)
        found = [self._write("BGM", "250" if crew == len(subjects) else "745")]
        found.append(self._write("NAD", "MS", "", "", self._sender))
        for leg in self._legs:
            found.extend(self._leg(leg, is_last=leg is self._legs[-1]))
        for subject in subjects:
            found.extend(self._traveler(subject))
        counts = (("42", len(subjects) - crew), ("41", crew))
        found.extend(self._write("CNT", (kind, str(count))) for kind, count in counts if count)
        return found

    def _leg(self, leg: Leg, *, is_last: bool) -> Iterator[str]:
        yield self._write("TDT", "20", leg.flight)
        inner = not is_last and bool(leg.departure and leg.arrival)
        for kind, port, moment, time in (
            (DEPARTURE, leg.departure, "189", leg.departed_at), (ARRIVAL, leg.arrival, "232", leg.arrived_at),
        ):  # fmt: skip
            if port:
                yield self._write("LOC", STOP if inner else kind, port)
            if time:
                yield self._write("DTM", (moment, *_moment(time)))

    def _traveler(self, subject: Subject) -> Iterator[str]:
        details: dict[Detail, list[str]] = {}
        for code, value in subject.details:
            details.setdefault(Detail(code), []).append(value)
        qualifier = codes.QUALIFIERS.get(subject.role or PartyRole.PASSENGER, "FL")
        address = details.get(Detail.ADDRESS, [""])[0]
        yield self._write("NAD", qualifier, "", "", _name(subject, details), address)
        if subject.gender:
            yield self._write("ATT", "2", "", _GENDERS.get(subject.gender, _GENDERS[Gender.OTHER]))
        for birth in subject.birth_dates:
            yield self._write("DTM", ("329", *_day(birth, parse_birth, self._today)))
        for element in self._told(subject, details):
            yield self._write(*element)
        yield from self._documents(subject.documents, details)

    def _told(self, subject: Subject, details: dict[Detail, list[str]]) -> Iterator[tuple[str, *tuple[Element, ...]]]:
        """Segments from `FTX` to `RFF` as tag and elements."""
        for detail, kind in ((Detail.BAGGAGE, "BAG"), (Detail.TEXT, "AAI")):
            yield from (("FTX", kind, "", "", text) for text in details.get(detail, ()))
        for kind, detail in codes.PLACES.items():
            yield from (("LOC", kind, place) for place in details.get(detail, ()))
        yield from (("LOC", codes.RESIDENCE, alpha3(country)) for country in subject.residences)
        yield from (("LOC", codes.BIRTH_PLACE, ("", "", "", place)) for place in subject.birth_places)
        for detail, kind in ((Detail.PHONE, "TE"), (Detail.EMAIL, "EM")):
            yield from (("COM", (text, kind)) for text in details.get(detail, ()))
        yield from (("EMP", "1", ("", "", "", text)) for text in details.get(Detail.OCCUPATION, ()))
        yield from (("NAT", "2", alpha3(country)) for country in subject.nationalities)
        for detail, kind in _REFERENCES.items():
            yield from (("RFF", (kind, text)) for text in details.get(detail, ()))

    def _documents(self, documents: Sequence[Document], details: dict[Detail, list[str]]) -> Iterator[str]:
        """Documents; a date belongs to the document of its place where there are as many of both, else to the last."""
        expiries, issues = details.get(Detail.EXPIRES_ON, []), details.get(Detail.ISSUED_ON, [])
        for number, document in enumerate(documents):
            is_last = number == len(documents) - 1
            yield self._write("DOC", (_DOCUMENTS.get(document.type, "I"), "110", "111"), document.number)
            for kind, days, parse in (("36", expiries, parse_expiry), ("182", issues, parse_birth)):
                own = [days[number]] if len(days) == len(documents) else days if is_last else []
                for day in own:
                    yield self._write("DTM", (kind, *_day(PartialDate.from_iso(day), parse, self._today)))
            if document.country:
                yield self._write("LOC", codes.ISSUED_BY, alpha3(document.country))
        if not documents:
            for kind, days in (("36", expiries), ("182", issues)):
                yield from (self._write("DTM", (kind, day.replace("-", "").ljust(8, "0"), "102")) for day in days)


def _name(subject: Subject, details: dict[Detail, list[str]]) -> Sequence[str]:
    """Surname and given names; a title where it was left out stands behind the given names again."""
    title = details.get(Detail.TITLE, [""])[0]
    # A second form is the first with its title still glued on.
    full = subject.names[-1] if title else subject.names[0]
    title = "" if len(subject.names) > 1 else title
    surname = details.get(Detail.SURNAME, [""])[0]
    if Detail.SURNAME not in details:
        return ("", f"{full} {title}".strip())
    if full == surname:
        return (surname, title)
    given = full[: -len(surname)].strip() if full.endswith(f" {surname}") else full
    return (surname, f"{given} {title}".strip())


def _day(day: PartialDate, parse: Callable[[str, date], str | None], today: date) -> tuple[str, ...]:
    """A date as `YYMMDD` where that is read again as the same day, else with its century."""
    full = f"{day.year:04d}{day.month or 0:02d}{day.day or 0:02d}"
    short = full[2:]
    if parse(short, today) == day.isoformat():
        return (short,)
    return (full, "102")


def _moment(time: str) -> tuple[str, str]:
    moment = datetime.fromisoformat(time)
    is_near = 2000 <= moment.year <= 2068
    if len(time) == 10:
        return moment.strftime("%y%m%d" if is_near else "%Y%m%d"), "101" if is_near else "102"
    return moment.strftime("%y%m%d%H%M" if is_near else "%Y%m%d%H%M"), "201" if is_near else "203"
