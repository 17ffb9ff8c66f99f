"""The job that screens a file: reads it in pieces, screens them ahead of storing, goes on where it was killed.

The index that the first run found is the one that every later run of the same screening uses.
"""

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from django.utils import timezone

from tahaluf.domain import Hit, InputError, Problem
from tahaluf.prose.columns import describe_columns
from tahaluf.prose.i18n import speaking
from tahaluf.screening import Screener
from tahaluf.screening.engines.local import screen_batches
from tahaluf.screening.engines.ports import Run
from tahaluf.web.catalogue import engine
from tahaluf.web.common.audit.services import record
from tahaluf.web.common.jobs.models import Job, JobState
from tahaluf.web.common.jobs.running import Running
from tahaluf.web.common.plain import plain_problem, problem_of
from tahaluf.web.review.screenings import places
from tahaluf.web.review.screenings.deepening import FIRST, deepen
from tahaluf.web.review.screenings.reading import Piece, Source, source_of
from tahaluf.web.review.screenings.recognizing import called
from tahaluf.web.review.screenings.results import ResultFiles
from tahaluf.web.review.screenings.scores import floor_of
from tahaluf.web.review.screenings.storing import Storing
from tahaluf.web.review.tables.screenings import Screening, ScreeningState

Rows = list[list[Hit]]
KIND = "review.screening"
THREADS = 2
# Between two transactions on SQLite, so that whoever waits for its one lock gets it (it is not fair).
PAUSE_SECONDS = 0.01
COUNT_EVERY = 20
OPEN = (ScreeningState.QUEUED, ScreeningState.RUNNING)


def screen_file(running: Running) -> dict[str, Any] | None:
    """The handler: may be killed anywhere and called again with the same payload."""
    screening = Screening.objects.select_related("purpose", "edition").get(pk=running.payload["screening"])
    if screening.state not in OPEN:
        return None
    screener = _begin(running, screening)
    if screening.total_rows is None:
        _count(running, screening)
    files = _open_files(screening)
    source = source_of(screening)
    try:
        with speaking(str(running.payload.get("language", "en"))):
            _screen(Storing(running, screening, files), source, screener)
    finally:
        files.close()
    _finish(running, screening, source)
    return {"rows": screening.done_rows, "alerts": screening.alerts_made}


def ended(job: Job) -> None:
    """What becomes of the screening when its job is over, whatever ended it; within the transaction that ends it."""
    states = {JobState.FAILED: ScreeningState.FAILED, JobState.CANCELLED: ScreeningState.CANCELLED}
    if (state := states.get(JobState(job.state))) is None:
        return
    still_open = Screening.objects.filter(pk=job.payload["screening"], state__in=OPEN)
    changed = still_open.update(state=state, problem=_called(job), finished_at=timezone.now())
    if changed:
        record(None, f"screening.{state}", ("screening", job.payload["screening"]))


def _called(job: Job) -> dict[str, Any] | None:
    """The problem that ended it, with the file's own name in place of where it is kept."""
    if job.problem is None:
        return None
    title = Screening.objects.values_list("title", flat=True).get(pk=job.payload["screening"])
    return plain_problem(called(problem_of(job.problem), title))


def _begin(running: Running, screening: Screening) -> Screener:
    """Pins the index on the first run; opens the one that was pinned on every other."""
    if screening.index_id:
        if screening.edition is None:
            raise InputError(Problem("web.screening.edition_gone", found=screening.index_id))
        return engine.opened(screening.edition)
    edition, screener = engine.current()
    changes = {
        "state": ScreeningState.RUNNING,
        "edition": edition,
        "index_id": screener.index_id,
        "engine": screener.engine_version,
        "versions": edition.versions,
        "floor": floor_of(screening.threshold),
        "hits_file": f"{places.folder_of(screening)}/{places.HITS}",
        "rejects_file": f"{places.folder_of(screening)}/{places.REJECTS}",
        "started_at": timezone.now(),
    }
    with transaction.atomic():
        running.hold()
        Screening.objects.filter(pk=screening.pk).update(**changes)
        details = {"index": screener.index_id, "engine": screener.engine_version, "versions": edition.versions}
        record(None, "screening.begun", ("screening", screening.pk), **details)
    for name, value in changes.items():
        setattr(screening, name, value)
    return screener


def _count(running: Running, screening: Screening) -> None:
    """Reads the file once through: how many rows there are to come, and whether it can be read to its end."""
    rows = 0
    for number, piece in enumerate(source_of(screening).pieces()):
        rows += piece.batch.num_rows
        if number % COUNT_EVERY == 0:
            running.step(0, None)
    with transaction.atomic():
        running.hold()
        Screening.objects.filter(pk=screening.pk).update(total_rows=rows)
    screening.total_rows = rows


def _open_files(screening: Screening) -> ResultFiles:
    places.make_folder(screening)
    hits, rejects = places.data_path(screening.hits_file), places.data_path(screening.rejects_file)
    return ResultFiles(hits, screening.result_bytes, rejects, screening.rejects_bytes)


def _screen(storing: Storing, source: Source, screener: Screener) -> None:
    screening = storing.screening
    pieces = (piece for number, piece in enumerate(source.pieces()) if number >= screening.done_batches)
    for piece, found in _ahead(pieces, screener, screening.floor or screening.threshold):
        storing.running.step(screening.done_rows, screening.total_rows)
        storing.store(piece, deepen(screener, piece.batch, found, screening.threshold))
        if connection.vendor == "sqlite":
            time.sleep(PAUSE_SECONDS)
    storing.running.step(screening.done_rows, screening.total_rows)


def _ahead(pieces: Iterator[Piece], screener: Screener, floor: float) -> Iterator[tuple[Piece, list[list[Hit]]]]:
    """Each piece with its hits; a few are screened by other threads while one is stored by this."""
    waiting: deque[Piece] = deque()

    def batches() -> Iterator[pa.RecordBatch]:
        for piece in pieces:
            waiting.append(piece)
            yield piece.batch

    run: Run[list[list[Hit]]] = Run(lambda _folder: screener, Path(), FIRST, floor)
    for rows in screen_batches(run, batches(), workers=THREADS):
        yield waiting.popleft(), rows


def _finish(running: Running, screening: Screening, source: Source) -> None:
    columns = source.sink.columns
    changes: dict[str, Any] = {
        "state": ScreeningState.DONE,
        "finished_at": timezone.now(),
        "warnings": [plain_problem(called(problem, screening.title)) for problem in source.sink.warnings],
    }
    if columns is not None:
        changes["columns"] = {"roles": columns.roles, "unused": columns.unused, "told": describe_columns(columns)}
    with transaction.atomic():
        running.hold()
        Screening.objects.filter(pk=screening.pk).update(**changes)
        counts = {"rows": screening.done_rows, "flagged": screening.flagged, "alerts": screening.alerts_made}
        record(None, "screening.done", ("screening", screening.pk), **counts, rejected=screening.rejected)
