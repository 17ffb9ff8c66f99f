"""Short ways to write a subject file and to read it back."""

import gzip
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tahaluf.messages import Rejection, RejectSink, read_batches

HEADINGS = ["id", "name", "birth_date", "nationality"]
ROWS = [["1", "Idriss Zerouali", "1984-03-12", "Morocco"], ["2", "نادية بكار", "1990", "ml"]]


def rows_of(path: Path, **options: Any) -> list[dict[str, Any]]:
    """All rows that can be screened."""
    return [row for batch in read_batches(path, **options) for row in batch.to_pylist()]


def rows_and_rejects(path: Path, **options: Any) -> tuple[list[dict[str, Any]], list[Rejection]]:
    """The rows, and everything that was said against others."""
    sink = RejectSink()
    rows = rows_of(path, rejects=sink, **options)
    return rows, sink.take()


def write(path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    """A file with this content."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def names_of(path: Path, **options: Any) -> list[list[str]]:
    """The names of every row."""
    return [row["names"] for row in rows_of(path, **options)]


def write_xlsx(path: Path, rows: list[list[object]], sheet: str = "s") -> Path:
    """A workbook of one sheet with these rows."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_datetime(number, column, value, day)
                else:
                    page.write(number, column, value)
    return path


def make(path: Path, form: str) -> Path:
    """The same two people in any format."""
    objects = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
    if form == "csv":
        return write(path, "\n".join(",".join(row) for row in [HEADINGS, *ROWS]))
    if form == "csv.gz":
        return write(path, gzip.compress(make(path, "csv").read_bytes()))
    if form == "jsonl":
        return write(path, "\n".join(json.dumps(item) for item in objects))
    if form == "xlsx":
        return write_xlsx(path, [HEADINGS, *ROWS])
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(objects), path)
        return path
    entities = [
        {
            "id": item["id"],
            "schema": "Person",
            "properties": {
                "name": [item["name"]],
                "birthDate": [item["birth_date"]],
                "nationality": [item["nationality"]],
            },
        }
        for item in objects
    ]
    return write(path, "\n".join(json.dumps(item) for item in entities))
