"""Verifies proofs, as RFC 9162 has it in sections 2.1.3.2 and 2.1.4.2. A proof too long or too short is refused."""

from collections.abc import Sequence

from tahaluf.exchange.errors import ExchangeError, refuse
from tahaluf.exchange.merkle.hashing import HASH, hash_node

CODE = "exchange.log.proof"


def check_inclusion(leaf: bytes, number: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raises ExchangeError (`exchange.log.proof`) unless the leaf stands at that number of the tree with that root."""
    if not 0 <= number < size:
        raise refuse(CODE, "an entry in the tree", f"{number} of {size}")
    check_hashes(proof)
    place, last, found = number, size - 1, leaf
    for step in proof:
        if last == 0:
            raise refuse(CODE, "a shorter proof", str(len(proof)))
        if place & 1 or place == last:
            found = hash_node(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = hash_node(found, step)
        place, last = place >> 1, last >> 1
    if last != 0 or found != root:
        raise not_proven(root)


def check_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Raises ExchangeError (`exchange.log.proof`) unless the old tree is the beginning of the new one."""
    if not 0 < old <= new:
        raise refuse(CODE, "sizes from 1 on, the old one not over the new one", f"{old}, {new}")
    check_hashes(proof)
    if old == new:
        if proof or old_root != new_root:
            raise not_proven(new_root)
        return
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if not path:
        raise refuse(CODE, "a longer proof", "0")
    first, second = walk(path, old - 1, new - 1)
    if first != old_root or second != new_root:
        raise not_proven(new_root)


def walk(path: Sequence[bytes], place: int, last: int) -> tuple[bytes, bytes]:
    """The two roots that a consistency proof leads to; `place` and `last` are the last entries of the two trees."""
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            raise refuse(CODE, "a shorter proof", str(len(path)))
        if place & 1 or place == last:
            first, second = hash_node(step, first), hash_node(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = hash_node(second, step)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise refuse(CODE, "a longer proof", str(len(path)))
    return first, second


def check_hashes(proof: Sequence[bytes]) -> None:
    if any(len(step) != HASH for step in proof):
        raise refuse(CODE, "hashes of 32 bytes", "others")


def not_proven(root: bytes) -> ExchangeError:
    return refuse(CODE, root.hex(), "a proof of something else")
