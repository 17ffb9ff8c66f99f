"""What a table of subjects is, by its content; never by its name."""

import io
from enum import StrEnum
from pathlib import Path

import orjson

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.content import read_head


class Format(StrEnum):
    """The formats that can be read."""

    DELIMITED = "delimited"
    WORKBOOK = "xlsx"
    PARQUET = "parquet"
    JSON_LINES = "jsonl"
    ENTITIES = "ftm"


READABLE = "CSV, TSV, XLSX, JSON lines, Parquet, FollowTheMoney, PAXLST, PNRGOV, MRZ, ISO 20022, SWIFT MT"


def recognize(path: Path) -> tuple[Format, bytes]:
    """The format and the beginning of the content; InputError where it is nothing that can be read."""
    head = read_head(path, READABLE)
    return _by_content(path, head), head


def _by_content(path: Path, head: bytes) -> Format:
    if head.startswith(b"PK\x03\x04"):
        return Format.WORKBOOK
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return _json(text)
    for start, name in _FOREIGN.items():
        if text.startswith(start):
            raise InputError(Problem("messages.table.format", Where(str(path)), READABLE, name))
    return Format.DELIMITED


_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "XLS", b"%PDF": "PDF", b"<": "XML, HTML", b"[": "JSON array",
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"BZh": "bzip2", b"7z\xbc\xaf": "7z", b"\xfd7zXZ": "xz",
    b"SQLite format": "SQLite",
}  # fmt: skip


def _json(text: bytes) -> Format:
    line = io.BytesIO(text).readline()
    try:
        first = orjson.loads(line)
    except orjson.JSONDecodeError:
        return Format.JSON_LINES
    return Format.ENTITIES if "schema" in first and isinstance(first.get("properties"), dict) else Format.JSON_LINES
