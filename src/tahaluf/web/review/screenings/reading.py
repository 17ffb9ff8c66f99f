"""The file of a screening in pieces of at most `PIECE` subjects, the same ones in the same order at every reading.

Pieces are numbered by their order, so that a run that was killed goes on behind the last one that is stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from django.conf import settings

from tahaluf.domain import InputError, Kind, Problem
from tahaluf.messages import SUBJECT_SCHEMA, Rejection, RejectSink, read_batches
from tahaluf.web.common.reading import in_time
from tahaluf.web.review.screenings.places import data_path
from tahaluf.web.review.tables.screenings import Screening

PIECE = 500
MOST_WARNINGS = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """Some subjects and what was rejected up to the last of them; `first` is the row of the first, from 1."""

    batch: pa.RecordBatch
    rejections: list[Rejection]
    first: int


@dataclass(slots=True)
class Source:
    """What is read, and what its reader told of it as a whole."""

    path: Path
    mapping: dict[str, str]
    kind: Kind | None
    sink: RejectSink = field(default_factory=RejectSink)

    def pieces(self) -> Iterator[Piece]:
        """All pieces; InputError where the file is refused, has more rows than are taken, or takes too long to read."""
        rows = 0
        batches = read_batches(
            self.path, mapping=self.mapping or None, kind=self.kind, batch_size=PIECE, rejects=self.sink
        )
        for batch in in_time(batches, rows_of):
            rejections = self._rejections()
            if batch.num_rows or rejections:
                yield Piece(batch, rejections, rows + 1)
            rows += batch.num_rows
            check_rows(rows)
        if rejections := self._rejections():
            yield Piece(pa.RecordBatch.from_pylist([], schema=SUBJECT_SCHEMA), rejections, rows + 1)

    def _rejections(self) -> list[Rejection]:
        del self.sink.warnings[MOST_WARNINGS:]
        return self.sink.take()


def source_of(screening: Screening) -> Source:
    """The file of a screening, read as was confirmed."""
    kind = Kind(screening.kind) if screening.kind else None
    return Source(data_path(screening.file), dict(screening.mapping), kind)


def rows_of(batch: pa.RecordBatch) -> int:
    return int(batch.num_rows)


def check_rows(rows: int) -> None:
    """InputError where a file has more rows than the desk takes."""
    most = settings.ENVIRONMENT.upload_rows
    if rows > most:
        raise InputError(Problem("web.upload.rows", expected=str(most), found=f"{most}+"))
