"""Messages of a file of interchanges, one after the other, with their envelopes checked (ISO 9735, clause 8).

Memory is bounded whatever the size: a message's segments are read as its handler asks for them.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tahaluf.domain import Problem, Where
from tahaluf.messages.content import open_binary
from tahaluf.messages.edifact.envelope import Envelope, parse_header
from tahaluf.messages.edifact.intake import Intake
from tahaluf.messages.edifact.lines import goes_on, kind_of
from tahaluf.messages.edifact.message import MAX_FOUND, Header, Message, Pieces
from tahaluf.messages.edifact.parts import Transfers
from tahaluf.messages.edifact.segment import Segment
from tahaluf.messages.edifact.stream import Begin, Run, Service, Stream, Text, TooLong

_TYPE = re.compile(r"[A-Z]{6}")


def read_messages(path: Path, intake: Intake) -> Iterator[Message]:
    """The messages of a file in order; each is to be read before the next is asked for (what is left is passed over).

    What is wrong with envelopes goes to `intake`. Segments outside any message make a message without reference, of the
    type that they look like (`""` where they look like none).
    """
    with closing(open_binary(path)) as file:
        yield from _Reading(Pieces(Stream(file), intake), intake).messages()


class _Reading:
    def __init__(self, pieces: Pieces, intake: Intake) -> None:
        self._pieces = pieces
        self._intake = intake
        self._envelope = Envelope(intake)
        self._transfers = Transfers(intake)
        self._last_type = ""

    def messages(self) -> Iterator[Message]:
        while (piece := self._pieces.peek()) is not None:
            segment = self._pieces.service()
            if isinstance(piece, Run):
                yield from self._headless(piece)
            elif isinstance(piece, Service) and segment:
                self._take_service(piece, segment)
                if segment.tag == "UNH":
                    yield from self._follow(self._message(segment))
                else:
                    self._envelope.take(segment)
            elif isinstance(piece, Text | Begin | TooLong):
                self._pieces.next()
                self._take_other(piece)
        self._envelope.close()
        self._transfers.close()

    def _take_other(self, piece: Text | Begin | TooLong) -> None:
        if isinstance(piece, Begin):
            self._envelope.begin(piece.line, piece.charset)
            if piece.advice:
                self._warn("una", piece.line, piece.separators.advice, piece.advice)
        elif isinstance(piece, Text):
            self._warn("foreign_text", piece.line, "", piece.text)
        else:
            self._warn("long_segment", piece.line, "", piece.text)

    def _follow(self, message: Message) -> Iterator[Message]:
        """Gives a message to whoever reads it, then goes on to its end."""
        yield message
        self._last_type = message.type_read or self._last_type
        for _ in message:
            pass
        piece, end = self._pieces.peek(), self._pieces.service()
        if isinstance(piece, Service) and end is not None and end.tag == "UNT":
            end.number = message.number + 1
            self._envelope.end_message(message, self._take_service(piece, end))
        elif message.header.reference:
            self._envelope.end_message(message, None)

    def _message(self, segment: Segment) -> Message:
        header = parse_header(segment)
        upcoming = self._pieces.peek()
        if not _TYPE.fullmatch(header.type) and isinstance(upcoming, Run):
            guessed = kind_of(upcoming.texts, self._pieces.separators)
            guessed = guessed or self._last_type
            self._warn("type_guessed", segment.line, guessed, segment.raw)
            header = replace(header, type=guessed)
        message = Message(header, self._envelope.interchange, self._pieces, segment.line)
        if not header.reference or not header.type:
            field, found = ("UNH.1", segment.raw) if not header.reference else ("UNH.2.1", segment.raw)
            self._intake.warn(Problem("messages.edifact.header", message.where(None, field), "UNH", found[:MAX_FOUND]))
        self._envelope.begin_message()
        self._transfers.add(header, self._envelope.interchange, message.where(None, "UNH.4"))
        return message

    def _headless(self, run: Run) -> Iterator[Message]:
        """Segments outside a message: one of the type that they look like, else of that of the message before. A text
        that holds no segments (a banner) is told alone."""
        begin = run.text.lstrip()
        line = run.line + run.text.count("\n", 0, len(run.text) - len(begin))
        self._warn("stray", line, "UNH", begin.partition(run.terminator)[0].strip())
        separators = self._pieces.separators
        kind = kind_of(run.texts, separators)
        if not kind and any(goes_on(text, separators) for text in run.texts):
            kind = self._last_type
        if not kind:
            self._pieces.next()
            return
        message = Message(Header(type=kind), self._envelope.interchange, self._pieces, run.line)
        message.number = 0
        yield from self._follow(message)

    def _take_service(self, piece: Service, segment: Segment) -> Segment:
        self._pieces.next()
        if piece.open:
            self._warn("unterminated", piece.line, self._pieces.separators.terminator, segment.raw)
        return segment

    def _warn(self, what: str, line: int, expected: str, found: str) -> None:
        file = self._intake.file
        shown = self._pieces.charset.decode(self._pieces.separators.plain(found[:MAX_FOUND]))
        self._intake.warn(Problem(f"messages.edifact.{what}", Where(file, line), expected, shown))
