"""The bytes of a file of zones to numbered lines, and whether a file is one."""

import codecs
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tahaluf.messages.content import open_binary
from tahaluf.messages.mrz.forms import LAYOUTS
from tahaluf.messages.mrz.lines import Foreign, Stray, Zone
from tahaluf.messages.mrz.repair import checked_fields
from tahaluf.messages.mrz.types import settle_types
from tahaluf.messages.mrz.zones import find_zones

BLOCK = 1 << 18
MAX_LINE = 1 << 16
HEAD_LINES = 40
HEAD_FOREIGN = 5
HEAD_FOREIGN_LENGTH = 80
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What a delimited file, JSON or a message of another kind has in its lines, and a caption has not.
_OTHER = frozenset(",;\t{}[]|='")
# A line of a zone that is damaged: fillers that end a name, or a first line whose second is missing.
_FILLED = "<<<"
_FIRST = re.compile(r"[PVACI][A-Z<]{4}[A-Z<]*")


def encoding_of(head: bytes) -> str:
    """UTF-8 or UTF-16 by mark or by its zeros, else Windows-1252, in which `«` is one byte."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    sample = head[:512]
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 4:
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers from 1, whatever ends them; of a line that is too long, its beginning."""
    with closing(open_binary(path)) as file:
        block = file.read(BLOCK)
        decoder = codecs.getincrementaldecoder(encoding_of(block[: BLOCK - 4]))("replace")
        newlines = _Lines()
        while block:
            yield from newlines.feed(decoder.decode(block))
            block = file.read(BLOCK)
        yield from newlines.feed(decoder.decode(b"", final=True), last=True)


class _Lines:
    """Text in blocks to lines; a carriage return at the end of a block waits for what follows it."""

    def __init__(self) -> None:
        self._number = 0
        self._begun = ""

    def feed(self, text: str, *, last: bool = False) -> Iterator[tuple[int, str]]:
        text = self._begun + text
        held = "\r" if text.endswith("\r") and not last else ""
        lines = text.removesuffix(held).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        # What is beyond the longest line is not kept; what begins it is enough to say that it is no zone.
        self._begun = "" if last else lines.pop()[:MAX_LINE] + held
        yield from enumerate(lines, start=self._number + 1)
        self._number += len(lines)


def is_mrz(head: bytes) -> bool:
    """Whether a file begins with zones: a whole one, after a few captions and damaged lines at most, that has a check
    digit right, or first lines whose second is missing and hardly anything else."""
    lines = head.decode(encoding_of(head), "replace").splitlines()[:HEAD_LINES]
    foreign = begun = 0
    for found in find_zones(enumerate(lines, start=1)):
        if isinstance(found, Foreign):
            if _FILLED in found.text:
                continue
            foreign += 1
            if foreign > HEAD_FOREIGN or len(found.text) > HEAD_FOREIGN_LENGTH or _OTHER.intersection(found.text):
                return False
        elif isinstance(found, Stray):
            begun += sum(_FILLED in line and _FIRST.fullmatch(line) is not None for line in found.lines)
        elif _is_plausible(found):
            return True
    return begun >= max(foreign, 1)


def _is_plausible(zone: Zone) -> bool:
    layout = LAYOUTS[zone.form]
    text, _ = settle_types(zone.text, layout)
    return text[0] in "PVACI" and any(checked.holds(text) for checked in checked_fields(text, layout))
