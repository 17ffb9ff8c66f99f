"""What reading and writing a bundle needs of the node: what it keeps, its ledger, its second check."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from tahaluf.exchange.bundle.ranges import Ranges
from tahaluf.exchange.checkpoint import Checkpoint
from tahaluf.exchange.index import Index
from tahaluf.exchange.merkle import ReadNode
from tahaluf.exchange.record import Record
from tahaluf.exchange.registry import Registry


class Source(Protocol):
    """A file open for reading, sealed or open."""

    def read(self, size: int, /) -> bytes: ...


class Sink(Protocol):
    """A file open for writing."""

    def write(self, data: bytes, /) -> object: ...


class HeldLog(Protocol):
    """A verified copy of a log, as `log.Store` is one; and whose payloads it still lacks."""

    @property
    def head(self) -> Checkpoint: ...

    def commitments(self, number: int) -> list[bytes]:
        """Those of the entry tile of a number, as wide as it is."""
        ...

    def read_node(self) -> ReadNode: ...

    def lacks(self) -> Ranges:
        """Numbers under the head whose payload is not here, and was neither withdrawn nor erased for good."""
        ...


class Kept(Protocol):
    """What the receiver has verified before."""

    def registry(self, files: Mapping[str, bytes]) -> Registry:
        """The registry after these files, by name, were tried; ExchangeError if they are no update. Without files, the
        one that is kept."""
        ...

    def index(self, author: str) -> Index | None: ...

    def log(self, origin: str) -> HeldLog | None: ...


class ServedLog(Protocol):
    """The files of a log that the sender has, as `log.Store` gives them."""

    @property
    def head(self) -> Checkpoint: ...

    def read(self, path: str) -> bytes | None: ...


# Whether the delivery ledger says that a record's id ever went to the receiver.
EverServed = Callable[[str], bool]
# Writes into the ledger, flushed, that these records of an origin go to the receiver: before their bytes do.
NoteServed = Callable[[str, Sequence[Record]], None]
# The second check: reads the file's own bytes, and raises if anything in them may not go to the receiver.
CheckOutgoing = Callable[[str, bytes, str], None]
