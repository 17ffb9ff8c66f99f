"""A plan as arrays: for every row that an element gives, which positions of its values go into which column.

What is made of values (addresses, checked types of numbers, the text) is appended to them by `prepare` in the order
that is fixed here.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter

import numpy as np

from tahaluf.domain import Kind, PartyRole
from tahaluf.messages.details import Detail
from tahaluf.messages.iso20022.plan import Layout, PartyPlan, Plan, Ragged


class Constants:
    """Texts that the rows of a file have in common, each once."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._at: dict[str, int] = {}

    def at(self, text: str) -> int:
        """The number of a text."""
        found = self._at.get(text)
        if found is None:
            found = self._at[text] = len(self.texts)
            self.texts.append(text)
        return found


def ragged(rows: Sequence[Sequence[int]]) -> Ragged:
    """Lists of positions as one `Ragged`."""
    flat = [at for row in rows for at in row]
    return Ragged(np.array([len(row) for row in rows], np.int64), np.array(flat, np.int64))


def getter(positions: Sequence[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """Picks values; a tuple even of one."""
    if len(positions) == 1:
        only = positions[0]
        return lambda values: (values[only],)
    return itemgetter(*positions)


NAMED = frozenset((PartyRole.DEBTOR, PartyRole.CREDITOR, PartyRole.ULTIMATE_DEBTOR, PartyRole.ULTIMATE_CREDITOR))


def is_nameless(party: PartyPlan) -> bool:
    """Whether a party that pays or is paid has no name where it should: banks have their BIC."""
    return (
        party.role in NAMED and not party.names and party.kind is not Kind.ORGANIZATION
        and not party.field.endswith("SchmeId")
    )  # fmt: skip


class Builder:
    """Lays a plan out; positions of what is made follow `plan.count`."""

    def __init__(self, plan: Plan, constants: Constants, with_text: bool) -> None:
        self.plan, self.constants = plan, constants
        self.with_text = with_text and bool(plan.texts)
        self.next = plan.count

    def made(self) -> int:
        self.next += 1
        return self.next - 1

    def build(self) -> Layout:
        plan, parties = self.plan, self.plan.parties
        common = [(Detail.TRANSACTION, at) for at in plan.references]
        if plan.amount is not None:
            common.append((Detail.AMOUNT, self.made()))
        if plan.value_date is not None:
            common.append((Detail.VALUE_DATE, plan.value_date))
        if plan.purpose is not None:
            common.append((Detail.PURPOSE, plan.purpose))
        addressed = [party for party in parties if party.address]
        details = [list(party.details) for party in parties]
        for party, own in zip(parties, details, strict=True):
            if party.address:
                own.append((Detail.ADDRESS, self.made()))
        placed = [party for party in parties if party.places]
        places = [[self.made()] if party.places else [] for party in parties]
        checked = tuple((row, number) for row, party in enumerate(parties) for number in party.numbers)
        types = [[self.made() for _ in party.numbers] for party in parties]
        plain = [self._plain(party) for party in parties]
        if self.with_text:
            plain.append(self._plain_text())
            details.append([(Detail.TEXT, self.made())])
        empty: list[Sequence[int]] = [()] * self.with_text
        mentioned = [[[self.made() for _ in range(plan.mentions)]] * self.with_text for _ in range(2)]
        at = self.constants.at
        return Layout(
            plain=np.array(plain, np.int64).reshape(-1, 5),
            names=ragged([*(party.names for party in parties), *empty]),
            births=ragged([*(party.births for party in parties), *empty]),
            residences=ragged([*(party.residences for party in parties), *empty]),
            places=ragged([*places, *empty]),
            types=ragged(types + mentioned[0]),
            numbers=ragged([[number.at for number in party.numbers] for party in parties] + mentioned[1]),
            codes=ragged([[at(code) for code, _ in own] for own in details]),
            details=ragged([[position for _, position in own] for own in details]),
            common_codes=np.array([at(code) for code, _ in common], np.int64),
            common=np.array([position for _, position in common], np.int64),
            checked=checked,
            named=getter(named) if (named := [at for party in parties for at in party.names]) else None,
            addresses=tuple(getter(party.address) for party in addressed),
            joined_places=tuple(getter(party.places) for party in placed),
            with_text=self.with_text,
            made=self.next - plan.count,
            nameless=tuple(row for row, party in enumerate(parties) if is_nameless(party)),
            careful=any(party.births or party.residences or party.further for party in parties),
        )  # fmt: skip

    def _plain(self, party: PartyPlan) -> list[int]:
        at = self.constants.at
        return [at(party.suffix), at(party.kind), at(party.role), at(party.field), party.line]

    def _plain_text(self) -> list[int]:
        at, first = self.constants.at, self.plan.texts[0]
        return [at(f"/{PartyRole.TEXT}"), at(Kind.UNKNOWN), at(PartyRole.TEXT), at(first.field), first.line]
