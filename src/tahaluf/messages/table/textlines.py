"""A binary file as lines of text: decoded in blocks, bounded in length, with the lines that are no text set apart."""

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tahaluf.messages.table.blocks import MAX_LINE

_ESCAPED = range(0xDC80, 0xDD00)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is not text in the file's encoding, or longer than any row; `found` is the byte or the length."""

    line: int
    code: str
    expected: str
    found: str
    text: str
    field: str | None = None


def iter_lines(blocks: Iterable[bytes], encoding: str, bad: list[BadLine]) -> Iterator[tuple[Sequence[int], list[str]]]:
    """Numbers and lines without their ends, a pair for each block. Lines that cannot be used go to `bad` instead."""
    start, returns = 1, ""
    for chunk, codec in _whole_lines(blocks, encoding):
        text, damaged = _decode(chunk, codec)
        if "\r" in text:
            text = text.replace("\r\n", "\n")
            # The first ends of lines decide for the whole file: among line feeds, a lone return is a blank in its line.
            returns = returns or (" " if "\n" in text else "\n")
            text = text.replace("\r", returns)
        returns = returns or (" " if "\n" in text else "")
        texts = text.split("\n")
        if texts[-1] == "":
            texts.pop()
        numbers: Sequence[int] = range(start, start + len(texts))
        start += len(texts)
        if damaged or (texts and max(map(len, texts)) > MAX_LINE):
            pairs = [pair for pair in zip(numbers, texts, strict=True) if not _set_apart(pair, encoding, bad)]
            numbers, texts = [number for number, _ in pairs], [line for _, line in pairs]
        yield numbers, texts


def _set_apart(pair: tuple[int, str], encoding: str, bad: list[BadLine]) -> bool:
    number, text = pair
    if len(text) > MAX_LINE:
        bad.append(BadLine(number, "messages.table.long_line", str(MAX_LINE), str(len(text)), text[:200]))
        return True
    escaped = next((ord(char) for char in text if ord(char) in _ESCAPED), None)
    if escaped is not None:
        found = f"0x{escaped - 0xDC00:02X}"
        bad.append(BadLine(number, "messages.table.undecodable", encoding, found, text))
        return True
    return False


def _decode(chunk: bytes, codec: str) -> tuple[str, bool]:
    try:
        return chunk.decode(codec), False
    except UnicodeDecodeError:
        return chunk.decode(codec, "surrogateescape"), True


def _whole_lines(blocks: Iterable[bytes], encoding: str) -> Iterator[tuple[bytes, str]]:
    """Chunks that end with a line. Very long lines are cut short here, so that memory stays bounded."""
    if encoding.startswith("utf-16"):
        blocks, encoding = _as_utf8(blocks, encoding), "utf-8"
    elif encoding == "utf-8-sig":
        blocks, encoding = _without_mark(blocks), "utf-8"
    rest = b""
    newline = b""
    for block in blocks:
        newline = newline or (b"\n" if b"\n" in block else b"\r" if b"\r" in block else b"")
        if not newline or newline not in block:
            # What is beyond the bound is dropped from memory; the line itself is reported as too long.
            rest = (rest + block)[: 4 * MAX_LINE + 4]
            continue
        cut = block.rfind(newline) + 1
        yield rest + block[:cut], encoding
        rest = block[cut:]
    if rest:
        yield rest, encoding


def _without_mark(blocks: Iterable[bytes]) -> Iterator[bytes]:
    mark: bytes | None = codecs.BOM_UTF8
    for block in blocks:
        yield block.removeprefix(mark) if mark else block
        mark = None


def _as_utf8(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """UTF-16 as UTF-8; what is no UTF-16 becomes a byte that is no UTF-8, and so is found again line by line."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in blocks:
        yield decoder.decode(block).encode("utf-8").replace("\ufffd".encode(), b"\xff")
    yield decoder.decode(b"", final=True).encode("utf-8").replace("\ufffd".encode(), b"\xff")
