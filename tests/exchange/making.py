"""Members, keys and logs for tests of the exchange. All are invented."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from tahaluf.exchange.checkpoint import Checkpoint
from tahaluf.exchange.ids import log_origin
from tahaluf.exchange.marking import Audience, Marking, Purpose, Tlp
from tahaluf.exchange.merkle import hash_leaf, root_at
from tahaluf.exchange.merkle.tiles import Tiles
from tahaluf.exchange.notes import CosigningKey, SigningKey

AUTHOR = "interior.azmar.example"
RECEIVER = "finance.belmor.example"
OTHER = "customs.caldera.example"
AUDIENCE = Audience(members=(RECEIVER,))
ORIGIN = log_origin(AUTHOR, AUDIENCE.id)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
KEY = SigningKey(ORIGIN, hashlib.sha256(b"log").digest())
PUBLIC = KEY.verifying.public
COSIGNER = CosigningKey(RECEIVER, hashlib.sha256(b"cosign").digest())


def commitments(size: int, words: str = "entry") -> list[bytes]:
    return [hashlib.sha256(f"{words} {number}".encode()).digest() for number in range(size)]


def tree_of(size: int, words: str = "entry") -> Tiles:
    tree = Tiles()
    tree.extend(map(hash_leaf, commitments(size, words)))
    return tree


def head_of(tree: Tiles, size: int | None = None, origin: str = ORIGIN) -> Checkpoint:
    size = tree.size if size is None else size
    return Checkpoint(origin, size, root_at(tree.read, size))


def marking(audience: Audience = AUDIENCE, **changes: Any) -> Marking:
    given: dict[str, Any] = {"tlp": Tlp.AMBER, "purposes": (Purpose.BORDERS, Purpose.FINANCE), "originator": AUTHOR}
    return Marking(audience=audience, **(given | changes))
