"""One screening run from the options to the summary: read, screen, write, commit, batch by batch."""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tahaluf.cli.against import indexes_for, report_incomplete
from tahaluf.cli.cache import file_digest
from tahaluf.cli.finish import finish
from tahaluf.cli.firstuse import announce_compiling
from tahaluf.cli.journal import Journal, Progress
from tahaluf.cli.order import Order
from tahaluf.cli.outcomes import write_outcomes
from tahaluf.cli.progress import progress_bar
from tahaluf.cli.reading import Told, read_pieces
from tahaluf.cli.reporting import report_run
from tahaluf.cli.summary import DONE, DONE_WITH_PROBLEMS, Clock, Problems, summary
from tahaluf.cli.workers import Piece, Work, open_once, screen_pieces
from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages import READABLE, render_rejects
from tahaluf.prose.problems import describe_found
from tahaluf.screening.export import Lines, output_format

if TYPE_CHECKING:
    from tahaluf.screening import Screener

LINES = (".jsonl", ".ndjson", ".json")
MANY_OBJECTS = 1_000_000


def run_screening(order: Order) -> int:
    """Screens a file and prints the summary; the exit code."""
    clock, problems, told = Clock(), Problems(), Told()
    done = screen_file(order, told, clock, problems)
    click.echo(summary(order, done, clock, told))
    troubled = done.rejected or done.noted or problems.count or told.unscreened
    return DONE_WITH_PROBLEMS if troubled else DONE


def screen_file(order: Order, told: Told, clock: Clock | None = None, problems: Problems | None = None) -> Progress:
    """Screens a file into `order.out`; what was done, the part of an earlier run included."""
    _check_places(order)
    clock, problems = clock or Clock(), problems or Problems()
    with indexes_for(order.against, problems, cached=not order.no_cache) as indexes:
        for path in indexes:
            report_incomplete(path, open_once(path).datasets, order.against, problems)
        problems.close()
        journal = Journal(order.paths, _task(order, indexes), resume=order.resume)
        if not journal.progress.complete:
            announce_compiling()
            open_once(indexes[0]).prepare()
            with _settled():
                _screen_all(order, indexes, journal, clock, told)
        report = partial(_report, order, journal.progress, [open_once(path) for path in indexes], told)
        finish(journal, output_format(order.out), report)
    return journal.progress


def _report(order: Order, done: Progress, screeners: list["Screener"], told: Told, hits: Path, rejects: Path) -> None:
    report_run(order, done, screeners, hits, rejects, warnings=told.said)
    told.outcomes = write_outcomes(order, hits)


def _check_places(order: Order) -> None:
    output_format(order.out)
    if order.outcomes is not None and order.outcomes.suffix.lower() not in LINES:
        found = order.outcomes.suffix
        raise InputError(Problem("screening.hits.suffix", Where(str(order.outcomes)), " ".join(LINES), found))
    if order.subjects.is_dir():
        raise InputError(Problem("cli.subjects.folder", Where(str(order.subjects)), READABLE))
    if not order.subjects.exists():
        raise InputError(Problem("cli.subjects.missing", Where(str(order.subjects))))
    written = [order.paths.out, order.paths.rejects, *([order.report] if order.report else []), order.outcomes_path]
    for folder in {path.parent for path in written}:
        if not folder.is_dir():
            raise InputError(Problem("cli.out.folder", Where(str(folder))))
        if not os.access(folder, os.W_OK):
            raise InputError(Problem("cli.out.denied", Where(str(folder))))
    places = [order.subjects, *written]
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
        "threshold": screeners[0].default_threshold if order.threshold is None else order.threshold,
        "mapping": order.mapping,
        "kind": order.kind,
        "batch_size": order.batch_size,
    }


@contextmanager
def _settled() -> Iterator[None]:
    """The search for garbage leaves out what is open by now, and comes once in several batches: it would walk the
    index's tables and each batch's hits over and over."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(MANY_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _screen_all(order: Order, indexes: tuple[Path, ...], journal: Journal, clock: Clock, told: Told) -> None:
    work = Work(indexes, order.top, order.threshold, order.engine, order.workers)
    start = journal.progress
    began = time.perf_counter()
    try:
        with progress_bar(order.subjects, start.subjects) as advance:
            for piece, found in screen_pieces(work, read_pieces(order, told, skip=start.batches)):
                _commit(journal, piece, found)
                clock.screening = time.perf_counter() - began
                clock.subjects += len(found.counts)
                advance(len(found.counts))
        journal.commit(replace(journal.progress, complete=True))
    finally:
        journal.close()


def _commit(journal: Journal, piece: Piece, found: Lines) -> None:
    before = journal.progress
    heading = before.rejects_bytes == 0 and bool(piece.rejections)
    lines = render_rejects(piece.rejections, heading=heading, sentence=describe_found)
    rejects = lines.encode("utf-8-sig" if heading else "utf-8")
    hits_bytes, rejects_bytes = journal.write(found.data, rejects)
    # A row may have several problems; it is one row all the same.
    rejected = len({one.concerns for one in piece.rejections if not one.screened})
    noted = sum(one.screened for one in piece.rejections)
    journal.commit(
        Progress(
            batches=before.batches + 1,
            hits_bytes=hits_bytes,
            rejects_bytes=rejects_bytes,
            subjects=before.subjects + len(found.counts),
            hits=before.hits + sum(found.counts),
            flagged=before.flagged + sum(map(bool, found.counts)),
            rejected=before.rejected + rejected,
            noted=before.noted + noted,
        )
    )
