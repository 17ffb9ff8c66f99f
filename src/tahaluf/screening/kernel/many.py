"""One token against many, as `compare_tokens` compares two: what is asked of the one is made ready once.

All is memory that is given: nothing is allocated, and arrays are looked up by number, for a view of each row costs more
than the comparison.
"""

from typing import NamedTuple

import numpy as np

from tahaluf.names.likeness.brief import ARABIC, KIN, OTHER, letters
from tahaluf.names.likeness.edits import mask_symbols
from tahaluf.names.likeness.kernel import (
    HOPELESS,
    KNOWN,
    NEVER,
    SAME,
    TWO_NAMES,
    Desk,
    compare_common,
    compare_initial,
    count_letter_edits,
    lay_out,
    new_desk,
    shared_kin,
    write,
)
from tahaluf.names.likeness.lean import fused, lean

OTHER_FORM = np.float32(0.1)


class Desks(NamedTuple):
    """Memory: the own token laid out as a target of either table; another's, with the places of the own one's
    letters."""

    latin: Desk
    cross: Desk
    its: Desk


def new_desks() -> Desks:
    """Memory for one thread."""
    return Desks(new_desk(), new_desk(), new_desk())


@lean
def compare_with_rows(a, i, b, rows, count, model, desks, out):  # type: ignore[no-untyped-def]
    """Fill `out` [count] with the log-odds that row `i` of `a` and each of `rows` of `b` are spellings of one token,
    whatever their other forms."""
    own, key, has_common = a.brief[i], a.key[i], a.common[i, 0] >= 0
    start_row(a, i, model, desks)
    for k in range(count):
        j = rows[k]
        brief = b.brief[j]
        if (own ^ brief) & ~OTHER == 0 and key == b.key[j]:
            out[k] = SAME
            continue
        known = compare_common(a, i, b, j) if has_common else 0
        if known > 0:
            out[k] = KNOWN
            continue
        odds = compare_letters_with(a, i, own, b, j, brief, model, desks)
        kin = shared_kin(a, i, b, j) if own & brief & KIN else -1
        if kin >= 0:
            odds = max(odds, np.float64(model.kin_odds[kin & 3]))
        elif known < 0:
            odds = odds - TWO_NAMES
        out[k] = odds


@lean
def start_row(a, i, model, desks):  # type: ignore[no-untyped-def]
    """Make row `i` of `a` ready."""
    m = a.sizes[i, 1]
    if a.arabic[i]:
        mask_symbols(a.target[i], m, desks.its.masks)
    else:
        lay_out(a.target[i], m, model.latin_ops, model.latin_insert, desks.latin)
        lay_out(a.target[i], m, model.cross_ops, model.cross_insert, desks.cross)


@fused
def compare_letters_with(a, i, own, b, j, brief, model, desks):  # type: ignore[no-untyped-def]
    """Log-odds by the letters alone; `own` and `brief` are those of the two rows."""
    n, m = letters(own), letters(brief)
    if n == 0 or m == 0:
        return np.float64(NEVER)
    if n == 1 or m == 1:
        return np.float64(compare_initial(a, i, b, j, model))
    w = model.weights
    if own & brief & ARABIC:
        return w[4] + w[5] * (1.0 - count_letter_edits(desks.its.masks, n, b.target[j], m) / max(n, m))
    if own & ARABIC:
        n = a.sizes[i, 0]
        lay_out(b.target[j], m, model.cross_ops, model.cross_insert, desks.its)
        cost = write(a.source[i], n, m, model.cross_costs, desks.its)
        return w[2] + w[3] * ((cost - b.alone[j]) / (n + m))
    if brief & ARABIC:
        m = b.sizes[j, 0]
        cost = write(b.source[j], m, n, model.cross_costs, desks.cross)
        return w[2] + w[3] * ((cost - a.alone[i]) / (m + n))
    lay_out(b.target[j], m, model.latin_ops, model.latin_insert, desks.its)
    there = write(a.source[i], a.sizes[i, 0], m, model.latin_costs, desks.its)
    gain = (there - b.alone[j]) / (a.sizes[i, 0] + m)
    if gain >= HOPELESS:
        back = write(b.source[j], b.sizes[j, 0], n, model.latin_costs, desks.latin)
        gain = 0.5 * (gain + (back - a.alone[i]) / (b.sizes[j, 0] + n))
    return w[0] + w[1] * gain
