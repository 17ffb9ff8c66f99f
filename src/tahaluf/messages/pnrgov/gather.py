"""Segments of a PNRGOV message to records, by the groups of the guide (11.1, section 4.3); their order may depart.

Groups: the head (`MSG ORG TVL EQN`), then for every booking `SRC RCI … TIF (traveler: FTI REF SSR TKT FOP …)…
TVL (flight: RPI SSR RCI, check-in TRI TIF SSD TBD)… EQN RCI (split) … ABI SAC (history) LTS`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Segment
from tahaluf.messages.pnrgov.attach import ATTACHED, SEATS, attach_seats, padded
from tahaluf.messages.pnrgov.flights import Flight, add_flight, parse_flight
from tahaluf.messages.pnrgov.freetext import read_history
from tahaluf.messages.pnrgov.names import clean, is_placeholder, says_nothing, squash
from tahaluf.messages.pnrgov.record import Finding, Party, Record, Spot, Statement

MAX_TRAVELERS = 1000
MAX_TOLD = 10_000
MAX_STATEMENTS = 5000
HEAD, BOOKING, FLIGHT, CHECK_IN, HISTORY = range(5)
_DOCUMENTED = frozenset(("DOCS", "DOCO", "DOCA", "PSPT", "APIS"))
_ACTIONS = {"A": "added", "X": "removed", "C": "changed"}
_UNREAD = frozenset((
    "MSG", "RPI", "APD", "TRA", "MON", "PTK", "TXD", "EBD", "FAR", "STS", "ERC", "DAT", "ORG", "UNS",
))  # fmt: skip


class Gatherer:
    """The state of one message. `feed` takes its segments in order and gives the records that are complete."""

    def __init__(self, today: date) -> None:
        self.journey = today
        self.flight: Flight | None = None
        self.stated: Segment | None = None
        self.count = 0
        self.foreign: dict[str, Segment] = {}
        self._today = today
        self._section = HEAD
        self._record: Record | None = None
        self._party: Party | None = None
        self._reference = ""
        self._history = ""
        self._splits = False
        self._operator = ""
        self._too_many = False
        self._readers: dict[str, Callable[[Segment, Spot, Record], None]] = {
            "RCI": self._read_locators, "TIF": self._read_travelers, "SSR": self._read_request,
            "TVL": self._read_flight, "TRI": self._read_check_in, "EQN": self._read_split,
            "ABI": self._read_history, "SAC": self._read_history, "LTS": self._read_lines,
            **{tag: self._attach for tag in ATTACHED},
        }  # fmt: skip

    def feed(self, segment: Segment) -> Iterator[Record]:
        """Takes a segment; gives the record that it ends, if it begins another."""
        segment = rejoin(segment) if segment.repeated else segment
        if segment.tag == "SRC":
            yield from self.finish()
            self._open(segment)
            return
        reader = self._readers.get(segment.tag)
        if reader is None:
            if segment.tag not in _UNREAD and len(self.foreign) < MAX_STATEMENTS:
                self.foreign.setdefault(segment.tag, segment)
            return
        if self._record is None and not self._begins(segment):
            return
        record = self._record
        if record is None:
            return
        if self._is_full(record, segment.tag):
            yield from self.finish()
            self._continue(record, segment)
        reader(segment, spot_of(segment), self._record or record)

    def _is_full(self, record: Record, tag: str) -> bool:
        """Whether a record holds as much as one may before it goes on in another."""
        told = len(record.unnamed) + len(record.former) + len(record.findings) + len(record.travelers)
        listing = tag == "TIF" and self._section == BOOKING
        return told >= MAX_TOLD or (listing and len(record.travelers) >= MAX_TRAVELERS)

    def finish(self) -> Iterator[Record]:
        """The record that is open, if one is."""
        if self._record is not None:
            yield self._record
        self._record = None

    def _open(self, segment: Segment) -> None:
        self.count += 1
        self._record = Record(spot_of(segment))
        if self.flight:
            self._record.legs.append(self.flight)
        self._section, self._party, self._reference, self._history = BOOKING, None, "", ""
        self._splits = self._too_many = False

    def _continue(self, record: Record, segment: Segment) -> None:
        """A record of more travelers than are held goes on in another one that knows the same of all."""
        section, history = self._section, self._history
        self._open(segment)
        self._section, self._history = section, history
        self.count -= 1
        if self._record:
            self._record.legs, self._record.locators, self._record.contacts = (
                record.legs, record.locators, record.contacts,
            )  # fmt: skip
            self._record.continues = True

    def _begins(self, segment: Segment) -> bool:
        """Before the first `SRC`: the head; a traveler there begins a record all the same, and that is told."""
        if segment.tag == "TVL" and self.flight is None:
            self._read_head_flight(segment)
        elif segment.tag == "EQN":
            self.stated = segment
        elif segment.tag in {"TIF", "RCI", "SSR"}:
            self._open(segment)
            if self._record:
                self._record.find(spot_of(segment), "messages.pnrgov.order", "SRC", segment.tag)
            return True
        return False

    def _read_head_flight(self, segment: Segment) -> None:
        self.flight = parse_flight(segment, self._today)
        if self.flight and self.flight.day:
            self.journey = self.flight.day

    def _read_locators(self, segment: Segment, _spot: Spot, record: Record) -> None:
        detail = Detail.SPLIT_LOCATOR if self._splits else Detail.LOCATOR
        for company, locator, *_ in (padded(element) for element in segment.elements):
            if locator.strip():
                record.tell(detail, f"{company} {locator}")
        self._splits = False

    def _read_split(self, _segment: Segment, _spot: Spot, record: Record) -> None:
        self._splits = bool(record.travelers)

    def _read_travelers(self, segment: Segment, spot: Spot, record: Record) -> None:
        surname = segment.value(1)
        for element in segment.elements[1:2] + [part for part in segment.elements[2:] if any(part)] or [[""]]:
            given, kind, reference, *_ = padded(element)
            party = Party(clean(surname), clean(given), spot, reference=reference.strip(), type=kind.strip().upper())
            self._place(party, segment.value(1, 2).strip().upper(), record)

    def _place(self, party: Party, nature: str, record: Record) -> None:
        """Puts a named traveler where the section says: a new one, one at check-in, or one that was."""
        if self._section == HISTORY:
            party.history = self._history or "changed"
            self._party = party
            if party.names and not is_placeholder(party.surname, party.given):
                record.former.append(party)
            else:
                record.find(party.spot, "messages.pnrgov.past_name", "TIF", f"{party.surname} {party.given}")
            return
        if self._section in {FLIGHT, CHECK_IN} and (known := self._known(party, record)):
            self._party = known
            return
        self._party, party.corporate = party, nature == "C"
        if nature == "G" or is_placeholder(party.surname, party.given):
            record.unnamed.append(_unnamed(party, "messages.pnrgov.group"))
        elif not party.names:
            record.unnamed.append(_unnamed(party, "messages.pnrgov.name"))
        else:
            self._check_reference(party, record)
            record.add(party)

    def _check_reference(self, party: Party, record: Record) -> None:
        if self._section in {FLIGHT, CHECK_IN}:
            record.find(party.spot, "messages.pnrgov.unlisted", "SRC … TIF", f"{party.surname} {party.given}", party)
        if record.by_reference(party.reference):
            record.find(party.spot, "messages.pnrgov.reference", "TIF.2.3", party.reference, party)
        for part in (party.surname, party.given):
            if part and says_nothing(part):
                record.find(party.spot, "messages.pnrgov.name_part", "A…Z", part, party)

    def _known(self, party: Party, record: Record) -> Party | None:
        """The traveler of the record that checks in under this name."""
        stated = record.by_reference(party.reference or self._reference)
        names = {squash(name) for name in party.names}
        if stated and (names & set(map(squash, stated.names)) or not party.names):
            return stated
        return record.by_name(party.names)

    def _read_request(self, segment: Segment, spot: Spot, record: Record) -> None:
        code = segment.value(1).strip().upper()[:4]
        references = [found for element in segment.elements[1:] if (found := padded(element)[2].strip())]
        if code in SEATS:
            attach_seats(segment, record)
            return
        if len(record.statements) >= MAX_STATEMENTS:
            if not self._too_many:
                record.find(spot, "messages.pnrgov.too_many", str(MAX_STATEMENTS), code)
            self._too_many = True
            return
        owner = self._party if self._section in {BOOKING, CHECK_IN, HISTORY} else None
        reference = references[0] if references else ""
        text = _text_of(segment, code)
        record.statements.append(Statement(code, text, reference, owner, spot, self._section == HISTORY))

    def _read_flight(self, segment: Segment, spot: Spot, record: Record) -> None:
        if self._section == HISTORY:
            return
        self._section, self._party, self._reference = FLIGHT, None, ""
        if segment.value(5) and not segment.value(2) and not segment.value(3):
            # The flight number of who operates the flight before (codeshare).
            if record.legs:
                record.legs[-1] = replace(record.legs[-1], operated_as=f"{self._operator}{segment.value(5).strip()}")
            return
        flight = parse_flight(segment, self.journey)
        if flight:
            add_flight(record.legs, flight)
            self._operator = flight.operator
            if flight.undated:
                record.find(spot, "messages.pnrgov.flight_date", "DDMMYY:HHMM", flight.undated)

    def _read_check_in(self, segment: Segment, _spot: Spot, record: Record) -> None:
        self._section = CHECK_IN if self._section != HISTORY else HISTORY
        self._reference = segment.value(2, 4).strip()
        self._party = record.by_reference(self._reference)

    def _attach(self, segment: Segment, spot: Spot, record: Record) -> None:
        """What stands with a traveler, else with the booking; of the history only names are kept."""
        if self._section != HISTORY:
            ATTACHED[segment.tag](segment, spot, self._party, record)

    def _read_history(self, segment: Segment, _spot: Spot, _record: Record) -> None:
        self._section, self._party = HISTORY, None
        self._history = _ACTIONS.get(segment.value(3).strip().upper(), "changed") if segment.tag == "SAC" else ""

    @staticmethod
    def _read_lines(segment: Segment, spot: Spot, record: Record) -> None:
        read_history(":".join(segment.elements[0]) if segment.elements else "", record, spot)


def rejoin(segment: Segment) -> Segment:
    """A segment as if nothing repeated: `UNA:+.?*'` declares a mark that this message never uses but in free text."""
    elements = [list(element) for element in segment.elements]
    for number, repetitions in segment.repeated.items():
        for first, *rest in repetitions:
            elements[number - 1][-1] += f"*{first}"
            elements[number - 1] += rest
    return Segment(segment.tag, elements, segment.line, segment.number, segment.raw)


def spot_of(segment: Segment) -> Spot:
    """The place of a segment."""
    return Spot(segment.line, segment.number, segment.tag, segment.raw)


def _unnamed(party: Party, code: str) -> Finding:
    return Finding(code, party.spot, "TIF.1.1", clean(f"{party.surname} {party.given}")[:80])


def _text_of(segment: Segment, code: str) -> str:
    """The free text of a request (component 9 on); where a document's stands elsewhere, the one with its slashes."""
    element = segment.elements[0] if segment.elements else []
    text = ":".join(element[8:]).strip()
    if not text and code in _DOCUMENTED:
        values = [value for part in segment.elements for value in part]
        text = max(values, key=lambda value: value.count("/"), default="")
        return text if text.count("/") > 2 else ""
    return text
