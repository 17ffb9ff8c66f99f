"""The bytes of a file, decompressed within bounds, and its beginning, by which its format is told."""

import gzip
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from tahaluf.domain import InputError, Problem, Where

HEAD = 1 << 16


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


def read_head(path: Path, readable: str) -> bytes:
    """The first `HEAD` bytes of the content; InputError where there is none. `readable`: what is expected instead."""
    try:
        with closing(open_binary(path)) as file:
            head = file.read(HEAD)
    except (EOFError, zlib.error, gzip.BadGzipFile) as damaged:
        raise InputError(Problem("messages.table.damaged", Where(str(path)), "gzip", str(damaged))) from damaged
    except OSError as missing:
        found = missing.strerror or str(missing)
        raise InputError(Problem("messages.table.unreadable", Where(str(path)), "a file", found)) from missing
    if not head.strip():
        raise InputError(Problem("messages.table.empty", Where(str(path)), readable, ""))
    return head
