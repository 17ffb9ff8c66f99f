"""The two hashes of RFC 6962, section 2.1. A leaf and a node begin differently, so neither passes for the other."""

import hashlib
from collections.abc import Sequence

HASH = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def hash_leaf(entry: bytes) -> bytes:
    """The leaf hash of an entry's bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The hash of the node over two 32-byte hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def join(peaks: Sequence[bytes]) -> bytes:
    """The root over the roots of complete subtrees, which stand from the largest on the left to the smallest."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = hash_node(peak, root)
    return root


def hash_full(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes."""
    level = list(hashes)
    while len(level) > 1:
        level = [hash_node(level[i], level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]
