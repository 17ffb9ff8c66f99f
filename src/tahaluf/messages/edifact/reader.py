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
from tahaluf.messages.edifact.lines import kind_of
from tahaluf.messages.edifact.message import MAX_FOUND, Header, Message, Pieces
from tahaluf.messages.edifact.parts import Transfers
from tahaluf.messages.edifact.segment import Segment, split_segment
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

    def messages(self) -> Iterator[Message]:
        while (piece := self._pieces.peek()) is not None:
            if isinstance(piece, Run):
                yield from self._follow(self._headless(piece))
                continue
            self._pieces.next()
            if isinstance(piece, Service):
                segment = self._segment(piece)
                if segment.tag == "UNH":
                    yield from self._follow(self._message(segment))
                else:
                    self._envelope.take(segment)
            else:
                self._take_other(piece)
        self._envelope.close()
        self._transfers.close()

    def _take_other(self, piece: Text | Begin | TooLong) -> None:
        if isinstance(piece, Begin):
            self._envelope.begin(piece.line, self._pieces.stream.charset)
            if piece.advice:
                self._warn("una", piece.line, self._pieces.stream.separators.advice, piece.advice)
        elif isinstance(piece, Text):
            self._warn("foreign_text", piece.line, "", piece.text)
        else:
            self._warn("long_segment", piece.line, "", piece.text)

    def _follow(self, message: Message) -> Iterator[Message]:
        """Gives a message to whoever reads it, then goes on to its end."""
        yield message
        for _ in message:
            pass
        piece = self._pieces.peek()
        end = self._segment(piece, message.number + 1) if isinstance(piece, Service) else None
        if end is not None and end.tag == "UNT":
            self._pieces.next()
            self._envelope.end_message(message, end)
        elif message.header.reference:
            self._envelope.end_message(message, None)

    def _message(self, segment: Segment) -> Message:
        header = parse_header(segment)
        upcoming = self._pieces.peek()
        if not _TYPE.fullmatch(header.type) and isinstance(upcoming, Run):
            guessed = kind_of(upcoming.texts, self._pieces.stream.separators)
            self._warn("type_guessed", segment.line, guessed, segment.raw)
            header = replace(header, type=guessed)
        message = Message(header, self._envelope.interchange, self._pieces, segment.line)
        if not header.reference or not header.type:
            field, found = ("UNH.1", segment.raw) if not header.reference else ("UNH.2.1", segment.raw)
            self._intake.warn(Problem("messages.edifact.header", message.where(None, field), "UNH", found[:MAX_FOUND]))
        self._envelope.begin_message()
        self._transfers.add(header, self._envelope.interchange, message.where(None, "UNH.4"))
        return message

    def _headless(self, run: Run) -> Message:
        kind = kind_of(run.texts, self._pieces.stream.separators)
        self._warn("stray", run.line, "UNH", run.texts[0].strip() if run.texts else "")
        message = Message(Header(type=kind), self._envelope.interchange, self._pieces, run.line)
        message.number = 0
        return message

    def _segment(self, piece: Service, number: int = 1) -> Segment:
        stream = self._pieces.stream
        text = piece.text.replace("\r", "").replace("\n", "")
        tag, elements, _ = split_segment(text, stream.separators, stream.charset)
        raw = stream.charset.decode(stream.separators.show(text))
        if piece.open:
            self._warn("unterminated", piece.line, stream.separators.terminator, raw)
        return Segment(tag, elements, piece.line, number, raw)

    def _warn(self, what: str, line: int, expected: str, found: str) -> None:
        file = self._intake.file
        shown = self._pieces.stream.charset.decode(self._pieces.stream.separators.plain(found[:MAX_FOUND]))
        self._intake.warn(Problem(f"messages.edifact.{what}", Where(file, line), expected, shown))
