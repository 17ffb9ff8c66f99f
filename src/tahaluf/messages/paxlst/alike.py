"""Travelers of one shape, read by columns: one match for each, then each column at once.

Whatever is not plain in one of them (a value to be reported, a name that is a placeholder) is left to the way of
segments; the others are not touched by it. Both ways tell the same, which a test holds them to.
"""

from collections.abc import Sequence
from datetime import date
from itertools import compress
from typing import Any

from tahaluf.domain import PartyRole
from tahaluf.messages.batches import Alike
from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Segment, Separators
from tahaluf.messages.edifact.charset import Charset
from tahaluf.messages.edifact.segment import split_segment
from tahaluf.messages.paxlst import codes, facts
from tahaluf.messages.paxlst.facts import Fact, fact_of
from tahaluf.messages.paxlst.names import TravelerName, parse_name
from tahaluf.messages.paxlst.shapes import ADDRESS, QUALIFIER, SECOND, SURNAME, Field, Shape, key_of
from tahaluf.messages.paxlst.traveler import address_of

_MOST_REMEMBERED = 1 << 16
_CHARSET = Charset("")
Column = Sequence[Any]


class Understanding:
    """What texts of segments tell on the day `today`, remembered by where it goes to."""

    def __init__(self, separators: Separators, today: date) -> None:
        self._separators = separators
        self._glued = "NAD" + separators.element
        self._today = today
        self._known: dict[tuple[int, str], dict[str, Any]] = {}

    def fact(self, text: str) -> Fact | None:
        """What a segment tells; None where that is to be reported, or is none."""
        text = text.strip()
        if self._glued in text:
            return None
        tag, elements, _ = split_segment(text, self._separators, _CHARSET)
        fact = fact_of(Segment(tag, elements, 0, 0, text), self._today)
        return None if fact is None or fact.fault else fact

    def column(self, texts: Sequence[str], field: Field) -> list[Any]:
        """The value of each text, None where it is not plain; a gender that is not told is empty."""
        known = self._known.setdefault(field[1:], {})
        values = list(map(known.get, texts))
        if None not in values:
            return values
        if len(known) >= _MOST_REMEMBERED:
            known.clear()
        for text in {text for text, value in zip(texts, values, strict=True) if value is None}:
            value = self._value(text, field)
            if value is not None:
                known[text] = value
        return list(map(known.get, texts))

    def _value(self, text: str, field: Field) -> Any:
        fact = self.fact(text)
        if fact is None or fact.slot != field.slot or key_of(fact) != field.key:
            unsaid = fact is not None and field.slot == facts.GENDERS and fact.slot == facts.NOTHING
            return "" if unsaid else None
        return fact.value[1] if isinstance(fact.value, tuple) else fact.value

    def addresses(self, texts: Sequence[str | None]) -> list[str | None]:
        """The address in what follows a name; empty where it is not plain."""
        return [None if text is None else self._address(text) for text in texts]

    def _address(self, text: str) -> str | None:
        if self._glued in text or (self._separators.repetition and self._separators.repetition in text):
            return ""
        _, elements, _ = split_segment(f"NAD{self._separators.element * 4}{text}", self._separators, _CHARSET)
        return address_of(Segment("NAD", elements, 0, 0, text)) or None


