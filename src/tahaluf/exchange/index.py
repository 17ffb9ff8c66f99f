"""The index note: all logs that a receiver is in, as its author says at a time. See `spec/exchange/index.md`.

It makes a hidden log, an old state and a silent author visible. `verify_index` reads one, `compare_indexes` judges it
against the one kept.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tahaluf.exchange.checkpoint import HASH, parse_number
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import index_origin, split_index_origin
from tahaluf.exchange.notes import SigningKey, VerifyingKey, sign_note, verify_note
from tahaluf.exchange.notes.base64 import parse_base64, write_base64
from tahaluf.exchange.times import parse_seconds, write_seconds

CODE = "exchange.index.form"
LINE = re.compile(r"(?P<state>open|closed) (?P<audience>[0-9a-f]{64}) (?P<size>[0-9]+) (?P<root>\S+)")
MOST_LINES = 20_000
LONGEST = timedelta(days=31)
SKEW = timedelta(hours=48)


class State(StrEnum):
    """Whether the receiver is in the log, or no longer."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One log: size and root as given to this receiver."""

    audience: str
    size: int
    root: bytes
    state: State = State.OPEN

    def __str__(self) -> str:
        return f"{self.state} {self.audience} {self.size} {write_base64(self.root)}\n"


@dataclass(frozen=True, slots=True)
class Index:
    """An index note's content; lines are sorted by audience."""

    author: str
    receiver: str
    sequence: int
    issued_at: datetime
    expires_at: datetime
    lines: tuple[IndexLine, ...] = ()
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not timedelta(0) < self.expires_at - self.issued_at <= LONGEST or self.sequence < 1:
            raise refuse(CODE, "a sequence from 1 on and at most 31 days", str(self.sequence))
        if self.issued_at.microsecond or self.expires_at.microsecond:
            raise refuse(CODE, "whole seconds", self.issued_at.isoformat())
        audiences = [line.audience for line in self.lines]
        if audiences != sorted(set(audiences)) or len(audiences) > MOST_LINES:
            raise refuse(CODE, f"at most {MOST_LINES} logs, sorted, none twice", str(len(audiences)))
        head = (index_origin(self.author, self.receiver), str(self.sequence))
        times = (write_seconds(self.issued_at), write_seconds(self.expires_at))
        text = "\n".join([*head, *times, *(str(line)[:-1] for line in self.lines)]) + "\n"
        object.__setattr__(self, "text", text)


class Fault(StrEnum):
    """What is wrong with a newer note, as the last part of its code."""

    REPLAY = "replay"
    EQUIVOCATION = "equivocation"
    HIDDEN = "hidden"
    ROLLBACK = "rollback"
    CLOSED = "closed"


class Remark(StrEnum):
    """What is noted of a note that is taken."""

    CLOCK = "clock"
    SILENT = "silent"


def parse_index(text: str) -> Index:
    """A note's text as an index; ExchangeError (`exchange.index.form`, `.origin`) for any other form."""
    lines = text.split("\n")
    if len(lines) < 5 or lines[-1]:
        raise refuse(CODE, "origin, sequence, issued, expires, logs", text)
    author, receiver = split_index_origin(lines[0])
    index = Index(
        author,
        receiver,
        parse_number(lines[1], CODE, 1),
        parse_seconds(lines[2], CODE, "issued"),
        parse_seconds(lines[3], CODE, "expires"),
        tuple(parse_line(line) for line in lines[4:-1]),
    )
    if index.text != text:
        raise refuse(CODE, "the page's spelling", text)
    return index


def parse_line(line: str) -> IndexLine:
    found = LINE.fullmatch(line)
    if not found:
        raise refuse(CODE, "open or closed, audience, size, root", line)
    size = parse_number(found["size"], CODE)
    return IndexLine(found["audience"], size, parse_base64(found["root"], CODE, HASH), State(found["state"]))


def sign_index(index: Index, key: SigningKey) -> bytes:
    """The note; ValueError for a key of another name than the index's origin."""
    if key.verifying.name != index_origin(index.author, index.receiver):
        raise ValueError("an index's key bears the name of its origin")
    return sign_note(index.text, key)


def verify_index(data: bytes, author: str, receiver: str, publics: Iterable[bytes]) -> Index:
    """The index of an author for a receiver; ExchangeError: `exchange.note.*`, `exchange.index.*`."""
    origin = index_origin(author, receiver)
    note = verify_note(data, [VerifyingKey(origin, public) for public in publics])
    index = parse_index(note.text)
    if (index.author, index.receiver) != (author, receiver):
        raise refuse("exchange.index.origin", origin, index_origin(index.author, index.receiver))
    return index


def compare_indexes(kept: Index, new: Index) -> None:
    """Raises ExchangeError (`exchange.index.` and the fault) if the new note takes back what the kept one said."""
    if new.sequence < kept.sequence:
        raise fault(Fault.REPLAY, f"a sequence from {kept.sequence} on", str(new.sequence))
    if new.sequence == kept.sequence and new.text != kept.text:
        raise fault(Fault.EQUIVOCATION, "one text of a sequence", str(new.sequence))
    now = {line.audience: line for line in new.lines}
    for line in kept.lines:
        compare_lines(line, now.get(line.audience))


def compare_lines(kept: IndexLine, new: IndexLine | None) -> None:
    """One log against what was said of it before."""
    if new is None:
        raise fault(Fault.HIDDEN, kept.audience, "no line")
    if new.size < kept.size:
        raise fault(Fault.ROLLBACK, f"size {kept.size} of {kept.audience}", str(new.size))
    if new.size == kept.size and new.root != kept.root:
        raise fault(Fault.EQUIVOCATION, f"root {kept.root.hex()} of {kept.audience}", new.root.hex())
    if kept.state is State.CLOSED and new.state is State.CLOSED and new.size != kept.size:
        raise fault(Fault.CLOSED, f"size {kept.size} of {kept.audience}", str(new.size))


def fault(kind: Fault, expected: str, found: str) -> Exception:
    return refuse(f"exchange.index.{kind}", expected, found)


def remarks(index: Index, now: datetime) -> tuple[Remark, ...]:
    """What a receiver notes of a note by its own clock; ValueError for a naive time."""
    if now.utcoffset() is None:
        raise ValueError("a time without its offset from UTC")
    found = [Remark.CLOCK] if index.issued_at - now > SKEW else []
    return (*found, Remark.SILENT) if now >= index.expires_at else tuple(found)
