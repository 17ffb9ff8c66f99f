"""Align the tokens of two names and sum up what the alignment shows.

Greedy, best evidence first; two neighbours on one side may meet one token of the other (glued or split words). The
features
are those that `screening.score` weighs; their order is `FEATURES`.
"""

import numpy as np
from numba import njit

from tahaluf.names.likeness.kernel import NEVER, SAME, Codes, compare_tokens, cross_gain, edit_likeness, latin_gain

FEATURES = (
    "evidence", "log_odds", "rarest", "second", "lowest", "mean", "unmatched_subject", "unmatched_listing",
    "contradiction", "coverage_subject", "coverage_listing", "first", "last", "weak", "cross", "arabic",
    "left_subject", "left_listing", "inversions", "tokens_subject", "tokens_listing", "exact", "initials",
    "run_subject", "run_listing", "chain", "chain_first_lost", "chain_inversions", "father_lost",
)  # fmt: skip
N_FEATURES = len(FEATURES)
EVIDENCE, WEAK = FEATURES.index("evidence"), FEATURES.index("weak")
MATCHED = np.float32(0.25)
WIDEST = 12
APART, JOINED = np.float32(1.2), np.float32(0.4)


@njit(cache=True, nogil=True)
def sigmoid(x):  # type: ignore[no-untyped-def]
    """1 / (1 + e^−x)."""
    return np.float32(1.0 / (1.0 + np.exp(-x)))


@njit(cache=True, nogil=True, inline="always")
def ones(bits):  # type: ignore[no-untyped-def]
    """How many bits of a 32-bit set are on."""
    bits = bits - ((bits >> 1) & 0x55555555)
    bits = (bits & 0x33333333) + ((bits >> 2) & 0x33333333)
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F
    return ((bits * 0x01010101) & 0xFFFFFFFF) >> 24


@njit(cache=True, nogil=True, inline="always")
def sets_far(bits_a, n, bits_b, m):  # type: ignore[no-untyped-def]
    """Whether two skeletons (sets of symbols, lengths) differ by more than three fifths: a test that spares
    comparisons."""
    longer = max(n, m)
    if n == 0 or m == 0 or longer <= 2:
        return False
    if abs(n - m) * 5 > longer * 3:
        return True
    return max(ones(bits_a & ~bits_b), ones(bits_b & ~bits_a)) * 5 > longer * 3


@njit(cache=True, nogil=True)
def joined_gain(a, i, i2, b, j, model):  # type: ignore[no-untyped-def]
    """Log-odds that neighbours `i`, `i2` of `a`, written together, are token `j` of `b`."""
    one = glue(a, i, i2)
    w = model.weights
    if a.arabic[i] and b.arabic[j]:
        return SAME if edit_likeness(one.target[0], one.sizes[0, 1], b.target[j], b.sizes[j, 1]) > 0.99 else NEVER
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
    return Codes(
        a.arabic[i : i + 1],
        source,
        target,
        key,
        sizes,
        a.key[i2 : i2 + 1],
        alone,
        a.other[i2 : i2 + 1],
        a.common[i : i + 1],
        a.bits[i : i + 1],
        a.kin[:0],
    )


@njit(cache=True, nogil=True)
def likelihoods(query, q, nq, listed, t, nt, model, memo_keys, memo_values, odds):  # type: ignore[no-untyped-def]
    """Fill `odds[nq, nt]` with the log-odds of every pair of tokens of two names; what was compared is remembered.

    The far test and the memo stand here, not in functions: a call with this many arrays costs more than they do.
    """
    q_sizes, q_bits, q_other = query.sizes, query.bits, query.other
    t_sizes, t_bits, t_other = listed.sizes, listed.bits, listed.other
    q_kin, t_kin = query.kin, listed.kin
    mask = memo_keys.shape[0] - 1
    for a in range(nq):
        i = q[a]
        for b in range(nt):
            j = t[b]
            far = (
                q_sizes[i, 1] > 1 and t_sizes[j, 1] > 1 and sets_far(q_bits[i], q_sizes[i, 2], t_bits[j], t_sizes[j, 2])
            )
            if far and q_other[i] >= 0:
                far = sets_far(q_bits[q_other[i]], q_sizes[q_other[i], 2], t_bits[j], t_sizes[j, 2])
            if far and t_other[j] >= 0:
                far = sets_far(q_bits[i], q_sizes[i, 2], t_bits[t_other[j]], t_sizes[t_other[j], 2])
            if far and (q_kin[i, 0] < 0 or t_kin[j, 0] < 0):
                odds[a, b] = NEVER
                continue
            code = (np.int64(i) << 32) | np.int64(j)
            slot = (code * np.int64(-7046029254386353131) >> 42) & mask
            if memo_keys[slot] != code:
                memo_keys[slot] = code
                memo_values[slot] = compare_tokens(query, i, listed, j, model)
            odds[a, b] = memo_values[slot]


@njit(cache=True, nogil=True, inline="always")
def may_join(sizes, bits, arabic, i, i2, size, set_of):  # type: ignore[no-untyped-def]
    """Whether tokens `i` and `i2` together have about the consonants of a token with `size` of them, in `set_of`."""
    both = bits[i] | bits[i2]
    keys = sizes[i, 2] + sizes[i2, 2]
    return (
        arabic[i] == arabic[i2]
        and min(sizes[i, 1], sizes[i2, 1]) > 1
        and abs(keys - size) <= 1 + keys // 5
        and ones(both & ~set_of) + ones(set_of & ~both) <= 2
    )


@njit(cache=True, nogil=True)
def join_neighbours(query, q, nq, listed, t, nt, model, odds, joined):  # type: ignore[no-untyped-def]
    """Where two neighbours together are one token of the other name: `joined[k] = (log-odds, i, j, side)`; returns k.

    Side 0: tokens i, i+1 of the subject are token j of the listing; side 1: token i is tokens j, j+1 of the listing.
    """
    count = 0
    q_sizes, q_bits, q_arabic = query.sizes, query.bits, query.arabic
    t_sizes, t_bits, t_arabic = listed.sizes, listed.bits, listed.arabic
    for i in range(nq):
        for j in range(nt):
            if i + 1 < nq and max(odds[i, j], odds[i + 1, j]) < APART and count < joined.shape[0]:
                if may_join(q_sizes, q_bits, q_arabic, q[i], q[i + 1], t_sizes[t[j], 2], t_bits[t[j]]):
                    gain = joined_gain(query, q[i], q[i + 1], listed, t[j], model)
                    if gain > JOINED:
                        joined[count, 0], joined[count, 1], joined[count, 2], joined[count, 3] = gain, i, j, 0
                        count += 1
            if j + 1 < nt and max(odds[i, j], odds[i, j + 1]) < APART and count < joined.shape[0]:
                if may_join(t_sizes, t_bits, t_arabic, t[j], t[j + 1], q_sizes[q[i], 2], q_bits[q[i]]):
                    gain = joined_gain(listed, t[j], t[j + 1], query, q[i], model)
                    if gain > JOINED:
                        joined[count, 0], joined[count, 1], joined[count, 2], joined[count, 3] = gain, i, j, 1
                        count += 1
    return count


@njit(cache=True, nogil=True)
def assign(odds, nq, nt, wq, wt, joined, n_joined, pairs):  # type: ignore[no-untyped-def]
    """Greedy one-to-one assignment by evidence. `pairs[k] = (i, i2, j, j2, log-odds, weight)`, −1 where single;
    returns k."""
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
    """The features of one alignment, in the order of `FEATURES`, without `weak`; `chain`: bit 0, a nasab orders the
    tokens; bit 1, a
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
