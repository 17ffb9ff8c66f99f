"""A screener that needs no index: it reads the number in each name and can fail on purpose."""

import threading
from pathlib import Path
from typing import Any

import pyarrow as pa

from tahaluf.domain import Explanation, Hit, InputError, Problem, Where


class InventedScreener:
    """Subject n hits listings n … n + top − 1 with falling scores; a name `bad` is refused."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def screen_batch(self, batch: pa.RecordBatch, *, top: int, threshold: float) -> list[list[Hit]]:
        return [self._screen(str(name), top, threshold) for name in batch.column("name").to_pylist()]

    def _screen(self, name: str, top: int, threshold: float) -> list[Hit]:
        if name == "bad":
            raise InputError(Problem("test.bad", Where(line=7), "a name", name), permanent=False)
        if name == "broken":
            raise RuntimeError("broken on purpose")
        hits = []
        for rank in range(1, top + 1):
            score = 1 / (rank + 1)
            why = Explanation(name, f"listed {name}", score, (), (), "test", str(self.path))
            hits.append(Hit(name, f"L{name}-{rank}", "test", score, rank, f"listed {name}", why))
        return [hit for hit in hits if hit.score >= threshold]


def batches_of(*names: list[str]) -> list[pa.RecordBatch]:
    return [pa.RecordBatch.from_pydict({"name": some}) for some in names]


class CountingOpener:
    """Counts how often an index was opened, and by which threads."""

    def __init__(self) -> None:
        self.opened: list[Any] = []

    def __call__(self, path: Path) -> InventedScreener:
        self.opened.append(threading.get_ident())
        return InventedScreener(path)
