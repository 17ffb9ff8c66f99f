"""What an alignment shows, as numbers: the features that `screening.score` weighs, in the order of `FEATURES`."""

import numpy as np

from tahaluf.names.likeness.kernel import SAME
from tahaluf.names.likeness.lean import fused
from tahaluf.screening.kernel.align import sigmoid

FEATURES = (
    "evidence", "log_odds", "rarest", "second", "lowest", "mean", "unmatched_subject", "unmatched_listing",
    "contradiction", "coverage_subject", "coverage_listing", "first", "last", "weak", "cross",
    "left_subject", "left_listing", "inversions", "tokens_subject", "tokens_listing", "exact", "initials",
    "run_subject", "run_listing", "chain", "chain_first_lost", "chain_inversions", "father_lost",
)  # fmt: skip
N_FEATURES = len(FEATURES)
EVIDENCE, WEAK, EXACT = (FEATURES.index(name) for name in ("evidence", "weak", "exact"))
INVERSIONS = FEATURES.index("inversions")
MATCHED = np.float32(0.25)
SURE = np.float32(0.5)
LOWEST_ODDS, HIGHEST_ODDS = np.float32(-3.0), np.float32(5.0)


@fused
def measure(query, q, wq, listed, t, wt, pairs, count, chain, work, out):  # type: ignore[no-untyped-def]
    """The features of one alignment, in the order of `FEATURES`, without `weak`.

    `chain`: bit 0, a nasab orders the tokens; bit 1, a nasab stands before the second token of both. `work` (`Work`):
    memory to use.
    """
    nq, nt = q.shape[0], t.shape[0]
    matched_q, matched_t, place = work.matched_subject, work.matched_listing, work.place
    out[:] = 0.0
    matched_q[:nq], matched_t[:nt], place[:nq] = 0.0, 0.0, -1
    measure_pairs(pairs, count, matched_q, matched_t, place, out)
    for k in range(count):
        out[21] += min(query.sizes[q[int(pairs[k, 0])], 1], listed.sizes[t[int(pairs[k, 2])], 1]) == 1
    total_q, total_t = measure_lost(wq, wt, matched_q, matched_t, out)
    measure_order(nq, nt, place, matched_q, out)
    run_q, run_t, k = np.float32(0.0), np.float32(0.0), 0
    while k < min(nq, nt) and place[k] == k and matched_q[k] > SURE:
        run_q += wq[k]
        run_t += wt[k]
        k += 1
    out[22], out[23], out[24] = run_q / total_q, run_t / total_t, chain & 1
    out[27] = chain & 2 and nq > 1 and nt > 1 and (place[1] != 1 or matched_q[1] < SURE)
    if chain & 1:
        out[25] = (place[0] != 0) + (matched_t[0] < SURE or place[0] != 0)
        out[26] = out[17]
    out[14] = query.arabic[q[0]] != listed.arabic[t[0]]
    out[18], out[19] = nq, nt


@fused
def measure_pairs(pairs, count, matched_q, matched_t, place, out):  # type: ignore[no-untyped-def]
    """What the pairs are worth; notes for each token how surely it was met, and where."""
    rarest, second, lowest, mean = np.float32(0.0), np.float32(0.0), np.float32(1.0), np.float32(0.0)
    for k in range(count):
        i, i2, j, j2 = int(pairs[k, 0]), int(pairs[k, 1]), int(pairs[k, 2]), int(pairs[k, 3])
        p = sigmoid(pairs[k, 4])
        value = p * pairs[k, 5]
        out[0] += value
        out[1] += max(min(pairs[k, 4], HIGHEST_ODDS), LOWEST_ODDS)
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
        out[20] += pairs[k, 4] >= SAME
    out[2], out[3], out[4], out[5] = rarest, second, lowest if count else 0.0, mean / max(count, 1)


@fused
def measure_lost(wq, wt, matched_q, matched_t, out):  # type: ignore[no-untyped-def]
    """What stays unmet on either side; returns what each side weighs."""
    total_q, total_t, lost_q, lost_t = np.float32(1e-6), np.float32(1e-6), np.float32(0.0), np.float32(0.0)
    for i in range(wq.shape[0]):
        total_q += wq[i]
        lost_q += wq[i] * (1 - matched_q[i])
        out[15] += matched_q[i] < MATCHED
    for j in range(wt.shape[0]):
        total_t += wt[j]
        lost_t += wt[j] * (1 - matched_t[j])
        out[16] += matched_t[j] < MATCHED
    out[6], out[7], out[8] = lost_q, lost_t, min(lost_q, lost_t)
    out[9], out[10] = 1 - lost_q / total_q, 1 - lost_t / total_t
    return total_q, total_t


@fused
def measure_order(nq, nt, place, matched_q, out):  # type: ignore[no-untyped-def]
    """Inversions, and whether the first meets the first, the last the last."""
    for i in range(nq):
        for i2 in range(i + 1, nq):
            out[17] += place[i] >= 0 and place[i2] >= 0 and place[i2] < place[i]
    out[11] = matched_q[0] if nq and place[0] == 0 else 0.0
    out[12] = matched_q[nq - 1] if nq and place[nq - 1] == nt - 1 else 0.0
