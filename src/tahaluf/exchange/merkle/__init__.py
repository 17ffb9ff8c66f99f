"""The Merkle tree of RFC 6962 over SHA-256: growing it, proving in it, checking proofs, and its tiles.

`Frontier` grows a tree in a stream; `make_inclusion` and `make_consistency` read nodes from wherever they are kept;
`check_inclusion` and `check_consistency` verify; `reference` is the standard's recursion, slow and obvious.
"""

from tahaluf.exchange.merkle.check import check_consistency, check_inclusion
from tahaluf.exchange.merkle.frontier import Frontier
from tahaluf.exchange.merkle.hashing import EMPTY_ROOT, hash_leaf, hash_node
from tahaluf.exchange.merkle.prove import ReadNode, make_consistency, make_inclusion, root_at

__all__ = [
    "EMPTY_ROOT",
    "Frontier",
    "ReadNode",
    "check_consistency",
    "check_inclusion",
    "hash_leaf",
    "hash_node",
    "make_consistency",
    "make_inclusion",
    "root_at",
]
