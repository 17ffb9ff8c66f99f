"""The file of outcomes: one line for each traveler, document or transaction of the messages that were screened."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import orjson
import pyarrow as pa

from tahaluf.cli.order import Order
from tahaluf.messages import RejectSink, read_batches
from tahaluf.screening.export import read_hits
from tahaluf.screening.outcomes import Outcome, join_outcomes


class _Problems:
    """The codes of problems by unit, as the messages are read anew."""

    def __init__(self, sink: RejectSink) -> None:
        self.sink = sink
        self.codes: defaultdict[int, dict[str, None]] = defaultdict(dict)

    def follow(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches, with what was rejected on the way noted."""
        for batch in batches:
            self._take()
            yield batch
        self._take()

    def _take(self) -> None:
        for rejection in self.sink.take():
            if rejection.unit is not None:
                self.codes[rejection.unit][rejection.problem.code] = None
        self.sink.warnings.clear()


def write_outcomes(order: Order, hits: Path) -> bool:
    """Writes `order.outcomes`, whole or not at all, from the messages and their hits (JSON lines); whether the file
    screened holds messages at all."""
    sink = RejectSink()
    problems = _Problems(sink)
    batches = problems.follow(read_batches(order.subjects, mapping=order.mapping or None, rejects=sink))
    first = next(batches, None)
    if (first is None and not sink.units) or (first is not None and first.column("unit").null_count):
        # A file of an earlier run would tell of other messages.
        order.outcomes_path.unlink(missing_ok=True)
        return False
    made = order.outcomes_path.with_name(order.outcomes_path.name + ".new")
    with made.open("wb") as file:
        _write(file, first, batches, problems, hits)
    made.replace(order.outcomes_path)
    return True


def _write(
    file: IO[bytes], first: pa.RecordBatch | None, rest: Iterator[pa.RecordBatch], problems: _Problems, hits: Path
) -> None:
    due = 1

    def batches() -> Iterator[pa.RecordBatch]:
        if first is not None:
            yield first
        yield from rest

    def write(outcome: Outcome) -> None:
        outcome.problems = list(problems.codes.pop(outcome.unit, ()))
        file.write(orjson.dumps(outcome.to_json(), option=orjson.OPT_APPEND_NEWLINE))

    for outcome in join_outcomes(batches(), read_hits(hits)):
        for missing in range(due, outcome.unit):
            write(Outcome(missing))
        write(outcome)
        due = max(due, outcome.unit + 1)
    for missing in range(due, problems.sink.units + 1):
        write(Outcome(missing))
