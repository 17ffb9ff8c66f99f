"""One PAXLST message to travelers: rows of a batch, problems located (groups 1 to 5 of the message, D.02B to D.16B).

Segments are borne in any order. A value that cannot be used is noted and the traveler screened without it; a traveler
who is not named is rejected with the text of the group; neither touches another traveler.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tahaluf.domain import PartyRole
from tahaluf.messages.edifact import Intake, Message, Segment
from tahaluf.messages.paxlst import codes, facts
from tahaluf.messages.paxlst.dates import parse_day
from tahaluf.messages.paxlst.facts import Fact, Fault, fact_of
from tahaluf.messages.paxlst.journey import Journey
from tahaluf.messages.paxlst.names import LONGEST
from tahaluf.messages.paxlst.reports import Reports
from tahaluf.messages.paxlst.traveler import Traveler

_MOST_CONTEXTS = 24
_MOST_TEXTS = 50
Known = tuple[int, Any, int, int]


class Reading:
    """Where in the message a reading is."""

    def __init__(self, message: Message, intake: Intake) -> None:
        self.message = message
        self.intake = intake
        self.reference = message.header.reference or None
        self._journey = Journey()
        self.pairs: list[tuple[str, str]] = []
        self._is_crew_list = self._is_begun = False
        self.counted: Counter[str] = Counter()
        self.reports = Reports(message, intake)
        self.today = self._reference_day()
        self.last: Fact | None = None
        self.rank = 0
        self.traveler: Traveler | None = None
        self.known: dict[str, Known] = {}

    def take(self, segment: Segment) -> None:
        """The next segment."""
        self.last = None
        match segment.tag:
            case "NAD":
                self.name(segment)
            case "CNT":
                self._count(segment)
            case "TDT" if self.traveler:
                self.reports.order("TDT", segment.line, segment.number)
                self._finish()
                self._head(segment)
            case _ if self.traveler:
                self._fact(segment, self.traveler)
            case _:
                self._head(segment)

    def close(self) -> None:
        """The message ended."""
        self._finish()
        if not self.counted:
            self._check_journey()
            self.reports.warn("no_travelers", None, "NAD", "NAD+FL", "")

    def _head(self, segment: Segment) -> None:
        if segment.tag == "BGM":
            self._is_crew_list = segment.value(1) == codes.CREW_LIST
        elif segment.tag in ("TDT", "LOC", "DTM"):
            fault = self._journey.take(segment)
            if fault:
                self.reports.warn(fault.what, segment, segment.field(fault.element, fault.component), *fault[3:])

    def name(self, segment: Segment) -> None:
        self._finish()
        qualifier = segment.value(1).strip().upper()
        if qualifier in codes.OTHER_PARTIES:
            return
        self.begin_traveler()
        role = codes.ROLES.get(qualifier)
        unit = self.intake.next_unit()
        doubtful = role is None
        if role is None:
            role = PartyRole.CREW if self._is_crew_list else PartyRole.PASSENGER
        self.counted[role] += 1
        traveler = self.traveler = Traveler(segment, role, unit)
        self.rank = 0
        if doubtful:
            self.reports.note(Fault("role", 1, 1, ", ".join(codes.ROLES), qualifier[:20]), segment, traveler)
        name = traveler.name
        if name.placeholder:
            self.reports.note(Fault("placeholder_name", 4, 1, "", name.placeholder), segment, traveler)
        if name.single and not name.placeholder:
            self.reports.note(Fault("single_name", 4, 1, "", name.forms[0]), segment, traveler)
        if sum(map(len, segment.elements[3] if len(segment.elements) > 3 else ())) > LONGEST:
            self.reports.note(
                Fault("long_value", 4, 1, str(LONGEST), name.forms[0][:40] if name.forms else ""), segment, traveler
            )
        if name.title:
            self.reports.title(segment, name.title)
        if not name.forms:
            self.last, self.known = None, {}

    def begin_traveler(self) -> None:
        """A traveler begins: the one before is complete, and before the first the head is."""
        self._finish()
        if not self._is_begun:
            self._is_begun = True
            self._check_journey()

    def _fact(self, segment: Segment, traveler: Traveler) -> None:
        fact = fact_of(segment, self.today)
        if not traveler.name.forms and len(traveler.texts) < _MOST_TEXTS:
            traveler.texts.append(segment.raw)
        if len(segment.raw) > facts.MAX_VALUE:
            self.reports.long_values(segment, traveler)
        if fact is None:
            self.reports.once(Fault("segment", 0, 0, "", segment.tag[:20]), segment)
            return
        slot, value, rank, fault = fact
        if slot == facts.DOCUMENTS:
            traveler.slots[facts.ISSUERS].append(None)
        if value is not None:
            traveler.slots[slot].append(value)
        if fault:
            self.reports.note(fault, segment, traveler)
        else:
            self.last = fact if traveler.name.forms else None
        if rank < self.rank and rank < facts.FREE:
            self.reports.order(segment.tag, segment.line, segment.number)
        self.rank = rank

    def _finish(self) -> None:
        traveler, self.traveler = self.traveler, None
        if traveler is None:
            return
        if not traveler.name.forms:
            self.known = self.memory("facts")
            self.reports.reject(traveler)
            return
        issuers = traveler.slots[facts.ISSUERS]
        if issuers and issuers[0] is not None:
            self.reports.note(Fault("no_document", 0, 0, "DOC", issuers[0]), traveler.segment, traveler)
        if not traveler.slots[facts.BIRTHS] and not traveler.dated:
            self.reports.note(Fault("no_birth_date", 0, 0, "DTM+329", ""), traveler.segment, traveler)
        traveler.add_to(self.intake.batches, self.pairs, self.reference)

    def _count(self, segment: Segment) -> None:
        self._finish()
        kind, stated = segment.value(1), (segment.value(1, 2) or segment.value(2)).strip()
        crew = sum(self.counted[role] for role in codes.CREW)
        total = sum(self.counted.values())
        counted = {"41": crew, "42": total - crew}.get(kind, total)
        number = int(stated) if stated.isdecimal() and len(stated) < 10 else -1
        if number not in (counted, total):
            self.reports.warn("count", segment, "CNT.1.2", stated[:20], str(counted))

    def _check_journey(self) -> None:
        self.pairs = self._journey.pairs()
        for fault in self._journey.faults():
            self.reports.warn(fault.what, None, "TDT" if fault.what.startswith("no_") else "DTM.1.2", *fault[3:])
        self.today = self._reference_day()
        self.known = self.memory("facts")

    def _reference_day(self) -> date:
        """The day of the flight, else that on which the file was prepared, else today; none far in the future."""
        now = datetime.now(UTC).date()
        told = self._journey.day() or parse_day(self.message.interchange.prepared)
        return told if told and told <= now + timedelta(days=400) else now

    def memory(self, what: str) -> dict[Any, Any]:
        """What is remembered of a kind by this day and these separators."""
        contexts = self.intake.memory
        key = ("paxlst", what, self.message.separators, self.today)
        if key not in contexts and len(contexts) >= _MOST_CONTEXTS:
            contexts.clear()
        return contexts.setdefault(key, {})
