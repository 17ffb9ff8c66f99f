"""PNRGOV messages of an interchange to subjects: the handler that `messages.interchange` calls."""

from collections.abc import Iterator

import pyarrow as pa

from tahaluf.domain import Problem
from tahaluf.messages.edifact import Intake, Message
from tahaluf.messages.pnrgov.dates import today
from tahaluf.messages.pnrgov.emit import Emitter
from tahaluf.messages.pnrgov.gather import Gatherer


def read_pnrgov(message: Message, intake: Intake) -> Iterator[pa.RecordBatch]:
    """Batches of the travelers of all bookings in a message, with payers, contacts and names from the history.

    A traveler named in several bookings is one each time. What is wrong in one booking loses no other; a booking
    without a name, and a name that stands for nobody, take a number and are rejected.
    """
    gatherer = Gatherer(today())
    emitter = Emitter(intake, message.header.reference or None)
    for segment in message:
        for record in gatherer.feed(segment):
            emitter.emit(record, gatherer.journey)
            yield from intake.due()
    for record in gatherer.finish():
        emitter.emit(record, gatherer.journey)
        yield from intake.due()
    _report_foreign(gatherer, message, intake)
    _check_count(gatherer, message, intake)


def _report_foreign(gatherer: Gatherer, message: Message, intake: Intake) -> None:
    """Segments that no edition of the guide has."""
    for tag, segment in gatherer.foreign.items():
        intake.warn(Problem("messages.pnrgov.segment", message.where(segment, tag[:20]), "PNRGOV", segment.raw[:80]))


def _check_count(gatherer: Gatherer, message: Message, intake: Intake) -> None:
    """`EQN` of the head counts the bookings; in a transfer of several messages it counts those of all."""
    stated = gatherer.stated
    if stated is None or message.header.part not in {None, 1} or message.header.part_kind == "C":
        return
    text = stated.value(1).strip()
    if not (text.isdecimal() and len(text) < 9 and int(text) == gatherer.count):
        where = message.where(stated, "EQN.1.1")
        intake.warn(Problem("messages.pnrgov.count", where, text[:20], str(gatherer.count)))
