"""Payload tiles as they travel: what an entry's place holds besides a payload, and reading it without its entries.

A tile of the line knows payloads and erased ones; in a bundle a third thing is said: that the sender has it not, or may
not give it this way. Such a one is no loss that the receiver may forget: it asks for it by another way.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tahaluf.exchange.commitment import SALT, commit
from tahaluf.exchange.merkle import hash_leaf
from tahaluf.exchange.payload import DEFLATE, ERASED_HEAD, HEAD, MOST, Payload, expand, written

WITHHELD_HEAD = b"\xff" * SALT + bytes(HEAD - SALT)


class Gap(StrEnum):
    """Why there is no payload: destroyed by its author, not given by the sender, or damaged or absent."""

    ERASED = "erased"
    WITHHELD = "withheld"
    MISSING = "missing"


HEADS = {Gap.ERASED: ERASED_HEAD, Gap.WITHHELD: WITHHELD_HEAD}
Found = Payload | Gap


@dataclass(frozen=True, slots=True)
class Read:
    """What a payload tile's bytes hold by place, believed by nobody yet; how many bytes were expanded for it; and
    whether something stands behind the last payload, which is not read."""

    found: tuple[Found, ...]
    expanded: int = 0
    excess: bool = False

    def commitment(self, at: int) -> bytes | None:
        """The commitment to the payload at a place, if there is one."""
        payload = self.found[at]
        return commit(payload.salt, payload.record) if isinstance(payload, Payload) else None

    def leaf(self, at: int) -> bytes | None:
        commitment = self.commitment(at)
        return None if commitment is None else hash_leaf(commitment)


def most_of(width: int) -> int:
    """How many bytes the payloads of a tile have at most."""
    return width * (HEAD + MOST)


def read_payloads(data: bytes | None, width: int, most: int) -> Read:
    """What a tile's file holds. Never raises for damage: what cannot be read is `Gap.MISSING`."""
    expanded, excess = expand(data, most) if data else (bytearray(), False)
    found: list[Found] = []
    at = 0
    while len(found) < width:
        head = bytes(expanded[at : at + HEAD])
        stop = at + HEAD + int.from_bytes(head[SALT:], "big")
        if len(head) < HEAD or stop > min(len(expanded), at + HEAD + MOST):
            break  # where the next one begins cannot be known
        gap = next((gap for gap, known in HEADS.items() if head == known), Gap.MISSING)
        found.append(Payload(head[:SALT], bytes(expanded[at + HEAD : stop])) if stop > at + HEAD else gap)
        at = stop
    excess = len(found) == width and (excess or at < len(expanded))
    found += [Gap.MISSING] * (width - len(found))
    return Read(tuple(found), len(expanded), excess)


def pack_found(found: Iterable[Found], *, level: int = 6) -> bytes:
    """The file of a tile; level 0 stores it, for payloads that would expand beyond the bound of a bundle."""
    packer = zlib.compressobj(level=level, wbits=DEFLATE)
    pieces = (written(own) if isinstance(own, Payload) else HEADS[own] for own in found)
    return b"".join([*map(packer.compress, pieces), packer.flush()])
