"""What an engine needs to be told, and what it needs of a screener."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import pyarrow as pa

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


class BatchScreener(Protocol[Result_co]):
    """An opened index; gives of a batch the hits of each subject, best first, in whatever form."""

    def screen_batch(self, batch: pa.RecordBatch, *, top: int, threshold: float) -> Result_co: ...


@dataclass(frozen=True, slots=True)
class Run(Generic[Result]):
    """One screening: each worker calls `open_index` on `index` once. On a cluster, every machine needs that folder."""

    open_index: Callable[[Path], BatchScreener[Result]]
    index: Path
    top: int
    threshold: float
