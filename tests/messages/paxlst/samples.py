"""Passenger lists made for tests, and a short way to read them. Everyone in them is invented."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tahaluf.domain import Problem, Subject
from tahaluf.messages.edifact import read_messages
from tahaluf.messages.edifact.intake import Intake
from tahaluf.messages.interchange import read_interchanges
from tahaluf.messages.paxlst.read import read_paxlst
from tahaluf.messages.rejects import Rejection, RejectSink
from tahaluf.messages.request import Request
from tahaluf.messages.schema import subjects_of

FLIGHT = ["TDT+20+XX123", "LOC+125+NIM", "DTM+189:2601101400:201", "LOC+87+CDG", "DTM+232:2601102030:201"]
TRAVELER = [
    "NAD+FL+++MAIGA:IDRISSA", "ATT+2++M", "DTM+329:840312", "LOC+178+NIM", "LOC+179+CDG", "NAT+2+MLI",
    "RFF+AVF:AB12CD", "DOC+P:110:111+K1234567", "DTM+36:300101", "LOC+91+MLI",
]  # fmt: skip


class Read(NamedTuple):
    """What a file gave."""

    subjects: list[Subject]
    rejections: list[Rejection]
    warnings: list[tuple[str, str | None, str, str]]
    units: int
    told: list[Problem]

    @property
    def codes(self) -> set[str]:
        """All codes of problems, without what every code of messages begins with."""
        found = {rejection.problem.code for rejection in self.rejections} | {warning[0] for warning in self.warnings}
        return {code.removeprefix("messages.") for code in found}

    def problem(self, code: str) -> Any:
        """The first problem of a code that concerns a traveler."""
        return next(item.problem for item in self.rejections if item.problem.code == f"messages.{code}")


def message(segments: Sequence[str], *, head: Sequence[str] = ("BGM+745", *FLIGHT), count: str | None = None) -> str:
    """An interchange of one message with these travelers' segments."""
    travelers = sum(segment.startswith("NAD+") for segment in segments)
    body = [*head, *segments, *([f"CNT+42:{travelers}"] if count is None else [count] if count else [])]
    lines = [
        "UNA:+.? '", "UNB+UNOA:4+CARRIER+STATE+260110:0900+R1++APIS'", "UNH+M1+PAXLST:D:12B:UN:IATA'",
        *(f"{segment}'" for segment in body), f"UNT+{len(body) + 2}+M1'", "UNZ+1+R1'",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def read_text(tmp_path: Path, text: str | bytes) -> Read:
    """Reads a file of this text as interchanges."""
    path = tmp_path / "list.edi"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    return read_file(path)


def read_file(path: Path) -> Read:
    """Reads a file as interchanges."""
    sink = RejectSink()
    request = Request(path, None, None, sink)
    subjects = [subject for batch in read_interchanges(request) for subject in subjects_of(batch, "f")]
    warnings = [(found.code, found.where.field, found.expected, found.found) for found in sink.warnings]
    return Read(subjects, sink.take(), warnings, sink.units, sink.warnings)


def read_with(
    path: Path, handler: Callable[..., Any] = read_paxlst
) -> tuple[list[dict[str, Any]], list[Rejection], list[Any]]:
    """Rows, rejections and warnings of a file by one way of reading."""
    sink = RejectSink()
    intake = Intake("f", sink)
    rows = [row for part in read_messages(path, intake) for batch in handler(part, intake) for row in batch.to_pylist()]
    rows += intake.batches.take().to_pylist()
    return rows, sink.take(), sink.warnings
