"""RFC 6962, section 2.1, in its own recursion: to test the fast code against, and to read beside the standard."""

from collections.abc import Sequence

from tahaluf.exchange.merkle.hashing import EMPTY_ROOT, hash_leaf, hash_node


def split(size: int) -> int:
    """The largest power of two smaller than a size over 1."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def root_of(entries: Sequence[bytes]) -> bytes:
    """MTH(D[n])."""
    if not entries:
        return EMPTY_ROOT
    if len(entries) == 1:
        return hash_leaf(entries[0])
    middle = split(len(entries))
    return hash_node(root_of(entries[:middle]), root_of(entries[middle:]))


def inclusion(number: int, entries: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(entries) == 1:
        return []
    middle = split(len(entries))
    if number < middle:
        return [*inclusion(number, entries[:middle]), root_of(entries[middle:])]
    return [*inclusion(number - middle, entries[middle:]), root_of(entries[:middle])]


def consistency(old: int, entries: Sequence[bytes]) -> list[bytes]:
    """PROOF(m, D[n])."""
    return subproof(old, entries, known=True)


def subproof(old: int, entries: Sequence[bytes], *, known: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b)."""
    if old == len(entries):
        return [] if known else [root_of(entries)]
    middle = split(len(entries))
    if old <= middle:
        return [*subproof(old, entries[:middle], known=known), root_of(entries[middle:])]
    return [*subproof(old - middle, entries[middle:], known=False), root_of(entries[:middle])]
