"""The messages in a piece of text: blocks, fields, acknowledgements; texts without headers too.

What is broken is said in faults and the rest is read: a text that begins before another has ended ends there.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tahaluf.messages.mt.model import Fault, Field, Message, Pair

# Blocks may nest once: {3:{108:…}{121:…}}.
_BLOCK = re.compile(r"\{([123]):((?:[^{}]++|\{[^{}]*\})*+)\}")
_TRAILING = re.compile(r"\s*\{([5S]):((?:[^{}]++|\{[^{}]*\})*+)\}")
_NESTED = re.compile(r"\{([0-9A-Z]{3}):([^{}]*)\}")
_SERVICE = re.compile(r"\{4:\s*((?:\{\d{3}:[^{}]*\}\s*)+)\}")
_TEXT = re.compile(r"\{4:|^[ \t]*:\d\d[A-Za-z]?:", re.MULTILINE)
# Braces inside a line of a field are text, unless what a block holds follows.
_STOP = re.compile(
    r"^-\}|-\}(?=\s*(?:\{[5S]:|\$|\Z))|(?:^|(?<=[}$]))\{2:[IO]\d{3}[A-Z0-9]{8}|\{4:(?=\s*(?::\d\d[A-Za-z]?:|\{\d{3}:))",
    re.MULTILINE,
)  # fmt: skip
_DASH = re.compile(r"^-[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"^[ \t]*:(\d\d[A-Za-z]?):", re.MULTILINE)
_FLAT = re.compile(r"(?:^|(?<=\s)):(\d\d[A-Za-z]?):")
# Where a line ended that now goes on: behind an account, before a number of option F.
_LOST_END = re.compile(r"(?<=\S) +(?=[1-8]/)|(?<=\d) +(?=[A-Z]{3,} )")
# Between blocks of a file: separators, framing and padding.
_PADDING = " \t\n\r\x00\x01\x03$"
SHOWN = 60
# Faults whose text was read as nothing else.
UNREAD = frozenset(("messages.mt.block", "messages.mt.tag"))


class Parsed(NamedTuple):
    """A message and what is wrong with its structure. `stray`: no message, but text that is none; `beside`: text in the
    message that is neither block nor field."""

    message: Message
    faults: list[Fault]
    stray: bool = False
    beside: tuple[Field, ...] = ()


def parse_piece(text: str, line: int) -> Iterator[Parsed]:
    """The messages of a piece, in order; text that belongs to none comes with the nearest one, or alone as stray."""
    at, headed = 0, False
    while at < len(text):
        opening = _TEXT.search(text, at)
        if opening is None:
            yield from _remainder(text[at:], line)
            return
        faults: list[Fault] = []
        head = text[at : opening.start()]
        blocks = _read_head(head, line, faults)
        begin = line + _lines_before(head)
        line += head.count("\n")
        framed = opening[0] == "{4:"
        headed = headed or bool(blocks)
        if headed and not (framed and "1" in blocks and "2" in blocks):
            missing = next((f"{{{name}:" for name in "12" if name not in blocks), "{4:")
            faults.append(Fault("messages.mt.block", line, None, missing, text[opening.start() :][:20].strip()))
        basic, application = blocks.get("1", ""), blocks.get("2", "")
        user = tuple(_pairs(blocks.get("3", "")))
        service = _SERVICE.match(text, opening.start()) if framed else None
        if service is not None:
            faults = [fault for fault in faults if fault.expected != "{2:"]
            fields: tuple[Field, ...] = ()
            stop = service.end()
        else:
            fields, stop = _read_text(text, opening.end() if framed else opening.start(), line, faults, framed)
        line += text.count("\n", opening.start(), stop)
        tail, after = _read_tail(text, stop)
        line += text.count("\n", stop, after)
        message = Message(
            basic, application, user, fields, _pairs(tail.get("5", "")), _pairs(tail.get("S", "")),
            _pairs(service[1]) if service else (), begin,
        )  # fmt: skip
        at = after
        yield Parsed(message, faults, beside=tuple(_beside(faults)))


def _beside(faults: list[Fault]) -> Iterator[Field]:
    """What was told to be no part of a message, as a text of its block 4."""
    return (Field("{4:", fault.text, fault.line) for fault in faults if fault.code in UNREAD and fault.text)


def _lines_before(head: str) -> int:
    """Line ends before the first thing that is no padding."""
    return head.count("\n", 0, len(head) - len(head.lstrip(_PADDING)))


def _pairs(text: str) -> tuple[Pair, ...]:
    return tuple(_NESTED.findall(text)) if text else ()


def _remainder(text: str, line: int) -> Iterator[Parsed]:
    """What stands behind the last message, or a header that no text follows."""
    if text.strip(_PADDING):
        begin = line + _lines_before(text)
        blocks = _read_head(text, line, [])
        shown = " ".join(text.split())[:SHOWN]
        fault = Fault("messages.mt.outside", begin, None, "{1:…}{2:…}{4:", shown, shown)
        message = Message(blocks.get("1", ""), blocks.get("2", ""), _pairs(blocks.get("3", "")), line=begin)
        yield Parsed(message, [fault], stray=True)


def _read_head(head: str, line: int, faults: list[Fault]) -> dict[str, str]:
    """Blocks 1 to 3; what else stands there is a fault."""
    blocks: dict[str, str] = {}
    at = 0
    for block in _BLOCK.finditer(head):
        _tell_strange(head, at, block.start(), line, faults)
        if block[1] in blocks:
            place = line + head.count("\n", 0, block.start())
            faults.append(Fault("messages.mt.block", place, None, f"{{{block[1]}: once", block[0][:SHOWN], block[0]))
        blocks.setdefault(block[1], block[2])
        at = block.end()
    _tell_strange(head, at, len(head), line, faults)
    return blocks


def _tell_strange(head: str, start: int, end: int, line: int, faults: list[Fault]) -> None:
    strange = head[start:end]
    if start < end and strange.strip(_PADDING):
        place = line + head.count("\n", 0, start) + _lines_before(strange)
        shown = " ".join(strange.split())[:SHOWN]
        faults.append(Fault("messages.mt.block", place, None, "{1:…}{2:…}{3:…}{4:", shown, strange.strip(_PADDING)))


def _read_text(text: str, start: int, line: int, faults: list[Fault], framed: bool) -> tuple[tuple[Field, ...], int]:
    """The fields from `start` to the end of the text, and where what follows begins."""
    found = _STOP.search(text, start)
    # In a block, a dash alone is an end only where none with a brace comes.
    if found is None or not framed or not found[0].startswith("-"):
        found = _DASH.search(text, start, found.start() if found else len(text)) or found
    ended = found is not None and found[0].startswith("-")
    end, stop = (found.start(), found.end() if ended else found.start()) if found else (len(text), len(text))
    body = text[start:end].rstrip("\n" if ended else _PADDING)
    if framed and not ended:
        place = line + text.count("\n", start, start + len(body))
        faults.append(Fault("messages.mt.end", place, None, "-}", body[-20:].split("\n")[-1]))
    return _read_fields(body, line, faults), stop


def _read_fields(body: str, line: int, faults: list[Fault]) -> tuple[Field, ...]:
    """Fields of a text; one that stands on a single line altogether is parted at its tags, and that is a fault."""
    pattern = _FIELD
    if "\n" not in body.strip("\n") and len(_FLAT.findall(body)) > 1:
        pattern = _FLAT
        faults.append(Fault("messages.mt.block", line, None, "\\r\\n:", body.strip()[:SHOWN]))
    parts = pattern.split(body)
    if parts[0].strip():
        shown = parts[0].strip()
        place = line + _lines_before(parts[0])
        faults.append(Fault("messages.mt.tag", place, None, ":20:", shown[:SHOWN].split("\n")[0], shown))
    line += parts[0].count("\n")
    fields = []
    for at in range(1, len(parts), 2):
        value = parts[at + 1] if pattern is _FIELD else _LOST_END.sub("\n", parts[at + 1].strip())
        fields.append(Field(parts[at].upper(), value.rstrip("\n") if value.endswith("\n") else value, line))
        line += value.count("\n") if pattern is _FIELD else 0
    return tuple(fields)


def _read_tail(text: str, start: int) -> tuple[dict[str, str], int]:
    """Blocks 5 and S, and where they end."""
    tail: dict[str, str] = {}
    found = _TRAILING.match(text, start)
    while found:
        tail.setdefault(found[1], found[2])
        start = found.end()
        found = _TRAILING.match(text, start)
    return tail, start
