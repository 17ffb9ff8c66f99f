"""What to take from elements of one shape: parties, numbers, amounts, texts, as positions of their values.

Elements of a file differ in their values and seldom in their shape, so the work on markup is done once for each shape
(`compile_plan`) and what is done for each transaction is to pick values. Positions count the values of the element in
document order (`shapes.split`), then `Plan.constants`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tahaluf.domain import Kind, PartyRole
from tahaluf.messages.details import Detail

Ints = npt.NDArray[np.int64]


# A difference that the values of one element make: which party, what of it, which position.
Change = tuple[int, str, int]


class NumberPlan(NamedTuple):
    """A number of a party: its type, or a scheme whose code is a value (`scheme`)."""

    type: str
    at: int
    scheme: int | None = None


class PartyPlan(NamedTuple):
    """A party. `field` is the path of its element, `line` counts from that of the transaction; `further`: values that
    may hold another name, `lines`: those of an address among them."""

    suffix: str
    role: PartyRole
    kind: Kind
    field: str
    line: int
    names: tuple[int, ...]
    address: tuple[int, ...]
    births: tuple[int, ...]
    residences: tuple[int, ...]
    places: tuple[int, ...]
    numbers: tuple[NumberPlan, ...]
    details: tuple[tuple[Detail, int], ...]
    further: tuple[int, ...]
    lines: bool


@dataclass(frozen=True, slots=True)
class Ragged:
    """A column of lists: how many values each row has, and their positions in a row."""

    lengths: Ints
    flat: Ints


@dataclass(frozen=True, slots=True)
class Layout:
    """The arrays of a plan, one entry a row (`plain`: suffix, kind, role, field, line), and what is to be made.

    `numbers` are in the order in which their types are appended, each with the party and its place in it.
    """

    plain: Ints
    names: Ragged
    births: Ragged
    residences: Ragged
    places: Ragged
    types: Ragged
    numbers: Ragged
    codes: Ragged
    details: Ragged
    common_codes: Ints
    common: Ints
    checked: tuple[tuple[int, NumberPlan], ...]
    named: Callable[[list[str]], tuple[str, ...]] | None
    addresses: tuple[Callable[[list[str]], tuple[str, ...]], ...]
    joined_places: tuple[Callable[[list[str]], tuple[str, ...]], ...]
    with_text: bool
    made: int
    careful: bool
    nameless: tuple[int, ...]


class TextPlan(NamedTuple):
    """A free text and the path of its element."""

    at: int
    field: str
    line: int


@dataclass(slots=True, eq=False)
class Plan:
    """All that is taken from an element of one shape. `facts`: name of a leaf → position (of the first); `count`: how
    many values such an element has with the constants, what `prepare` makes
    of them follows; `mentions`: identifiers in the texts."""

    parties: list[PartyPlan] = field(default_factory=list)
    texts: list[TextPlan] = field(default_factory=list)
    references: list[int] = field(default_factory=list)
    amount: tuple[int, str] | None = None
    value_date: int | None = None
    purpose: int | None = None
    facts: dict[str, int] = field(default_factory=dict)
    constants: list[str] = field(default_factory=list)
    lines: int = 0
    count: int = 0
    mentions: int = 0
    variants: dict[tuple[Change, ...], "Plan"] = field(default_factory=dict)
    layout: Layout | None = None
    bare: Layout | None = None


class Malformed(NamedTuple):
    """Why elements of a shape cannot be read: what is wrong, and the line from that of the element."""

    found: str
    line: int
    deep: bool = False


class Leaf(NamedTuple):
    """A value and the names of the elements around it, from the one that is read down to its own."""

    path: tuple[str, ...]
    at: int


@dataclass(slots=True)
class Draft:
    """A party while its element is gone through."""

    role: PartyRole
    kind: Kind
    path: tuple[str, ...]
    line: int
    names: list[int] = field(default_factory=list)
    address: list[int] = field(default_factory=list)
    births: list[int] = field(default_factory=list)
    residences: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    numbers: list[NumberPlan] = field(default_factory=list)
    details: list[tuple[Detail, int]] = field(default_factory=list)
    further: list[int] = field(default_factory=list)
    lines: bool = False

    def finish(self, suffix: str) -> PartyPlan:
        return PartyPlan(
            suffix, self.role, self.kind, "/".join(self.path), self.line, tuple(self.names), tuple(self.address),
            tuple(self.births), tuple(self.residences), tuple(self.places), tuple(self.numbers), tuple(self.details),
            tuple(self.further), self.lines,
        )  # fmt: skip


def number_suffixes(drafts: list[Draft]) -> Iterator[PartyPlan]:
    """The parties with what makes their identifiers unique within a transaction."""
    seen: dict[str, int] = {}
    for draft in drafts:
        count = seen[draft.role] = seen.get(draft.role, 0) + 1
        yield draft.finish(f"/{draft.role}" + (f"/{count}" if count > 1 else ""))
