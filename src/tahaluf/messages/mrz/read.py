"""A file of machine-readable zones to Arrow batches, each document a subject with what it says of its holder."""

import gzip
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice

import pyarrow as pa

from tahaluf.domain import InputError, Kind, PartyRole, Problem, Where
from tahaluf.messages.batches import BatchBuilder, Number, Pair
from tahaluf.messages.details import Detail
from tahaluf.messages.mrz.clean import clean_zones
from tahaluf.messages.mrz.content import numbered_lines
from tahaluf.messages.mrz.document import MrzDocument, MrzReading
from tahaluf.messages.mrz.fillers import refill
from tahaluf.messages.mrz.forms import Form
from tahaluf.messages.mrz.interpret import Interpreter
from tahaluf.messages.mrz.lines import Foreign, Stray, Zone
from tahaluf.messages.mrz.names import add_readings, full_name, split_name
from tahaluf.messages.mrz.zones import find_zones
from tahaluf.messages.request import Request

GENDERS = {"M": "male", "F": "female", "X": "other"}
TYPES = {"P": "passport", "V": "visa"}
PERSONAL = 5
MOST_SHOWN = 200
AT_A_TIME = 4096
CARD = 33
_FIRST_LINE = re.compile(r"[PVACI][A-Z<]{4}([A-Z<]{5,39})")
EXPECTED = "2x44, 2x36, 3x30"
WANTED = {"length": EXPECTED, "order": "1, 2", "blanks": "<"}


def read_mrz(request: Request) -> Iterator[pa.RecordBatch]:
    """Batches in `SUBJECT_SCHEMA`; the unit is a document. What is no part of a zone is told of once."""
    return _Reader(request, datetime.now(tz=UTC).date()).batches()


class _Reader:
    def __init__(self, request: Request, today: date) -> None:
        self._request = request
        self._file = str(request.path)
        self._builder = BatchBuilder()
        self._interpreter = Interpreter(today)
        self._foreign: list[Foreign] = []
        self._passed_over = 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        try:
            for found, clean in flagged(find_zones(numbered_lines(self._request.path))):
                if isinstance(found, Zone):
                    self._add_zone(found, clean)
                elif isinstance(found, Stray):
                    self._add_stray(found)
                else:
                    self._pass_over(found)
                if self._builder.full or self._request.rejects.is_due():
                    yield self._builder.take()
        except (OSError, EOFError, zlib.error, gzip.BadGzipFile) as broken:
            raise InputError(
                Problem("messages.table.damaged", Where(self._file), "a whole file", str(broken))
            ) from broken
        self._tell_passed_over()
        if len(self._builder):
            yield self._builder.take()

    def _add_zone(self, zone: Zone, clean: bool) -> None:
        sink = self._request.rejects
        sink.units += 1
        unit = sink.units
        reading = self._interpreter.interpret(zone.text, zone.form, zone.line, clean=clean)
        if zone.problem:
            self._note(zone.problem, WANTED[zone.problem], zone.found, zone.line, zone.text)
        for what, field, expected, found in reading.findings:
            self._note(what, expected, found, zone.line, zone.text, field)
        document = reading.document
        if not reading.names and not document.number:
            sink.reject(self._problem("empty", "A-Z", "", zone.line), zone.text, unit)
            return
        self._builder.add(
            str(unit), reading.names, Kind.PERSON, PartyRole.HOLDER, unit=unit, line=zone.line,
            gender=GENDERS.get(document.sex), documents=documents_of(reading), details=details_of(reading),
            birth_dates=(reading.birth_date,) if reading.birth_date else (),
            nationalities=(reading.nationality,) if reading.nationality else (),
        )  # fmt: skip

    def _add_stray(self, stray: Stray) -> None:
        """What is left of a zone: the name if that line is there, else nothing to screen."""
        sink = self._request.rejects
        sink.units += 1
        text = " ".join(stray.lines)
        lengths = "+".join(str(len(line)) for line in stray.lines)
        field = next(filter(None, map(_name_field, stray.lines)), "")
        field, others = refill(field)
        if not field.strip("<"):
            sink.reject(self._problem("incomplete", EXPECTED, lengths, stray.line), text, sink.units)
            return
        self._note("incomplete", EXPECTED, lengths, stray.line, text)
        names, _ = add_readings([full_name(*split_name(each)) for each in (field, *others)], field)
        self._builder.add(str(sink.units), names, Kind.PERSON, PartyRole.HOLDER, unit=sink.units, line=stray.line)

    def _pass_over(self, foreign: Foreign) -> None:
        self._passed_over += 1
        if not self._foreign:
            self._foreign.append(foreign)

    def _tell_passed_over(self) -> None:
        for first in self._foreign:
            where = Where(self._file, first.line)
            found = f"{self._passed_over}: {first.text[:MOST_SHOWN]}"
            self._request.rejects.warn(Problem("messages.mrz.other_lines", where, EXPECTED, found))

    def _note(self, what: str, expected: str, found: str, line: int, text: str, field: str | None = None) -> None:
        rejects = self._request.rejects
        rejects.note(self._problem(what, expected, found, line, field), text, rejects.units)

    def _problem(self, what: str, expected: str, found: str, line: int, field: str | None = None) -> Problem:
        return Problem(f"messages.mrz.{what}", Where(self._file, line, field), expected, found)


