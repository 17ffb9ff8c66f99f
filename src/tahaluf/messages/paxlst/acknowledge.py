"""The answer to a passenger list: a CUSRES message (WCO/IATA/ICAO guide, appendix IIB) on the quality of its data.

It says which values of which travelers could not be read, and that the file came. It never says who may board: the
codes of a boarding decision (`0Z`, `1Z`, `2Z` …) are not written by this system, which lets a person decide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Intake, read_messages
from tahaluf.messages.edifact.write import Outgoing, write_interchange, write_segment
from tahaluf.messages.paxlst.read import read_paxlst
from tahaluf.messages.rejects import Rejection, RejectSink
from tahaluf.messages.schema import subjects_of

# Codes of data quality (9321), agreed bilaterally: 001 not screened, 002 value left out or doubtful, 003 the message.
REJECTED, DOUBTFUL, OF_MESSAGE = "001", "002", "003"
MOST_ERRORS = 9
MOST_TRAVELERS = 999
MAX_TEXT = 70


class _Named(NamedTuple):
    """How a traveler is told to the sender: by locator and by the sender's own reference."""

    locator: str = ""
    reference: str = ""


@dataclass(slots=True)
class _Heard:
    """One message, and what was found in it."""

    reference: str
    access: str
    named: dict[int, _Named] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def acknowledge(path: Path, outgoing: Outgoing) -> bytes:
    """The CUSRES interchange that answers a file of PAXLST messages, one message for each.

    Of a message at most `MOST_TRAVELERS` travelers are told, of each and of the message itself at most `MOST_ERRORS`
    problems. InputError where the file cannot be read or holds no such message.
    """
    answers = [list(_answer(heard, outgoing)) for heard in _hear(path)]
    if not answers:
        raise InputError(Problem("messages.paxlst.no_list", Where(str(path)), "PAXLST"))
    return write_interchange(answers, "CUSRES", outgoing)


def _hear(path: Path) -> Iterator[_Heard]:
    sink = RejectSink()
    intake = Intake(str(path), sink)
    last: _Heard | None = None
    for message in read_messages(path, intake):
        if message.header.type != "PAXLST":
            continue
        heard = _Heard(message.header.reference, message.header.access)
        if last is not None:
            # The end of a message is checked when the next is asked for.
            last.warnings += [found for found in sink.warnings if found.where.message in (last.reference, None)]
            sink.warnings[:] = [found for found in sink.warnings if found.where.message not in (last.reference, None)]
            yield last
        for batch in read_paxlst(message, intake):
            heard.named.update(_named(batch))
        if len(intake.batches):
            heard.named.update(_named(intake.batches.take()))
        heard.rejections = sink.take()
        heard.warnings, sink.warnings = sink.warnings, []
        last = heard
    if last is not None:
        last.warnings += sink.warnings
        yield last


def _named(batch: pa.RecordBatch) -> dict[int, _Named]:
    found = {}
    for subject in subjects_of(batch):
        details = dict(reversed(subject.details))
        locator, reference = details.get(Detail.LOCATOR, ""), details.get(Detail.PASSENGER_REFERENCE, "")
        found[subject.unit or 0] = _Named(locator, reference)
    return found


def _answer(heard: _Heard, outgoing: Outgoing) -> Iterator[str]:
    write = partial(write_segment, separators=outgoing.separators)
    yield write("BGM", "962")
    if heard.access:
        yield write("RFF", ("TN", heard.access))
    by_unit: dict[int, list[Rejection]] = {}
    for rejection in heard.rejections:
        by_unit.setdefault(rejection.unit or 0, []).append(rejection)
    for unit, own in list(by_unit.items())[:MOST_TRAVELERS]:
        yield write("ERP", "2")
        who = heard.named.get(unit, _Named())
        for kind, value in (("AVF", who.locator), ("ABO", who.reference)):
            if value:
                yield write("RFF", (kind, value))
        for rejection in own[:MOST_ERRORS]:
            code = DOUBTFUL if rejection.screened else REJECTED
            yield write("ERC", code)
            yield write("FTX", "AAO", "", "", _told(rejection.problem))
    if len(by_unit) > MOST_TRAVELERS:
        yield write("ERP", "1")
        yield write("ERC", OF_MESSAGE)
        yield write("FTX", "AAO", "", "", f"TRAVELERS NOT LISTED HERE {len(by_unit) - MOST_TRAVELERS}")
    yield from _of_message(heard.warnings, outgoing)


def _of_message(warnings: Sequence[Problem], outgoing: Outgoing) -> Iterator[str]:
    write = partial(write_segment, separators=outgoing.separators)
    if warnings:
        yield write("ERP", "1")
    for problem in warnings[:MOST_ERRORS]:
        yield write("ERC", OF_MESSAGE)
        yield write("FTX", "AAO", "", "", _told(problem))


def _told(problem: Problem) -> str:
    """The stable code and the place, in capitals; values of travelers are not repeated."""
    where = problem.where
    parts = (problem.code.removeprefix("messages."), f"SEGMENT {where.segment}" if where.segment else "", where.field)
    return " ".join(part for part in parts if part).upper()[:MAX_TEXT]
