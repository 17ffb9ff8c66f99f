"""Files of subjects, whatever they are written in: bytes to Arrow batches, problems located.

Reach for `read_batches` to screen a file, for `read` to look at its subjects one by one. The format is recognized by
content. A row that cannot be used goes to the rejects with its reason and the rest goes on; a file that cannot be used
at all is an `InputError`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from tahaluf.domain import Kind, Subject
from tahaluf.messages.content import read_head
from tahaluf.messages.formats import format_of
from tahaluf.messages.rejects import ColumnsRead, Rejection, RejectSink, render_rejects
from tahaluf.messages.request import Request
from tahaluf.messages.schema import SUBJECT_SCHEMA, batch_of, subjects_of
from tahaluf.messages.table.blocks import BLOCK_ROWS
from tahaluf.messages.table.dates import is_hijri, parse_birth_date
from tahaluf.messages.table.names import is_name
from tahaluf.messages.table.read import read_table
from tahaluf.messages.table.recognize import READABLE
from tahaluf.messages.table.values import parse_countries

__all__ = [
    "BLOCK_ROWS", "READABLE", "SUBJECT_SCHEMA", "ColumnsRead", "RejectSink", "Rejection", "batch_of",
    "is_hijri", "is_name", "parse_birth_date", "parse_countries", "read", "read_batches", "render_rejects",
    "subjects_of",
]  # fmt: skip


def read_batches(
    path: str | Path,
    *,
    mapping: Mapping[str, str] | None = None,
    kind: Kind | None = None,
    batch_size: int = BLOCK_ROWS,
    rejects: RejectSink | None = None,
) -> Iterator[pa.RecordBatch]:
    """Batches in `SUBJECT_SCHEMA`, in the order of the file, of at most `batch_size` rows and at most `BLOCK_ROWS`.

    `mapping` gives headings (or column numbers from 1) for roles; `kind` is that of rows that state none: without it
    they are people where they have what only people have (`table.kinds`), else of no known kind. What is not understood
    is in `rejects` before the batch that it belongs to arrives, and so is what columns were taken for. Raises
    InputError where the file is refused.
    """
    request = Request(Path(path), mapping, kind, RejectSink() if rejects is None else rejects)
    for batch in _read(request):
        if rejects is None:
            request.rejects.take()
        if batch.num_rows <= batch_size:
            yield batch
            continue
        for start in range(0, batch.num_rows, batch_size):
            yield batch.slice(start, batch_size)


def _read(request: Request) -> Iterator[pa.RecordBatch]:
    form = format_of(read_head(request.path, READABLE))
    return read_table(request) if form is None else form.read(request)


def read(path: str | Path, *, mapping: Mapping[str, str] | None = None, kind: Kind | None = None) -> Iterator[Subject]:
    """The subjects of a file, one by one; rows that cannot be used are passed over (`read_batches` reports them)."""
    for batch in read_batches(path, mapping=mapping, kind=kind):
        yield from subjects_of(batch, str(path))
