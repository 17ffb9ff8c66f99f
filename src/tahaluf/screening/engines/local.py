"""Batches in threads of this process: the compiled kernels release the interpreter's lock while they run."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa

from tahaluf.screening.engines.ordered import AHEAD, in_order
from tahaluf.screening.engines.ports import Result, Run


def screen_batches(
    run: Run[Result], batches: Iterable[pa.RecordBatch], *, workers: int | None = None
) -> Iterator[Result]:
    """The hits of each batch, in the order of the batches; one worker for each processor unless told otherwise."""
    count = workers or os.cpu_count() or 1
    screener = run.open_index(run.index)
    pool = ThreadPoolExecutor(count, thread_name_prefix="screening")
    try:
        yield from in_order(
            batches,
            lambda batch: pool.submit(screener.screen_batch, batch, top=run.top, threshold=run.threshold).result,
            count + AHEAD,
        )
    finally:
        pool.shutdown(cancel_futures=True)
