"""Passenger lists to travelers: the handlers of one PAXLST message."""

from collections.abc import Iterator

import pyarrow as pa

from tahaluf.messages.edifact import Intake, Message
from tahaluf.messages.paxlst.reading import Reading
from tahaluf.messages.paxlst.walk import Walk


def read_paxlst(message: Message, intake: Intake) -> Iterator[pa.RecordBatch]:
    """The travelers of a message; what repeats is understood once (`read_plainly` is the obvious way)."""
    reading = Reading(message, intake)
    walk = Walk(reading)
    for run in message.runs():
        walk.take_run(run)
        yield from intake.due()
    reading.close()


def read_plainly(message: Message, intake: Intake) -> Iterator[pa.RecordBatch]:
    """The same, segment by segment with nothing remembered: slow and obvious."""
    reading = Reading(message, intake)
    for segment in message:
        reading.take(segment)
        yield from intake.due()
    reading.close()
