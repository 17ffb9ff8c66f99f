"""Where a handler puts what it reads: the batch that grows, the sink of problems, the numbering of travelers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from tahaluf.domain import Problem
from tahaluf.messages.batches import BatchBuilder
from tahaluf.messages.rejects import RejectSink

MOST_ALIKE = 200
_MORE = "messages.edifact.more"


@dataclass(slots=True)
class Intake:
    """One file being read. `file` is its name for `Where.file`; `memory` is what handlers remember between messages,
    each under a key of its own and bounded by themselves."""

    file: str
    rejects: RejectSink
    batches: BatchBuilder = field(default_factory=BatchBuilder)
    memory: dict[object, dict[Any, Any]] = field(default_factory=dict)
    _warned: Counter[str] = field(default_factory=Counter)

    def next_unit(self) -> int:
        """The number of the traveler or booking that begins; counts it."""
        self.rejects.units += 1
        return self.rejects.units

    def due(self) -> Iterator[pa.RecordBatch]:
        """The batch that is due, if one is: it is full, or much was told since the last."""
        if self.batches.full or self.rejects.is_due():
            yield self.batches.take()

    def warn(self, problem: Problem) -> None:
        """Says what concerns no single traveler; of the same code at most `MOST_ALIKE` times, then that there are
        more."""
        self._warned[problem.code] += 1
        count = self._warned[problem.code]
        if count <= MOST_ALIKE:
            self.rejects.warn(problem)
        elif count == MOST_ALIKE + 1:
            self.rejects.warn(Problem(_MORE, problem.where, str(MOST_ALIKE), problem.code))
