"""A piece of a file and its hits, stored whole or not at all: files first, then the database in one transaction.

What stands in the files behind the lengths that the database knows is of a piece that was not stored; a run that goes
on cuts it off. So a piece counts once, wherever a run is killed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db import transaction

from tahaluf.domain import Hit, Subject
from tahaluf.messages import render_rejects, subjects_of
from tahaluf.prose.problems import describe_found
from tahaluf.screening.export import render_hits
from tahaluf.web.common.jobs.running import Running
from tahaluf.web.review.alerts.services import Row, raise_alerts
from tahaluf.web.review.screenings.deepening import told_of_cut
from tahaluf.web.review.screenings.reading import Piece
from tahaluf.web.review.screenings.results import ResultFiles
from tahaluf.web.review.screenings.scores import add_bins, count_best
from tahaluf.web.review.tables.screenings import Screening


@dataclass(slots=True)
class Storing:
    """What stores the pieces of one run."""

    running: Running
    screening: Screening
    files: ResultFiles

    def store(self, piece: Piece, found: Sequence[Sequence[Hit]]) -> None:
        """`found`: the hits of each subject of the piece, down to the floor of the counting."""
        screening = self.screening
        hits = [[hit for hit in hits if hit.score >= screening.threshold] for hits in found]
        lengths = self.files.write(render_hits(hit for row in hits for hit in row), self._rejects(piece))
        changes = _counted(screening, piece, hits)
        changes |= {"result_bytes": lengths[0], "rejects_bytes": lengths[1]}
        changes["scores"] = add_bins(screening.scores, count_best(found))
        with transaction.atomic():
            self.running.hold()
            raised = raise_alerts(screening, alert_rows(piece.batch, hits, piece.first))
            changes["alerts_made"] = screening.alerts_made + raised.alerts
            changes["exempted"] = screening.exempted + raised.exempted
            Screening.objects.filter(pk=screening.pk).update(**changes)
        for name, value in changes.items():
            setattr(screening, name, value)

    def _rejects(self, piece: Piece) -> bytes:
        heading = self.screening.rejects_bytes == 0 and bool(piece.rejections)
        lines = render_rejects(piece.rejections, heading=heading, sentence=describe_found)
        return lines.encode("utf-8-sig" if heading else "utf-8")


def alert_rows(batch: pa.RecordBatch, hits: Sequence[Sequence[Hit]], first: int) -> list[Row]:
    """The subjects with hits, each with its place in the file."""
    flagged = [number for number, its in enumerate(hits) if its]
    if not flagged:
        return []
    subjects = subjects_of(batch.take(pa.array(flagged, pa.int64())))
    return [
        Row(first + number, subject, hits[number], place_of(subject), told_of_cut(hits[number]))
        for number, subject in zip(flagged, subjects, strict=True)
    ]


def place_of(subject: Subject) -> dict[str, Any]:
    """Where in its file a subject stands, and in what role: what is known of it."""
    where = subject.where
    told = {
        "line": where and where.line,
        "message": where and where.message,
        "segment": where and where.segment,
        "field": where and where.field,
        "unit": subject.unit,
        "role": subject.role and subject.role.value,
        "id": subject.id,
    }
    return {name: value for name, value in told.items() if value is not None}


def _counted(screening: Screening, piece: Piece, hits: Sequence[Sequence[Hit]]) -> dict[str, Any]:
    # A row may have several problems; it is one row all the same.
    rejected = {found.concerns for found in piece.rejections if not found.screened}
    return {
        "done_batches": screening.done_batches + 1,
        "done_rows": screening.done_rows + piece.batch.num_rows,
        "hits": screening.hits + sum(map(len, hits)),
        "flagged": screening.flagged + sum(map(bool, hits)),
        "rejected": screening.rejected + len(rejected),
        "noted": screening.noted + sum(found.screened for found in piece.rejections),
    }
