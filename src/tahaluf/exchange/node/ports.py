"""What a node needs of what keeps its state and of the line to another node."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from tahaluf.exchange.record import Record


class Place(NamedTuple):
    """Where an entry stands: the log's origin, and its number."""

    origin: str
    number: int


class Placed(NamedTuple):
    """A record where it stands, with its commitment."""

    place: Place
    commitment: bytes
    record: Record


class Aside(NamedTuple):
    """An entry that is kept aside and not looked into: where it stands, its commitment, the code of the reason, and the
    record's id where it is one: its bytes too go when it is withdrawn."""

    place: Place
    commitment: bytes
    code: str
    record_id: str | None = None


class Receipt(NamedTuple):
    """A withdrawal that was taken: where it stands, its commitment, the record's id, and when it was taken."""

    place: Place
    commitment: bytes
    record_id: str
    taken_at: datetime


class Ledger(Protocol):
    """Who was ever served what. What is noted is on the disk when `note` returns."""

    def note(self, receiver: str, record_ids: Collection[str], now: datetime) -> None:
        """These records are about to be served."""
        ...

    def receivers(self, record_id: str) -> Collection[str]:
        """All who were ever served any version of a record."""
        ...


class Holdings(Protocol):
    """What the node holds of all logs, its own too. Each call takes effect as a whole and for good, or not at all."""

    def applied(self, origin: str) -> int:
        """Up to which entry a log has been taken."""
        ...

    def take(self, origin: str, upto: int, records: Sequence[Placed], aside: Sequence[Aside]) -> None:
        """The records of the entries up to a number, in their order. A version that is older than the one held, or of a
        record that was withdrawn, changes nothing."""
        ...

    def withdraw(self, placed: Placed, now: datetime) -> None:
        """Takes a record back for ever, with the listings that refer to it."""
        ...

    def current(self, record_id: str) -> Placed | None:
        """The version that stands, a withdrawal too."""
        ...

    def withdrawn(self, author: str) -> Collection[str]:
        """The ids of an author's records that were withdrawn."""
        ...

    def places(self, record_id: str) -> Collection[Place]:
        """Where the versions of a record stand, those that were put aside too, and of the listings that refer to it, in
        whatever log."""
        ...

    def due_receipts(self) -> Sequence[Receipt]:
        """Of others' withdrawals, those that no receipt was given for."""
        ...

    def receipted(self, receipt: Receipt) -> None:
        """A receipt was given."""
        ...

    def confirmed(self, record_id: str) -> Collection[str]:
        """Who gave a receipt for the withdrawal of a record of this node's."""
        ...


class Reply(NamedTuple):
    """What another node answered: the file, or None where there is none for us; its tag; whether it is the one with the
    tag that was told, and therefore not sent again."""

    data: bytes | None
    tag: str = ""
    same: bool = False


class Peer(Protocol):
    """The line to another node."""

    def get(self, path: str, tag: str = "") -> Reply:
        """A file; LineError where it cannot be had now."""
        ...
