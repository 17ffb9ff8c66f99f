"""XLSX as blocks: the first sheet with names, its values (never its formulas); lines are row numbers.

The archive is measured before it is opened (`measure`): how much it holds unpacked, and what its sheets span.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.rejects import RejectSink
from tahaluf.messages.table.blocks import BLOCK_ROWS, Block
from tahaluf.messages.table.headings import HEAD_ROWS, role_of
from tahaluf.messages.table.measure import measure

_DAMAGED = (CalamineError, OSError, ValueError, OverflowError)
Cell = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(path: Path, rejects: RejectSink) -> Iterator[Block]:
    """Rows of the sheet; InputError where the file is damaged, or larger inside than anything real."""
    measure(path)
    try:
        # Not by its path: there the suffix would decide on the format.
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            name, rows = _sheet(book)
            _report_others(book, name, path, rejects)
    except BaseException as damaged:
        # The library's own faults come as PanicException, which is no Exception and cannot be imported.
        if not isinstance(damaged, _DAMAGED) and type(damaged).__name__ != "PanicException":
            raise
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


def _report_others(book: CalamineWorkbook, read: str, path: Path, rejects: RejectSink) -> None:
    for name in book.sheet_names:
        if name != read and book.get_sheet_by_name(name).height:
            rejects.warn(Problem("messages.table.sheet", Where(str(path), item=name), read, name))


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def _refused(path: Path, code: str, expected: str, found: str) -> InputError:
    return InputError(Problem(code, Where(str(path)), expected, found))
