"""Edits between skeletons, all places of a column at once (Hyyrö 2003, "A bit-vector algorithm for computing
Levenshtein and Damerau edit distances", section 4: restricted Damerau distance)."""

import numpy as np

from tahaluf.names.likeness.lean import lean

SYMBOL_MASKS = 16


@lean
def mask_symbols(word, size, masks):  # type: ignore[no-untyped-def]
    """Fill `masks` (int64, one for each symbol) with the places of `word[:size]` (at most 62) that hold it."""
    masks[:] = 0
    for k in range(size):
        masks[word[k]] |= np.int64(1) << k


@lean
def count_edits(masks, n, b, m):  # type: ignore[no-untyped-def]
    """Insertions, deletions, replacements and swaps of neighbours, no place edited twice, from the word of `masks`
    (of `n` symbols) to `b[:m]`."""
    if n == 0:
        return m
    last = np.int64(1) << (n - 1)
    rises, falls = (last << 1) - 1, np.int64(0)
    diagonal, before, edits = np.int64(0), np.int64(0), n
    for j in range(m):
        mask = masks[b[j]]
        swapped = ((~diagonal & mask) << 1) & before
        diagonal = (((mask & rises) + rises) ^ rises) | mask | falls | swapped
        up, down = falls | ~(diagonal | rises), diagonal & rises
        if up & last:
            edits += 1
        if down & last:
            edits -= 1
        up, down = (up << 1) | 1, down << 1
        rises, falls = down | ~(diagonal | up), up & diagonal
        before = mask
    return edits


@lean
def edit_distance(a, n, b, m, masks):  # type: ignore[no-untyped-def]
    """The same of two words; `masks` [SYMBOL_MASKS]: memory to use."""
    mask_symbols(a, n, masks)
    return count_edits(masks, n, b, m)
