"""Write hits as JSON lines: texts that are ready one after another, and between them the reasons word by word.

What `screening.explain` says of two names and `screening.export.jsonl` makes of it is written here at once, byte for
byte.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.likeness.kernel import Codes
from tahaluf.names.likeness.lean import lean

TWO_NAMES, CLOSE, SPELLING = -1.0, 1e-3, 0.8
# What an entry takes beside its words, and the list of them, at most.
ENTRY, LIST = 128, 32
SPLIT = 134217729.0
REASONS = (
    "nickname", "equivalent", "concept", "legal_form", "exact", "initials", "doubtful", "romanized", "similar",
    "joined", "unmatched_subject", "unmatched_listing",
)  # fmt: skip
EXACT, INITIALS, DOUBTFUL, ROMANIZED, SIMILAR, JOINED, LEFT_SUBJECT, LEFT_LISTING = range(4, 12)


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8).copy()


_WORDS, _WORD_STARTS = _bytes("".join(REASONS)), np.cumsum([0, *map(len, REASONS)])
_MINE, _THEIRS = _bytes('{"subject":"'), _bytes('","listing":"')
_SIMILARITY, _WEIGHT, _REASON = _bytes('","similarity":'), _bytes(',"weight":'), _bytes(',"reason":"')
_TOKENS, _CLOSED = _bytes(',"tokens":['), _bytes('"},')
MINUS, DOT, ZERO, SPACE, COMMA = map(ord, "-.0 ,")


class Pool(NamedTuple):
    """Texts end to end: text k is `data[starts[k]:starts[k + 1]]`."""

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]


class Words(NamedTuple):
    """The names of one side. Name n has the tokens `starts[n]` to `starts[n + 1]` of `tokens` (rows of `codes`) and
    `weights`; their words, without quotation marks, are the texts `first[n]` … of `pool`, and the entries of its
    particles the one before; `single`: of each text, whether one letter is compared."""

    pool: Pool
    first: NDArray[np.int64]
    single: NDArray[np.bool_]
    codes: Codes
    starts: NDArray[np.int32]
    tokens: NDArray[np.int32]
    weights: NDArray[np.float32]


class Aligned(NamedTuple):
    """Of H hits the subject's name, the place in what was found for it, the listed name; −1 where names were not
    aligned."""

    row: NDArray[np.int64]
    place: NDArray[np.int64]
    name: NDArray[np.int64]


class Kin(NamedTuple):
    """Of each kind of kin (`names.kin`) how alike it makes two tokens, and which comes first where there are two."""

    similarity: NDArray[np.float64]
    order: NDArray[np.int64]


@lean
def write_lines(parts, column, aligned, mine, theirs, found, kin, used, out):  # type: ignore[no-untyped-def]
    """Write H hits to `out`, which has room; returns how many bytes they take.

    `parts` [H, K]: the texts of each, of the listings' pool, or k of the subjects' as −1 − k; the alignment stands
    before those of `column`. `used`: memory, bool [2, WIDEST].
    """
    at = 0
    for h in range(parts.shape[0]):
        for k in range(parts.shape[1]):
            if k == column and aligned.row[h] >= 0:
                at = write_names(aligned, h, mine, theirs, found, kin, used, out, at)
            text = parts[h, k]
            at = copy(mine.pool, -1 - text, out, at) if text < 0 else copy(theirs.pool, text, out, at)
    return at


@lean
def write_names(aligned, h, mine, theirs, found, kin, used, out, at):  # type: ignore[no-untyped-def]
    """The entries of an alignment: steps by the subject's token, what is left on either side, particles."""
    row, place, name = aligned.row[h], aligned.place[h], aligned.name[h]
    own, its = mine.starts[row], theirs.starts[name]
    n, m = mine.starts[row + 1] - own, theirs.starts[name + 1] - its
    used[:] = False
    at = put(_TOKENS, out, at)
    start = at
    for i in range(n):
        for k in range(found.pair_counts[row, place]):
            if found.pairs[row, place, k, 0] == i:
                at = write_step(row, name, found.pairs[row, place, k], mine, theirs, kin, used, out, at)
    for i in range(n):
        if not used[0, i]:
            at = write_alone(mine, row, i, LEFT_SUBJECT, out, at)
    for j in range(m):
        if not used[1, j]:
            at = write_alone(theirs, name, j, LEFT_LISTING, out, at)
    at = copy(mine.pool, mine.first[row] - 1, out, at)
    at = copy(theirs.pool, theirs.first[name] - 1, out, at)
    return at - 1 if at > start else at


