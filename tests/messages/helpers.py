"""Short ways to write a subject file and to read it back."""

from pathlib import Path
from typing import Any

from tahaluf.messages import Rejection, RejectSink, read_batches


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
