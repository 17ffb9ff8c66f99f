"""Measure alignments that were found once more: what a score is made of is asked for few of them."""

import numpy as np
from numba import njit

from tahaluf.names.likeness.lean import lean
from tahaluf.screening.kernel.align import new_work
from tahaluf.screening.kernel.screen import measure_pair

# Of the words of one side that met none: what they weigh (nats), how many there are; and what the whole side weighs.
WEIGHT, LEFT, WHOLE = range(3)
TINY = 1e-6


@njit(cache=True, nogil=True)
def measure_found(asked, listed, found, rows, places, features, sides):  # type: ignore[no-untyped-def]
    """Fill, for H alignments (`places` among what was found for the names `rows`), `features` [H, features] as they
    were weighed, and `sides` [H, 2, 3]: of the subject's and of the listed name `WEIGHT`, `LEFT`, `WHOLE`."""
    measure_each(asked, listed, found, rows, places, new_work(), features, sides)


@lean
def measure_each(asked, listed, found, rows, places, work, features, sides):  # type: ignore[no-untyped-def]
    """The same with its memory."""
    for h in range(rows.shape[0]):
        s, place = rows[h], places[h]
        name, count, pairs = found.name[s, place], found.pair_counts[s, place], found.pairs[s, place]
        measure_pair(asked, s, listed, name, pairs, count, work, features[h])
        work.used_subject[:], work.used_listing[:] = False, False
        for k in range(count):
            for side in range(2):
                used = work.used_listing if side else work.used_subject
                first, second = int(pairs[k, 2 * side]), int(pairs[k, 2 * side + 1])
                used[first] = True
                if second >= 0:
                    used[second] = True
        weigh_alone(asked.weights, asked.starts[s], asked.starts[s + 1], work.used_subject, sides[h, 0])
        start, stop = listed.name_starts[name], listed.name_starts[name + 1]
        weigh_alone(listed.name_weights, start, stop, work.used_listing, sides[h, 1])


@lean
def weigh_alone(weights, start, stop, used, out):  # type: ignore[no-untyped-def]
    """What one side's words weigh."""
    out[WEIGHT], out[LEFT], out[WHOLE] = 0.0, 0.0, TINY
    for k in range(stop - start):
        weight = np.float64(weights[start + k])
        out[WHOLE] += weight
        if not used[k]:
            out[WEIGHT] += weight
            out[LEFT] += 1.0
