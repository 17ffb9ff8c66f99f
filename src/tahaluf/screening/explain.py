"""Say why a pair of names scored as it did, from the alignment that the kernel kept."""

from collections.abc import Sequence

from tahaluf.domain import TokenMatch
from tahaluf.names.knowledge import knowledge
from tahaluf.names.tokenize import Role, Token, tokenize
from tahaluf.screening.reference.align import Step, lighter
from tahaluf.screening.reference.lookup import sigmoid
from tahaluf.screening.terms import SPELLING, AlignedPair
from tahaluf.screening.weighed import weighed_tokens

TWO_NAMES = -1.0
CLOSE = 1e-3


def explain_names(subject: str, listing: str, pair: AlignedPair) -> tuple[TokenMatch, ...]:
    """The alignment in words, in the order of the subject's; what has no partner, with what it cost."""
    mine, theirs = weighed_tokens(subject)[: len(pair.subject.weights)], weighed_tokens(listing)
    matches = [_match(step, mine, theirs, pair) for step in sorted(pair.steps, key=lambda step: step.subject)]
    met = {k for step in pair.steps for k in step.subject}, {k for step in pair.steps for k in step.listing}
    lone = [
        TokenMatch(token.shown, "", 0.0, -round(pair.subject.weights[k], 3), "unmatched_subject")
        for k, token in enumerate(mine)
        if k not in met[0]
    ]
    lone += [
        TokenMatch("", token.shown, 0.0, -round(pair.listing.weights[k], 3), "unmatched_listing")
        for k, token in enumerate(theirs)
        if k not in met[1]
    ]
    return (*matches, *lone, *_particles(subject, listing))


def _match(step: Step, mine: Sequence[Token], theirs: Sequence[Token], pair: AlignedPair) -> TokenMatch:
    left, right = [mine[k] for k in step.subject], [theirs[k] for k in step.listing]
    subject, listing = (" ".join(token.shown for token in side) for side in (left, right))
    reason = _reason(left, right, step.odds)
    similarity = 1.0 if reason == "exact" else round(step.p, 4)
    return TokenMatch(subject, listing, similarity, round(lighter(step, pair.subject, pair.listing), 3), reason)


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
    if kind and abs(sigmoid(odds) - known) < CLOSE:
        return kind
    if odds < TWO_NAMES:
        return "doubtful"
    return "romanized" if sigmoid(odds) >= SPELLING else "similar"


def _particles(subject: str, listing: str) -> list[TokenMatch]:
    mine = [token.shown for token in tokenize(subject) if token.role is Role.PARTICLE]
    theirs = [token.shown for token in tokenize(listing) if token.role is Role.PARTICLE]
    out = [TokenMatch(text, "", 0.0, 0.0, "particle") for text in mine]
    return out + [TokenMatch("", text, 0.0, 0.0, "particle") for text in theirs]
