"""The terms of a score, one pair at a time, each as it is defined: the specification of `screening.terms`.

`align_pair` gathers what the engine knew of a pair; `score_terms` gives terms that add up to the pair's log-odds.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from tahaluf.domain import ScoreTerm
from tahaluf.names.likeness.kernel import Codes
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.screen import THIN, Asked
from tahaluf.screening.reference.align import Step, WeighedName
from tahaluf.screening.reference.likeness import Spelling
from tahaluf.screening.reference.measure import TINY, measure
from tahaluf.screening.terms import OF_FEATURE, ROUNDING, SPELLING, TERMS, coefficients
from tahaluf.screening.weights import score_weights


class AlignedPair(NamedTuple):
    """Two names as the engine aligned them; `chain`: bit 0, a nasab orders the tokens; bit 1, in both the second."""

    subject: WeighedName
    listing: WeighedName
    steps: list[Step]
    chain: int
    weak: bool


def align_pair(asked: Asked, row: int, index: NameIndex, name: int, pairs: Sequence[Sequence[float]]) -> AlignedPair:
    """What was known of subject name `row` and listed `name`; `pairs`: rows of the kernel's `align.assign`."""
    own = slice(int(asked.starts[row]), int(asked.starts[row + 1]))
    its = slice(int(index.name_starts[name]), int(index.name_starts[name + 1]))
    mine, theirs = int(asked.chain[row]), int(index.name_chain[name])
    steps = []
    for pair in pairs:
        i, i2, j, j2 = map(int, pair[:4])
        steps.append(Step((i,) if i2 < 0 else (i, i2), (j,) if j2 < 0 else (j, j2), float(pair[4])))
    return AlignedPair(
        _weighed(asked.codes, asked.tokens[own].tolist(), asked.weights[own].tolist()),
        _weighed(index.codes, index.name_tokens[its].tolist(), index.name_weights[its].tolist()),
        steps,
        ((mine | theirs) & 1) | (mine & theirs & 2),
        bool(index.name_weak[name]),
    )


def _weighed(codes: Codes, rows: Iterable[int], weights: Iterable[float]) -> WeighedName:
    """What measuring needs of the tokens: their script, and how many letters they have."""
    return WeighedName(tuple(_spelling(bool(codes.arabic[k]), int(codes.sizes[k, 1])) for k in rows), tuple(weights))


@cache
def _spelling(arabic: bool, letters: int) -> Spelling:
    return Spelling("", arabic, (), (0,) * letters, "", 0.0)


def score_terms(pair: AlignedPair, logit: float) -> tuple[ScoreTerm, ...]:
    """The terms of a pair whose names have these log-odds, to four decimals; they add up to it."""
    features = measure(pair.steps, pair.subject, pair.listing, pair.chain, pair.weak)
    weigh = coefficients()
    total: defaultdict[str, float] = defaultdict(float)
    total["start"] = score_weights().intercept
    for feature, term in OF_FEATURE.items():
        total[term] += weigh[feature] * features[feature]
    # What two names that agree in every word would have is where one starts; what they lack is told by its cause.
    for feature in ("lowest", "mean"):
        total["start"] += weigh[feature]
        total["doubtful"] += weigh[feature] * (features[feature] - 1)
    _tell_lost(total, pair, features)
    if features["lowest"] >= SPELLING and not features["initials"]:
        total["agreement"] += total.pop("doubtful")
    total["thin"] = -max(0.0, THIN - features["evidence"])
    more = logit - sum(total.values())
    same = features["exact"] == features["tokens_subject"] == features["tokens_listing"] and not features["inversions"]
    total["whole_name" if same and more > ROUNDING else "start"] += more
    return _rounded(total, logit)


def _tell_lost(total: defaultdict[str, float], pair: AlignedPair, features: dict[str, float]) -> None:
    """What was lost on either side: by words without a partner, or by partners that are hardly alike."""
    weigh = coefficients()
    met = {"subject": [k for step in pair.steps for k in step.subject]}
    met["listing"] = [k for step in pair.steps for k in step.listing]
    for side, name in (("subject", pair.subject), ("listing", pair.listing)):
        term = f"left_{side}"
        alone = [weight for k, weight in enumerate(name.weights) if k not in met[side]]
        lost, whole = features[f"unmatched_{side}"], sum(name.weights) + TINY
        each = weigh[f"unmatched_{side}"] - weigh[f"coverage_{side}"] / whole
        total["start"] += weigh[f"coverage_{side}"]
        total[term] += each * sum(alone) + weigh[term] * len(alone)
        total["doubtful"] += each * (lost - sum(alone)) + weigh[term] * (features[term] - len(alone))
    both = all(total[f"left_{side}"] for side in met)
    total["left_listing" if both else "doubtful"] += weigh["contradiction"] * features["contradiction"]


def _rounded(total: dict[str, float], logit: float) -> tuple[ScoreTerm, ...]:
    effects = {term: round(effect, 4) for term, effect in total.items()}
    others = sum(effect for term, effect in effects.items() if term != "start")
    effects["start"] = round(round(logit, 4) - others, 4)
    return tuple(ScoreTerm(term, effects[term]) for term in TERMS if effects.get(term) or term == "start")
