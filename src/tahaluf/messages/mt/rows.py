"""The rows of one transaction: its parties, the banks that carry it, its free text."""

from collections.abc import Sequence

from tahaluf.domain import Kind, PartyRole
from tahaluf.messages.batches import BatchBuilder, Pair
from tahaluf.messages.details import Detail
from tahaluf.messages.mt.freetext import MOST_TEXT, identifiers_in, join_fields, named_banks
from tahaluf.messages.mt.model import LONGEST, Fault, Field
from tahaluf.messages.mt.numbers import Number
from tahaluf.messages.mt.party import read_party


class Rows:
    """Adds the rows of transaction `unit` of message `reference`; `base` are the details that all of them have."""

    def __init__(self, builder: BatchBuilder, unit: int, reference: str | None, base: list[Pair]) -> None:
        self._builder = builder
        self._unit = unit
        self._reference = reference
        self._base = base
        self._met: dict[PartyRole, int] = {}

    def __len__(self) -> int:
        return len(self._met)

    def _id(self, role: PartyRole) -> str:
        times = self._met[role] = self._met.get(role, 0) + 1
        return f"{self._unit}/{role}" if times == 1 else f"{self._unit}/{role}/{times}"

    def add_bank(self, role: PartyRole, names: Sequence[str], numbers: list[Number], line: int, tag: str) -> None:
        """A bank that is named outside the fields of parties."""
        self._builder.add(
            self._id(role), names, Kind.ORGANIZATION, role, unit=self._unit, line=line, message=self._reference,
            field=tag, documents=numbers, details=self._base,
        )  # fmt: skip

    def add_party(self, field: Field, role: PartyRole, faults: list[Fault] | None) -> None:
        """The party of a field 50 to 59; what is wrong with it goes to `faults`, if it was not told before."""
        tag, value, line = field
        party = read_party(tag, value)
        if faults is not None:
            for code, at, expected, found in party.flaws:
                faults.append(Fault(code, line + at, tag, expected, found[:LONGEST], value))
        if not party.says_something:
            return
        self._builder.add(
            self._id(role), party.names, party.kind, role, unit=self._unit, line=line, message=self._reference,
            field=tag, birth_dates=party.birth_dates, residences=party.residences, birth_places=party.birth_places,
            documents=party.numbers, details=[*self._base, *party.details] if party.details else self._base,
        )  # fmt: skip

    def add_text(self, fields: Sequence[Field], faults: list[Fault]) -> None:
        """All free text as one row, and the banks that field 72 names."""
        text = join_fields(fields)
        if not text:
            return
        first = fields[0]
        if len(text) > MOST_TEXT:
            found = f"{len(text)}"
            faults.append(Fault("messages.mt.length", first.line, first.tag, f"{MOST_TEXT}", found, text[:200]))
            text = text[:MOST_TEXT]
        self._builder.add(
            self._id(PartyRole.TEXT), (), Kind.UNKNOWN, PartyRole.TEXT, unit=self._unit, line=first.line,
            message=self._reference, field=first.tag, documents=identifiers_in(text),
            details=[*self._base, (Detail.TEXT, text)],
        )  # fmt: skip
        for tag, value, line in fields:
            if tag == "72":
                for role, names, numbers, at in named_banks(value):
                    self.add_bank(role, names, numbers, line + at, tag)
