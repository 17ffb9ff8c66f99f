"""Hits as a workbook, written row by row; what does not fit on a sheet goes on the next."""

import itertools
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import xlsxwriter

from tahaluf.screening.export.flat import COLUMNS, safe_rows

SHEET_ROWS = 1_048_575
MAX_CELL = 32_000
_EPOCH = datetime.fromisoformat("2000-01-01")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(source: Path, target: Path, sheet_rows: int = SHEET_ROWS) -> None:
    """The hits of `source` (JSON lines) as sheets of at most `sheet_rows` hits."""
    with xlsxwriter.Workbook(str(target), _OPTIONS) as book:
        # A fixed date: the same hits make the same file.
        book.set_properties({"created": _EPOCH})
        rows = safe_rows(source)
        for number in itertools.count(1):
            some = list(itertools.islice(rows, 1))
            if not some and number > 1:
                break
            sheet = book.add_worksheet(f"hits {number}")
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, COLUMNS)
            _fill(sheet.write, itertools.chain(some, itertools.islice(rows, sheet_rows - 1)))


def _fill(write: Callable[[int, int, str | int | float], object], rows: Iterable[list[str | int | float]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            write(number, column, value[:MAX_CELL] if isinstance(value, str) else value)
