"""One screening run from the options to the summary: read, screen, write, commit, batch by batch."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from tahaluf.cli.against import file_digest, indexes_for
from tahaluf.cli.finish import finish
from tahaluf.cli.journal import Journal, Progress
from tahaluf.cli.options import parse_kind
from tahaluf.cli.order import Order
from tahaluf.cli.progress import progress_bar
from tahaluf.cli.summary import DONE, DONE_WITH_PROBLEMS, Clock, Problems, summary
from tahaluf.cli.workers import Piece, Work, open_once, screen_pieces
from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages import SUBJECT_SCHEMA, RejectSink, read_batches, render_rejects
from tahaluf.screening.engines.ports import Rows
from tahaluf.screening.export import output_format, render_hits


def run_screening(order: Order) -> int:
    """Screens a file and prints the summary; the exit code."""
    clock, problems = Clock(), Problems()
    done = screen_file(order, clock, problems)
    click.echo(summary(order, done, clock))
    return DONE_WITH_PROBLEMS if done.rejected or done.noted or problems.count else DONE


def screen_file(order: Order, clock: Clock | None = None, problems: Problems | None = None) -> Progress:
    """Screens a file into `order.out`; what was done, the part of an earlier run included."""
    _check_places(order)
    clock, problems = clock or Clock(), problems or Problems()
    with indexes_for(order.against, problems, cached=not order.no_cache) as indexes:
        problems.close()
        journal = Journal(order.paths, _task(order, indexes), resume=order.resume)
        if not journal.progress.complete:
            _screen_all(order, indexes, journal, clock)
        finish(journal, output_format(order.out))
    return journal.progress


def _check_places(order: Order) -> None:
    output_format(order.out)
    if not order.subjects.is_file():
        raise InputError(Problem("cli.subjects.missing", Where(str(order.subjects))))
    if not order.out.parent.is_dir():
        raise InputError(Problem("cli.out.folder", Where(str(order.out.parent))))
    places = [order.subjects, order.paths.out, order.paths.rejects]
    if len({place.resolve() for place in places}) < len(places):
        raise InputError(Problem("cli.out.same", Where(str(order.out))))


def _task(order: Order, indexes: tuple[Path, ...]) -> dict[str, Any]:
    """All that the result depends on, so that another task's journal is told apart."""
    screeners = [open_once(path) for path in indexes]
    return {
        "subjects": file_digest([order.subjects]),
        "indexes": [screener.index_id for screener in screeners],
        "engine": [screener.engine_version for screener in screeners],
        "top": order.top,
        "threshold": order.threshold,
        "mapping": order.mapping,
        "kind": order.kind,
        "batch_size": order.batch_size,
    }


def _screen_all(order: Order, indexes: tuple[Path, ...], journal: Journal, clock: Clock) -> None:
    work = Work(indexes, order.top, order.threshold, order.engine, order.workers)
    start = journal.progress
    began = time.perf_counter()
    try:
        with progress_bar(order.subjects, start.subjects) as advance:
            for piece, rows in screen_pieces(work, _pieces(order, skip=start.batches)):
                _commit(journal, piece, rows)
                clock.screening = time.perf_counter() - began
                clock.subjects += len(rows)
                advance(len(rows))
        journal.commit(replace(journal.progress, complete=True))
    finally:
        journal.close()


def _pieces(order: Order, *, skip: int) -> Iterator[Piece]:
    """Batches with what was rejected on the way to each; the first `skip` are read and passed over."""
    sink = RejectSink()
    mapping, kind = order.mapping or None, parse_kind(order.kind)
    batches = read_batches(order.subjects, mapping=mapping, kind=kind, batch_size=order.batch_size, rejects=sink)
    number = 0
    for number, batch in enumerate(batches, start=1):
        rejections = sink.take()
        if number > skip:
            yield Piece(batch, rejections)
    rejections = sink.take()
    if rejections and number + 1 > skip:
        yield Piece(pa.RecordBatch.from_pylist([], schema=SUBJECT_SCHEMA), rejections)


def _commit(journal: Journal, piece: Piece, rows: Rows) -> None:
    before = journal.progress
    heading = before.rejects_bytes == 0 and bool(piece.rejections)
    rejects = render_rejects(piece.rejections, heading=heading).encode("utf-8-sig" if heading else "utf-8")
    hits_bytes, rejects_bytes = journal.write(b"".join(map(render_hits, rows)), rejects)
    rejected = sum(not rejection.screened for rejection in piece.rejections)
    journal.commit(
        Progress(
            batches=before.batches + 1,
            hits_bytes=hits_bytes,
            rejects_bytes=rejects_bytes,
            subjects=before.subjects + len(rows),
            hits=before.hits + sum(map(len, rows)),
            flagged=before.flagged + sum(map(bool, rows)),
            rejected=before.rejected + rejected,
            noted=before.noted + len(piece.rejections) - rejected,
        )
    )
