"""What a file and the documents that stand in its texts have in common: the batch that is filled, and what is told."""

import re

from tahaluf.domain import Problem, Where
from tahaluf.messages.iso20022.columns import Columns
from tahaluf.messages.iso20022.layout import Constants
from tahaluf.messages.iso20022.markup import unescape
from tahaluf.messages.iso20022.plan import Malformed, Plan
from tahaluf.messages.iso20022.prepare import Preparer
from tahaluf.messages.iso20022.shapes import Shapes
from tahaluf.messages.rejects import RejectSink

CODE = "messages.iso20022."
MAX_WARNINGS = 1000
MAX_VALUE = 4096
MAX_FOUND = 200
# Blanks beyond ASCII; those of ASCII are looked for one by one, which is quicker.
BLANK = re.compile(r"[^\S\x00-\x7f]")


class Shared:
    """The state of one file. `message` is the reference of the message that is read."""

    def __init__(self, file: str, sink: RejectSink) -> None:
        self.file, self.sink = file, sink
        self.constants = Constants()
        self.columns = Columns(self.constants)
        self.preparer = Preparer(self.constants)
        self.shapes, self.group_shapes = Shapes(), Shapes()
        self.warnings = self.late = self.batch = self.recovered = 0
        self.message: str | None = None
        self.line = 1
        self._own_prefix = self.constants.at("")

    @property
    def own_prefix(self) -> int:
        """The prefix of what stands in a transaction itself."""
        return self._own_prefix

    def warn(self, code: str, line: int, field: str | None, expected: str, found: str) -> None:
        """Something that concerns no single transaction; the first `MAX_WARNINGS` of a file are told."""
        self.warnings += 1
        if self.warnings <= MAX_WARNINGS:
            where = Where(self.file, line, field, message=self.message)
            self.sink.warn(Problem(CODE + code, where, expected, found[:MAX_FOUND]))

    def reject(self, code: str, line: int, field: str, expected: str, found: str, text: str) -> None:
        """The transaction that is being read is not screened."""
        where = Where(self.file, line, field, message=self.message)
        problem = Problem(CODE + code, where, expected, found[:MAX_FOUND])
        self.sink.reject(problem, text[:MAX_VALUE], self.sink.units)

    def note(self, code: str, line: int, field: str, expected: str, found: str, text: str) -> None:
        """The transaction that is being read is screened without something."""
        where = Where(self.file, line, field or None, message=self.message)
        self.sink.note(Problem(CODE + code, where, expected, found[:MAX_FOUND]), text[:MAX_VALUE], self.sink.units)

    def tell(self, code: str, field: str, line: int, expected: str, found: str) -> None:
        """A value is doubtful or not used, its transaction is screened; `line` counts from that of the element."""
        where = Where(self.file, self.line + line, field, message=self.message)
        problem = Problem(CODE + code, where, expected, found[:MAX_FOUND])
        self.sink.note(problem, found[:MAX_VALUE], self.sink.units or 1)

    def plan(self, shapes: Shapes, block: str, field: str) -> tuple[Plan | Malformed, list[str]]:
        """An element's plan and its values, cleaned and bounded."""
        plan, values = shapes.split(block)
        if isinstance(plan, Malformed):
            return plan, values
        if "\n" in block and block.count("\n") != plan.lines:
            plan = shapes.exact(block)
            if isinstance(plan, Malformed):
                return plan, values
        if "&" in block:
            values = [unescape(value) for value in values]
        joined = "\x00".join((*values, ""))
        if (
            "  " in joined or " \x00" in joined or "\n" in joined or "\t" in joined or "\r" in joined
            or (not joined.isascii() and BLANK.search(joined))
        ):  # fmt: skip
            values = [" ".join(value.split()) for value in values]
        if len(joined) > MAX_VALUE:
            self._bound(values, field)
        return plan, values

    def _bound(self, values: list[str], field: str) -> None:
        for at, value in enumerate(values):
            if len(value) > MAX_VALUE and "<" not in value:
                self.tell("long_value", field, 0, f"{MAX_VALUE}", f"{len(value)}")
                values[at] = value[:MAX_VALUE]
