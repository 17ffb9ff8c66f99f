"""A register file, in any of the table formats, to rows under its headings."""

import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.content import open_binary
from tahaluf.messages.documents.columns import Columns, find_columns, settle_columns
from tahaluf.messages.rejects import RejectSink
from tahaluf.messages.table import jsonlines, workbook
from tahaluf.messages.table.blocks import MAX_CELL, Block
from tahaluf.messages.table.delimited import read_delimited
from tahaluf.messages.table.encoding import detect_encoding, file_blocks
from tahaluf.messages.table.headings import HEAD_ROWS
from tahaluf.messages.table.recognize import Format, recognize
from tahaluf.messages.table.textlines import BadLine

FORMATS = "CSV, TSV, XLSX, JSON lines"
MOST_HEADINGS = 300


class Row(NamedTuple):
    """One row: the texts of its columns by role (`register` in the headings), its line, the whole as text, and its
    numbers, each with the type of document that the heading says, or none."""

    values: dict[str, str]
    line: int
    text: str
    numbers: tuple[tuple[str, str], ...]


def read_rows(path: Path, rejects: RejectSink) -> Iterator[Row]:
    """The rows below the headings; InputError where the file is no table or none of its columns holds numbers."""
    name = str(path)
    form, head = recognize(path)
    if form not in (Format.DELIMITED, Format.JSON_LINES, Format.WORKBOOK):
        raise InputError(Problem("messages.register.format", Where(name), FORMATS, form.value))
    bad: list[BadLine] = []
    columns = Columns({}, {})
    header: tuple[str, ...] | None = None
    told: set[str] = set()
    try:
        for block in _blocks(path, form, head, bad, rejects):
            _report_bad(bad, name, rejects)
            first = 0
            if block.header is not None and block.header != header:
                header = block.header
                columns = settle_columns(header, block.rows, name, rejects, told)
            elif block.header is None and not columns.numbers and any(map(any, block.rows)):
                first = _find_headings(block)
                columns = (
                    settle_columns(block.rows[first - 1], block.rows[first:], name, rejects, told) if first else columns
                )
            if columns.numbers:
                yield from _rows(block, first, columns)
            elif any(map(any, block.rows)):
                found = ", ".join(block.header or block.rows[0])[:MOST_HEADINGS]
                raise InputError(Problem("messages.register.no_number", Where(name, 1), "number", found))
    except (OSError, EOFError, zlib.error) as broken:
        raise InputError(Problem("messages.table.damaged", Where(name), "a whole file", str(broken))) from broken
    _report_bad(bad, name, rejects)


def _blocks(path: Path, form: Format, head: bytes, bad: list[BadLine], rejects: RejectSink) -> Iterator[Block]:
    if form is Format.WORKBOOK:
        yield from workbook.read_workbook(path, rejects)
        return
    with closing(open_binary(path)) as file:
        encoding = detect_encoding(head, file_blocks(file))
    with closing(open_binary(path)) as file:
        content = file_blocks(file)
        if form is Format.JSON_LINES:
            yield from jsonlines.read_json_lines(jsonlines.objects(content, encoding, bad), str(path), rejects)
        else:
            yield from read_delimited(content, encoding, bad)


def _find_headings(block: Block) -> int:
    """How many rows there are up to and with the headings; 0 where there are none."""
    return next((at + 1 for at, row in enumerate(block.rows[:HEAD_ROWS]) if find_columns(row).numbers), 0)


def _rows(block: Block, first: int, columns: Columns) -> Iterator[Row]:
    for cells, line, text in list(zip(block.rows, block.lines, block.texts, strict=True))[first:]:
        values = {
            role: value for column, role in columns.roles.items()
            if column < len(cells) and (value := " ".join(cells[column][:MAX_CELL].split()))
        }  # fmt: skip
        numbers = tuple(
            (kind, value) for column, kind in columns.numbers.items()
            if column < len(cells) and (value := cells[column][:MAX_CELL].strip())
        )  # fmt: skip
        if values or numbers or any(map(str.strip, cells)):
            yield Row(values, line, text, numbers)


def _report_bad(bad: list[BadLine], name: str, rejects: RejectSink) -> None:
    for line in bad:
        problem = Problem(line.code, Where(name, line.line, line.field), line.expected, line.found)
        rejects.reject(problem, line.text)
    bad.clear()