class Flock:
    """Travelers of one shape in a run, in their order. `add` takes the groups of each; `understand` tells what they
    hold and which are `odd` (from 0), who have to be read segment by segment; `place` numbers the others."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.names: list[TravelerName] = []
        self.roles: list[PartyRole] = []
        self.odd: set[int] = set()
        self.units: list[int] = []
        self._lines: list[int] = []
        self._segments: list[int] = []
        self._rows: list[tuple[str | None, ...]] = []
        self._columns: list[Column] = []
        self._told: dict[int, Column] = {}
        self._types: list[Column] = []
        self._addresses: Column = ()

    def add(self, groups: tuple[str | None, ...]) -> int:
        """One more; its number."""
        self._rows.append(groups)
        return len(self._rows) - 1

    def understand(self, understanding: Understanding) -> None:
        """What all of them hold."""
        columns = self._columns = list(zip(*self._rows, strict=True))
        for field in self.shape.facts:
            self._told[field.group] = self._seek(None, understanding.column(columns[field.group], field))
        self.roles = [codes.ROLES[qualifier] for qualifier in columns[QUALIFIER]]
        self.names = [
            parse_name((surname, given) if second is None else (surname, given, second))
            for surname, given, second in zip(*columns[SURNAME : SECOND + 1], strict=True)
        ]
        self.odd.update(at for at, name in enumerate(self.names) if not name.forms or name.placeholder or name.single)
        for code, _, _ in self.shape.documents:
            known = {text: found[0] for text in set(columns[code]) if (found := codes.document_type(text))[1]}
            self._types.append(self._seek(None, list(map(known.get, columns[code]))))
        if any(columns[ADDRESS]):
            self._addresses = self._seek("", understanding.addresses(columns[ADDRESS]))

    def _seek(self, sought: str | None, values: list[Any]) -> list[Any]:
        if sought in values:
            self.odd.update(at for at, value in enumerate(values) if value == sought)
        return values

    def place(self, unit: int, line: int, segment: int) -> None:
        """The next one that is not odd is this traveler, whose `NAD` stands there."""
        self.units.append(unit)
        self._lines.append(line)
        self._segments.append(segment)

    def alike(self, journey: list[tuple[str, str]]) -> Alike:
        """Those that are not odd, as columns of a batch."""
        if self.odd:
            self._drop_odd()
        rows, told, facts_of = len(self.units), self._told, self.shape.facts

        def of(slot: int) -> list[Column]:
            return [told[field.group] for field in facts_of if field.slot == slot]

        genders = of(facts.GENDERS)
        keys, details = self._details(journey, rows)
        return Alike(
            ids=list(map(str, self.units)), units=self.units, lines=self._lines, segments=self._segments,
            roles=self.roles,
            names=[name.forms for name in self.names],
            genders=[gender or None for gender in genders[0]] if genders else [None] * rows,
            births=of(facts.BIRTHS), nationalities=of(facts.NATIONALITIES), residences=of(facts.RESIDENCES),
            places=of(facts.PLACES), detail_keys=keys, details=details,
            documents=[
                (types, self._columns[number], [None] * rows if issuer is None else told[issuer])
                for types, (_, number, issuer) in zip(self._types, self.shape.documents, strict=True)
            ],
        )  # fmt: skip

    def _drop_odd(self) -> None:
        kept = [at not in self.odd for at in range(len(self.names))]
        self.names = list(compress(self.names, kept))
        self.roles = list(compress(self.roles, kept))
        self._columns = [list(compress(column, kept)) for column in self._columns]
        self._types = [list(compress(column, kept)) for column in self._types]
        self._told = {group: list(compress(column, kept)) for group, column in self._told.items()}
        self._addresses = list(compress(self._addresses, kept))

    def _details(self, journey: list[tuple[str, str]], rows: int) -> tuple[list[str], list[Column]]:
        """Keys and columns of the details in their order: the journey's, the name's, those of segments."""
        keys = [key for key, _ in journey]
        columns: list[Column] = [[value] * rows for _, value in journey]
        if any(name.title for name in self.names):
            keys.append(Detail.TITLE.value)
            columns.append([name.title or None for name in self.names])
        keys.append(Detail.SURNAME.value)
        columns.append([name.surname or None for name in self.names])
        if any(self._addresses):
            keys.append(Detail.ADDRESS.value)
            columns.append(self._addresses)
        for field in self.shape.order:
            keys.append(field.key)
            columns.append(self._told.get(field.group) or self._columns[field.group])
        return keys, columns
