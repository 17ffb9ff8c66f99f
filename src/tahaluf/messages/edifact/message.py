"""A message of an interchange: what its header says, and its segments one by one, read as they are asked for."""

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass

from tahaluf.domain import Problem, Where
from tahaluf.messages.edifact.intake import Intake
from tahaluf.messages.edifact.lines import Part, goes_on_within, kind_of_travelers, split_parts
from tahaluf.messages.edifact.segment import Segment, split_segment
from tahaluf.messages.edifact.stream import MAX_SEGMENT, Begin, Piece, Run, Service, Stream, Text, TooLong

MAX_FOUND = 120
_REMEMBERED = 1 << 13
_MEMORABLE = 40
TYPE_LENGTH = 6
_ENDS = ("UNT", "UNE", "UNZ")


@dataclass(frozen=True, slots=True)
class Header:
    """`UNH`: reference, S009 (type `PAXLST`, version `D`, release `02B`, agency `UN`, association `IATA`), common
    access reference, S010 (part of a transfer from 1, and `C` or `F` for what continues or is final)."""

    reference: str = ""
    type: str = ""
    version: str = ""
    release: str = ""
    agency: str = ""
    association: str = ""
    access: str = ""
    part: int | None = None
    part_kind: str = ""


@dataclass(frozen=True, slots=True)
class Interchange:
    """`UNB`: repertoire and syntax version, sender, recipient, date and time as written, control reference,
    application; `group_type` of the `UNG` that holds the message."""

    repertoire: str = ""
    syntax: str = ""
    sender: str = ""
    recipient: str = ""
    prepared: str = ""
    reference: str = ""
    application: str = ""
    group_type: str = ""


class Message:
    """Iterate over it once for its segments between `UNH` and `UNT`; `segment.number` is 2 for the first of them.

    Faults of form (lost terminators, banners, lines broken within segments) are repaired and reported as it goes on.
    `type_read` is the type that it was read as, which whoever reads it may set (empty for none). `separators` and
    `charset` decode texts taken from `texts`, which is for handlers that read faster by themselves.
    """

    def __init__(self, header: Header, interchange: Interchange, pieces: "Pieces", line: int) -> None:
        self.header = header
        self.interchange = interchange
        self.line = line
        self.number = 1
        self.type_read = header.type
        self.separators = pieces.separators
        self.charset = pieces.charset
        self._wrapping = pieces.wrapping
        self._pieces = pieces
        self._known: OrderedDict[str, tuple[str, list[list[str]]]] = OrderedDict()
        self._seen: set[str] = set()
        self._segments = self._each()

    def where(self, segment: Segment | None = None, field: str | None = None) -> Where:
        """The place of a segment (of the message's header where None) in the file."""
        line, number = (segment.line, segment.number) if segment else (self.line, 1)
        return Where(self._pieces.intake.file, line, field, message=self.header.reference or None, segment=number)

    def runs(self) -> Iterator[Run]:
        """Texts between terminators as they stand, with the line on which each run begins. Whoever takes them counts
        segments itself (`number`) and gives what is not on one line, or not plain, to `read`."""
        pieces = self._pieces
        while (piece := pieces.peek()) is not None and not isinstance(piece, Begin):
            if isinstance(piece, Service):
                if not self._passes_false_end():
                    return
                continue
            pieces.next()
            if isinstance(piece, Run):
                yield piece
                if piece.open:
                    self.tell("unterminated", piece.line, self.number, self.separators.terminator, piece.texts[-1])
            else:
                self._tell_foreign(piece)

    def find_kind(self) -> str:
        """The type of message that the travelers in it belong to; what comes before their run is passed over. Empty
        where there is nobody."""
        while isinstance(piece := self._pieces.peek(), Run | Text | TooLong):
            kind = kind_of_travelers(piece.texts, self.separators) if isinstance(piece, Run) else ""
            if kind:
                return kind
            self._pieces.next()
            if isinstance(piece, Run):
                self.number += len(piece.texts)
            else:
                self._tell_foreign(piece)
        return ""

    def _passes_false_end(self) -> bool:
        segment = self._pieces.service()
        # What nobody reads is not gone on with: what follows is looked at anew.
        if segment is None or not self.type_read or not self._pieces.is_false_end(self.header.reference, self.number):
            return False
        self.number += 1
        self.tell("stray", segment.line, self.number, "UNH", segment.raw)
        self._pieces.next()
        return True

    def read(self, text: str, line: int) -> list[Segment]:
        """The segments in a text between terminators (mostly one), numbered on from `number`; `line` is where it
        begins."""
        if len(text) > MAX_SEGMENT:
            self.tell("long_segment", line, self.number + 1, str(MAX_SEGMENT), text)
        segments = []
        for part in split_parts(text[: MAX_SEGMENT + 1], self.separators, self._wrapping.is_between_words):
            self._tell_part(part, line)
            if part.foreign:
                continue
            self.number += 1
            segments.append(self._segment(part, line + part.line))
        return segments

    def __iter__(self) -> Iterator[Segment]:
        """The same iterator each time: whoever asks again goes on where the last one left off."""
        return self._segments

    def _each(self) -> Iterator[Segment]:
        for run in self.runs():
            line = run.line
            for text in run.texts:
                yield from self.read(text, line)
                line += text.count("\n") + run.feeds

    def _segment(self, part: Part, line: int) -> Segment:
        text = part.text
        known = self._known.get(text)
        if known is not None:
            return Segment(known[0], known[1], line, self.number, text)
        tag, elements, repeated = split_segment(text, self.separators, self.charset)
        raw = self.separators.show(text)
        if len(text) <= _MEMORABLE and not repeated and text.isascii():
            if len(self._known) >= _REMEMBERED:
                self._known.popitem(last=False)
            self._known[text] = (tag, elements)
        if not text.isascii():
            raw = self.charset.decode(raw)
        if len(tag) != 3 or not tag.isalnum():
            self.tell("malformed", line, self.number, "ABC" + self.separators.element, text)
        return Segment(tag, elements, line, self.number, raw, repeated)

    def _tell_part(self, part: Part, line: int) -> None:
        place = (line + part.line, self.number + 1)
        if part.foreign:
            self.tell("foreign_text", *place, "ABC" + self.separators.element, part.text)
        elif part.lost:
            self.tell("unterminated", *place, self.separators.terminator, part.text)
        elif part.wrapped and "wrapped" not in self._seen:
            self._seen.add("wrapped")
            self.tell("wrapped", *place, "", part.text)

    def _tell_foreign(self, piece: Piece) -> None:
        if isinstance(piece, TooLong):
            self.tell("long_segment", piece.line, self.number + 1, str(MAX_SEGMENT), piece.text)
        elif isinstance(piece, Text):
            self.tell("foreign_text", piece.line, self.number + 1, "", piece.text)

    def tell(self, what: str, line: int, number: int, expected: str, found: str) -> None:
        """A warning `messages.edifact.<what>` at a segment."""
        file = self._pieces.intake.file
        where = Where(file, line, found[:3] if found[:3].isalnum() else None,
                      message=self.header.reference or None, segment=number)  # fmt: skip
        shown = self.charset.decode(self.separators.plain(found[:MAX_FOUND]))
        self._pieces.intake.warn(Problem(f"messages.edifact.{what}", where, expected, shown))


