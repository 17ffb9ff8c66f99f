"""For each distinct token of a batch, the listed tokens that may be spellings of it."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tahaluf.names.kin import FIRST_SLIGHT
from tahaluf.names.likeness.kernel import compare_tokens
from tahaluf.screening.kernel.align import sigmoid
from tahaluf.screening.kernel.lookup import find_near

LEAST = np.float32(0.1)
MOST = 400
MOST_SKELETONS = 20_000


class NearWork(NamedTuple):
    """Memory for one look-up after another: the last row that met each skeleton, each token; the skeletons found."""

    seen: NDArray[np.int32]
    taken: NDArray[np.int32]
    found: NDArray[np.int32]


def new_near_work(skeletons: int, rows: int) -> NearWork:
    """Memory for an index of so many skeletons and rows."""
    return NearWork(
        np.full(skeletons, -1, np.int32), np.full(rows, -1, np.int32), np.empty(MOST_SKELETONS, np.int32)
    )  # fmt: skip


@njit(cache=True, nogil=True)
def near_tokens(query, first, last, most_edits, listed, rows, kin, lookup, model, work, out):  # type: ignore[no-untyped-def]
    """Fill `out` = (counts, tokens [n, MOST], p [n, MOST]) for query rows `first` to `last`, best first.

    `rows` = (starts, row, owner): the listed rows of each skeleton, and the token that each row stands for (a token's
    other form is a row of its own); `kin` = (starts, tokens): the listed tokens of each group of kin; `lookup` = what
    `find_near` needs; `most_edits`: how far skeletons may differ at most; `work` (`NearWork`): marked by row numbers,
    so no row may be asked for twice with the same.
    """
    counts, tokens, chances = out
    starts, members, owner = rows
    kin_starts, kin_tokens = kin
    keys, words, sizes = lookup
    seen, taken, found = work
    for i in range(first, last):
        n = find_near(query.skeleton[i], query.sizes[i, 2], most_edits, keys, words, sizes, seen, i * 2, found)
        other = query.other[i]
        if other >= 0:
            n += find_near(
                query.skeleton[other], query.sizes[other, 2], most_edits, keys, words, sizes, seen, i * 2 + 1, found[n:]
            )
        count = 0
        for k in range(n):
            for at in range(starts[found[k]], starts[found[k] + 1]):
                token = owner[members[at]]
                if taken[token] == i:
                    continue
                taken[token] = i
                p = sigmoid(compare_tokens(query, i, listed, token, model))
                if p >= LEAST:
                    count = insert_best(tokens[i - first], chances[i - first], count, token, p)
        for group in query.kin[i]:
            if group < 0:
                break
            if group & 3 >= FIRST_SLIGHT:
                continue
            for at in range(kin_starts[group], kin_starts[group + 1]):
                token = kin_tokens[at]
                if taken[token] != i:
                    taken[token] = i
                    p = sigmoid(compare_tokens(query, i, listed, token, model))
                    count = insert_best(tokens[i - first], chances[i - first], count, token, p)
        counts[i - first] = count


@njit(cache=True, nogil=True)
def insert_best(tokens, chances, count, token, p):  # type: ignore[no-untyped-def]
    """Insert into a list kept best first, at most `MOST` long; ties by the lower token. Returns the new length."""
    if count == MOST:
        if p <= chances[count - 1]:
            return count
        count -= 1
    at = count
    while at > 0 and (chances[at - 1] < p or (chances[at - 1] == p and tokens[at - 1] > token)):
        chances[at], tokens[at] = chances[at - 1], tokens[at - 1]
        at -= 1
    chances[at], tokens[at] = p, token
    return count + 1
