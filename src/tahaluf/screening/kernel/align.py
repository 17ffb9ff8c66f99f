"""Align the tokens of two names and sum up what the alignment shows.

Greedy, best evidence first; two neighbours on one side may meet one token of the other (glued or split words). The features
are those that `screening.score` weighs; their order is `FEATURES`.
"""

import numpy as np
from numba import njit

from tahaluf.names.likeness.kernel import SAME, Codes, compare_tokens, cross_gain, latin_gain

FEATURES = (
    "evidence", "log_odds", "rarest", "second", "lowest", "mean", "unmatched_subject", "unmatched_listing",
    "contradiction", "coverage_subject", "coverage_listing", "first", "last", "weak", "cross", "arabic",
    "left_subject", "left_listing", "inversions", "tokens_subject", "tokens_listing", "exact", "initials",
    "run_subject", "run_listing", "chain", "chain_first_lost", "chain_inversions", "father_lost",
)  # fmt: skip
N_FEATURES = len(FEATURES)
MATCHED = np.float32(0.25)
WIDEST = 12


@njit(cache=True, nogil=True)
def sigmoid(x):  # type: ignore[no-untyped-def]
    """1 / (1 + e^−x)."""
    return np.float32(1.0 / (1.0 + np.exp(-x)))


@njit(cache=True, nogil=True)
def skeletons_far(a, i, b, j):  # type: ignore[no-untyped-def]
    """A cheap test that spares most comparisons: the consonants differ too much for the tokens to be one."""
    n, m = a.sizes[i, 2], b.sizes[j, 2]
    if n == 0 or m == 0 or a.sizes[i, 1] == 1 or b.sizes[j, 1] == 1:
        return False
    longer = max(n, m)
    if longer <= 2:
        return False
    if abs(n - m) * 5 > longer * 3:
        return True
    bits_a, bits_b = 0, 0
    for k in range(n):
        bits_a |= 1 << a.skeleton[i, k]
    for k in range(m):
        bits_b |= 1 << b.skeleton[j, k]
    only_a, only_b = bits_a & ~bits_b, bits_b & ~bits_a
    count_a, count_b = 0, 0
    while only_a:
        only_a &= only_a - 1
        count_a += 1
    while only_b:
        only_b &= only_b - 1
        count_b += 1
    return max(count_a, count_b) * 5 > longer * 3


@njit(cache=True, nogil=True)
def cell(query, i, listed, j, model, memo_keys, memo_values):  # type: ignore[no-untyped-def]
    """Log-odds of tokens `i` and `j`, remembered: the same pairs come again and again."""
    code = (np.int64(i) << 32) | np.int64(j)
    slot = (code * np.int64(-7046029254386353131) >> 20) & (memo_keys.shape[0] - 1)
    if memo_keys[slot] == code:
        return memo_values[slot]
    far = skeletons_far(query, i, listed, j)
    if far and query.other[i] >= 0:
        far = skeletons_far(query, query.other[i], listed, j)
    if far and listed.other[j] >= 0:
        far = skeletons_far(query, i, listed, listed.other[j])
    value = np.float32(-9.0) if far else compare_tokens(query, i, listed, j, model)
    memo_keys[slot] = code
    memo_values[slot] = value
    return value


@njit(cache=True, nogil=True)
def joined_gain(a, i, i2, b, j, model):  # type: ignore[no-untyped-def]
    """Log-odds that neighbours `i`, `i2` of `a`, written together, are token `j` of `b`; −9 where lengths forbid it."""
    if a.arabic[i] != a.arabic[i2] or min(a.sizes[i, 1], a.sizes[i2, 1]) < 2:
        return np.float32(-9.0)
    keys = a.sizes[i, 2] + a.sizes[i2, 2]
    if abs(keys - b.sizes[j, 2]) > 1 + keys // 5 or a.sizes[i, 1] + a.sizes[i2, 1] > a.target.shape[1]:
        return np.float32(-9.0)
    one = glue(a, i, i2)
    if skeletons_far(one, 0, b, j):
        return np.float32(-9.0)
    w = model.weights
    if a.arabic[i] and b.arabic[j]:
        n, m = one.sizes[0, 1], b.sizes[j, 1]
        same = n == m
        for k in range(min(n, m)):
            same = same and one.target[0, k] == b.target[j, k]
        return np.float32(5.0) if same else np.float32(-9.0)
    if a.arabic[i]:
        return w[2] + w[3] * cross_gain(one, 0, b, j, model)
    if b.arabic[j]:
        return w[2] + w[3] * cross_gain(b, j, one, 0, model)
    return w[0] + w[1] * latin_gain(one, 0, b, j, model)


