"""Bytes of a list file, whether gzipped or not, within bounds; and bytes to text without ever losing a byte silently.

Guarantees: at most `limits.total` bytes come out of a file, and a gzip bomb (much out of little) is refused early.
"""

import codecs
import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from tahaluf.domain import InputError, Problem, Where
from tahaluf.lists.reading import Ledger

CHUNK = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a list file may hold, in bytes; `ratio` bounds what gzip may unpack beyond `ratio_free`."""

    total: int = 4 << 30
    ratio: int = 300
    ratio_free: int = 64 << 20
    entry: int = 8 << 20


LIMITS = Limits()


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked if gzipped; InputError where it cannot be opened."""
    try:
        with path.open("rb") as raw:
            if raw.read(2) == GZIP_MAGIC:
                raw.seek(0)
                with gzip.GzipFile(fileobj=raw, mode="rb") as packed:
                    yield cast(IO[bytes], packed)
            else:
                raw.seek(0)
                yield raw
    except OSError as error:
        raise InputError(Problem("lists.file.unreadable", Where(file=str(path)), found=type(error).__name__)) from error


def read_chunks(path: Path, ledger: Ledger, limits: Limits = LIMITS) -> Iterator[bytes]:
    """The file in chunks; a gzip stream that breaks off is reported and ends the reading as incomplete."""
    with open_bytes(path) as stream:
        packed_size = path.stat().st_size
        total = 0
        while True:
            try:
                chunk = stream.read(CHUNK)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                ledger.report("lists.gzip.broken", "a whole gzip stream", type(error).__name__)
                return
            if not chunk:
                return
            total += len(chunk)
            if total > limits.total or (total > limits.ratio_free and total > packed_size * limits.ratio):
                raise ledger.refuse("lists.file.too-large", f"{limits.total}", f"{total}")
            yield chunk


def read_head(path: Path, size: int = 8192) -> bytes:
    """The first bytes, for recognizing a format."""
    with open_bytes(path) as stream:
        try:
            return stream.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            problem = Problem("lists.gzip.broken", Where(file=str(path)), "a whole gzip stream", type(error).__name__)
            raise InputError(problem) from error


DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
ENCODINGS = {
    "utf-8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "utf-16": "utf-16", "iso-8859-1": "latin-1",
    "windows-1252": "cp1252", "windows-1256": "cp1256",
}  # fmt: skip


class Decoder:
    """Bytes to text in the encoding that the file declares; a byte that is not of it stands as Latin-1 and is
    counted."""

    def __init__(self, head: bytes) -> None:
        self.repaired = 0
        self._decoder = codecs.getincrementaldecoder(choose_encoding(head))(errors="strict")

    def decode(self, chunk: bytes, final: bool = False) -> str:
        state = self._decoder.getstate()
        try:
            return self._decoder.decode(chunk, final)
        except UnicodeDecodeError:
            self._decoder.setstate(state)
            return self._repair(chunk, final)

    def _repair(self, chunk: bytes, final: bool) -> str:
        pending, _ = self._decoder.getstate()
        self._decoder.reset()
        out: list[str] = []
        data = pending + chunk
        while data:
            try:
                out.append(self._decoder.decode(data, final))
                break
            except UnicodeDecodeError as error:
                self._decoder.reset()
                bad = data[error.start : error.end]
                out.append(data[: error.start].decode(error.encoding, "replace") + bad.decode("latin-1"))
                self.repaired += len(bad)
                data = data[error.end :]
        return "".join(out)


def choose_encoding(head: bytes) -> str:
    """By byte order mark, by XML declaration, else UTF-8."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    declared = DECLARED.match(head)
    return ENCODINGS.get(declared[1].decode().lower(), "utf-8") if declared else "utf-8"


def read_text(path: Path, ledger: Ledger) -> Iterator[str]:
    """The file as text, in chunks; bytes that do not belong to its encoding are kept as Latin-1 and reported at the
    end."""
    decoder: Decoder | None = None
    for chunk in read_chunks(path, ledger):
        if decoder is None:
            decoder = Decoder(chunk)
        yield decoder.decode(chunk)
    if decoder is not None:
        tail = decoder.decode(b"", final=True)
        if tail:
            yield tail
        if decoder.repaired:
            ledger.report("lists.encoding.repaired", "valid text", f"{decoder.repaired}")


def read_lines(path: Path, ledger: Ledger, limits: Limits = LIMITS) -> Iterator[bytes]:
    """Physical lines with their ends, as bytes; a line beyond `limits.entry` stops the reading with a problem."""
    rest: list[bytes] = []
    size = 0
    for chunk in read_chunks(path, ledger, limits):
        lines = chunk.split(b"\n")
        for line in lines[:-1]:
            yield b"".join(rest) + line + b"\n" if rest else line + b"\n"
            rest, size = [], 0
        rest.append(lines[-1])
        size += len(lines[-1])
        if size > limits.entry:
            ledger.report("lists.entry.too-large", f"{limits.entry}", f"{size}")
            return
    last = b"".join(rest)
    if last:
        yield last
