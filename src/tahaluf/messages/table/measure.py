"""How large a workbook is once it is open, found out before anything opens it.

Every part of the archive is read through, whatever it is called and whatever sizes it claims, by a parser that refuses
document types. Guarantees for a workbook that passes: what it unpacks to, the area its cells span, and the characters
of its cells (a shared string counts once for each cell that refers to it) are within the bounds below.
"""

import re
import struct
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from pyexpat import ExpatError, ParserCreate

from tahaluf.domain import InputError, Problem, Where

MAX_UNPACKED = 1 << 30
# An archive may unpack to so many times its size beyond what is free: real ones reach 50.
MAX_RATIO = 300
RATIO_FREE = 64 << 20
MAX_CELLS = 30_000_000
MAX_CHARACTERS = 1 << 30
MAX_ROW, MAX_COLUMN = 1 << 20, 1 << 14
BLOCK = 1 << 20
# One tag or comment: the parser begins again at its start with each block.
MAX_TOKEN = 8 << 20
# What a reader less strict than this one could take for cells in a part that is no XML.
_CELLS_INSIDE = re.compile(rb"sheetData|<(?:[^\s<>]{1,99}:)?(?:si|sst)[\s/>]")
# What is unpacked piece by piece; the other methods give out whatever a piece holds at once.
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FOREIGN = ("content.xml", "xl/workbook.bin")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError,
    ValueError,
)  # fmt: skip
_PASSED_OVER = frozenset({"v", "t", "is", "f"})
Refuse = Callable[[str, str, str], InputError]


def measure(path: Path) -> None:
    """Returns where the workbook is safe to open; else InputError."""

    def refuse(code: str, expected: str, found: str) -> InputError:
        return InputError(Problem(f"messages.table.{code}", Where(str(path)), expected, found))

    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.casefold().replace("\\", "/") for name in archive.namelist()}
            # A book in two formats at once would be measured as one and opened as the other.
            if not any(name.endswith("workbook.xml") for name in names) or names.intersection(_FOREIGN):
                raise refuse("format", "XLSX", "ZIP")
            _Book(archive, path.stat().st_size, refuse).measure()
    except _BROKEN as damaged:
        raise refuse("damaged", "XLSX", str(damaged)[:300]) from damaged


class _Book:
    """The parts of one archive, and what they come to together."""

    def __init__(self, archive: zipfile.ZipFile, size: int, refuse: Refuse) -> None:
        self.archive, self.refuse = archive, refuse
        self.allowed = min(MAX_UNPACKED, max(RATIO_FREE, size * MAX_RATIO))
        self.unpacked = self.area = 0

    def measure(self) -> None:
        if self.archive.comment:
            # It may hide a second table of contents, which another reader would follow.
            raise self.refuse("damaged", "XLSX", "comment")
        referring: list[tuple[zipfile.ZipInfo, int]] = []
        strings: list[array[int]] = []
        for entry in self.archive.infolist():
            part = self._measure_part(entry)
            if part.references:
                referring.append((entry, part.references))
            if part.strings:
                strings.append(part.strings)
        longest = max((max(lengths) for lengths in strings), default=0)
        if longest * sum(count for _, count in referring) > MAX_CHARACTERS:
            self._add_up([entry for entry, _ in referring], strings)

    def _measure_part(self, entry: zipfile.ZipInfo) -> "_Part":
        part = _Part(self.refuse)
        try:
            fed = 0
            for block in self._blocks(entry):
                part.parser.Parse(block)
                fed += len(block)
                if fed - part.parser.CurrentByteIndex > MAX_TOKEN:
                    raise self.refuse("too_large", f"{MAX_TOKEN} bytes", entry.filename[:200])
                part.check(self.area)
            part.parser.Parse(b"", True)
        except (ExpatError, UnicodeError):
            self._hold_harmless(entry)
            return _Part(self.refuse)
        self.area += part.check(self.area)
        return part

    def _blocks(self, entry: zipfile.ZipInfo, *, again: bool = False) -> Iterator[bytes]:
        """The content to its true end: the size that the archive claims is not believed, but compared."""
        if entry.compress_type not in _BOUNDED:
            raise self.refuse("damaged", "deflate", f"{entry.compress_type}")
        claimed, found = entry.file_size, 0
        entry.file_size = MAX_UNPACKED + BLOCK
        try:
            with self.archive.open(entry) as file:
                while block := file.read(BLOCK):
                    found += len(block)
                    self.unpacked += 0 if again else len(block)
                    if self.unpacked > self.allowed:
                        raise self.refuse("too_large", f"{self.allowed} bytes", f"{self.unpacked}+")
                    yield block
        finally:
            entry.file_size = claimed
        if found != claimed:
            raise self.refuse("damaged", f"{claimed} bytes", f"{found}")

    def _hold_harmless(self, entry: zipfile.ZipInfo) -> None:
        """A part that is no XML is a picture, a macro or the like, and may hold nothing that looks like cells."""
        tail = b""
        for block in self._blocks(entry):
            if _CELLS_INSIDE.search(tail + block):
                raise self.refuse("damaged", "XML", entry.filename[:200])
            tail = block[-128:]

    def _add_up(self, entries: list[zipfile.ZipInfo], strings: list["array[int]"]) -> None:
        """The characters of all cells, exactly; only needed where the longest string times the cells is too much."""
        adding = _Adding(strings)
        for entry in entries:
            adding.begin()
            for block in self._blocks(entry, again=True):
                adding.parser.Parse(block)
                if adding.characters > MAX_CHARACTERS:
                    raise self.refuse("too_large", f"{MAX_CHARACTERS} characters", f"{adding.characters}+")


