"""Align the tokens of two names: greedy, best evidence first.

Two neighbours on one side may meet one token of the other (glued or split words, see `join`); `measure` tells what an
alignment shows.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tahaluf.names.letters import SKELETON_WIDTH, WIDTH
from tahaluf.names.likeness.brief import COUNT, KIN, OTHER, SIZE, are_far, is_beyond, letters
from tahaluf.names.likeness.edits import SYMBOL_MASKS, count_edits, edit_distance, mask_symbols
from tahaluf.names.likeness.kernel import NEVER, Desk, compare_tokens, new_desk
from tahaluf.names.likeness.lean import fused, lean

WIDEST = 12
SAME_PLACE = np.float32(1.02)
LEAST_ODDS = np.float32(-2.5)


class Glued(NamedTuple):
    """Two neighbours written together: the fields of `Codes` that a comparison of letters asks for, of one row."""

    source: NDArray[np.int16]
    target: NDArray[np.int8]
    sizes: NDArray[np.int8]
    alone: NDArray[np.float32]


class Work(NamedTuple):
    """Memory for one alignment after another: `odds`, `value` [WIDEST, WIDEST]; `masks` [WIDEST, SYMBOL_MASKS]; the
    next ones [WIDEST]; `symbols` [SYMBOL_MASKS] and `skeleton` [SKELETON_WIDTH] of one token."""

    odds: NDArray[np.float32]
    value: NDArray[np.float32]
    masks: NDArray[np.int64]
    subject_brief: NDArray[np.int32]
    listing_brief: NDArray[np.int32]
    matched_subject: NDArray[np.float32]
    matched_listing: NDArray[np.float32]
    place: NDArray[np.int32]
    used_subject: NDArray[np.bool_]
    used_listing: NDArray[np.bool_]
    symbols: NDArray[np.int64]
    skeleton: NDArray[np.int8]
    glued: Glued
    desk: Desk


@njit(cache=True, nogil=True)
def new_glued():  # type: ignore[no-untyped-def]
    """Memory for one thread."""
    return Glued(
        np.empty((1, WIDTH), np.int16), np.empty((1, WIDTH), np.int8), np.empty((1, 3), np.int8),
        np.empty(1, np.float32),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def new_work():  # type: ignore[no-untyped-def]
    """Memory for one thread."""
    return Work(
        np.empty((WIDEST, WIDEST), np.float32), np.empty((WIDEST, WIDEST), np.float32),
        np.empty((WIDEST, SYMBOL_MASKS), np.int64), np.empty(WIDEST, np.int32), np.empty(WIDEST, np.int32),
        np.empty(WIDEST, np.float32), np.empty(WIDEST, np.float32), np.empty(WIDEST, np.int32),
        np.empty(WIDEST, np.bool_), np.empty(WIDEST, np.bool_),
        np.empty(SYMBOL_MASKS, np.int64), np.empty(SKELETON_WIDTH, np.int8), new_glued(), new_desk(),
    )  # fmt: skip


@fused
def sigmoid(x):  # type: ignore[no-untyped-def]
    """1 / (1 + e^−x)."""
    return np.float32(1.0 / (1.0 + np.exp(-x)))


@lean
def start_subject(query, q, work):  # type: ignore[no-untyped-def]
    """Note what the quick tests need of a subject's tokens (rows `q` of `query`), for all its pairs."""
    for a in range(q.shape[0]):
        work.subject_brief[a] = query.brief[q[a]]
        mask_symbols(query.skeleton[q[a]], query.sizes[q[a], 2], work.masks[a])


