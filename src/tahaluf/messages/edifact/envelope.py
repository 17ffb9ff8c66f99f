"""The envelope of messages: `UNB … UNZ`, `UNG … UNE`, `UNH … UNT`; counts and control references (ISO 9735, clause 8).

A count or reference that does not agree says that something was lost or altered on the way; nothing is thrown away for
it.
"""

from tahaluf.domain import Problem, Where
from tahaluf.messages.edifact.charset import Charset
from tahaluf.messages.edifact.intake import Intake
from tahaluf.messages.edifact.message import MAX_FOUND, Header, Interchange, Message
from tahaluf.messages.edifact.segment import Segment


def parse_header(segment: Segment) -> Header:
    """What a `UNH` says."""
    value = segment.value
    part = value(4)
    return Header(
        reference=value(1).strip(), type=value(2).strip().upper(), version=value(2, 2), release=value(2, 3),
        agency=value(2, 4), association=value(2, 5), access=value(3),
        part=int(part) if part.isdecimal() and len(part) < 5 else None, part_kind=value(4, 2).strip().upper(),
    )  # fmt: skip


def parse_interchange(segment: Segment) -> Interchange:
    """What a `UNB` says."""
    value = segment.value
    prepared = f"{value(4)}:{value(4, 2)}".strip(":")
    return Interchange(value(1), value(1, 2), value(2), value(3), prepared, value(5).strip(), value(7))


class Envelope:
    """Where in an interchange a reading is, and what it counted."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self.interchange = Interchange()
        self._charset: Charset | None = None
        self._begun_at: Segment | None = None
        self._group: Segment | None = None
        self._groups = self._messages = self._in_group = 0

    def begin(self, line: int, charset: Charset) -> None:
        """An interchange begins; the one before should have ended."""
        self.close()
        self._charset = charset
        self._begun_line = line
        self.interchange = Interchange(repertoire=charset.declared)

    def take(self, segment: Segment) -> None:
        """A service segment other than `UNH` or the `UNT` of a message."""
        match segment.tag:
            case "UNB":
                self._begun_at = segment
                self.interchange = parse_interchange(segment)
            case "UNG":
                self._end_group(None)
                self._begin_group(segment)
            case "UNE":
                self._end_group(segment)
            case "UNZ":
                self._end(segment)
            case _:
                self._warn("stray", segment, None, "UNH", segment.raw)

    def begin_message(self) -> None:
        """A `UNH` came."""
        self._messages += 1
        self._in_group += 1

    def end_message(self, message: Message, end: Segment | None) -> None:
        """A message ended, with its `UNT` or without; `message.number` is the number of its last segment."""
        reference = message.header.reference
        if end is None:
            self._intake.warn(Problem("messages.edifact.no_message_end", message.where(), "UNT", ""))
            return
        where = message.where(end, "UNT.1")
        self._compare("segments", where, end.value(1), message.number + 1)
        if end.value(2).strip() != reference:
            place = message.where(end, "UNT.2")
            self._intake.warn(Problem("messages.edifact.reference", place, reference, end.value(2)))

    def close(self) -> None:
        """The file ends, or another interchange begins."""
        self._tell_charset()
        if self._begun_at is not None:
            self._end_group(None)
            self._warn("no_interchange_end", self._begun_at, None, "UNZ", "")
        self._reset()

    def _begin_group(self, segment: Segment) -> None:
        self._group = segment
        self._groups += 1
        self._in_group = 0
        known = self.interchange
        self.interchange = Interchange(
            known.repertoire, known.syntax, known.sender, known.recipient, known.prepared, known.reference,
            known.application, segment.value(1).strip(),
        )  # fmt: skip

    def _end_group(self, end: Segment | None) -> None:
        begin, self._group = self._group, None
        if end is None and begin is not None:
            self._warn("no_group_end", begin, None, "UNE", "")
        elif end is not None and begin is None:
            self._warn("stray", end, None, "UNG", end.raw)
        elif end is not None and begin is not None:
            self._compare("messages", self._where(end, "UNE.1"), end.value(1), self._in_group)
            self._compare_references(begin.value(5), end, "UNE.2")

    def _end(self, end: Segment) -> None:
        self._end_group(None)
        if self._begun_at is None:
            self._warn("stray", end, None, "UNB", end.raw)
        else:
            counted, what = (self._groups, "groups") if self._groups else (self._messages, "messages")
            self._compare(what, self._where(end, "UNZ.1"), end.value(1), counted)
            self._compare_references(self._begun_at.value(5), end, "UNZ.2")
        self._tell_charset()
        self._reset()

    def _reset(self) -> None:
        self._begun_at = self._group = self._charset = None
        self._groups = self._messages = self._in_group = 0

    def _tell_charset(self) -> None:
        charset, self._charset = self._charset, None
        if charset is None:
            return
        where = Where(self._intake.file, self._begun_line, "UNB.1.1")
        if charset.departs:
            self._intake.warn(Problem("messages.edifact.charset", where, charset.declared, charset.used))
        elif charset.lower_in_capitals:
            self._intake.warn(Problem("messages.edifact.small_letters", where, charset.declared, "a-z"))

    def _compare(self, what: str, where: Where, stated: str, counted: int) -> None:
        if not (stated.strip().isdecimal() and len(stated) < 12 and int(stated) == counted):
            problem = Problem(f"messages.edifact.count_{what}", where, stated[:MAX_FOUND], str(counted))
            self._intake.warn(problem)

    def _compare_references(self, expected: str, end: Segment, field: str) -> None:
        if end.value(2).strip() != expected.strip():
            self._warn("reference", end, field, expected, end.value(2))

    def _where(self, segment: Segment, field: str | None = None) -> Where:
        return Where(self._intake.file, segment.line, field)

    def _warn(self, what: str, segment: Segment, field: str | None, expected: str, found: str) -> None:
        where = self._where(segment, field or segment.tag)
        self._intake.warn(Problem(f"messages.edifact.{what}", where, expected[:MAX_FOUND], found[:MAX_FOUND]))