class _Part:
    """What the elements of one part come to. Cells without a reference follow the one before them."""

    def __init__(self, refuse: Refuse) -> None:
        self.refuse = refuse
        self.parser = ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._handlers: dict[str, Callable[[dict[str, str]], None]] = {
            "sheetData": self._sheet, "si": self._string, "sst": self._table,
        }  # fmt: skip
        self.cells = self.rows = self.references = 0
        self.strings: array[int] = array("I")
        self._row = self._column = self._width = self._height = self._length = 0

    def check(self, area: int) -> int:
        """The area that the cells span, from the first row and column on; refused where all areas are too much."""
        own = max(self._width * self._height, self.cells)
        if area + own > MAX_CELLS or len(self.strings) > MAX_CELLS:
            raise self.refuse("too_large", f"{MAX_CELLS} cells", f"{max(area + own, len(self.strings))}")
        if self.rows > MAX_ROW or self._height > MAX_ROW or self._width > MAX_COLUMN:
            found = f"{max(self.rows, self._height)} x {self._width}"
            raise self.refuse("too_large", f"{MAX_ROW} x {MAX_COLUMN}", found)
        return own

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _PASSED_OVER:
            return
        handler = self._handlers.get(name) or self._handlers.get(name.rpartition(":")[2])
        if handler is not None:
            handler(attributes)

    def _refuse_doctype(self, *_: object) -> None:
        raise self.refuse("damaged", "no document type", "DOCTYPE")

    def _sheet(self, _: dict[str, str]) -> None:
        self._handlers |= {"row": self._begin_row, "c": self._cell}
        self._row = self._column = 0

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self.rows += 1
        self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        # Called for every cell of a workbook.
        self.cells += 1
        reference = attributes.get("r")
        if reference is None:
            self._column = column = self._column + 1
            row = self._row
        else:
            letters = reference.rstrip("0123456789")
            row = int(reference[len(letters) :] or 0)
            self._column = column = _column(letters)
            if not 0 < row < MAX_CELLS or not column:
                raise self.refuse("too_large", f"{MAX_ROW} x {MAX_COLUMN}", reference[:40])
        if column > self._width or row > self._height:
            self._width, self._height = max(self._width, column), max(self._height, row)
        if attributes.get("t") == "s":
            self.references += 1

    def _table(self, attributes: dict[str, str]) -> None:
        # Room is made for as many strings as the part claims to hold.
        claimed = max(_number(attributes.get(name, "0")) for name in ("count", "uniqueCount"))
        if claimed > MAX_CELLS:
            raise self.refuse("too_large", f"{MAX_CELLS} cells", f"{claimed}")

    def _string(self, _: dict[str, str]) -> None:
        self._length = 0
        self.parser.CharacterDataHandler = self._text
        self.parser.EndElementHandler = self._end

    def _text(self, text: str) -> None:
        self._length += len(text)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "si":
            self.strings.append(self._length)
            self.parser.CharacterDataHandler = self.parser.EndElementHandler = None


class _Adding:
    """The characters of shared strings, added up over the cells that refer to them."""

    def __init__(self, strings: list["array[int]"]) -> None:
        self._strings = strings
        self.characters = 0
        self._shared = self._inside = False
        self._index = ""

    def begin(self) -> None:
        """A further part."""
        self.parser = ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._shared = attributes.get("t") == "s"
        self._inside, self._index = self._shared and tag == "v", ""

    def _text(self, text: str) -> None:
        if self._inside and len(self._index) < 20:
            self._index += text

    def _end(self, name: str) -> None:
        if self._inside:
            index = int(self._index) if self._index.strip().isdecimal() else -1
            self.characters += max((own[index] for own in self._strings if 0 <= index < len(own)), default=0)
        self._inside = False


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    """The number of a column; 0 where the letters are those of none."""
    number = 0
    for letter in letters.upper() if len(letters) <= 7 and letters.isascii() and letters.isalpha() else "":
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str) -> int:
    """A count as written; what is none counts as too many."""
    return int(text) if text.isascii() and text.strip().isdecimal() and len(text) < 20 else MAX_CELLS + 1
