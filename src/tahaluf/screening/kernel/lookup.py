"""Find the skeletons within a few edits of a given one, by hashing what is left when letters are deleted.

Two strings within `k` edits share at least one string made by at most `k` deletions from each (symmetric deletion).
The index
holds the hashes of all deletions of the listed skeletons, sorted; a look-up verifies each candidate by edit distance.
"""

import numpy as np
from numba import njit

from tahaluf.names.likeness.edits import count_edits, mask_symbols
from tahaluf.names.likeness.lean import lean

MAX_KEYS = 128
LONG_ENOUGH = 5
# Consonant classes (see `names.letters`) that spellings of one name interchange, and those that they leave
# out: read off
# what the likeness accepts among the tokens of real lists; all others were rare and cost most of the time.
_SYMBOLS = "btjhxdrzsfgklmn"
ALIKE = np.zeros((16, 16), dtype=np.bool_)
_PAIRS = (
    "dt", "zs", "dz", "kg", "jg", "hx", "kx", "ks", "xg", "hg", "ts", "js", "jz",
    "ht", "bf", "mn", "gr", "jd", "hs",
)  # fmt: skip
for _pair in _PAIRS:
    _first, _second = _SYMBOLS.index(_pair[0]), _SYMBOLS.index(_pair[1])
    ALIKE[_first, _second] = ALIKE[_second, _first] = True
LOOSE = np.array([symbol in "hlj" for symbol in _SYMBOLS + " "])


@njit(cache=True, nogil=True, inline="always")
def edits_allowed(size):  # type: ignore[no-untyped-def]
    """How many edits a skeleton of `size` symbols may be away: similarity of at least .6 or so."""
    if size < 6:
        return 1 if size else 0
    return 2


@lean
def deletion_keys(word, size, edits, out):  # type: ignore[no-untyped-def]
    """Hashes of `word` with 0 to `edits` (at most 2) symbols deleted; returns how many were written to `out`."""
    count = 0
    for a in range(-1, size if edits >= 1 else 0):
        for b in range(-1, (max(a, 0) if edits >= 2 else 0)):
            if a < 0 and b >= 0:
                continue
            key = np.uint32(2166136261)
            for i in range(size):
                if i != a and i != b:
                    key = np.uint32((np.uint32(key) ^ np.uint32(word[i] + 1)) * np.uint32(16777619))
            out[count] = key
            count += 1
    return count


@lean
def likely_edit(a, n, b, m):  # type: ignore[no-untyped-def]
    """Whether two short skeletons that are one edit apart differ in a way that spellings do (t and d, h or none)."""
    start = 0
    while start < n and start < m and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(n, m) - start and a[n - 1 - end] == b[m - 1 - end]:
        end += 1
    left, right = n - start - end, m - start - end
    if left + right == 0:
        return True
    if left == 1 and right == 1:
        return ALIKE[a[start], b[start]]
    if left + right == 1:
        return max(n, m) > 2 or LOOSE[a[start] if left else b[start]]
    return left == 2 and right == 2 and n > 3


@njit(cache=True, nogil=True)
def build_keys(words, sizes):  # type: ignore[no-untyped-def]
    """All deletion hashes of N skeletons (int8 [N, width]) and the skeleton each belongs to, unsorted."""
    keys = np.empty(MAX_KEYS, dtype=np.uint32)
    total = 0
    for i in range(words.shape[0]):
        total += deletion_keys(words[i], sizes[i], edits_allowed(sizes[i]), keys)
    out, owner = np.empty(total, dtype=np.uint32), np.empty(total, dtype=np.int32)
    at = 0
    for i in range(words.shape[0]):
        count = deletion_keys(words[i], sizes[i], edits_allowed(sizes[i]), keys)
        out[at : at + count] = keys[:count]
        owner[at : at + count] = i
        at += count
    return out, owner


@lean
def find_near(word, size, most_edits, lookup, words, sizes, seen, stamp, found, memory):  # type: ignore[no-untyped-def]
    """Listed skeletons within the edits allowed, and `most_edits`, of `word`; writes their numbers to `found`,
    returns how many.

    `lookup` = (keys, owners, starts by the upper 16 bits); `seen` is scratch (int32 per skeleton), `stamp` a number
    not in it; `memory` = (uint32 [MAX_KEYS], int64 [SYMBOL_MASKS]).
    """
    keys, owners, starts = lookup
    mine, masks = memory
    mask_symbols(word, size, masks)
    edits = min(edits_allowed(size), most_edits)
    count = 0
    for k in range(deletion_keys(word, size, edits, mine)):
        bucket = mine[k] >> 16
        low, high = starts[bucket], starts[bucket + 1]
        while low < high:
            middle = (low + high) // 2
            if keys[middle] < mine[k]:
                low = middle + 1
            else:
                high = middle
        while low < keys.shape[0] and keys[low] == mine[k]:
            other = owners[low]
            low += 1
            if seen[other] != stamp and count < found.shape[0]:
                seen[other] = stamp
                shorter = min(size, sizes[other])
                if shorter < LONG_ENOUGH and not likely_edit(word, size, words[other], sizes[other]):
                    continue
                limit = min(max(edits, edits_allowed(sizes[other])), most_edits)
                if count_edits(masks, size, words[other], sizes[other]) <= limit:
                    found[count] = other
                    count += 1
    return count
