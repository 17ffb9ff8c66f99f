"""Which encoding a text file is in: byte order mark, UTF-8, UTF-16, else the likeliest of the old single-byte sets.

The whole file is looked at until enough lines with letters outside ASCII are seen, so an accent on line 900,000
counts. The answer depends on nothing but the bytes. Old Arabic (Windows-1256, ISO 8859-6) is told from old French and
Turkish (Windows-1252, 1254) and Cyrillic (1251) by how each makes words: of common letters, no scripts mixed in one.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

BLOCK = 1 << 20
ENOUGH = 1 << 18
# The earlier wins a tie: where French reads the same in 1252 and 1256, it is 1252.
LEGACY = ("cp1252", "cp1254", "cp1256", "iso8859_6", "cp1251")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_COMMON = {
    **dict.fromkeys("المينر", 3), **dict.fromkeys("دبعحسهوةفقك", 2), **dict.fromkeys("شصطجخزضثتذغظىأإآءئؤ", 1),
    **dict.fromkeys("éèêàçôî", 3), **dict.fromkeys("âëïûùœÉÈÇÀ", 2), **dict.fromkeys("öüäñáíóúãõåøßÖÜÄÊÔÎÑ", 1),
    **dict.fromkeys("ışğİŞĞ", 2), **dict.fromkeys("оаеинтрсвлкмдуя", 2), **dict.fromkeys("пыьгзбчйхжшюцщэф", 1),
}  # fmt: skip


def detect_encoding(head: bytes, blocks: Iterable[bytes]) -> str:
    """The Python codec of a text; `head` is its beginning, `blocks` the whole."""
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return codec
    wide = _utf16_without_mark(head)
    return wide or _by_words(_foreign_lines(blocks))


def file_blocks(file: BinaryIO) -> Iterator[bytes]:
    """A file from where it stands, in blocks."""
    while block := file.read(BLOCK):
        yield block


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 by its high bytes, which stand on one side only; a stray zero in another encoding shows nothing."""
    head = head[:4096]
    if len(head) < 4 or b"\x00" not in head:
        return None
    for codec, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        if _small(high) > 4 * _small(low):
            # ASCII, Arabic and Cyrillic have small high bytes throughout; other scripts leave zeros, and are no UTF-8.
            mostly = 2 * _small(high) > len(high)
            partly = 5 * high.count(0) > len(high) and not _begins_utf8(head.replace(b"\x00", b""))
            return codec if mostly or partly else None
    return None


def _small(side: bytes) -> int:
    """How many bytes are below all that text in one byte is written with."""
    return sum(map(side.count, range(9)))


def _foreign_lines(blocks: Iterable[bytes]) -> bytes:
    """Lines with bytes above ASCII, as many as it takes to decide."""
    found = bytearray()
    rest = b""
    for block in blocks:
        text = rest + block
        cut = text.rfind(b"\n") + 1 or len(text)
        body, rest = text[:cut], text[cut:]
        if not body.isascii():
            for line in body.split(b"\n"):
                if not line.isascii():
                    found += line[:4096] + b"\n"
        if len(found) >= ENOUGH:
            return bytes(found)
    return bytes(found if rest.isascii() else found + rest[:4096])


def _by_words(lines: bytes) -> str:
    parts = [line for line in lines.split(b"\n") if line]
    broken = sum(not _is_utf8(line) for line in parts)
    if broken * 2 <= len(parts):
        return "utf-8"
    words = _WORD.findall(lines)
    return max(LEGACY, key=lambda codec: (sum(_plausible(word, codec) for word in words), -LEGACY.index(codec)))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _begins_utf8(text: bytes) -> bool:
    """Whether it is UTF-8 but for a letter that is cut at the end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(text)
    except UnicodeDecodeError:
        return False
    return True


def _plausible(word: bytes, codec: str) -> int:
    """How far the word looks like a word in this encoding; negative where it cannot be one."""
    try:
        text = word.decode(codec)
    except UnicodeDecodeError:
        return -10
    foreign = [char for char in text if char > "\x7f"]
    if any(not char.isalpha() for char in foreign):
        return -4
    scripts = {_script(char) for char in text}
    if len(scripts) > 1 or (scripts == {"latin"} and 2 * len(foreign) > len(text) + 1):
        return -6
    if scripts == {"cyrillic"} and any(char.isupper() for char in text[1:]) and not text.isupper():
        return -6
    return sum(_COMMON.get(char, -2) for char in foreign)


def _script(char: str) -> str:
    if "\u0600" <= char <= "\u06ff":
        return "arabic"
    return "cyrillic" if "\u0400" <= char <= "\u04ff" else "latin"
