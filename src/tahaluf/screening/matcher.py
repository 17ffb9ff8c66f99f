"""The engine proper: names in, for each the best listings out, as arrays. Threads may share a matcher."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tahaluf.domain import Kind
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.ask import ask
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.screen import (
    KINDS,
    Asked,
    Found,
    Scratch,
    listed_of,
    new_found,
    new_scratch,
    screen_names,
)
from tahaluf.screening.tokens import Near, TokenTable, Written
from tahaluf.screening.weighed import weighed_tokens
from tahaluf.screening.weights import score_weights

SHORTLIST = 36
MOST_ROWS = 400_000
PARTIES = (Kind.ORGANIZATION, Kind.COMPANY)
# Fewer names than this are not worth a thread of their own.
LEAST_NAMES = 128
THREADS = min(os.cpu_count() or 1, 8)
_POOL = ThreadPoolExecutor(THREADS, thread_name_prefix="names")


@cache
def answering(kind: Kind) -> int:
    """The kinds of listing that may answer a subject of `kind`, a bit each; an unknown kind may be any."""
    if kind is Kind.UNKNOWN:
        return -1
    alike = PARTIES if kind in PARTIES else (kind,)
    return sum(1 << KINDS.index(k) for k in (*alike, Kind.UNKNOWN))


class Matcher:
    """Matches names against one index; keeps what it learned of tokens between calls, within bounds."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._lock = Lock()
        self._model = likeness()
        self._table = TokenTable(index, self._model)
        self._turn = Lock()
        self._idle: list[Scratch] = []
        self._listed = listed_of(index)
        weights = score_weights()
        self._weights = (weights.coefficients, weights.intercept)

    def match_names(self, names: Sequence[str], kinds: Sequence[int], most: int) -> tuple[Found, Asked]:
        """For each name its `most` best listings, and what was asked with. `kinds`: see `answering`."""
        # Cut up beforehand, while another batch looks up its tokens.
        tokens = [weighed_tokens(name) for name in names]
        with self._lock:
            table = self._tokens()
            # What a thread works with remembers rows of this table, and goes back to its idle ones.
            asked, near, idle = ask(tokens, kinds, table), table.near, self._idle
        found = new_found(len(names), most)
        parts = max(1, min(THREADS, len(names) // LEAST_NAMES))
        # One batch at a time: it has all processors, and working memory (12 MB a thread) is not there twice.
        with self._turn:
            scratches = [idle.pop() if idle else new_scratch(len(self._index.name_total)) for _ in range(parts)]
            try:
                if len(self._index.name_total):
                    self._screen(asked, near, scratches, found)
            finally:
                idle += scratches
        return found, asked

    def near(self, tokens: Sequence[Written]) -> list[tuple[NDArray[np.int32], NDArray[np.float32]]]:
        """For each token the listed tokens near it and how near they are (0–1), the nearest first."""
        with self._lock:
            table = self._tokens()
            rows, near = table.rows(tokens), table.near
        spans = [slice(near.starts[row], near.starts[row + 1]) for row in rows]
        return [(near.tokens[span], near.p[span]) for span in spans]

    def _tokens(self) -> TokenTable:
        """The table of tokens, a new one where it has grown too large; called with the lock held."""
        if len(self._table) > MOST_ROWS:
            self._table, self._idle = TokenTable(self._index, self._model), []
        return self._table

    def _screen(self, asked: Asked, near: Near, scratches: Sequence[Scratch], found: Found) -> None:
        """Fill `found`: a thread for each of `scratches`, for the kernel holds no lock."""
        names, parts = len(found.listing), len(scratches)
        bounds = [names * part // parts for part in range(parts + 1)]
        jobs = [
            (_names_of(asked, start, stop), scratch, Found._make(array[start:stop] for array in found))
            for scratch, start, stop in zip(scratches, bounds, bounds[1:], strict=False)
        ]

        def run(job: tuple[Asked, Scratch, Found]) -> None:
            own, scratch, out = job
            screen_names(own, self._listed, near, self._model.tables, self._weights, SHORTLIST, scratch, out)

        waiting = [_POOL.submit(run, job) for job in jobs[1:]]
        try:
            run(jobs[0])
        finally:
            wait(waiting)
        for one in waiting:
            one.result()


def _names_of(asked: Asked, start: int, stop: int) -> Asked:
    """Names `start` to `stop` of `asked`."""
    return asked._replace(
        starts=asked.starts[start : stop + 1], sought_starts=asked.sought_starts[start : stop + 1],
        chain=asked.chain[start:stop], kinds=asked.kinds[start:stop],
    )  # fmt: skip
