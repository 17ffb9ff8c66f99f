"""A node's state in memory, as plain as it can be: what tables must do, and what stops where the machine stops."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.node import Aside, Place, Placed, Receipt
from tahaluf.exchange.record import follows
from tests.exchange.log.disks import Disk


@dataclass
class Tables:
    """What lies in the database of a machine, which may stop before or after each transaction."""

    me: str
    disk: Disk
    served: dict[str, set[str]] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    standing: dict[str, Placed] = field(default_factory=dict)
    known_places: dict[str, set[Place]] = field(default_factory=dict)
    aside: list[Aside] = field(default_factory=list)
    due: list[Receipt] = field(default_factory=list)
    receipts: dict[str, set[str]] = field(default_factory=dict)
    took: list[tuple[str, str]] = field(default_factory=list)

    def note(self, receiver: str, record_ids: Collection[str], now: datetime) -> None:
        with self.disk.transaction():
            for record_id in record_ids:
                self.served.setdefault(record_id, set()).add(receiver)

    def receivers(self, record_id: str) -> Collection[str]:
        return self.served.get(record_id, set())

    def applied(self, origin: str) -> int:
        return self.cursors.get(origin, 0)

    def take(self, origin: str, upto: int, records: Sequence[Placed], aside: Sequence[Aside]) -> None:
        if not records and not aside and upto == self.applied(origin):
            return
        with self.disk.transaction():
            for placed in records:
                self._take(placed)
            self.aside += aside
            for one in aside:
                if one.record_id is not None:
                    self.known_places.setdefault(one.record_id, set()).add(one.place)
            self.cursors[origin] = upto

    def _take(self, placed: Placed) -> None:
        record = placed.record
        held = self.standing.get(record.id)
        try:
            newer = follows(record, held.record if held else None)
        except ExchangeError as refused:
            if refused.problem.code != "exchange.withdrawal.final":
                self.aside.append(Aside(placed.place, placed.commitment, refused.problem.code, record.id))
                return
            newer = False
        self.known_places.setdefault(record.id, set()).add(placed.place)
        if newer:
            self.standing[record.id] = placed
            self.took.append((record.kind, record.id))
        if record.kind == "receipt" and isinstance(record.content, dict):
            [withdrawn] = _refs(placed)
            self.receipts.setdefault(withdrawn, set()).add(record.author)

    def withdraw(self, placed: Placed, now: datetime) -> None:
        record = placed.record
        with self.disk.transaction():
            for own in self._listings_of(record.id):
                del self.standing[own]
            self.standing[record.id] = placed
            self.known_places.setdefault(record.id, set()).add(placed.place)
            self.took.append(("withdrawal", record.id))
            if record.author != self.me:
                self.due.append(Receipt(placed.place, placed.commitment, record.id, now))

    def current(self, record_id: str) -> Placed | None:
        return self.standing.get(record_id)

    def withdrawn(self, author: str) -> Collection[str]:
        return [
            own for own, held in self.standing.items() if held.record.is_withdrawal and held.record.author == author
        ]

    def places(self, record_id: str) -> Collection[Place]:
        ids = [record_id, *self._listings_of(record_id)]
        return {place for own in ids for place in self.known_places.get(own, ())}

    def _listings_of(self, record_id: str) -> list[str]:
        """The listings that refer to an identity. They go with it; their own withdrawal is their author's to say."""
        return [
            own for own, held in self.standing.items()
            if held.record.kind == "listing" and not held.record.is_withdrawal and record_id in _refs(held)
        ]  # fmt: skip

    def due_receipts(self) -> Sequence[Receipt]:
        return list(self.due)

    def receipted(self, receipt: Receipt) -> None:
        with self.disk.transaction():
            self.due = [one for one in self.due if one.record_id != receipt.record_id]

    def confirmed(self, record_id: str) -> Collection[str]:
        return self.receipts.get(record_id, set())


def _refs(placed: Placed) -> list[str]:
    refs = orjson.loads(placed.record.data).get("object_refs", [])
    return list(refs)
