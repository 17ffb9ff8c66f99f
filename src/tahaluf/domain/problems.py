"""What can go wrong, as values: a stable code, what was expected and found, and where.

No prose for people lives here: the command line and the web translate `code` and fill in the values.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Where:
    """A place in an input. Lines, columns and segments count from 1; `field` is a heading, element or segment name.

    `message` is the reference of the message in a file of several; `segment` counts within that message.
    """

    file: str | None = None
    line: int | None = None
    field: str | None = None
    item: str | None = None
    message: str | None = None
    segment: int | None = None

    def __str__(self) -> str:
        numbers = (self.line and f"{self.line}", self.message, self.segment and f"{self.segment}")
        parts = (self.file, *numbers, self.field, self.item)
        return ":".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found wrong. `code` is stable and dotted (`lists.xml.malformed`); values are never translated."""

    code: str
    where: Where = Where()
    expected: str = ""
    found: str = ""


class TahalufError(Exception):
    """The root of every error that the system raises on purpose; `permanent` is False when trying again may help."""

    def __init__(self, problem: Problem, *, permanent: bool = True) -> None:
        super().__init__(f"{problem.code} at {problem.where}: expected {problem.expected}, found {problem.found}")
        self.problem = problem
        self.permanent = permanent

    def at(self, where: Where) -> "TahalufError":
        """The same error, placed."""
        return type(self)(replace(self.problem, where=where), permanent=self.permanent)


class InputError(TahalufError):
    """A file or a value that cannot be read as what it claims to be."""


class IndexFileError(TahalufError):
    """A compiled index that is damaged, foreign, or of another version."""


class FetchError(TahalufError):
    """A download that failed or was refused as implausible."""
