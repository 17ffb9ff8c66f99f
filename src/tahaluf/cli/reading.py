"""The file of subjects in pieces, and what is told of it on the way: its columns and what concerns no single row."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import click
import pyarrow as pa

from tahaluf.cli.options import parse_kind
from tahaluf.cli.order import Order
from tahaluf.cli.workers import Piece
from tahaluf.messages import SUBJECT_SCHEMA, ColumnsRead, RejectSink, read_batches
from tahaluf.prose.columns import describe_columns
from tahaluf.prose.i18n import _
from tahaluf.prose.problems import describe

# Rows that nobody looked at: unlike other warnings these are not done.
MOST_SAID = 50
UNSCREENED = "messages.table.sheet"


@dataclass(slots=True)
class Told:
    """What was told of a file: its columns once, and each warning as it came up."""

    silent: bool = False
    columns: ColumnsRead | None = None
    warnings: int = 0
    unscreened: bool = False
    outcomes: bool = False
    said: list[str] = field(default_factory=list)

    def look(self, sink: RejectSink) -> None:
        """Tells what is new in a sink; columns that only later rows have (in JSON) are in the summary alone."""
        if self.columns is None and sink.columns is not None:
            self.columns = sink.columns
            self._say(describe_columns(sink.columns))
        for problem in sink.warnings:
            self.warnings += 1
            # Of a table most warnings are of what is done all the same; of messages each may hide somebody.
            is_of_messages = not problem.code.startswith("messages.table.")
            self.unscreened = self.unscreened or is_of_messages or problem.code == UNSCREENED
            sentence = describe(problem)
            if len(self.said) < MOST_SAID:
                self.said.append(sentence)
            self._say(_("warning: {sentence}").format(sentence=sentence))
        sink.warnings.clear()

    def _say(self, line: str) -> None:
        if not self.silent:
            click.echo(line, err=True)


def read_pieces(order: Order, told: Told, *, skip: int) -> Iterator[Piece]:
    """Batches with what was rejected on the way to each; the first `skip` are read and passed over."""
    sink = RejectSink()
    mapping, kind = order.mapping or None, parse_kind(order.kind)
    batches = read_batches(order.subjects, mapping=mapping, kind=kind, batch_size=order.batch_size, rejects=sink)
    number = 0
    for number, batch in enumerate(batches, start=1):
        told.look(sink)
        rejections = sink.take()
        if number > skip:
            yield Piece(batch, rejections)
    told.look(sink)
    rejections = sink.take()
    if rejections and number + 1 > skip:
        yield Piece(pa.RecordBatch.from_pylist([], schema=SUBJECT_SCHEMA), rejections)
