"""Compiled: which common names a token may spell, by the odds of their spellings."""

import numpy as np

from tahaluf.names.likeness.lean import fused, lean


@fused
def is_before(own, number, its, other):  # type: ignore[no-untyped-def]
    """Whether a name with odds `own` stands before one with odds `its`: the higher odds, else the lower number."""
    return own > its or (own == its and number < other)


@fused
def insert_name(names, odds, count, number, own):  # type: ignore[no-untyped-def]
    """Keep a name among the best `count`, with the highest odds that it is given; returns how many there are then."""
    at = count
    for k in range(count):
        if names[k] == number:
            at = k
    if at == count:
        if count < names.shape[0]:
            count += 1
        else:
            at = count - 1
            if not is_before(own, number, odds[at], names[at]):
                return count
    elif odds[at] >= own:
        return count
    while at > 0 and is_before(own, number, odds[at - 1], names[at - 1]):
        names[at], odds[at] = names[at - 1], odds[at - 1]
        at -= 1
    names[at], odds[at] = number, own
    return count


@lean
def assign_names(asked, odds, listed, bounds, memory, out):  # type: ignore[no-untyped-def]
    """Write to `out[rows[k]]` (int16 [most], −1 padded) the names that the spellings `others[starts[k]]` up to
    `starts[k + 1]` have in `listed` (int16 [spellings, most], −1 padded), best first.

    `asked` = (rows, starts, others); `odds`: float32, of each of `others`; `bounds` = (least, margin): nothing where
    the best odds are below `least`, no name whose odds are more than `margin` below the best; `memory`: float64 [most].
    """
    rows, starts, others = asked
    least, margin = bounds
    for k in range(rows.shape[0]):
        best = -np.inf
        for at in range(starts[k], starts[k + 1]):
            best = max(best, np.float64(odds[at]))
        if best < least:
            continue
        count = 0
        for at in range(starts[k], starts[k + 1]):
            own = np.float64(odds[at])
            if own < best - margin:
                continue
            for place in range(listed.shape[1]):
                if listed[others[at], place] >= 0:
                    count = insert_name(out[rows[k]], memory, count, listed[others[at], place], own)
