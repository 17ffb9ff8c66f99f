"""Tables to take away: XLSX and CSV, written row by row; whatever stands in a cell, no program runs it.

with Sheet(path, _("Queue"), columns, language="ar") as sheet:
    for alert in alerts: sheet.write([alert.caption, alert.score, alert.due_at])
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from xlsxwriter.format import Format

# What a spreadsheet takes for the start of a formula; CSV has no types to say otherwise.
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_ROWS = 1_048_575
MOST_LETTERS = 32_767
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: text, integer, score, percent, day, moment; `width` in letters."""

    title: str
    kind: str = "text"
    width: float = 18


FORMATS = {"integer": "#,##0", "score": "0.00", "percent": "0.0%", "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}


class Sheet:
    """A workbook of one sheet, to a path or an open file; the heading stays in sight, Arabic reads from the right."""

    def __init__(self, target: Path | BinaryIO, title: str, columns: Sequence[Column], *, language: str) -> None:
        import xlsxwriter  # noqa: PLC0415 (8 MB that most requests have no use for)

        self._book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, OPTIONS)
        self._book.set_properties({"title": title, "author": "Tahaluf"})
        self._sheet = self._book.add_worksheet(_sheet_name(title))
        self._columns = columns
        self._row = 0
        turned = language == "ar"
        if turned:
            self._sheet.right_to_left()
        direction = {"reading_order": 2 if turned else 1, "align": "right" if turned else "left"}
        head = self._book.add_format({"bold": True, "bottom": 2, "text_wrap": True, **direction})
        self._formats = [self._format(column.kind) for column in columns]
        for index, column in enumerate(columns):
            self._sheet.set_column(index, index, column.width)
            self._sheet.write_string(0, index, column.title, head)
        self._sheet.freeze_panes(1, 1)
        self._sheet.repeat_rows(0)

    def write(self, values: Sequence[Any]) -> None:
        """One row; ValueError where the sheet is full."""
        if self._row >= MOST_ROWS:
            raise ValueError(f"a sheet holds {MOST_ROWS} rows")
        self._row += 1
        for index, (value, column) in enumerate(zip(values, self._columns, strict=True)):
            self._cell(self._row, index, value, column.kind)

    def __enter__(self) -> "Sheet":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 (see above)

        last = xl_col_to_name(len(self._columns) - 1)
        if self._row:
            self._sheet.autofilter(f"A1:{last}{self._row + 1}")
        self._book.close()

    def _cell(self, row: int, index: int, value: Any, kind: str) -> None:
        shape = self._formats[index]
        if value is None or value == "":
            self._sheet.write_blank(row, index, None, shape)
        elif isinstance(value, date) and kind in ("day", "moment"):
            self._sheet.write_datetime(row, index, _naive(value), shape)
        elif isinstance(value, int | float) and not isinstance(value, bool) and kind != "text":
            self._sheet.write_number(row, index, value, shape)
        else:
            self._sheet.write_string(row, index, clean(str(value)), shape)

    def _format(self, kind: str) -> "Format":
        # Reading order 0 lets each cell follow its own text.
        shape: dict[str, Any] = {"num_format": FORMATS.get(kind, "@"), "valign": "top"}
        return self._book.add_format(shape if kind in FORMATS else {**shape, "reading_order": 0})


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A CSV file in pieces, for a streamed response: UTF-8 with its mark, cells that look like formulas disarmed."""
    yield b"\xef\xbb\xbf" + _csv_line([column.title for column in columns])
    for row in rows:
        yield _csv_line(row)


def disarm(value: Any) -> str:
    """A cell's text so that no spreadsheet takes it for a formula; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else clean(str(value))
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text


def clean(text: str) -> str:
    """Without what XML cannot carry, and no longer than a cell may be."""
    kept = "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")
    kept = kept.replace("\ufffe", "").replace("\uffff", "").encode("utf-8", "replace").decode("utf-8")
    return kept if len(kept) <= MOST_LETTERS else kept[: MOST_LETTERS - 1] + "…"


def _csv_line(values: Iterable[Any]) -> bytes:
    made = _Line()
    csv.writer(made).writerow([disarm(value) for value in values])
    return made.text.encode("utf-8")


class _Line:
    text = ""

    def write(self, text: str) -> None:
        self.text += text


def _naive(value: date) -> date:
    """Spreadsheets know no time zones: times are in UTC."""
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value


def _sheet_name(title: str) -> str:
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31].strip() or "1"