@njit(cache=True, nogil=True)
def glue(a, i, i2):  # type: ignore[no-untyped-def]
    """Rows `i` and `i2` of `a` as one token, a `Codes` of one row."""
    source, target, key = a.source[i : i + 1].copy(), a.target[i : i + 1].copy(), a.skeleton[i : i + 1].copy()
    sizes, alone = a.sizes[i : i + 1].copy(), a.alone[i : i + 1].copy()
    n, m = sizes[0, 0], min(a.sizes[i2, 0], source.shape[1] - sizes[0, 0])
    if n > 1:
        source[0, n - 1] = source[0, n - 1] // 3 * 3 + 1
    for k in range(m):
        source[0, n + k] = a.source[i2, k] if k else a.source[i2, k] // 3 * 3 + 1
    sizes[0, 0] = n + m
    n, m = sizes[0, 1], min(a.sizes[i2, 1], target.shape[1] - sizes[0, 1])
    target[0, n : n + m] = a.target[i2, :m]
    sizes[0, 1] = n + m
    n, m = sizes[0, 2], min(a.sizes[i2, 2], key.shape[1] - sizes[0, 2])
    key[0, n : n + m] = a.skeleton[i2, :m]
    sizes[0, 2] = n + m
    alone[0] += a.alone[i2]
    return Codes(a.arabic[i : i + 1], source, target, key, sizes, a.key[i2 : i2 + 1], alone, a.other[i2 : i2 + 1], a.common[i : i + 1])


@njit(cache=True, nogil=True)
def likelihoods(query, q, nq, listed, t, nt, model, memo_keys, memo_values, odds):  # type: ignore[no-untyped-def]
    """Fill `odds[nq, nt]` with the log-odds of every pair of tokens of two names."""
    for i in range(nq):
        for j in range(nt):
            odds[i, j] = cell(query, q[i], listed, t[j], model, memo_keys, memo_values)


@njit(cache=True, nogil=True)
def join_neighbours(query, q, nq, listed, t, nt, model, odds, joined):  # type: ignore[no-untyped-def]
    """Where two neighbours together are one token of the other name: `joined[k] = (log-odds, i, j, side)`; returns k.

    Side 0: tokens i, i+1 of the subject are token j of the listing; side 1: token i is tokens j, j+1 of the listing.
    """
    count = 0
    for i in range(nq):
        for j in range(nt):
            if i + 1 < nq and max(odds[i, j], odds[i + 1, j]) < 3.0 and count < joined.shape[0]:
                gain = joined_gain(query, q[i], q[i + 1], listed, t[j], model)
                if gain > 0.4 and gain > max(odds[i, j], odds[i + 1, j]):
                    joined[count, 0], joined[count, 1], joined[count, 2], joined[count, 3] = gain, i, j, 0
                    count += 1
            if j + 1 < nt and max(odds[i, j], odds[i, j + 1]) < 3.0 and count < joined.shape[0]:
                gain = joined_gain(listed, t[j], t[j + 1], query, q[i], model)
                if gain > 0.4 and gain > max(odds[i, j], odds[i, j + 1]):
                    joined[count, 0], joined[count, 1], joined[count, 2], joined[count, 3] = gain, i, j, 1
                    count += 1
    return count


