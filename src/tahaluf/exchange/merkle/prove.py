"""Makes proofs from a tree whose complete nodes can be read, by tile or from memory: about log2(n) reads each."""

from collections.abc import Callable

from tahaluf.exchange.merkle.hashing import join

# (level, number): the root over entries number * 2**level up to, not including, (number + 1) * 2**level
ReadNode = Callable[[int, int], bytes]


def largest_split(size: int) -> int:
    """The largest power of two under a size of 2 or more."""
    return 1 << (size - 1).bit_length() - 1


def root_of_range(read: ReadNode, start: int, end: int) -> bytes:
    """The root over a range that begins where a subtree of its size may begin."""
    peaks = []
    for level in reversed(range((end - start).bit_length())):
        if (end - start) >> level & 1:
            peaks.append(read(level, start >> level))
            start += 1 << level
    return join(peaks)


def root_at(read: ReadNode, size: int) -> bytes:
    """The root that the tree had at a size."""
    return root_of_range(read, 0, size)


def make_inclusion(read: ReadNode, number: int, size: int) -> list[bytes]:
    """The inclusion proof of RFC 6962, section 2.1.1, of an entry in the tree of a size."""
    if not 0 <= number < size:
        raise ValueError("an entry in the tree")
    proof = []
    start, end = 0, size
    while end - start > 1:
        middle = start + largest_split(end - start)
        if number < middle:
            proof.append(root_of_range(read, middle, end))
            end = middle
        else:
            proof.append(root_of_range(read, start, middle))
            start = middle
    return proof[::-1]


def make_consistency(read: ReadNode, old: int, new: int) -> list[bytes]:
    """The consistency proof of RFC 6962, section 2.1.2, from a size of 1 or more to one not under it."""
    if not 0 < old <= new:
        raise ValueError("sizes from 1 on, the old one not over the new one")
    proof = []
    start, end = 0, new
    while old < end:
        middle = start + largest_split(end - start)
        if old <= middle:
            proof.append(root_of_range(read, middle, end))
            end = middle
        else:
            proof.append(root_of_range(read, start, middle))
            start = middle
    if start > 0:  # else the verifier knows this hash: it is the old root
        proof.append(root_of_range(read, start, end))
    return proof[::-1]
