"""What a subject file is, by its content; never by its name."""

import gzip
import io
import zlib
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

import orjson

from tahaluf.domain import InputError, Problem, Where

HEAD = 1 << 16


class Format(StrEnum):
    """The formats that can be read."""

    DELIMITED = "delimited"
    WORKBOOK = "xlsx"
    PARQUET = "parquet"
    JSON_LINES = "jsonl"
    ENTITIES = "ftm"


READABLE = "CSV, TSV, XLSX, JSON lines, Parquet, FollowTheMoney"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what gzip may unpack to, in bytes; `ratio` holds beyond `ratio_free`."""

    total: int = 16 << 30
    ratio: int = 300
    ratio_free: int = 64 << 20


LIMITS = Limits()


class _Unpacked(gzip.GzipFile):
    """A gzip file that is refused as soon as more comes out of it than is safe."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self._came = 0
        self._allowed = min(LIMITS.total, max(LIMITS.ratio_free, path.stat().st_size * LIMITS.ratio))

    def read(self, size: int | None = -1) -> bytes:
        block = super().read(size)
        self._came += len(block)
        if self._came > self._allowed:
            expected, found = f"{self._allowed} bytes", f"{self._came}+"
            raise InputError(Problem("messages.table.packed", Where(str(self.name)), expected, found))
        return block


def open_binary(path: Path) -> BinaryIO:
    """The file's bytes, decompressed within `LIMITS` where it is gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(BinaryIO, _Unpacked(path)) if packed else path.open("rb")


def recognize(path: Path) -> tuple[Format, bytes]:
    """The format and the beginning of the content; InputError where it is nothing that can be read."""
    try:
        with closing(open_binary(path)) as file:
            head = file.read(HEAD)
    except (EOFError, zlib.error, gzip.BadGzipFile) as damaged:
        raise InputError(Problem("messages.table.damaged", Where(str(path)), "gzip", str(damaged))) from damaged
    except OSError as missing:
        found = missing.strerror or str(missing)
        raise InputError(Problem("messages.table.unreadable", Where(str(path)), "a file", found)) from missing
    if not head.strip():
        raise InputError(Problem("messages.table.empty", Where(str(path)), READABLE, ""))
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