@njit(cache=True, nogil=True)
def assign(odds, nq, nt, wq, wt, joined, n_joined, pairs):  # type: ignore[no-untyped-def]
    """Greedy one-to-one assignment by evidence. `pairs[k] = (i, i2, j, j2, log-odds, weight)`, −1 where single; returns k."""
    used_q, used_t = np.zeros(WIDEST, dtype=np.bool_), np.zeros(WIDEST, dtype=np.bool_)
    count = 0
    while count < WIDEST:
        best, kind, bi, bj = np.float32(0.0), -1, 0, 0
        for i in range(nq):
            if used_q[i]:
                continue
            for j in range(nt):
                if not used_t[j] and odds[i, j] > -2.5:
                    value = sigmoid(odds[i, j]) * min(wq[i], wt[j]) * np.float32(1.0 + 0.02 * (i == j))
                    if value > best:
                        best, kind, bi, bj = value, 0, i, j
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
        pairs[count, 0], pairs[count, 1], pairs[count, 2], pairs[count, 3] = bi, -1, bj, -1
        used_q[bi] = True
        used_t[bj] = True
        if kind == 0:
            pairs[count, 4], pairs[count, 5] = odds[bi, bj], min(wq[bi], wt[bj])
        else:
            pairs[count, 4] = joined[kind - 1, 0]
            if joined[kind - 1, 3] == 0:
                pairs[count, 1], used_q[bi + 1] = bi + 1, True
                pairs[count, 5] = min(wq[bi] + wq[bi + 1], wt[bj])
            else:
                pairs[count, 3], used_t[bj + 1] = bj + 1, True
                pairs[count, 5] = min(wq[bi], wt[bj] + wt[bj + 1])
        count += 1
    return count


@njit(cache=True, nogil=True)
def measure(query, q, nq, wq, listed, t, nt, wt, pairs, count, chain, out):  # type: ignore[no-untyped-def]
    """The features of one alignment, in the order of `FEATURES`, without `weak`; `chain`: bit 0, a nasab orders the tokens; bit 1, a
    nasab stands before the second token of both."""
    out[:] = 0.0
    matched_q, matched_t = np.zeros(WIDEST, dtype=np.float32), np.zeros(WIDEST, dtype=np.float32)
    place = np.full(WIDEST, -1, dtype=np.int32)
    rarest, second, lowest, mean = np.float32(0.0), np.float32(0.0), np.float32(1.0), np.float32(0.0)
    for k in range(count):
        i, i2, j, j2 = int(pairs[k, 0]), int(pairs[k, 1]), int(pairs[k, 2]), int(pairs[k, 3])
        p = sigmoid(pairs[k, 4])
        value = p * pairs[k, 5]
        out[0] += value
        out[1] += max(min(pairs[k, 4], np.float32(5.0)), np.float32(-3.0))
        mean += p
        lowest = min(lowest, p)
        if value > rarest:
            rarest, second = value, rarest
        elif value > second:
            second = value
        matched_q[i], matched_t[j], place[i] = p, p, j
        if i2 >= 0:
            matched_q[i2] = p
        if j2 >= 0:
            matched_t[j2] = p
        out[21] += pairs[k, 4] >= SAME
        out[22] += min(query.sizes[q[i], 1], listed.sizes[t[j], 1]) == 1
    total_q, total_t, lost_q, lost_t = np.float32(1e-6), np.float32(1e-6), np.float32(0.0), np.float32(0.0)
    for i in range(nq):
        total_q += wq[i]
        lost_q += wq[i] * (1 - matched_q[i])
        out[16] += matched_q[i] < MATCHED
    for j in range(nt):
        total_t += wt[j]
        lost_t += wt[j] * (1 - matched_t[j])
        out[17] += matched_t[j] < MATCHED
    for i in range(nq):
        for i2 in range(i + 1, nq):
            out[18] += place[i] >= 0 and place[i2] >= 0 and place[i2] < place[i]
    run_q, run_t, k = np.float32(0.0), np.float32(0.0), 0
    while k < min(nq, nt) and place[k] == k and matched_q[k] > 0.5:
        run_q += wq[k]
        run_t += wt[k]
        k += 1
    out[23], out[24], out[25] = run_q / total_q, run_t / total_t, chain & 1
    out[28] = chain & 2 and nq > 1 and nt > 1 and (place[1] != 1 or matched_q[1] < 0.5)
    if chain & 1:
        out[26] = (place[0] != 0) + (matched_t[0] < 0.5 or place[0] != 0)
        out[27] = out[18]
    out[2], out[3], out[4], out[5] = rarest, second, lowest if count else 0.0, mean / max(count, 1)
    out[6], out[7], out[8] = lost_q, lost_t, min(lost_q, lost_t)
    out[9], out[10] = 1 - lost_q / total_q, 1 - lost_t / total_t
    out[11] = matched_q[0] if nq and place[0] == 0 else 0.0
    out[12] = matched_q[nq - 1] if nq and place[nq - 1] == nt - 1 else 0.0
    out[14] = query.arabic[q[0]] != listed.arabic[t[0]]
    out[15] = query.arabic[q[0]] and listed.arabic[t[0]]
    out[19], out[20] = nq, nt