class Pieces:
    """The pieces of a stream with a look ahead; `separators` and `charset` are those of the piece taken last."""

    def __init__(self, stream: Stream, intake: Intake) -> None:
        self.intake = intake
        self.separators = stream.separators
        self.charset = stream.charset
        self.wrapping = stream.wrapping
        self._source = iter(stream)
        self._waiting: deque[Piece] = deque()

    def peek(self, ahead: int = 0) -> Piece | None:
        """The piece that comes next, or as many `ahead` of it; None at the end."""
        while len(self._waiting) <= ahead:
            piece = next(self._source, None)
            if piece is None:
                return None
            self._waiting.append(piece)
        return self._waiting[ahead]

    def next(self) -> Piece | None:
        """The piece that comes next, taken."""
        piece = self.peek()
        if piece is not None:
            self._waiting.popleft()
        if isinstance(piece, Begin):
            self.separators, self.charset, self.wrapping = piece.separators, piece.charset, piece.wrapping
        return piece

    def service(self, ahead: int = 0) -> Segment | None:
        """The service segment that comes there, split; None where it is another piece."""
        piece = self.peek(ahead)
        if not isinstance(piece, Service):
            return None
        text = piece.text.replace("\r", "").replace("\n", "")
        tag, elements, _ = split_segment(text, self.separators, self.charset)
        return Segment(tag, elements, piece.line, 1, self.charset.decode(self.separators.show(text)))

    def is_false_end(self, reference: str, number: int) -> bool:
        """Whether the service segment that comes next stands in the middle of a message, which goes on after it: not
        its own end by reference and count, no header that names a type, and no head of another message follows."""
        segment = self.service()
        if segment is None or (segment.tag not in _ENDS and segment.tag != "UNH"):
            return False
        if segment.tag == "UNH" and len(segment.value(2).strip()) == TYPE_LENGTH:
            return False
        if segment.tag == "UNT" and segment.value(2).strip() == reference and segment.value(1) == str(number + 1):
            return False
        ahead = 1
        while (after := self.service(ahead)) is not None and after.tag in _ENDS:
            ahead += 1
        run = self.peek(ahead)
        return isinstance(run, Run) and goes_on_within(run.texts, self.separators)
