"""One number of a log: leaf hashes, entries and payloads, which tell the same thing three times.

What one of them lost is got back from another, where that is whole: leaf hashes from entries or payloads, entries from
payloads. Nothing is believed before the tree holds it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tahaluf.exchange.bundle.payloads import Found, Gap, Read
from tahaluf.exchange.bundle.places import Kind
from tahaluf.exchange.merkle import hash_leaf
from tahaluf.exchange.merkle.hashing import HASH
from tahaluf.exchange.merkle.tiles import COMMITMENT, ENTRY
from tahaluf.exchange.payload import Payload

Leaf = bytes | None
PREFIX = COMMITMENT.to_bytes(2, "big")


@dataclass(frozen=True, slots=True)
class TileFiles:
    """The files of a number as they came, whole or not; None for one that did not come."""

    width: int
    hashes: bytes | None = None
    entries: bytes | None = None
    payload: bytes | None = None

    @classmethod
    def of(cls, width: int, files: dict[Kind, bytes]) -> "TileFiles":
        return cls(width, files.get(Kind.HASHES), files.get(Kind.ENTRIES), files.get(Kind.PAYLOAD))

    def leaf_hashes(self) -> list[Leaf]:
        """Those of the hash tile."""
        data = self.hashes or b""
        pieces = [data[at * HASH : (at + 1) * HASH] for at in range(self.width)]
        return [piece if len(piece) == HASH else None for piece in pieces]

    def commitments(self) -> list[bytes | None]:
        """Those of the entry tile."""
        data = self.entries or b""
        pieces = [data[at * ENTRY : (at + 1) * ENTRY] for at in range(self.width)]
        return [piece[2:] if len(piece) == ENTRY and piece[:2] == PREFIX else None for piece in pieces]


def find_leaves(files: TileFiles, read: Read, is_right: Callable[[Sequence[bytes]], bool]) -> list[bytes] | None:
    """The leaf hashes that the tree holds, from whichever of the three files, or place by place from all; or None."""
    for candidates in _candidates(files, read):
        leaves = [leaf for leaf in candidates if leaf is not None]
        if len(leaves) == files.width and is_right(leaves):
            return leaves
    return None


def _candidates(files: TileFiles, read: Read) -> Iterator[list[Leaf]]:
    hashes = files.leaf_hashes()
    yield hashes
    entries = [None if own is None else hash_leaf(own) for own in files.commitments()]
    yield entries
    payloads = [read.leaf(at) for at in range(files.width)]
    for order in ((payloads, hashes, entries), (payloads, entries, hashes)):
        yield [_likeliest([leaf for leaf in own if leaf is not None]) for own in zip(*order, strict=True)]


def _likeliest(leaves: Sequence[bytes]) -> Leaf:
    """What two say, or else the first: of damage, no two files make the same."""
    counted = Counter(leaves).most_common(1)
    return counted[0][0] if counted else None


def find_commitments(files: TileFiles, read: Read, leaves: Sequence[bytes]) -> list[bytes | None]:
    """The entries under right leaf hashes: from the entry tile, else from the payload; None for one that is lost."""
    found: list[bytes | None] = []
    for at, (entry, leaf) in enumerate(zip(files.commitments(), leaves, strict=True)):
        if entry is not None and hash_leaf(entry) == leaf:
            found.append(entry)
        else:
            other = read.commitment(at)
            found.append(other if other is not None and hash_leaf(other) == leaf else None)
    return found


def find_payload(read: Read, at: int, commitment: bytes) -> Found:
    """The payload under a right entry, or why there is none."""
    found = read.found[at]
    right = not isinstance(found, Payload) or read.commitment(at) == commitment
    return found if right else Gap.MISSING
