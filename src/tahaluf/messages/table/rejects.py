"""What a reader could not use: rows turned away, and values left out of rows that are screened all the same.

A reader fills a `RejectSink`; whoever runs it takes what gathered after each batch and writes it with `write_rejects`.
Nothing is dropped without passing through here.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO

from tahaluf.domain import Problem
from tahaluf.domain.cells import safe_cell

COLUMNS = ("line", "column", "expected", "found", "code", "screened", "row")
MAX_TEXT = 4096


@dataclass(frozen=True, slots=True)
class Rejection:
    """One problem with one row; `screened` says that the row went on without the value."""

    problem: Problem
    row: str
    screened: bool


@dataclass(slots=True)
class RejectSink:
    """Gathers rejections in the order of the file; `rejected` and `noted` count all that ever came."""

    rejected: int = 0
    noted: int = 0
    _waiting: list[Rejection] = field(default_factory=list)

    def reject(self, problem: Problem, row: str) -> None:
        """The row is not screened."""
        self.rejected += 1
        self._waiting.append(Rejection(problem, row, screened=False))

    def note(self, problem: Problem, row: str) -> None:
        """The row is screened without the value."""
        self.noted += 1
        self._waiting.append(Rejection(problem, row, screened=True))

    def take(self) -> list[Rejection]:
        """All that came since the last call."""
        waiting, self._waiting = self._waiting, []
        return waiting


def render_rejects(rejections: Iterable[Rejection], *, heading: bool = False) -> str:
    """Lines of the rejects file, safe to open in a spreadsheet."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if heading:
        writer.writerow(COLUMNS)
    for rejection in rejections:
        problem = rejection.problem
        cells = (problem.where.field or "", problem.expected, problem.found, problem.code)
        screened = "yes" if rejection.screened else "no"
        line = "" if problem.where.line is None else str(problem.where.line)
        writer.writerow([line, *(_safe(cell) for cell in cells), screened, _safe(rejection.row)])
    return text.getvalue()


def _safe(text: str) -> str:
    cut = text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"
    return safe_cell(cut.encode("utf-8", "backslashreplace").decode("utf-8"))
