"""A token in one number: all that the quick tests ask, which spare most comparisons of tokens.

Bits 0–14: the set of its skeleton's symbols; 15–20: how many symbols the skeleton has; 21–26: how many letters it is
written as; 27: Arabic letters; 28: it has kin; 29: it has another form.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tahaluf.names.letters import TokenCodes

BRIEF_BITS = 30
SET, SIZE, LETTERS, COUNT = (1 << 15) - 1, 15, 21, 63
ARABIC, KIN, OTHER = 1 << 27, 1 << 28, 1 << 29


def make_briefs(codes: TokenCodes, other: NDArray[np.int32], kin: NDArray[np.int16]) -> NDArray[np.int32]:
    """The number of each of N tokens; `other` [N]: −1 where there is none; `kin` [N, …]: −1 where there is none."""
    symbols = np.where(codes.skeleton >= 0, 1 << codes.skeleton.astype(np.int32), 0)
    brief = np.bitwise_or.reduce(symbols, axis=1)
    brief |= codes.sizes[:, 2].astype(np.int32) << SIZE
    brief |= codes.sizes[:, 1].astype(np.int32) << LETTERS
    brief |= np.where(codes.arabic, ARABIC, 0) | np.where(kin[:, 0] >= 0, KIN, 0) | np.where(other >= 0, OTHER, 0)
    return np.asarray(brief, dtype=np.int32)


@njit(cache=True, nogil=True, inline="always")
def ones(bits):  # type: ignore[no-untyped-def]
    """How many bits of a 32-bit set are on."""
    bits = bits - ((bits >> 1) & 0x55555555)
    bits = (bits & 0x33333333) + ((bits >> 2) & 0x33333333)
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F
    return ((bits * 0x01010101) & 0xFFFFFFFF) >> 24


@njit(cache=True, nogil=True, inline="always")
def letters(brief):  # type: ignore[no-untyped-def]
    """How many letters the token is written as."""
    return (brief >> LETTERS) & COUNT


@njit(cache=True, nogil=True, inline="always")
def is_beyond(a, b, edits):  # type: ignore[no-untyped-def]
    """Whether so many edits are more than three fifths of the longer skeleton; those of one symbol are never far."""
    n, m = (a >> SIZE) & COUNT, (b >> SIZE) & COUNT
    longer = max(n, m)
    return n != 0 and m != 0 and longer > 1 and edits * 5 > longer * 3


@njit(cache=True, nogil=True, inline="always")
def are_far(a, b):  # type: ignore[no-untyped-def]
    """Whether even the fewest edits that two briefs can be apart are too many: what spares counting them."""
    apart = abs(((a >> SIZE) & COUNT) - ((b >> SIZE) & COUNT))
    return is_beyond(a, b, max(apart, ones(a & ~b & SET), ones(b & ~a & SET)))


@njit(cache=True, nogil=True, inline="always")
def may_join(a, b, whole):  # type: ignore[no-untyped-def]
    """Whether two neighbours together have about the consonants of `whole`; all three are briefs."""
    if (a ^ b) & ARABIC or letters(a) <= 1 or letters(b) <= 1:
        return False
    together = ((a >> SIZE) & COUNT) + ((b >> SIZE) & COUNT)
    return abs(together - ((whole >> SIZE) & COUNT)) <= 1 + together // 5 and ones(((a | b) ^ whole) & SET) <= 2
