"""Batches with their rejects through an engine, and several indexes as one."""

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from tahaluf.cli import engine
from tahaluf.cli.order import BATCH_ROWS
from tahaluf.domain import Hit
from tahaluf.messages import Rejection
from tahaluf.screening.engines import local, ray
from tahaluf.screening.engines.ports import Run
from tahaluf.screening.export import Lines, join_lines, render_rows

if TYPE_CHECKING:
    from tahaluf.screening import Screener

ENGINES: dict[str, Callable[..., Iterator[Lines]]] = {"local": local.screen_batches, "ray": ray.screen_batches}


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with each batch: screened against all indexes, the best `top` at or over the threshold kept."""

    indexes: tuple[Path, ...]
    top: int
    threshold: float | None
    engine: str = "local"
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A batch and what was rejected up to its end."""

    batch: pa.RecordBatch
    rejections: list[Rejection]


class Together:
    """Several opened indexes as one: the hits of a subject merged by score."""

    def __init__(self, screeners: list["Screener"]) -> None:
        self._screeners = screeners

    def screen_batch(self, batch: pa.RecordBatch, *, top: int, threshold: float) -> Lines:
        """For each subject its hits in any of the indexes, best first."""
        if len(self._screeners) == 1:
            return self._screeners[0].screen_lines(batch, top=top, threshold=threshold)
        found = [screener.screen_batch(batch, top=top, threshold=threshold) for screener in self._screeners]
        return render_rows([merge(hits, top) for hits in zip(*found, strict=True)])


def screen_pieces(work: Work, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Lines]]:
    """Each piece with the hits of its subjects, in the order of the pieces, whatever the engine and its workers."""
    waiting: deque[tuple[Piece, int]] = deque()

    def batches() -> Iterator[pa.RecordBatch]:
        for piece in pieces:
            starts = range(0, max(piece.batch.num_rows, 1), BATCH_ROWS)
            waiting.append((piece, len(starts)))
            yield from (piece.batch.slice(start, BATCH_ROWS) for start in starts)

    threshold = open_once(work.indexes[0]).default_threshold if work.threshold is None else work.threshold
    run = Run(partial(_open_together, work.indexes), work.indexes[0], work.top, threshold)
    found = ENGINES[work.engine](run, batches(), workers=work.workers)
    for first in found:
        piece, count = waiting.popleft()
        yield piece, join_lines([first, *itertools.islice(found, count - 1)])


def merge(found: Iterable[list[Hit]], top: int) -> list[Hit]:
    """Hits of one subject from several indexes, best first, ranked anew."""
    together = sorted(itertools.chain(*found), key=lambda hit: (-hit.score, hit.dataset, hit.listing_id))
    return [replace(hit, rank=rank) for rank, hit in enumerate(together[:top], start=1)]


@cache
def open_once(path: Path) -> "Screener":
    """An index, opened once in each process."""
    return engine.open_index(path)


def _open_together(paths: tuple[Path, ...], _first: Path) -> Together:
    return Together([open_once(path) for path in paths])
