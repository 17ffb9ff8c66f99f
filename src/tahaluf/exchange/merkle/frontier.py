"""A tree's right edge: all that is needed to let it grow. It has one hash for each bit of the size that is set."""

from collections.abc import Iterable

from tahaluf.exchange.merkle.hashing import HASH, hash_node, join


class Frontier:
    """Size and peaks of a tree, from the largest complete subtree on the left to the smallest."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if size < 0 or len(self.peaks) != size.bit_count() or any(len(peak) != HASH for peak in self.peaks):
            raise ValueError("a frontier has one 32-byte hash for each bit of its size")

    def append(self, leaf: bytes) -> None:
        """One more leaf hash at the end; in the long run two hashes an entry."""
        size = self.size
        peaks = self.peaks
        while size & 1:
            leaf = hash_node(peaks.pop(), leaf)
            size >>= 1
        peaks.append(leaf)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return join(self.peaks)

    def copy(self) -> "Frontier":
        """One to try entries on before they are believed."""
        return Frontier(self.size, self.peaks)
