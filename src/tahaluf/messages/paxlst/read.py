"""One PAXLST message to travelers: rows of a batch, problems located (groups 1 to 5 of the message, D.02B to D.16B).

Segments are borne in any order. A value that cannot be used is noted and the traveler screened without it; a traveler
who is not named is rejected with the text of the group; neither touches another traveler.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from tahaluf.domain import PartyRole
from tahaluf.messages.edifact import Intake, Message, Segment
from tahaluf.messages.edifact.stream import Run
from tahaluf.messages.paxlst import codes, facts
from tahaluf.messages.paxlst.dates import parse_day
from tahaluf.messages.paxlst.facts import Fact, Fault, fact_of
from tahaluf.messages.paxlst.journey import Journey
from tahaluf.messages.paxlst.names import LONGEST
from tahaluf.messages.paxlst.plain import DOCUMENT, IDENTIFIER, REFERENCE, REFERENCES, plain_segment
from tahaluf.messages.paxlst.reports import Reports
from tahaluf.messages.paxlst.traveler import Traveler

_MOST_REMEMBERED = 1 << 16
_MOST_CONTEXTS = 8
_MEMORABLE = 48
_REMEMBERED_TAGS = frozenset(("ATT", "DTM", "LOC", "NAT", "GEI", "FTX", "MEA"))
_MOST_TEXTS = 50
_NONE = [""]
Known = tuple[int, Any, int, int]


def read_paxlst(message: Message, intake: Intake) -> Iterator[pa.RecordBatch]:
    """The travelers of a message, whose repeated segments are understood once (`read_plainly` is the obvious way)."""
    reading = _Reading(message, intake)
    for run in message.runs():
        reading.take_run(run)
        yield from intake.batches.batches()
    reading.close()


def read_plainly(message: Message, intake: Intake) -> Iterator[pa.RecordBatch]:
    """The same, segment by segment with nothing remembered: slow and obvious."""
    reading = _Reading(message, intake)
    for segment in message:
        reading.take(segment)
        yield from intake.batches.batches()
    reading.close()


class _Reading:
    """Where in the message a reading is."""

    def __init__(self, message: Message, intake: Intake) -> None:
        self._message = message
        self._intake = intake
        self._reference = message.header.reference or None
        self._journey = Journey()
        self._pairs: list[tuple[str, str]] = []
        self._is_crew_list = False
        self._counted: Counter[str] = Counter()
        self._reports = Reports(message, intake)
        self._today = self._reference_day()
        self._last: Fact | None = None
        self._rank = 0
        self._match_plain = plain_segment(message.separators)
        self.traveler: Traveler | None = None
        self.known: dict[str, Known] = {}

    def take(self, segment: Segment) -> None:
        """The next segment."""
        self._last = None
        match segment.tag:
            case "NAD":
                self._name(segment)
            case "CNT":
                self._count(segment)
            case "TDT" if self.traveler:
                self._reports.order("TDT", segment.line, segment.number)
                self._finish()
                self._head(segment)
            case _ if self.traveler:
                self._fact(segment, self.traveler)
            case _:
                self._head(segment)

    def take_run(self, run: Run) -> None:
        """All segments of a run. What is remembered and what is plain is taken here, the rest goes the long way."""
        message, match_plain, free = self._message, self._match_plain, facts.FREE
        get, traveler = self.known.get, self.traveler
        line, number, last = run.line, message.number, self._rank
        slots = traveler.slots if traveler else []
        for text in run.texts:
            known = get(text) if traveler else None
            if known is not None:
                slot, value, rank, breaks = known
                number += 1
                line += breaks
                slots[slot].append(value)
                if rank < last and rank < free:
                    self._reports.order(text.strip()[:3], line, number)
                last = rank
                continue
            match = match_plain(text) if traveler else None
            if match is not None and match.lastindex == REFERENCE and traveler and traveler.name.forms:
                slots[facts.DETAILS].append((REFERENCES.get(match[1], IDENTIFIER), match[2]))
                number += 1
                line += text.count("\n")
                last = free
                continue
            message.number, self._rank = number, last
            if match is None or not self._take_plain(match, line):
                self._take_text(text, line)
            number, last = message.number, self._rank
            line += text.count("\n")
            if self.traveler is not traveler:
                get, traveler = self.known.get, self.traveler
                slots = traveler.slots if traveler else []
        message.number, self._rank = number, last

    def _take_text(self, text: str, line: int) -> None:
        """The segments in a text between terminators that begins on `line`."""
        known = self.known
        segments = self._message.read(text, line)
        for segment in segments:
            self.take(segment)
        if len(segments) == 1 and known is self.known:
            self._remember(text)

    def _take_plain(self, match: re.Match[str], line: int) -> bool:
        """A document or a name that `plain_segment` matched; False where it has to go the long way all the same."""
        traveler = self.traveler
        if traveler is None or not traveler.name.forms:
            return False
        if match.lastindex == DOCUMENT:
            name, known = codes.document_type(match[3])
            if not known:
                return False
            traveler.slots[facts.DOCUMENTS].append((name, match[4]))
            traveler.slots[facts.ISSUERS].append(None)
            self._rank = facts.DOCUMENT_RANK
        else:
            text = match.string.lstrip("\r\n")
            names = [name for name in match.group(6, 7, 8) if name is not None]
            message = self._message
            message.number += 1
            elements = [[match[5]], _NONE, _NONE, names]
            self._name(Segment("NAD", elements, line + match.string.count("\n"), message.number, text))
            return True
        self._message.number += 1
        return True

    def close(self) -> None:
        """The message ended."""
        self._finish()
        if not self._counted:
            self._check_journey()
            self._reports.warn("no_travelers", None, "NAD", "NAD+FL", "")

    def _remember(self, text: str) -> None:
        """Keeps what the segment just taken told, where that was plain."""
        fact = self._last
        if fact is None or fact.fault or len(text) > _MEMORABLE or text.strip()[:3] not in _REMEMBERED_TAGS:
            return
        begin = text.lstrip()
        if text.isascii() and "\n" not in begin and "\r" not in begin:
            if len(self.known) >= _MOST_REMEMBERED:
                self.known.clear()
            self.known[text] = (fact.slot, fact.value, fact.rank, text.count("\n"))

    def _head(self, segment: Segment) -> None:
        if segment.tag == "BGM":
            self._is_crew_list = segment.value(1) == codes.CREW_LIST
        elif segment.tag in ("TDT", "LOC", "DTM"):
            fault = self._journey.take(segment)
            if fault:
                self._reports.warn(fault.what, segment, segment.field(fault.element, fault.component), *fault[3:])

    def _name(self, segment: Segment) -> None:
        self._finish()
        qualifier = segment.value(1).strip().upper()
        if qualifier in codes.OTHER_PARTIES:
            return
        if not self._counted:
            self._check_journey()
        role = codes.ROLES.get(qualifier)
        unit = self._intake.next_unit()
        doubtful = role is None
        if role is None:
            role = PartyRole.CREW if self._is_crew_list else PartyRole.PASSENGER
        self._counted[role] += 1
        traveler = self.traveler = Traveler(segment, role, unit)
        self._rank = 0
        if doubtful:
            self._reports.note(Fault("role", 1, 1, ", ".join(codes.ROLES), qualifier[:20]), segment, traveler)
        name = traveler.name
        if name.placeholder:
            self._reports.note(Fault("placeholder_name", 4, 1, "", name.placeholder), segment, traveler)
        if name.single and not name.placeholder:
            self._reports.note(Fault("single_name", 4, 1, "", name.forms[0]), segment, traveler)
        if sum(map(len, segment.elements[3] if len(segment.elements) > 3 else ())) > LONGEST:
            self._reports.note(
                Fault("long_value", 4, 1, str(LONGEST), name.forms[0][:40] if name.forms else ""), segment, traveler
            )
        if name.title:
            self._reports.title(segment, name.title)
        if not name.forms:
            self._last, self.known = None, {}

    def _fact(self, segment: Segment, traveler: Traveler) -> None:
        fact = fact_of(segment, self._today)
        if not traveler.name.forms and len(traveler.texts) < _MOST_TEXTS:
            traveler.texts.append(segment.raw)
        if len(segment.raw) > facts.MAX_VALUE:
            self._reports.long_values(segment, traveler)
        if fact is None:
            self._reports.once(Fault("segment", 0, 0, "", segment.tag[:20]), segment)
            return
        slot, value, rank, fault = fact
        if slot == facts.DOCUMENTS:
            traveler.slots[facts.ISSUERS].append(None)
        if value is not None:
            traveler.slots[slot].append(value)
        if fault:
            self._reports.note(fault, segment, traveler)
        else:
            self._last = fact if traveler.name.forms else None
        if rank < self._rank and rank < facts.FREE:
            self._reports.order(segment.tag, segment.line, segment.number)
        self._rank = rank

    def _finish(self) -> None:
        traveler, self.traveler = self.traveler, None
        if traveler is None:
            return
        if not traveler.name.forms:
            self.known = self._memory()
            self._reports.reject(traveler)
            return
        issuers = traveler.slots[facts.ISSUERS]
        if issuers and issuers[0] is not None:
            self._reports.note(Fault("no_document", 0, 0, "DOC", issuers[0]), traveler.segment, traveler)
        if not traveler.slots[facts.BIRTHS] and not traveler.dated:
            self._reports.note(Fault("no_birth_date", 0, 0, "DTM+329", ""), traveler.segment, traveler)
        traveler.add_to(self._intake.batches, self._pairs, self._reference)

    def _count(self, segment: Segment) -> None:
        self._finish()
        kind, stated = segment.value(1), (segment.value(1, 2) or segment.value(2)).strip()
        crew = sum(self._counted[role] for role in codes.CREW)
        total = sum(self._counted.values())
        counted = {"41": crew, "42": total - crew}.get(kind, total)
        number = int(stated) if stated.isdecimal() and len(stated) < 10 else -1
        if number not in (counted, total):
            self._reports.warn("count", segment, "CNT.1.2", stated[:20], str(counted))

    def _check_journey(self) -> None:
        self._pairs = self._journey.pairs()
        for fault in self._journey.faults():
            self._reports.warn(fault.what, None, "TDT" if fault.what.startswith("no_") else "DTM.1.2", *fault[3:])
        self._today = self._reference_day()
        self.known = self._memory()

    def _reference_day(self) -> date:
        """The day of the flight, else that on which the file was prepared, else today; none far in the future."""
        now = datetime.now(UTC).date()
        told = self._journey.day() or parse_day(self._message.interchange.prepared)
        return told if told and told <= now + timedelta(days=400) else now

    def _memory(self) -> dict[str, Known]:
        contexts = self._intake.memory
        key = ("paxlst", self._message.separators, self._today)
        if key not in contexts and len(contexts) >= _MOST_CONTEXTS:
            contexts.clear()
        return contexts.setdefault(key, {})
