"""A node put together: who it is, whom it knows, what it keeps."""

from dataclasses import dataclass

from tahaluf.exchange.node.identity import Identity
from tahaluf.exchange.node.ports import Holdings, Ledger
from tahaluf.exchange.node.shelf import Shelf
from tahaluf.exchange.registry import Registry


@dataclass(slots=True)
class Node:
    """All that publishing, serving and following work on; a newer `registry` is put in its place once verified."""

    identity: Identity
    registry: Registry
    shelf: Shelf
    ledger: Ledger
    holdings: Holdings

    @property
    def member(self) -> str:
        """The member that this is the node of."""
        return self.identity.member
