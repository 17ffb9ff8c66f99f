"""Which listed tokens may be spellings of a token: every one of them is looked at.

The specification of `screening.kernel.lookup` and `screening.kernel.near`: the deletion hashes there must find exactly
what `is_near` says of each skeleton here.
"""

import math
from collections.abc import Sequence

from tahaluf.names.kin import FIRST_SLIGHT
from tahaluf.screening.kernel.lookup import ALIKE, LONG_ENOUGH, LOOSE
from tahaluf.screening.kernel.near import LEAST, MOST
from tahaluf.screening.reference.likeness import Likeness, Spelling

SYMBOLS = "btjhxdrzsfgklmn"


def sigmoid(odds: float) -> float:
    """A probability from log-odds."""
    return 1.0 / (1.0 + math.exp(-odds))


def edit_distance(a: str, b: str) -> int:
    """The fewest insertions, deletions, replacements and swaps of neighbours from `a` to `b`, no place edited twice."""
    edits: dict[tuple[int, int], int] = {}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways = [i + j] if i == 0 or j == 0 else [edits[i - 1, j - 1] + (a[i - 1] != b[j - 1])]
            if i and j:
                ways += [edits[i - 1, j] + 1, edits[i, j - 1] + 1]
            if i > 1 and j > 1 and a[i - 2 : i] == b[j - 1] + b[j - 2]:
                ways.append(edits[i - 2, j - 2] + 1)
            edits[i, j] = min(ways)
    return edits[len(a), len(b)]


def edits_allowed(skeleton: str) -> int:
    """None for an empty skeleton, one for a short, two for a long one."""
    if not skeleton:
        return 0
    return 1 if len(skeleton) < 6 else 2


def is_near(a: str, b: str, most: int) -> bool:
    """Whether two skeletons are near: within the edits that the longer may have, and `most`; where one is short, only
    if they differ as spellings do."""
    limit = min(max(edits_allowed(a), edits_allowed(b)), most)
    if edit_distance(a, b) > limit:
        return False
    return min(len(a), len(b)) >= LONG_ENOUGH or is_likely_edit(a, b)


def is_likely_edit(a: str, b: str) -> bool:
    """Whether two short skeletons differ as spellings do: one symbol for one like it, one symbol more or less (of tiny
    skeletons only a loose one), two neighbours swapped."""
    n, m = len(a), len(b)
    start = 0
    while start < min(n, m) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(n, m) - start and a[n - 1 - end] == b[m - 1 - end]:
        end += 1
    left, right = a[start : n - end], b[start : m - end]
    if not left and not right:
        return True
    if len(left) == len(right) == 1:
        return bool(ALIKE[SYMBOLS.index(left), SYMBOLS.index(right)])
    if len(left) + len(right) == 1:
        return max(n, m) > 2 or bool(LOOSE[SYMBOLS.index(left or right)])
    return len(left) == len(right) == 2 and n > 3


def near_skeletons(skeleton: str, listed: Sequence[str], most: int) -> set[int]:
    """Numbers of the listed skeletons near one."""
    return {number for number, other in enumerate(listed) if is_near(skeleton, other, most)}


def near_tokens(own: Spelling, listed: Sequence[Spelling], likeness: Likeness, most: int) -> list[tuple[int, float]]:
    """Listed tokens that may be spellings of `own`, each with its probability; best first, ties by the lower number.

    A token is near by the skeleton of any form of either, or as kin.
    """
    found = []
    for number, other in enumerate(listed):
        are_kin = any(group % 4 < FIRST_SLIGHT for group in set(own.kin) & set(other.kin))
        if are_kin or any(is_near(a.skeleton, b.skeleton, most) for a in own.forms() for b in other.forms()):
            p = sigmoid(likeness.compare_tokens(own, other))
            if p >= LEAST:
                found.append((number, p))
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))[:MOST]
