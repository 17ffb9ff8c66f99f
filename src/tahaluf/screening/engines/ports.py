"""What an engine needs to be told, and what it needs of a screener."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from tahaluf.domain import Hit

Rows = list[list[Hit]]


class BatchScreener(Protocol):
    """An opened index; gives for each subject of a batch its hits, best first."""

    def screen_batch(self, batch: pa.RecordBatch, *, top: int, threshold: float) -> Rows: ...


@dataclass(frozen=True, slots=True)
class Run:
    """One screening: each worker calls `open_index` on `index` once. On a cluster, every machine needs that folder."""

    open_index: Callable[[Path], BatchScreener]
    index: Path
    top: int
    threshold: float
