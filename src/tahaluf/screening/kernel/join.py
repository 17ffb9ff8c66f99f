"""Two neighbours of one name, written together, as one token of the other."""

import numpy as np

from tahaluf.names.likeness.brief import may_join
from tahaluf.names.likeness.edits import edit_distance
from tahaluf.names.likeness.kernel import NEVER, SAME, cross_gain, edit_likeness, latin_gain
from tahaluf.names.likeness.lean import fused, lean

APART, JOINED = np.float32(1.2), np.float32(0.4)
MOST_JOINED = 16


@fused
def join_neighbours(query, q, listed, t, model, work, joined):  # type: ignore[no-untyped-def]
    """Where two neighbours together are one token of the other name: `joined[k] = (log-odds, i, j, side)`; returns k.

    `q`, `t`: rows of the tokens; `work`: as `likelihoods` left it.
    Side 0: tokens i, i+1 of the subject are token j of the listing; side 1: token i is tokens j, j+1 of the listing.
    """
    odds, qb, tb = work.odds, work.subject_brief, work.listing_brief
    count, room = 0, joined.shape[0]
    for i in range(q.shape[0]):
        for j in range(t.shape[0]):
            alone = odds[i, j] < APART
            if alone and i + 1 < q.shape[0] and odds[i + 1, j] < APART and may_join(qb[i], qb[i + 1], tb[j]):
                gain = try_join(query, q[i], q[i + 1], listed, t[j], model, work)
                if gain > JOINED and count < room:
                    joined[count, 0], joined[count, 1], joined[count, 2], joined[count, 3] = gain, i, j, 0
                    count += 1
            if alone and j + 1 < t.shape[0] and odds[i, j + 1] < APART and may_join(tb[j], tb[j + 1], qb[i]):
                gain = try_join(listed, t[j], t[j + 1], query, q[i], model, work)
                if gain > JOINED and count < room:
                    joined[count, 0], joined[count, 1], joined[count, 2], joined[count, 3] = gain, i, j, 1
                    count += 1
    return count


@fused
def try_join(a, i, i2, b, j, model, work):  # type: ignore[no-untyped-def]
    """`joined_gain` where the skeletons allow it, else `NEVER`: most pairs are not worth the look."""
    return joined_gain(a, i, i2, b, j, model, work) if skeletons_join(a, i, i2, b, j, work) else NEVER


@lean
def joined_gain(a, i, i2, b, j, model, work):  # type: ignore[no-untyped-def]
    """Log-odds that neighbours `i`, `i2` of `a`, written together, are token `j` of `b`."""
    one, desk, w = work.glued, work.desk, model.weights
    glue(a, i, i2, one)
    if a.arabic[i] and b.arabic[j]:
        alike = edit_likeness(one.target[0], one.sizes[0, 1], b.target[j], b.sizes[j, 1], desk.masks)
        return SAME if alike > 0.99 else NEVER
    if a.arabic[i]:
        return w[2] + w[3] * cross_gain(one, 0, b, j, model, desk)
    if b.arabic[j]:
        return w[2] + w[3] * cross_gain(b, j, one, 0, model, desk)
    return w[0] + w[1] * latin_gain(one, 0, b, j, model, desk)


@fused
def skeletons_join(a, i, i2, b, j, work):  # type: ignore[no-untyped-def]
    """Whether the skeletons of `i` and `i2` in a row are at most one edit, and one more for each five symbols, away."""
    word = work.skeleton
    n, m = a.sizes[i, 2], a.sizes[i2, 2]
    together = min(n + m, word.shape[0])
    for k in range(n):
        word[k] = a.skeleton[i, k]
    for k in range(together - n):
        word[n + k] = a.skeleton[i2, k]
    return edit_distance(word, together, b.skeleton[j], b.sizes[j, 2], work.symbols) <= 1 + (n + m) // 5


@lean
def glue(a, i, i2, out):  # type: ignore[no-untyped-def]
    """Write rows `i` and `i2` of `a` to `out` (`Glued`) as one token."""
    source, target, sizes = out.source, out.target, out.sizes
    n, m = a.sizes[i, 0], min(a.sizes[i2, 0], source.shape[1] - a.sizes[i, 0])
    for k in range(n):
        source[0, k] = a.source[i, k]
    if n > 1:
        source[0, n - 1] = source[0, n - 1] // 3 * 3 + 1
    for k in range(m):
        source[0, n + k] = a.source[i2, k] if k else a.source[i2, k] // 3 * 3 + 1
    sizes[0, 0] = n + m
    n, m = a.sizes[i, 1], min(a.sizes[i2, 1], target.shape[1] - a.sizes[i, 1])
    for k in range(n):
        target[0, k] = a.target[i, k]
    for k in range(m):
        target[0, n + k] = a.target[i2, k]
    sizes[0, 1] = n + m
    out.alone[0] = a.alone[i] + a.alone[i2]
