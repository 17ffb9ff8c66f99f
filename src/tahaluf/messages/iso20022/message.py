"""What stands around transactions: the message with its counts, and the elements that parties are given for."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from tahaluf.messages.iso20022.plan import Layout
from tahaluf.messages.iso20022.vocabulary import KNOWN, MESSAGES

MAX_BREAKS = 10_000
CURRENCY = re.compile(r"""\bCcy\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
DEFINITION = re.compile(r"([a-z]{4}\.\d{3})\.\d{3}\.\d{2}")


@dataclass(slots=True)
class Count:
    """Transactions that a message or a part of it says it has, and those that were met."""

    declared: str | None = None
    total: str | None = None
    line: int = 0
    units: int = 0
    amount: Decimal = Decimal(0)
    # Whether every transaction had an amount that can be added.
    added: bool = True

    def meet(self, amount: str | None) -> None:
        self.units += 1
        if self.total is not None:
            try:
                self.amount += Decimal(amount or "")
            except InvalidOperation:
                self.added = False

    def disagreements(self) -> list[tuple[str, str, str]]:
        """(field, declared, counted) of what does not agree."""
        found = []
        if (
            self.declared is not None
            and self.declared.strip() != str(self.units)
            and not _same(self.declared, self.units)
        ):
            found.append(("NbOfTxs", self.declared.strip(), str(self.units)))
        if self.total is not None and self.added and self.units and not _same(self.total, self.amount):
            found.append(("CtrlSum", self.total.strip(), f"{self.amount}"))
        return found


def _same(text: str, number: int | Decimal) -> bool:
    try:
        return Decimal(text.strip()) == number
    except InvalidOperation:
        return False


@dataclass(slots=True)
class Group:
    """Parties and texts that stand above transactions, ready to be given for each: the layout for the first and that
    for the others, the values, and where these are in the batch of this number."""

    first: Layout
    others: Layout
    values: list[str]
    line: int
    prefix: int
    batch: int = -1
    begin: int = 0


class Loss(NamedTuple):
    """What could not be read above transactions: the last part of a problem's code, the line, the element, what was
    expected and found, and the beginning of what stands there."""

    code: str
    line: int
    field: str
    expected: str
    found: str
    text: str


@dataclass(slots=True, eq=False)
class Frame:
    """An open element, how many transactions it has so far, and what stands in it beside them (`blocks`: line and
    markup; `late`: those that follow a transaction). `leaf` gathers its text, `nested` documents in its leaves;
    `losses` are told of every transaction that follows in it."""

    name: str
    line: int
    attributes: str = ""
    blocks: list[tuple[int, str]] = field(default_factory=list)
    late: list[tuple[int, str]] = field(default_factory=list)
    leaf: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    group: Group | None = None
    units: int = 0
    branches: int = 0
    count: Count = field(default_factory=Count)
    losses: list[Loss] = field(default_factory=list)

    def put(self, line: int, block: str) -> None:
        """Takes what stands beside transactions."""
        if self.units:
            self.late.append((line, block))
        else:
            self.blocks.append((line, block))
            self.group = None


def join_blocks(name: str, blocks: list[tuple[int, str]]) -> tuple[int, str]:
    """Blocks as one element, and its line; line breaks between them stay."""
    first = line = blocks[0][0]
    parts = [f"<{name}>"]
    for at, block in blocks:
        parts.append("\n" * min(max(0, at - line), MAX_BREAKS))
        parts.append(block)
        line = max(line, at) + block.count("\n")
    return first, "".join((*parts, f"</{name}>"))


@dataclass(slots=True)
class Message:
    """One document: its definition (`pacs.008`), its reference, the line that it begins at."""

    line: int = 0
    definition: str | None = None
    id: str | None = None

    @property
    def known(self) -> bool:
        """Whether it is a message of payments that is read here."""
        return self.definition in KNOWN

    def name(self, element: str, attributes: str) -> None:
        """Takes the definition from the element's own namespace, else from its name, else from any namespace."""
        prefix = attributes.partition(":")[0] if re.match(r"[\w.-]+:", attributes) else ""
        own = re.search(rf"xmlns{':' + re.escape(prefix) if prefix else ''}\s*=\s*[\"']([^\"']*)", attributes)
        found = DEFINITION.search(own[1] if own else "") or DEFINITION.fullmatch(element)
        named = found[1] if found else MESSAGES.get(element)
        self.definition = named or self.definition
