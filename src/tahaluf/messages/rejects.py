"""What a reader could not use: rows turned away, and values left out of rows that are screened all the same.

A reader fills a `RejectSink`; whoever runs it takes what gathered after each batch and writes it with `render_rejects`.
What concerns no row (a sheet, a whole column, the file) is a warning, which stands in no file. Nothing is dropped
without passing through here.
"""

import csv
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from io import StringIO

from tahaluf.domain import Problem
from tahaluf.domain.cells import safe_cell

COLUMNS = ("line", "column", "expected", "found", "code", "problem", "screened", "row", "message", "segment")
MAX_TEXT = 4096
MOST_WAITING = 8192


@dataclass(frozen=True, slots=True)
class Rejection:
    """One problem with one row, or with one `unit` of a message (a traveler, a transaction, numbered from 1);
    `screened` says that it went on without the value."""

    problem: Problem
    row: str
    screened: bool
    unit: int | None = None

    @property
    def concerns(self) -> tuple[int | None, int | None]:
        """What tells the row or unit apart from the others of its file."""
        return (None, self.unit) if self.unit is not None else (self.problem.where.line, None)


@dataclass(slots=True)
class ColumnsRead:
    """What the columns of a file were taken for: headings by role, and those that play none."""

    roles: dict[str, list[str]] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RejectSink:
    """Gathers rejections in the order of the file; `rejected` and `noted` count all that ever came, `units` the
    travelers, documents or transactions met so far. `columns` is None until the first batch, and for files without
    headings of their own making."""

    rejected: int = 0
    noted: int = 0
    units: int = 0
    warnings: list[Problem] = field(default_factory=list)
    columns: ColumnsRead | None = None
    _waiting: list[Rejection] = field(default_factory=list)
    _announced: int = 0

    def is_due(self) -> bool:
        """Whether `MOST_WAITING` came since this last held: a reader gives the batch that it has then, be it empty, so
        that what is told of a file in which nothing can be used does not pile up."""
        told = self.rejected + self.noted
        if told - self._announced < MOST_WAITING:
            return False
        self._announced = told
        return True

    def reject(self, problem: Problem, row: str, unit: int | None = None) -> None:
        """The row or unit is not screened."""
        self.rejected += 1
        self._waiting.append(Rejection(problem, row, False, unit))

    def note(self, problem: Problem, row: str, unit: int | None = None) -> None:
        """The row or unit is screened without the value."""
        self.noted += 1
        self._waiting.append(Rejection(problem, row, True, unit))

    def warn(self, problem: Problem) -> None:
        """Something that concerns no row, to be said and not to be written to the rejects."""
        self.warnings.append(problem)

    def take(self) -> list[Rejection]:
        """All that came since the last call, by line; a row that was turned away is `screened` in none of its rows."""
        waiting, self._waiting = self._waiting, []
        turned_away = {found.concerns for found in waiting if not found.screened} - {(None, None)}
        consistent = (
            replace(found, screened=found.screened and found.concerns not in turned_away) for found in waiting
        )
        return sorted(consistent, key=_line)


def _line(rejection: Rejection) -> float:
    line = rejection.problem.where.line
    return math.inf if line is None else line


def _no_sentence(_problem: Problem) -> str:
    return ""


def render_rejects(
    rejections: Iterable[Rejection], *, heading: bool = False, sentence: Callable[[Problem], str] = _no_sentence
) -> str:
    """Lines of the rejects file, safe to open in a spreadsheet; `sentence` says a problem in the reader's language."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if heading:
        writer.writerow(COLUMNS)
    for rejection in rejections:
        problem = rejection.problem
        cells = (problem.where.field or "", problem.expected, problem.found, problem.code, sentence(problem))
        screened = "yes" if rejection.screened else "no"
        line, segment = (
            "" if number is None else str(number) for number in (problem.where.line, problem.where.segment)
        )
        message = _safe(problem.where.message or "")
        writer.writerow([line, *(_safe(cell) for cell in cells), screened, _safe(rejection.row), message, segment])
    return text.getvalue()


def _safe(text: str) -> str:
    cut = text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"
    return safe_cell(cut.encode("utf-8", "backslashreplace").decode("utf-8"))
