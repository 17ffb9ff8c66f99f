"""Hits as a workbook, written row by row, every text typed as a text; what does not fit on a sheet goes on the next."""

import itertools
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from tahaluf.screening.export.flat import COLUMNS, DECIMALS, KEYS, Cell, Words, headings, safe_rows

SHEET_ROWS = 1_048_575
MAX_CELL = 32_000
# In characters; what is not named is as wide as its heading needs.
WIDTHS = {
    "query_id": 14, "subject_name": 32, "name": 32, "caption": 32, "entity_id": 16, "dataset": 12, "alignment": 60,
    "attributes": 50, "engine": 14, "index": 14, "reference": 14, "terms": 50,
}  # fmt: skip
NARROWEST = 9
_EPOCH = datetime.fromisoformat("2000-01-01")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(source: Path, target: Path, words: Words = KEYS, sheet_rows: int = SHEET_ROWS) -> None:
    """The hits of `source` (JSON lines) as sheets of at most `sheet_rows` hits, each with a filter."""
    import xlsxwriter  # noqa: PLC0415 (8 MB that a web server has no use for most of the time)

    with xlsxwriter.Workbook(str(target), _OPTIONS) as book:
        # A fixed date: the same hits make the same file.
        book.set_properties({"created": _EPOCH})
        rows = safe_rows(source, words)
        score = book.add_format({"num_format": f"0.{'0' * DECIMALS}"})
        bold = book.add_format({"bold": True})
        for number in itertools.count(1):
            some = list(itertools.islice(rows, 1))
            if not some and number > 1:
                break
            sheet = book.add_worksheet(f"hits {number}")
            _head(sheet, words, bold)
            last = _fill(sheet, itertools.chain(some, itertools.islice(rows, sheet_rows - 1)), score)
            sheet.autofilter(0, 0, last, len(COLUMNS) - 1)


def _head(sheet: Any, words: Words, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    if words.right_to_left:
        sheet.right_to_left()
    for number, (column, heading) in enumerate(zip(COLUMNS, headings(words), strict=True)):
        sheet.set_column(number, number, WIDTHS.get(column, max(NARROWEST, len(heading) + 3)))
        sheet.write_string(0, number, heading, bold)


def _fill(sheet: Any, rows: Iterable[list[Cell]], score: Any) -> int:
    """Writes rows below the headings; the number of the last."""
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value[:MAX_CELL])
            elif value is not None:
                sheet.write_number(number, column, value, score if isinstance(value, float) else None)
    return number
