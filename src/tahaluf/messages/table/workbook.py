"""XLSX as blocks: the first sheet with names, its values (never its formulas); lines are row numbers.

The archive is measured before it is opened: how much it holds unpacked, and how many cells its sheets span.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.table.blocks import BLOCK_ROWS, Block
from tahaluf.messages.table.headings import HEAD_ROWS, role_of
from tahaluf.messages.table.rejects import RejectSink

MAX_UNPACKED = 1 << 30
MAX_CELLS = 30_000_000
_CELL = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')

Cell = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(path: Path, rejects: RejectSink) -> Iterator[Block]:
    """Rows of the sheet; InputError where the file is damaged, or larger inside than anything real."""
    _measure(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            name, rows = _sheet(book)
            _report_others(book, name, rejects)
    except (CalamineError, OSError, ValueError) as damaged:
        raise _refused(path, "messages.table.damaged", "XLSX", str(damaged)[:300]) from damaged
    width = max((len(row) for row in rows), default=0)
    for start in range(0, len(rows), BLOCK_ROWS):
        part = [[_text(cell) for cell in row] for row in rows[start : start + BLOCK_ROWS]]
        part = [row + [""] * (width - len(row)) for row in part]
        lines = range(start + 1, start + 1 + len(part))
        yield Block(part, lines, ["; ".join(row).rstrip("; ") for row in part])


def _sheet(book: CalamineWorkbook) -> tuple[str, Sequence[Sequence[Cell]]]:
    """The first sheet with a heading of a name among its first rows, else the first that holds anything."""
    fallback: tuple[str, Sequence[Sequence[Cell]]] = ("", [])
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        heads = (str(cell) for row in rows[:HEAD_ROWS] for cell in row)
        if any(role_of(cell) == "name" or role_of(cell) == "family_name" for cell in heads if cell):
            return name, rows
        if rows and not fallback[1]:
            fallback = (name, rows)
    return fallback


def _report_others(book: CalamineWorkbook, read: str, rejects: RejectSink) -> None:
    for name in book.sheet_names:
        if name != read and book.get_sheet_by_name(name).height:
            rejects.note(Problem("messages.table.sheet", Where(item=name), read, name), "")


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def _measure(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise _refused(path, "messages.table.format", "XLSX", "ZIP")
            left = MAX_UNPACKED
            for entry in archive.infolist():
                left = _measure_entry(path, archive, entry, left)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as damaged:
        raise _refused(path, "messages.table.damaged", "XLSX", str(damaged)[:300]) from damaged


def _measure_entry(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Reads an entry through, so that a false size is found out; what is left of the allowance."""
    sheet = entry.filename.startswith("xl/worksheets/")
    columns = rows = 0
    tail = b""
    with archive.open(entry) as file:
        while block := file.read(1 << 20):
            left -= len(block)
            if left < 0:
                raise _refused(path, "messages.table.too_large", f"{MAX_UNPACKED} bytes", entry.filename)
            if sheet:
                for letters, number in _CELL.findall(tail + block):
                    columns = max(columns, _column(letters))
                    rows = max(rows, int(number))
                tail = block[-64:]
    if columns * rows > MAX_CELLS:
        raise _refused(path, "messages.table.too_large", f"{MAX_CELLS} cells", f"{columns} x {rows}")
    return left


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refused(path: Path, code: str, expected: str, found: str) -> InputError:
    return InputError(Problem(code, Where(str(path)), expected, found))
