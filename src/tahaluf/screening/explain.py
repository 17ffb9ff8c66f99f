"""Say why a pair of names scored as it did, from the alignment that the kernel kept."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tahaluf.domain import TokenMatch
from tahaluf.names.knowledge import knowledge
from tahaluf.names.tokenize import Role, Token, tokenize
from tahaluf.screening.weighed import weighed_tokens

TWO_NAMES = -1.0
CLOSE = 1e-3


def explain_names(subject: str, listing: str, pairs: NDArray[np.float32], asked: int) -> tuple[TokenMatch, ...]:
    """The alignment in words. `pairs` [n, 6]: rows of `align.assign`; `asked`: how many of the subject's tokens
    took part."""
    mine, theirs = weighed_tokens(subject)[:asked], weighed_tokens(listing)
    used_mine, used_theirs = set[int](), set[int]()
    matches = []
    for row in pairs.tolist():
        i, i2, j, j2, odds, weight = (*map(int, row[:4]), row[4], row[5])
        left = [i] if i2 < 0 else [i, i2]
        right = [j] if j2 < 0 else [j, j2]
        used_mine.update(left)
        used_theirs.update(right)
        matches.append((i, _match([mine[k] for k in left], [theirs[k] for k in right], odds, weight)))
    matches.sort(key=lambda item: item[0])
    lone = [TokenMatch(token.shown, "", 0.0, 0.0, "unmatched_subject") for token in _left(mine, used_mine)]
    lone += [TokenMatch("", token.shown, 0.0, 0.0, "unmatched_listing") for token in _left(theirs, used_theirs)]
    return (*(match for _, match in matches), *lone, *_particles(subject, listing))


def _left(tokens: Sequence[Token], used: set[int]) -> list[Token]:
    return [token for number, token in enumerate(tokens) if number not in used]


def _match(left: Sequence[Token], right: Sequence[Token], odds: float, weight: float) -> TokenMatch:
    subject, listing = (" ".join(token.shown for token in side) for side in (left, right))
    similarity = 1 / (1 + math.exp(-odds))
    return TokenMatch(subject, listing, round(similarity, 4), round(weight, 3), _reason(left, right, odds))


def _reason(left: Sequence[Token], right: Sequence[Token], odds: float) -> str:
    if len(left) + len(right) > 2:
        return "joined"
    first, second = left[0].text, right[0].text
    if first == second:
        return "exact"
    if min(len(first), len(second)) == 1:
        return "initials"
    known, kind = knowledge().compare_known(first, second)
    # By knowledge where that is what decided; a spelling that is closer still has odds of its own.
    if kind and abs(1 / (1 + math.exp(-odds)) - known) < CLOSE:
        return kind
    if odds < TWO_NAMES:
        return "doubtful"
    return "romanized"


def _particles(subject: str, listing: str) -> list[TokenMatch]:
    mine = [token.shown for token in tokenize(subject) if token.role is Role.PARTICLE]
    theirs = [token.shown for token in tokenize(listing) if token.role is Role.PARTICLE]
    out = [TokenMatch(text, "", 0.0, 0.0, "particle") for text in mine]
    return out + [TokenMatch("", text, 0.0, 0.0, "particle") for text in theirs]
