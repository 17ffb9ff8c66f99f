"""Compiled kernels of the likeness: the best way to write one token as another, weighed against the chance of its
letters.

A model's table gives, for each source unit, the log-probability of each string of 0 to 3 Latin letters; `ops`
numbers those
strings. Nothing here knows a name: rows of `Codes` go in, log-odds that two tokens are spellings of one come out.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tahaluf.names.letters import WIDTH
from tahaluf.names.likeness.edits import mask_symbols
from tahaluf.names.likeness.lean import fused, lean

OPCODES = 1 + 26 + 26**2 + 26**3
OUT, BAND, EDGE = np.float32(-1e9), 4, 3
KNOWN, TWO_NAMES = np.float32(4.0), np.float32(3.0)
HOPELESS = np.float32(-0.05)
LETTERS = 128
SAME, NEVER, INITIAL = np.float32(5.0), np.float32(-9.0), np.float32(-0.4)


class Codes(NamedTuple):
    """N tokens for the kernels; see `tahaluf.names.letters.TokenCodes`.

    `key`: uint64 hash of the text; `alone`: float32, log-probability of the letters by themselves (Latin tokens);
    `other`: int32, row of another form of the token or −1; `common`: int16 [N, 3], the common names that the token may
    spell, −1 padded; `brief`: int32, what the quick tests ask (see `names.likeness.brief`); `kin`: int16 [N, MOST_KIN],
    the groups of tokens that stand for one another (see `names.kin`), −1 padded.
    """

    arabic: NDArray[np.bool_]
    source: NDArray[np.int16]
    target: NDArray[np.int8]
    skeleton: NDArray[np.int8]
    sizes: NDArray[np.int8]
    key: NDArray[np.uint64]
    alone: NDArray[np.float32]
    other: NDArray[np.int32]
    common: NDArray[np.int16]
    brief: NDArray[np.int32]
    kin: NDArray[np.int16]


class Model(NamedTuple):
    """The learned tables: Arabic to Latin (`cross`) and Latin to Latin (`latin`), and the weights that turn them
    into odds.

    `…_ops` [OPCODES]: the column of each string in `…_costs` (log-probabilities, by source unit); of a string that the
    table has not, the last one, which is `OUT` throughout.
    """

    cross_ops: NDArray[np.uint16]
    cross_costs: NDArray[np.float32]
    cross_insert: NDArray[np.float32]
    latin_ops: NDArray[np.uint16]
    latin_costs: NDArray[np.float32]
    latin_insert: NDArray[np.float32]
    weights: NDArray[np.float32]
    kin_odds: NDArray[np.float32]


class Desk(NamedTuple):
    """Memory for one writing after another: for each letter of a target the operations that write it, it and the one
    before, and the two before ([WIDTH, 3]), and what it costs to insert; a row of the table, `EDGE` places in; the
    places of each letter ([LETTERS])."""

    ops: NDArray[np.uint16]
    inserts: NDArray[np.float32]
    row: NDArray[np.float32]
    masks: NDArray[np.int64]


@njit(cache=True, nogil=True)
def new_desk():  # type: ignore[no-untyped-def]
    """Memory for one thread."""
    row = np.empty(WIDTH + 1 + EDGE, np.float32)
    row[:EDGE] = OUT
    return Desk(np.empty((WIDTH, 3), np.uint16), np.empty(WIDTH, np.float32), row, np.empty(LETTERS, np.int64))


@fused
def lay_out(target, m, ops, insert, desk):  # type: ignore[no-untyped-def]
    """Note on `desk` the operations that write a target of `m` letters, and what it costs to insert each."""
    last, before = np.uint32(0), np.uint32(0)
    for j in range(m):
        letter = np.uint32(target[j])
        desk.inserts[j] = insert[letter]
        desk.ops[j, 0] = ops[np.uint32(1) + letter]
        # Those that begin before the first letter are never looked at in earnest: what stands there is `OUT`.
        desk.ops[j, 1] = ops[np.uint32(27) + last * np.uint32(26) + letter]
        desk.ops[j, 2] = ops[np.uint32(703) + (before * np.uint32(26) + last) * np.uint32(26) + letter]
        before, last = last, letter


@fused
def write(source, n, m, costs, desk):  # type: ignore[no-untyped-def]
    """log P of the likeliest alignment that writes `n` units of `source` as the `m` letters laid out on `desk`, by
    Viterbi within a band."""
    ops, inserts, row = desk.ops, desk.inserts, desk.row
    row[EDGE] = 0.0
    for j in range(m):
        row[EDGE + j + 1] = row[EDGE + j] + inserts[j] if j < BAND else OUT
    first = 0
    for i in range(n):
        unit = np.uint32(source[i])
        middle = (i + 1) * m // n
        low, high = max(0, middle - BAND), min(m, middle + BAND)
        # The row before, in the places from `low` − 1 down.
        one, two, three = row[EDGE + low - 1], row[EDGE + low - 2], row[EDGE + low - 3]
        for j in range(first, low):
            row[EDGE + j] = OUT
        first, last, none = low, OUT, costs[unit, 0]
        if low == 0:
            one = row[EDGE]
            last = one + none
            row[EDGE] = last
            low = 1
        for j in range(low, high + 1):
            here = row[EDGE + j]
            best = max(here + none, one + costs[unit, ops[j - 1, 0]])
            best = max(best, two + costs[unit, ops[j - 1, 1]], three + costs[unit, ops[j - 1, 2]])
            last = max(best, last + inserts[j - 1])
            row[EDGE + j] = last
            one, two, three = here, one, two
    return row[EDGE + m]


@lean
def best_writing(source, n_source, target, n_target, ops, costs, insert, desk):  # type: ignore[no-untyped-def]
    """log P of the likeliest alignment that writes `source` (units) as `target` (letters)."""
    lay_out(target, n_target, ops, insert, desk)
    return write(source, n_source, n_target, costs, desk)


@lean
def cross_gain(a, i, b, j, model, desk):  # type: ignore[no-untyped-def]
    """Gain over chance, in nats a letter, of writing Arabic token `i` of `a` as Latin token `j` of `b`."""
    n, m = a.sizes[i, 0], b.sizes[j, 1]
    cost = best_writing(a.source[i], n, b.target[j], m, model.cross_ops, model.cross_costs, model.cross_insert, desk)
    return (cost - b.alone[j]) / (n + m)


@lean
def latin_gain(a, i, b, j, model, desk):  # type: ignore[no-untyped-def]
    """Gain over chance, in nats a letter, of two Latin tokens: both directions averaged, or the one if that is
    hopeless."""
    n, m = a.sizes[i, 0], b.sizes[j, 1]
    there = best_writing(a.source[i], n, b.target[j], m, model.latin_ops, model.latin_costs, model.latin_insert, desk)
    gain = (there - b.alone[j]) / (n + m)
    if gain < HOPELESS:
        return gain
    n, m = b.sizes[j, 0], a.sizes[i, 1]
    back = best_writing(b.source[j], n, a.target[i], m, model.latin_ops, model.latin_costs, model.latin_insert, desk)
    return 0.5 * (gain + (back - a.alone[i]) / (n + m))


@lean
def count_letter_edits(masks, n, b, m):  # type: ignore[no-untyped-def]
    """Insertions, deletions and replacements from the `n` letters of `masks` to `b[:m]`, all places of a column at
    once (Hyyrö 2003, section 3)."""
    if n == 0:
        return np.int64(m)
    last = np.int64(1) << (n - 1)
    rises, falls, edits = (last << 1) - 1, np.int64(0), np.int64(n)
    for j in range(m):
        mask = masks[b[j]]
        diagonal = (((mask & rises) + rises) ^ rises) | mask | falls
        up, down = falls | ~(diagonal | rises), diagonal & rises
        if up & last:
            edits += 1
        if down & last:
            edits -= 1
        up, down = (up << 1) | 1, down << 1
        rises, falls = down | ~(diagonal | up), up & diagonal
    return edits


@lean
def edit_likeness(a, n, b, m, masks):  # type: ignore[no-untyped-def]
    """1 − edits / longer length, of two letter sequences (letters under `LETTERS`, the first at most 62 of them);
    `masks` [LETTERS]: memory to use."""
    mask_symbols(a, n, masks)
    return 1.0 - count_letter_edits(masks, n, b, m) / max(n, m)


@fused
def compare_common(a, i, b, j):  # type: ignore[no-untyped-def]
    """1 where the two spell one common name, −1 where they spell two, 0 where that is not known."""
    if a.common[i, 0] < 0 or b.common[j, 0] < 0:
        return 0
    for k in range(a.common.shape[1]):
        x = a.common[i, k]
        for other in range(b.common.shape[1]):
            if x >= 0 and x == b.common[j, other]:
                return 1
    return -1


@fused
def shared_kin(a, i, b, j):  # type: ignore[no-untyped-def]
    """A group of kin to which both belong, or −1; of several the first in the order of their kinds."""
    best = -1
    if a.kin[i, 0] >= 0 and b.kin[j, 0] >= 0:
        for k in range(a.kin.shape[1]):
            x = a.kin[i, k]
            for other in range(b.kin.shape[1]):
                if x >= 0 and x == b.kin[j, other] and (best < 0 or (x & 3) < (best & 3)):
                    best = x
    return best


@lean
def compare_rows(a, i, b, j, model, desk):  # type: ignore[no-untyped-def]
    """Log-odds that row `i` of `a` and row `j` of `b` are spellings of one token."""
    if a.key[i] == b.key[j]:
        return SAME
    known = compare_common(a, i, b, j)
    if known > 0:
        return KNOWN
    kin = shared_kin(a, i, b, j)
    odds = compare_letters(a, i, b, j, model, desk)
    if kin >= 0:
        return max(odds, model.kin_odds[kin & 3])
    return odds - TWO_NAMES if known < 0 else odds


@lean
def compare_letters(a, i, b, j, model, desk):  # type: ignore[no-untyped-def]
    """Log-odds by the letters alone."""
    n, m = a.sizes[i, 1], b.sizes[j, 1]
    if n == 0 or m == 0:
        return NEVER
    w = model.weights
    if n == 1 or m == 1:
        return compare_initial(a, i, b, j, model)
    if a.arabic[i] and b.arabic[j]:
        return w[4] + w[5] * edit_likeness(a.target[i], n, b.target[j], m, desk.masks)
    if a.arabic[i]:
        return w[2] + w[3] * cross_gain(a, i, b, j, model, desk)
    if b.arabic[j]:
        return w[2] + w[3] * cross_gain(b, j, a, i, model, desk)
    return w[0] + w[1] * latin_gain(a, i, b, j, model, desk)


@lean
def compare_letters_of(a, rows, b, others, model, desk, out):  # type: ignore[no-untyped-def]
    """Fill `out` with the log-odds by the letters alone of many pairs: `rows` of `a`, each with its fellow in `others`
    of `b`."""
    for k in range(rows.shape[0]):
        out[k] = compare_letters(a, rows[k], b, others[k], model, desk)


@fused
def compare_initial(a, i, b, j, model):  # type: ignore[no-untyped-def]
    """An initial against a token: undecided where the first letters can be the same, else never."""
    if a.arabic[i] == b.arabic[j]:
        return INITIAL if a.target[i, 0] == b.target[j, 0] else NEVER
    if b.arabic[j]:
        a, i, b, j = b, j, a, i
    op = model.cross_ops[1 + b.target[j, 0]]
    return INITIAL if model.cross_costs[a.source[i, 0], op] > -3.5 else NEVER


@lean
def compare_tokens(a, i, b, j, model, desk):  # type: ignore[no-untyped-def]
    """Log-odds for two tokens, the best over their other forms (with or without a glued article)."""
    best = compare_rows(a, i, b, j, model, desk)
    if a.other[i] >= 0:
        best = max(best, compare_rows(a, a.other[i], b, j, model, desk) - np.float32(0.1))
    if b.other[j] >= 0:
        best = max(best, compare_rows(a, i, b, b.other[j], model, desk) - np.float32(0.1))
        if a.other[i] >= 0:
            best = max(best, compare_rows(a, a.other[i], b, b.other[j], model, desk))
    return best
