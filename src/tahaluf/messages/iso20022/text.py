"""The characters of a file of XML, whatever it is encoded in: bytes to blocks of text, damage reported.

Reach for `read_blocks`. Byte order mark, UTF-16 without one, and the declaration decide; else UTF-8. Bytes that are no
UTF-8 are read as Windows-1252, characters that XML 1.0 (section 2.2) forbids become U+FFFD, and both are told once.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from tahaluf.messages.content import HEAD

BLOCK = 1 << 16
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORBIDDEN_BYTES = bytes((*range(9), 0x0B, 0x0C, *range(0x0E, 0x20)))
NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
ESCAPED = re.compile("[\udc80-\udcff]+")
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
WIDE = ((b"<\x00\x00\x00", "utf-32-le"), (b"\x00\x00\x00<", "utf-32-be"), (b"<\x00", "utf-16-le"),
        (b"\x00<", "utf-16-be"))  # fmt: skip
# Spellings of UTF-8 and what is part of it: bytes that are none can be told apart.
NARROW = frozenset(("utf-8", "ascii"))
# The damage that was met (a code's last part), what was expected, what was found.
Tell = Callable[[str, str, str], None]


def find_encoding(head: bytes) -> tuple[str, int]:
    """The codec that the first bytes call for, and how many of them are a byte order mark."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name, len(mark)
    for sign, name in WIDE:
        if any(head.startswith(sign, at) for at in range(0, 64, len(sign))):
            return name, 0
    declared = DECLARED.search(head[:4096])
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
        "".encode(name)
        "<".encode(name).decode(name)
    except (LookupError, ValueError):
        return "utf-8", 0
    # Who can read the declaration as ASCII has no wide characters before him.
    return ("utf-8" if name.startswith(("utf-16", "utf-32")) else name), 0


def decode_head(head: bytes) -> str:
    """The beginning of a file as text; what cannot be decoded is replaced."""
    name, mark = find_encoding(head)
    return head[mark:].decode(name, "replace")


def read_blocks(file: BinaryIO, tell: Tell) -> Iterator[str]:
    """Text of about `BLOCK` characters at a time."""
    first = file.read(HEAD)
    name, mark = find_encoding(first)
    decoder = codecs.getincrementaldecoder(name)("surrogateescape" if name in NARROW else "replace")
    block = first[mark:]
    while block:
        yield _admit(decoder.decode(block), block, name, tell)
        block = file.read(BLOCK)
    if rest := decoder.decode(b"", final=True):
        yield _admit(rest, b"\x00", name, tell)


def _admit(text: str, block: bytes, name: str, tell: Tell) -> str:
    if name not in NARROW or len(block.translate(None, FORBIDDEN_BYTES)) != len(block) or _has_noncharacters(block):
        text, count = FORBIDDEN.subn("\ufffd", text)
        if count:
            tell("characters", "characters that XML allows", f"{count} others")
    if name in NARROW and not text.isascii():
        text, count = ESCAPED.subn(_as_windows, text)
        if count:
            tell("encoding", name, "other bytes, read as windows-1252")
    elif name not in NARROW and "\ufffd" in text:
        tell("encoding", name, "bytes that are none")
    return text


def _has_noncharacters(block: bytes) -> bool:
    return any(sign in block for sign in NONCHARACTERS)


def _as_windows(escaped: re.Match[str]) -> str:
    return FORBIDDEN.sub("\ufffd", escaped[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"))