@lean
def write_step(row, name, pair, mine, theirs, kin, used, out, at):  # type: ignore[no-untyped-def]
    """One step: two words that met, or a word and two neighbors."""
    i, i2, j, j2, odds = int(pair[0]), int(pair[1]), int(pair[2]), int(pair[3]), np.float64(pair[4])
    own, its = mine.starts[row] + i, theirs.starts[name] + j
    left, right = np.float64(mine.weights[own]), np.float64(theirs.weights[its])
    used[0, i], used[1, j] = True, True
    at = copy(mine.pool, mine.first[row] + i, out, put(_MINE, out, at))
    if i2 >= 0:
        used[0, i + 1], left = True, left + np.float64(mine.weights[own + 1])
        at = copy_next(mine.pool, mine.first[row] + i + 1, out, at)
    at = copy(theirs.pool, theirs.first[name] + j, out, put(_THEIRS, out, at))
    if j2 >= 0:
        used[1, j + 1], right = True, right + np.float64(theirs.weights[its + 1])
        at = copy_next(theirs.pool, theirs.first[name] + j + 1, out, at)
    p = 1.0 / (1.0 + np.exp(-odds))
    reason = JOINED if i2 >= 0 or j2 >= 0 else reason_of(row, i, name, j, odds, p, mine, theirs, kin)
    similarity = 10000 if reason == EXACT else ten_thousandths(p)
    return write_end(similarity, np.rint(min(left, right) * 1000.0), reason, out, at)


@lean
def reason_of(row, i, name, j, odds, p, mine, theirs, kin):  # type: ignore[no-untyped-def]
    """Why two words met: a number of `REASONS`."""
    own, its = mine.tokens[mine.starts[row] + i], theirs.tokens[theirs.starts[name] + j]
    if mine.codes.key[own] == theirs.codes.key[its]:
        return EXACT
    if mine.single[mine.first[row] + i] or theirs.single[theirs.first[name] + j]:
        return INITIALS
    kind = -1
    for k in range(mine.codes.kin.shape[1]):
        group = mine.codes.kin[own, k]
        for other in range(theirs.codes.kin.shape[1]):
            if group >= 0 and group == theirs.codes.kin[its, other]:
                if kind < 0 or kin.order[group & 3] > kin.order[kind]:
                    kind = group & 3
    if kind >= 0 and abs(p - kin.similarity[kind]) < CLOSE:
        return kind
    if odds < TWO_NAMES:
        return DOUBTFUL
    return ROMANIZED if p >= SPELLING else SIMILAR


@lean
def write_alone(side, name, k, reason, out, at):  # type: ignore[no-untyped-def]
    """A word that met none."""
    at = put(_MINE, out, at)
    if reason == LEFT_LISTING:
        at = put(_THEIRS, out, at)
    at = copy(side.pool, side.first[name] + k, out, at)
    if reason == LEFT_SUBJECT:
        at = put(_THEIRS, out, at)
    return write_end(0, -np.rint(np.float64(side.weights[side.starts[name] + k]) * 1000.0), reason, out, at)


@lean
def write_end(similarity, weight, reason, out, at):  # type: ignore[no-untyped-def]
    """What stands behind the words of an entry: the likeness in 10,000ths, the weight in 1000ths, the reason."""
    at = write_number(similarity, 10000, out, put(_SIMILARITY, out, at))
    at = put(_WEIGHT, out, at)
    if np.copysign(1.0, weight) < 0:
        out[at] = MINUS
        at += 1
    at = write_number(np.int64(abs(weight)), 1000, out, at)
    at = put(_REASON, out, at)
    for k in range(_WORD_STARTS[reason], _WORD_STARTS[reason + 1]):
        out[at] = _WORDS[k]
        at += 1
    return put(_CLOSED, out, at)


@lean
def ten_thousandths(p):  # type: ignore[no-untyped-def]
    """`p` in 10,000ths, rounded as Python's `round(p, 4)`: by the number itself, not by a product that was rounded."""
    most = p * SPLIT - (p * SPLIT - p)
    below = np.int64(p * 10000.0)
    over = (most * 10000.0 - (below + 0.5)) + (p - most) * 10000.0
    return below + 1 if over > 0.0 or (over == 0.0 and below & 1) else below


@lean
def write_number(value, unit, out, at):  # type: ignore[no-untyped-def]
    """`value / unit` (a power of ten) in digits, at least one after the point."""
    whole, rest, scale = value // unit, value % unit, 1
    while whole // scale >= 10:
        scale *= 10
    while scale:
        out[at] = ZERO + whole // scale % 10
        at, scale = at + 1, scale // 10
    out[at] = DOT
    at, scale = at + 1, unit // 10
    out[at] = ZERO + rest // scale
    at, rest = at + 1, rest % scale
    while rest:
        scale //= 10
        out[at] = ZERO + rest // scale
        at, rest = at + 1, rest % scale
    return at


@lean
def copy_next(pool, text, out, at):  # type: ignore[no-untyped-def]
    """A text after a space."""
    out[at] = SPACE
    return copy(pool, text, out, at + 1)


@lean
def copy(pool, text, out, at):  # type: ignore[no-untyped-def]
    """A text of a pool; returns where it ends."""
    start, size = pool.starts[text], pool.starts[text + 1] - pool.starts[text]
    for k in range(size):
        out[at + k] = pool.data[start + k]
    return at + size


@lean
def put(text, out, at):  # type: ignore[no-untyped-def]
    """A whole text; returns where it ends."""
    for k in range(text.shape[0]):
        out[at + k] = text[k]
    return at + text.shape[0]