def flagged(found: Iterator[Zone | Stray | Foreign]) -> Iterator[tuple[Zone | Stray | Foreign, bool]]:
    """What is found, each with whether it is a clean zone; looked at many at a time."""
    while block := list(islice(found, AT_A_TIME)):
        flags = [False] * len(block)
        for form in Form:
            places = [place for place, one in enumerate(block) if isinstance(one, Zone) and one.form is form]
            if places:
                clean = clean_zones([block[place][0] for place in places], form)  # type: ignore[misc]
                for place, flag in zip(places, clean.tolist(), strict=True):
                    flags[place] = flag
        yield from zip(block, flags, strict=True)


def _name_field(line: str) -> str:
    """The name in a first line, alone or joined to others, or in the last of a card; empty in any other line."""
    begun = _FIRST_LINE.match(line) if len(line) > CARD else None
    field = begun[1] if begun else line if len(line) <= CARD and line.replace("<", "").isalpha() else ""
    return field if "<<" in field else ""


def documents_of(reading: MrzReading) -> list[Number]:
    """The document, under the number as it was read too where that was put right, and the holder's personal number."""
    document = reading.document
    kind = TYPES.get(document.code[:1], "identification")
    numbers = [document.number]
    for finding in reading.findings:
        if finding.field == "number" and finding.what == "repaired":
            numbers.append(finding.found)
    own = [(kind, number.replace("<", ""), reading.issuer) for number in numbers if number]
    if document.optional or document.optional2:
        own += [("identification", number, reading.issuer) for number in personal_numbers(document)]
    return own


def personal_numbers(document: MrzDocument) -> list[str]:
    """What stands in the optional fields, where it can be a number."""
    found = (text.replace("<", "") for text in (document.optional, document.optional2) if text)
    return [text for text in found if len(text) >= PERSONAL and any(map(str.isdecimal, text))]


def details_of(reading: MrzReading) -> list[Pair]:
    """When the document ends, who issued it where that is no country, and the name that was got back in Arabic."""
    document = reading.document
    details: list[Pair] = []
    if reading.expires_on:
        details.append((Detail.EXPIRES_ON, reading.expires_on))
    if document.issuer and not reading.issuer:
        details.append((Detail.ISSUER, document.issuer))
    if document.nationality and not reading.nationality:
        details.append((Detail.NATIONALITY_CODE, document.nationality))
    return details + [(Detail.NAME_RESTORED, name) for name in reading.restored[:1]]
