"""What is wrong in a passenger list, told where it stands: of each kind once where it concerns the whole message."""

from tahaluf.domain import Problem
from tahaluf.messages.edifact import Intake, Message, Segment
from tahaluf.messages.paxlst import facts
from tahaluf.messages.paxlst.facts import Fault
from tahaluf.messages.paxlst.traveler import Traveler

_MOST_TOLD = 200


class Reports:
    """The problems of one message, on their way to the sink."""

    def __init__(self, message: Message, intake: Intake) -> None:
        self._message = message
        self._intake = intake
        self._told: set[str] = set()

    def order(self, tag: str, line: int, number: int) -> None:
        """A segment comes where the standard has it earlier; told once a message."""
        if "order" not in self._told:
            self._told.add("order")
            segment = Segment(tag, [], line, number, tag)
            self.warn("order", segment, tag, "", tag)

    def long_values(self, segment: Segment, traveler: Traveler) -> None:
        """Values that are longer than what is kept of them."""
        for number, element in enumerate(segment.elements, start=1):
            for part, value in enumerate(element, start=1):
                if len(value) > facts.MAX_VALUE:
                    self.note(Fault("long_value", number, part, str(facts.MAX_VALUE), value[:40]), segment, traveler)
                    return

    def note(self, fault: Fault, segment: Segment, traveler: Traveler) -> None:
        """A value left out or doubtful, or the first of a qualifier that is not known."""
        if fault.what == "qualifier":
            self.once(fault, segment)
            return
        traveler.dated = traveler.dated or fault.what == "birth_date"
        field = segment.field(fault.element, fault.component) if fault.element else segment.tag
        where = self._message.where(segment, field)
        problem = Problem(f"messages.paxlst.{fault.what}", where, fault.expected, fault.found)
        self._intake.rejects.note(problem, segment.raw, traveler.unit)

    def once(self, fault: Fault, segment: Segment) -> None:
        """The first of each finding."""
        if fault.found not in self._told and len(self._told) < _MOST_TOLD:
            self._told.add(fault.found)
            field = segment.field(fault.element, fault.component) if fault.element else segment.tag[:20]
            self.warn(fault.what, segment, field, fault.expected, fault.found)

    def reject(self, traveler: Traveler) -> None:
        """A traveler who is not named, with the whole text."""
        where = self._message.where(traveler.segment, "NAD.4")
        problem = Problem("messages.paxlst.no_name", where, "NAD+FL+++SURNAME:GIVEN", traveler.segment.raw[:120])
        self._intake.rejects.reject(problem, traveler.texts_shown, traveler.unit)

    def title(self, segment: Segment, title: str) -> None:
        """Titles stand in names; told once a message."""
        if "title" not in self._told:
            self._told.add("title")
            self.warn("title", segment, "NAD.4", "", title)

    def warn(self, what: str, segment: Segment | None, field: str, expected: str, found: str) -> None:
        """What concerns no single traveler, at a segment or the header of the message."""
        where = self._message.where(segment, field)
        self._intake.warn(Problem(f"messages.paxlst.{what}", where, expected, found))
