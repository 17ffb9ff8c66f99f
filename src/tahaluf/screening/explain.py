"""Say why a pair of names scored as it did, word by word, from the alignment that the kernel kept.

What is said of two words, or of one that stays alone, is made once and used again: in a file the same words meet over
and over.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tahaluf.domain import TokenMatch
from tahaluf.names.knowledge import knowledge
from tahaluf.names.tokenize import Role, tokenize
from tahaluf.screening.reference.lookup import sigmoid
from tahaluf.screening.terms import SPELLING
from tahaluf.screening.weighed import weighed_tokens

TWO_NAMES = -1.0
CLOSE = 1e-3
KEPT = 1 << 16


class Worded(NamedTuple):
    """A name in words: of each weighed token the text compared, the text shown, its weight (nats) and what is said of
    it alone; and its particles."""

    texts: tuple[str, ...]
    shown: tuple[str, ...]
    weights: list[float]
    alone: list[TokenMatch]
    particles: list[TokenMatch]


def word_subject(name: str, weights: list[float]) -> Worded:
    """A subject's name; of a long one, the tokens that were compared."""
    return _word(name, weights, is_subject=True)


def word_listing(name: str, weights: list[float]) -> Worded:
    """A listed name; IndexError where it is another name than the one that was compiled."""
    return _word(name, weights, is_subject=False)


def _word(name: str, weights: list[float], *, is_subject: bool) -> Worded:
    tokens = weighed_tokens(name)[: len(weights)] if is_subject else weighed_tokens(name)
    if len(tokens) != len(weights):
        raise IndexError
    shown = tuple(token.shown for token in tokens)
    particles = [token.shown for token in tokenize(name) if token.role is Role.PARTICLE]
    return Worded(
        tuple(token.text for token in tokens),
        shown,
        weights,
        [_alone(text, -round(weight, 3), "unmatched", is_subject) for text, weight in zip(shown, weights, strict=True)],
        [_alone(text, 0.0, "particle", is_subject) for text in particles],
    )


@lru_cache(maxsize=KEPT)
def _alone(shown: str, weight: float, reason: str, is_subject: bool) -> TokenMatch:
    if reason == "unmatched":
        reason = "unmatched_subject" if is_subject else "unmatched_listing"
    return TokenMatch(*((shown, "") if is_subject else ("", shown)), 0.0, weight, reason)


def explain_names(mine: Worded, theirs: Worded, steps: Sequence[Sequence[float]]) -> tuple[TokenMatch, ...]:
    """The alignment in words, in the order of the subject's; what has no partner, with what it cost.

    `steps`: rows of the kernel's `align.assign` (i, i2, j, j2, log-odds …), by i.
    """
    left: list[TokenMatch | None] = [*mine.alone]
    right: list[TokenMatch | None] = [*theirs.alone]
    matches = []
    for first, neighbor, other, its_neighbor, odds, _ in steps:
        i, j = int(first), int(other)
        left[i] = right[j] = None
        if neighbor < 0 and its_neighbor < 0:
            weight = min(mine.weights[i], theirs.weights[j])
            matches.append(_match(mine.texts[i], mine.shown[i], theirs.texts[j], theirs.shown[j], odds, weight))
        elif its_neighbor < 0:
            left[i + 1] = None
            matches.append(_join(mine, (i, i + 1), theirs, (j,), odds))
        else:
            right[j + 1] = None
            matches.append(_join(mine, (i,), theirs, (j, j + 1), odds))
    return (*matches, *filter(None, left), *filter(None, right), *mine.particles, *theirs.particles)


@lru_cache(maxsize=KEPT)
def _match(mine: str, shown: str, theirs: str, shown_there: str, odds: float, weight: float) -> TokenMatch:
    reason = _reason(mine, theirs, odds)
    similarity = 1.0 if reason == "exact" else round(sigmoid(odds), 4)
    return TokenMatch(shown, shown_there, similarity, round(weight, 3), reason)


def _join(mine: Worded, own: Sequence[int], theirs: Worded, its: Sequence[int], odds: float) -> TokenMatch:
    left, right = (" ".join(side.shown[k] for k in places) for side, places in ((mine, own), (theirs, its)))
    weight = min(sum(mine.weights[k] for k in own), sum(theirs.weights[k] for k in its))
    return TokenMatch(left, right, round(sigmoid(odds), 4), round(weight, 3), "joined")


def _reason(first: str, second: str, odds: float) -> str:
    if first == second:
        return "exact"
    if min(len(first), len(second)) == 1:
        return "initials"
    known, kind = knowledge().compare_known(first, second)
    # By knowledge where that is what decided; a spelling that is closer still has odds of its own.
    if kind and abs(sigmoid(odds) - known) < CLOSE:
        return kind
    if odds < TWO_NAMES:
        return "doubtful"
    return "romanized" if sigmoid(odds) >= SPELLING else "similar"
