"""For each distinct token of a batch, the listed tokens that may be spellings of it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.kin import FIRST_SLIGHT
from tahaluf.names.likeness.edits import SYMBOL_MASKS
from tahaluf.names.likeness.lean import lean
from tahaluf.screening.kernel.align import sigmoid
from tahaluf.screening.kernel.lookup import MAX_KEYS, find_near
from tahaluf.screening.kernel.many import OTHER_FORM, Desks, compare_with_rows, new_desks

LEAST = np.float32(0.1)
MOST = 400
MOST_SKELETONS = 20_000


class NearWork(NamedTuple):
    """Memory for one look-up after another: the last row that met each skeleton, each token; the skeletons found; the
    tokens to compare, and after them the other forms of some, with their log-odds [2, …] for either form of the token
    asked for; the keys and masks of one skeleton."""

    seen: NDArray[np.int32]
    taken: NDArray[np.int32]
    found: NDArray[np.int32]
    rows: NDArray[np.int32]
    odds: NDArray[np.float64]
    keys: NDArray[np.uint32]
    symbols: NDArray[np.int64]
    desks: Desks


def new_near_work(skeletons: int, rows: int) -> NearWork:
    """Memory for an index of so many skeletons and rows."""
    return NearWork(
        np.full(skeletons, -1, np.int32), np.full(rows, -1, np.int32), np.empty(MOST_SKELETONS, np.int32),
        np.empty(2 * rows, np.int32), np.empty((2, 2 * rows), np.float64),
        np.empty(MAX_KEYS, np.uint32), np.empty(SYMBOL_MASKS, np.int64), new_desks(),
    )  # fmt: skip


@lean
def near_tokens(query, first, last, most_edits, listed, rows, kin, lookup, model, work, out):  # type: ignore[no-untyped-def]
    """Fill `out` = (counts, tokens [n, MOST], p [n, MOST]) for query rows `first` to `last`, best first.

    `rows` = (starts, row, owner): the listed rows of each skeleton, and the token that each row stands for (a token's
    other form is a row of its own); `kin` = (starts, tokens): the listed tokens of each group of kin; `lookup` = what
    `find_near` needs; `most_edits`: how far skeletons may differ at most; `work` (`NearWork`): marked by row numbers,
    so no row may be asked for twice with the same.
    """
    counts, tokens, chances = out
    for i in range(first, last):
        near = take_near(query, i, most_edits, rows, lookup, work)
        taken = take_kin(query, i, kin, near, work)
        compare_taken(query, i, listed, taken, model, work)
        count = 0
        for k in range(taken):
            p = sigmoid(work.odds[0, k])
            if p >= LEAST or k >= near:
                count = insert_best(tokens[i - first], chances[i - first], count, work.rows[k], p)
        counts[i - first] = count


@lean
def take_near(query, i, most_edits, rows, lookup, work):  # type: ignore[no-untyped-def]
    """Write to `work.rows` the listed tokens whose skeletons are near those of row `i`; returns how many."""
    starts, members, owner = rows
    keys, words, sizes = lookup
    seen, taken, found, memory = work.seen, work.taken, work.found, (work.keys, work.symbols)
    n = find_near(query.skeleton[i], query.sizes[i, 2], most_edits, keys, words, sizes, seen, i * 2, found, memory)
    other = query.other[i]
    if other >= 0:
        word, size, rest = query.skeleton[other], query.sizes[other, 2], found[n:]
        n += find_near(word, size, most_edits, keys, words, sizes, seen, i * 2 + 1, rest, memory)
    count = 0
    for k in range(n):
        for at in range(starts[found[k]], starts[found[k] + 1]):
            token = owner[members[at]]
            if taken[token] != i:
                taken[token] = i
                work.rows[count] = token
                count += 1
    return count


@lean
def take_kin(query, i, kin, count, work):  # type: ignore[no-untyped-def]
    """Write to `work.rows`, after the `count` there, the listed tokens that are kin of row `i`; returns how many
    there are then."""
    starts, tokens = kin
    for k in range(query.kin.shape[1]):
        group = query.kin[i, k]
        if group < 0:
            break
        if group & 3 >= FIRST_SLIGHT:
            continue
        for at in range(starts[group], starts[group + 1]):
            token = tokens[at]
            if work.taken[token] != i:
                work.taken[token] = i
                work.rows[count] = token
                count += 1
    return count


@lean
def compare_taken(query, i, listed, taken, model, work):  # type: ignore[no-untyped-def]
    """Fill `work.odds[0]` with the log-odds of row `i` and each of the `taken` tokens, the best over their other
    forms (see `compare_tokens`)."""
    rows, odds = work.rows, work.odds
    count = taken
    for k in range(taken):
        if listed.other[rows[k]] >= 0:
            rows[count] = listed.other[rows[k]]
            count += 1
    compare_with_rows(query, i, listed, rows, count, model, work.desks, odds[0])
    other = query.other[i]
    if other >= 0:
        compare_with_rows(query, other, listed, rows, count, model, work.desks, odds[1])
    form = taken
    for k in range(taken):
        best = odds[0, k]
        if other >= 0:
            best = max(best, odds[1, k] - OTHER_FORM)
        if listed.other[rows[k]] >= 0:
            best = max(best, odds[0, form] - OTHER_FORM)
            if other >= 0:
                best = max(best, odds[1, form])
            form += 1
        odds[0, k] = best


@lean
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
