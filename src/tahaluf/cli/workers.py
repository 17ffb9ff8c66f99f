"""What is done with one batch, and the engines that do it: this process, several, or a Ray cluster.

Outcomes come in the order of the batches, and a worker sends back bytes that are ready to be written: the result cannot
depend on how many workers there were.
"""

import importlib
import itertools
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import Any

import pyarrow as pa

from tahaluf.cli import engine
from tahaluf.domain import Hit, InputError, Problem
from tahaluf.messages import Rejection
from tahaluf.screening.export import render_hits

AHEAD = 2
# Starting processes takes longer than screening this many batches.
ALONE = 3


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with each batch: screened against all indexes, the best `top` at or over the threshold kept."""

    indexes: tuple[Path, ...]
    top: int
    threshold: float | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A batch and what was rejected up to its end."""

    batch: pa.RecordBatch
    rejections: list[Rejection]


@dataclass(frozen=True, slots=True)
class Screened:
    """A batch's outcome: lines of hits, how many, and how many subjects have any."""

    lines: bytes
    subjects: int
    hits: int
    flagged: int


def screen_batch(work: Work, batch: pa.RecordBatch) -> Screened:
    """One batch against every index, merged by score."""
    screeners = [open_once(path) for path in work.indexes]
    found = []
    for screener in screeners:
        threshold = screener.default_threshold if work.threshold is None else work.threshold
        found.append(screener.screen_batch(batch, top=work.top, threshold=threshold))
    rows = found[0] if len(found) == 1 else [merge(hits, work.top) for hits in zip(*found, strict=True)]
    lines = b"".join(render_hits(hits) for hits in rows)
    return Screened(lines, batch.num_rows, sum(map(len, rows)), sum(map(bool, rows)))


def merge(found: Iterable[list[Hit]], top: int) -> list[Hit]:
    """Hits of one subject from several indexes, best first, ranked anew."""
    together = sorted(itertools.chain(*found), key=lambda hit: (-hit.score, hit.dataset, hit.listing_id))
    return [replace(hit, rank=rank) for rank, hit in enumerate(together[:top], start=1)]


@cache
def open_once(path: Path) -> engine.Screener:
    """An index, opened once in each process."""
    return engine.open_index(path)


Outcomes = Iterator[tuple[Piece, Screened]]


def screen_here(work: Work, pieces: Iterable[Piece]) -> Outcomes:
    """One after the other in this process."""
    for piece in pieces:
        yield piece, screen_batch(work, piece.batch)


def screen_local(work: Work, pieces: Iterator[Piece], workers: int | None) -> Outcomes:
    """In as many processes as asked for; unasked, in one for each processor once there is enough to do."""
    if workers == 1:
        yield from screen_here(work, pieces)
        return
    head = [] if workers else list(itertools.islice(pieces, ALONE))
    count = workers or _processors()
    if count == 1 or (head and len(head) < ALONE):
        yield from screen_here(work, itertools.chain(head, pieces))
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        everything = itertools.chain(head, pieces)
        yield from _in_order(everything, lambda p: pool.submit(screen_batch, work, p.batch).result, ahead=count + AHEAD)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def screen_ray(work: Work, pieces: Iterator[Piece], workers: int | None) -> Outcomes:
    """On the Ray cluster of RAY_ADDRESS, or on a local one; every machine must see the index under the same path."""
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError as missing:
        raise InputError(Problem("cli.ray.missing", expected="tahaluf[ray]", found=str(missing))) from missing
    ours = not ray.is_initialized()
    if ours:
        ray.init(
            num_cpus=None if "RAY_ADDRESS" in os.environ else workers, log_to_driver=False, include_dashboard=False
        )
    try:
        remote = ray.remote(screen_batch)
        ahead = int(workers or ray.cluster_resources().get("CPU", 1)) + AHEAD
        yield from _in_order(pieces, lambda piece: partial(ray.get, remote.remote(work, piece.batch)), ahead=ahead)
    finally:
        if ours:
            ray.shutdown()


def _in_order(pieces: Iterable[Piece], submit: Callable[[Piece], Callable[[], Screened]], *, ahead: int) -> Outcomes:
    """Outcomes as their pieces came, with at most `ahead` under way."""
    waiting: deque[tuple[Piece, Callable[[], Screened]]] = deque()
    for piece in pieces:
        waiting.append((piece, submit(piece)))
        if len(waiting) > ahead:
            first, outcome = waiting.popleft()
            yield first, outcome()
    while waiting:
        first, outcome = waiting.popleft()
        yield first, outcome()


def _end_with_parent() -> None:
    """A worker whose parent was killed ends too; an interrupt is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_exit, args=(parent.sentinel,), daemon=True).start()


def _wait_and_exit(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
