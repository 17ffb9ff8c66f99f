"""Whether a file writes 12/31/1990 or 31/12/1990, decided on its whole column and not on its first rows.

Only dates that can be read both ways wait for the decision. Where the column holds both orders, the day comes first in
those, and the first date that is written the other way is reported with its place.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from tahaluf.messages.table.blocks import Block
from tahaluf.messages.table.dates import TRIPLE, plain_digits
from tahaluf.messages.table.headings import Layout
from tahaluf.messages.table.values import Memo, split_cell


class Order(Enum):
    """What a date shows of the order of day and month; `OPEN` may be read both ways and as two different days."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as written, and where."""

    line: int
    heading: str
    text: str
    row: str


@dataclass(frozen=True, slots=True)
class Decision:
    """How a file is read; `contrary` is a date that can only be meant the other way."""

    month_first: bool
    contrary: Dated | None = None


def _order_of(text: str) -> tuple[Order, ...]:
    triples = (TRIPLE.match(plain_digits(part)) for part in split_cell(text))
    pairs = [(int(found[1]), int(found[2])) for found in triples if found and len(found[1]) <= 2]
    return tuple(
        Order.DAY_FIRST if second <= 12 < first <= 31
        else Order.MONTH_FIRST if first <= 12 < second <= 31
        else Order.OPEN
        for first, second in pairs if first != second and min(first, second) <= 12 and max(first, second) <= 31
    )  # fmt: skip


orders = Memo(_order_of)


def is_open(block: Block, layout: Layout) -> bool:
    """Whether some birth date of these rows waits for a decision."""
    return any(
        Order.OPEN in orders[row[column]]
        for column in layout.roles.get("birth_date", ())
        for row in block.rows if column < len(row)
    )  # fmt: skip


def first_of(order: Order, block: Block, layout: Layout) -> Dated | None:
    """The first birth date of these rows that shows this order."""
    columns = layout.roles.get("birth_date", ())
    for number, row in enumerate(block.rows):
        for column in columns:
            if column < len(row) and order in orders[row[column]]:
                return Dated(block.lines[number], layout.heading(column), row[column].strip(), block.texts[number])
    return None


def decide(blocks: Iterable[Block], layout_of: Callable[[Block], Layout]) -> Decision:
    """Reads on until a date has the day first; the month comes first where none has, and some has the month first."""
    contrary: Dated | None = None
    for block, layout in _with_layouts(blocks, layout_of):
        contrary = contrary or first_of(Order.MONTH_FIRST, block, layout)
        if first_of(Order.DAY_FIRST, block, layout):
            return Decision(False, contrary)
    return Decision(contrary is not None)


def _with_layouts(blocks: Iterable[Block], layout_of: Callable[[Block], Layout]) -> Iterator[tuple[Block, Layout]]:
    for block in blocks:
        if any(block.rows):
            yield block, layout_of(block)


class Watch:
    """Follows the birth dates of a file; `decide` reads its whole column, and is called only where that is needed."""

    def __init__(self, decide: Callable[[Layout], Decision]) -> None:
        self.decision: Decision | None = None
        self._decide = decide
        self._month: Dated | None = None
        self._day = self._reported = False

    def look(self, block: Block, layout: Layout) -> Dated | None:
        """To be called before a block is read; once, a date that is contrary to the decision is given back."""
        if self._reported or (self.decision is not None and self.decision.month_first):
            return None
        self._month = self._month or first_of(Order.MONTH_FIRST, block, layout)
        if self.decision is None:
            self._day = self._day or first_of(Order.DAY_FIRST, block, layout) is not None
            if not is_open(block, layout):
                return None
            self.decision = Decision(False) if self._day else self._decide(layout)
        if self.decision.month_first:
            return None
        contrary = self._month or self.decision.contrary
        self._reported = contrary is not None
        return contrary
