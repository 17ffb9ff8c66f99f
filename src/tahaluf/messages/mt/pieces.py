"""A file of FIN messages as pieces that hold whole messages: streamed, each bounded.

A basic header (`{1:F01…`, not inside a line) or a line with a dollar sign alone (RJE) begins a piece; texts without
headers are parted at their ends where a piece grows long. Ends of lines come out as line feeds.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

BLOCK = 1 << 20
# A message has at most 10,000 characters by the standard; statements exported by banks are longer.
MAX_MESSAGE = 1 << 18
# Block 1 names an application, a service and a terminal; inside a line of a field it is text.
BEGINS = r"(?<=[\n\r}$\x00\x01\x03])\{1:[FAL]\d\d"
_HEADER = re.compile(BEGINS.encode("ascii"))
_HEADER_LENGTH = 6
_SEPARATOR = re.compile(rb"\n\$[ \t]*(?=\n)")
_END = re.compile(rb"^-(?:\}.*)?[ \t]*\n", re.MULTILINE)


class Piece(NamedTuple):
    """Bytes from line `line` on; `cut` counts those of an overlong message that were left out behind them."""

    data: bytes
    line: int
    cut: int = 0


def iter_pieces(file: BinaryIO) -> Iterator[Piece]:
    """The pieces of a file in order; every byte is in one, or counted in its `cut`."""
    line, rest, searched = 1, b"", 0
    for block in _line_feeds(iter(lambda: file.read(BLOCK), b"")):
        data = rest + block
        at = 0
        for begin in _beginnings(data, searched):
            yield from _bounded(data[at:begin], line)
            line += data.count(b"\n", at, begin)
            at = begin
        rest = data[at:]
        # A header may be cut by the end of the block, and so may a line.
        searched = max(min(len(rest) - _HEADER_LENGTH, rest.rfind(b"\n")), 0)
        if len(rest) > 2 * MAX_MESSAGE:
            whole, rest = _part(rest)
            yield from _bounded(whole, line)
            line += whole.count(b"\n")
            searched = 0
    yield from _bounded(rest, line)


def _beginnings(data: bytes, searched: int) -> list[int]:
    """Where pieces begin, that at the very beginning aside."""
    found = [begin.start() for begin in _HEADER.finditer(data, max(searched, 1))]
    separators = [begin.start() + 1 for begin in _SEPARATOR.finditer(data, searched)]
    return sorted(found + separators) if separators else found


def _part(data: bytes) -> tuple[bytes, bytes]:
    """What can be given on, up to the last end of a text, and what may go on; all of it where there is no end."""
    ends = [end.end() for end in _END.finditer(data)]
    return (data[: ends[-1]], data[ends[-1] :]) if ends else (data, b"")


def _bounded(data: bytes, line: int) -> Iterator[Piece]:
    """One piece, or several parted at ends of texts; one that has no end soon enough is cut."""
    at = 0
    while len(data) - at > MAX_MESSAGE:
        ends = [end.end() for end in _END.finditer(data, at, at + MAX_MESSAGE)]
        stop = ends[-1] if ends else at + MAX_MESSAGE
        after = _END.search(data, stop) if not ends else None
        upto = stop if ends else after.end() if after else len(data)
        yield Piece(data[at:stop], line, upto - stop)
        line += data.count(b"\n", at, upto)
        at = upto
    if at < len(data):
        yield Piece(data[at:], line)


def _line_feeds(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks with line feeds alone; a lone return ends a line where the first block has no line feed."""
    held, lone = b"", b""
    for number, block in enumerate(blocks):
        data = held + block
        held = data[-1:] if data.endswith(b"\r") else b""
        data = data[: len(data) - len(held)].replace(b"\r\n", b"\n")
        if number == 0:
            data = data.removeprefix(b"\xef\xbb\xbf")
            lone = b" " if b"\n" in data else b"\n"
        yield data.replace(b"\r", lone)
    if held:
        yield lone or b"\n"


def decode(data: bytes) -> str:
    """UTF-8 where it is, else Windows-1252; bytes that are neither stay as the control characters of their number."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_CP1252[byte] for byte in data)


def _cp1252(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_CP1252 = [_cp1252(byte) for byte in range(256)]