@fused
def likelihoods(query, q, listed, t, model, memo_keys, memo_values, work):  # type: ignore[no-untyped-def]
    """Fill `work.odds[nq, nt]` with the log-odds of every pair of tokens of two names, rows `q` and `t`.

    The quick tests leave few pairs to compare; what was compared is remembered. `start_subject` comes first.
    """
    mask = memo_keys.shape[0] - 1
    for b in range(t.shape[0]):
        j, brief = t[b], listed.brief[t[b]]
        work.listing_brief[b] = brief
        for a in range(q.shape[0]):
            i, own = q[a], work.subject_brief[a]
            if (
                letters(own) > 1
                and letters(brief) > 1
                and not own & brief & KIN
                and (are_far(own, brief) or is_beyond(own, brief, count_edits(
                    work.masks[a], (own >> SIZE) & COUNT, listed.skeleton[j], (brief >> SIZE) & COUNT)))
                and (not own & OTHER or forms_far(query, query.other[i], listed, j, work))
                and (not brief & OTHER or forms_far(query, i, listed, listed.other[j], work))
            ):  # fmt: skip
                work.odds[a, b] = NEVER
                continue
            code = (np.int64(i) << 32) | np.int64(j)
            slot = (code * np.int64(-7046029254386353131) >> 42) & mask
            if memo_keys[slot] != code:
                memo_keys[slot] = code
                memo_values[slot] = compare_tokens(query, i, listed, j, model, work.desk)
            work.odds[a, b] = memo_values[slot]


@fused
def forms_far(query, i, listed, j, work):  # type: ignore[no-untyped-def]
    """Whether rows `i` and `j` are far."""
    own, brief = query.brief[i], listed.brief[j]
    if are_far(own, brief):
        return True
    n, m = (own >> SIZE) & COUNT, (brief >> SIZE) & COUNT
    return is_beyond(own, brief, edit_distance(query.skeleton[i], n, listed.skeleton[j], m, work.symbols))


@fused
def assign(wq, wt, joined, n_joined, work, pairs):  # type: ignore[no-untyped-def]
    """Greedy one-to-one assignment by evidence, from `work.odds` and the `joined` steps.

    `pairs[k] = (i, i2, j, j2, log-odds, weight)`, −1 where single; returns k.
    """
    nq, nt = wq.shape[0], wt.shape[0]
    odds, value, used_q, used_t = work.odds, work.value, work.used_subject, work.used_listing
    used_q[:nq], used_t[:nt] = False, False
    for i in range(nq):
        for j in range(nt):
            value[i, j] = 0.0
            if odds[i, j] > LEAST_ODDS:
                placed = SAME_PLACE if i == j else np.float32(1.0)
                value[i, j] = sigmoid(odds[i, j]) * min(wq[i], wt[j]) * placed
    count = 0
    while count < WIDEST:
        best, kind, bi, bj = np.float32(0.0), -1, 0, 0
        for i in range(nq):
            if not used_q[i]:
                for j in range(nt):
                    if value[i, j] > best and not used_t[j]:
                        best, kind, bi, bj = value[i, j], 0, i, j
        for k in range(n_joined):
            i, j = int(joined[k, 1]), int(joined[k, 2])
            if joined[k, 3] == 0:
                free = not (used_q[i] or used_q[i + 1] or used_t[j])
                weight = min(wq[i] + wq[i + 1], wt[j])
            else:
                free = not (used_q[i] or used_t[j] or used_t[j + 1])
                weight = min(wq[i], wt[j] + wt[j + 1])
            if free and sigmoid(joined[k, 0]) * weight > best:
                best, kind, bi, bj = sigmoid(joined[k, 0]) * weight, 1 + k, i, j
        if kind < 0:
            return count
        take(joined, kind - 1, bi, bj, wq, wt, work, pairs[count])
        count += 1
    return count


@fused
def take(joined, k, i, j, wq, wt, work, pair):  # type: ignore[no-untyped-def]
    """Write down a step, and that its tokens are used: tokens `i` and `j`, or step `k` of `joined`."""
    used_q, used_t = work.used_subject, work.used_listing
    pair[0], pair[1], pair[2], pair[3] = i, -1, j, -1
    used_q[i], used_t[j] = True, True
    if k < 0:
        pair[4], pair[5] = work.odds[i, j], min(wq[i], wt[j])
        return
    pair[4] = joined[k, 0]
    if joined[k, 3] == 0:
        pair[1], used_q[i + 1] = i + 1, True
        pair[5] = min(wq[i] + wq[i + 1], wt[j])
    else:
        pair[3], used_t[j + 1] = j + 1, True
        pair[5] = min(wq[i], wt[j] + wt[j + 1])
