"""Shortlist the listed names that share the most rare tokens with a subject's name.

Evidence of a name = Σ over the subject's tokens of the best p · weight among its tokens, less a tenth of the weight of
what it has beside them. `postings` lists the names of each token; scratch arrays are reused from query to query.
"""

import numpy as np

from tahaluf.names.likeness.lean import fused

SURPLUS = np.float32(0.1)


@fused
def gather(near, q, nq, wq, postings, weight, scratch, stamp):  # type: ignore[no-untyped-def]
    """Add up evidence for every name that any near token occurs in. `near` = (starts, tokens, p) by query token,
    best first;
    `postings` = (starts, names); `scratch` = (evidence, name's last mark, touched names). A mark is the query's `stamp`
    and the place of the token sought in the lower four bits. Returns how many names were touched.
    """
    near_starts, near_tokens, near_p = near
    starts, names = postings
    evidence, marks, touched = scratch
    n_touched = 0
    for i in range(nq):
        mark = (stamp << 4) + i + 1
        for k in range(near_starts[q[i]], near_starts[q[i] + 1]):
            token = near_tokens[k]
            value = near_p[k] * min(wq[i], weight[token])
            for at in range(starts[token], starts[token + 1]):
                name = names[at]
                last = marks[name]
                if last >> 4 != stamp:
                    marks[name] = mark
                    evidence[name] = value
                    touched[n_touched] = name
                    n_touched += 1
                elif last != mark:
                    marks[name] = mark
                    evidence[name] += value
    return n_touched


@fused
def keep_best(scratch, n_touched, total, kind, kinds, best_names, best_values):  # type: ignore[no-untyped-def]
    """The `len(best_names)` touched names of most evidence, as a heap (least first); ties by the lower number.

    `kinds` has a bit for each kind of listing that may answer. Returns how many were kept.
    """
    evidence, _, touched = scratch
    size, room = 0, best_names.shape[0]
    for k in range(n_touched):
        name = touched[k]
        if not (kinds >> kind[name]) & 1:
            continue
        value = evidence[name] - SURPLUS * (total[name] - evidence[name])
        if size == room and (value < best_values[0] or (value == best_values[0] and name > best_names[0])):
            continue
        if size < room:
            at = size
            size += 1
            while at > 0:
                up = (at - 1) // 2
                if best_values[up] > value or (best_values[up] == value and best_names[up] < name):
                    best_values[at], best_names[at] = best_values[up], best_names[up]
                    at = up
                else:
                    break
        else:
            at = 0
            while True:
                down = 2 * at + 1
                if down >= size:
                    break
                if down + 1 < size and (
                    best_values[down + 1] < best_values[down]
                    or (best_values[down + 1] == best_values[down] and best_names[down + 1] > best_names[down])
                ):
                    down += 1
                if best_values[down] < value or (best_values[down] == value and best_names[down] > name):
                    best_values[at], best_names[at] = best_values[down], best_names[down]
                    at = down
                else:
                    break
        best_values[at], best_names[at] = value, name
    return size
