"""How the score of two names came about: the model's own terms, gathered into a handful that a person can follow.

They are measured anew, for hits alone, so that screening carries none of it. `reference.terms` says the same of one
pair at a time.
"""

from functools import cache
from itertools import islice

import numpy as np
import orjson
from numpy.typing import NDArray

from tahaluf.domain import ScoreTerm
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.found import LEFT, WEIGHT, WHOLE, measure_found
from tahaluf.screening.kernel.measure import FEATURES, N_FEATURES
from tahaluf.screening.kernel.screen import THIN, Asked, Found, listed_of
from tahaluf.screening.weights import score_weights

# Likeness from which two words count as spellings of one; under it they are said to be similar.
SPELLING = 0.8
ROUNDING = 1e-3
# In the order in which they are told.
TERMS = (
    "start", "agreement", "order", "doubtful", "left_subject", "left_listing", "father", "weak_alias", "thin",
    "whole_name", "acronym", "number",
)  # fmt: skip
OF_FEATURE = {
    "evidence": "agreement", "log_odds": "agreement", "rarest": "agreement", "second": "agreement",
    "exact": "agreement", "initials": "doubtful",
    "first": "order", "last": "order", "inversions": "order", "run_subject": "order", "run_listing": "order",
    "chain": "order", "chain_first_lost": "order", "chain_inversions": "order",
    "cross": "start", "tokens_subject": "start", "tokens_listing": "start",
    "father_lost": "father", "weak": "weak_alias",
}  # fmt: skip
F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
SIDES = ("subject", "listing")
_BEGINNINGS = [b'{"term":"%s","effect":' % term.encode() for term in TERMS]
_START = TERMS.index("start")


@cache
def coefficients() -> dict[str, float]:
    """What the model multiplies each feature with."""
    return dict(zip(FEATURES, score_weights().coefficients.tolist(), strict=True))


class Terms:
    """Tells the terms of the scores of one index."""

    def __init__(self, index: NameIndex) -> None:
        self._listed = listed_of(index)

    def measure(self, asked: Asked, found: Found, rows: I64, places: I64, logits: F64) -> F64:
        """The effects [H, terms] of H alignments, to four decimals, in the order of `TERMS`; each row adds up to its
        log-odds."""
        features = np.empty((len(rows), N_FEATURES), np.float32)
        sides = np.zeros((len(rows), 2, 3), np.float64)
        measure_found(asked, self._listed, found, rows, places, features, sides)
        named = dict(zip(FEATURES, features.T.astype(np.float64), strict=True))
        return _rounded(_effects(named, sides, logits), logits)


def tell_terms(effects: F64) -> list[tuple[ScoreTerm, ...]]:
    """What was measured, in words: what has no effect is left out, but for the start."""
    return [
        tuple(ScoreTerm(TERMS[k], value) for k, value in enumerate(row) if value or k == _START)
        for row in effects.tolist()
    ]


def write_terms(effects: F64) -> list[bytes]:
    """The same as JSON."""
    texts = iter(orjson.dumps(effects.ravel(), option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].split(b","))
    shown = effects != 0
    shown[:, _START] = True
    rows = (zip(_BEGINNINGS, islice(texts, len(TERMS)), row, strict=True) for row in shown.tolist())
    return [b"[%s]" % b",".join([start + text + b"}" for start, text, told in row if told]) for row in rows]


def _effects(features: dict[str, F64], sides: F64, logits: F64) -> dict[str, F64]:
    weigh = coefficients()
    total = {term: np.zeros(len(logits)) for term in TERMS}
    total["start"] += score_weights().intercept
    for feature, term in OF_FEATURE.items():
        total[term] += weigh[feature] * features[feature]
    # What two names that agree in every word would have is where one starts; what they lack is told by its cause.
    for feature in ("lowest", "mean"):
        total["start"] += weigh[feature]
        total["doubtful"] += weigh[feature] * (features[feature] - 1)
    _tell_lost(total, features, sides)
    certain = (features["lowest"] >= SPELLING) & (features["initials"] == 0)
    total["agreement"] += np.where(certain, total["doubtful"], 0.0)
    total["doubtful"] = np.where(certain, 0.0, total["doubtful"])
    total["thin"] = np.minimum(0.0, features["evidence"] - THIN)
    more = logits - _sum(total)
    same = (features["exact"] == features["tokens_subject"]) & (features["exact"] == features["tokens_listing"])
    whole = same & (features["inversions"] == 0) & (more > ROUNDING)
    for term, own in (("whole_name", whole), ("start", ~whole)):
        total[term] += np.where(own, more, 0.0)
    return total


def _tell_lost(total: dict[str, F64], features: dict[str, F64], sides: F64) -> None:
    """What was lost on either side: by words without a partner, or by partners that are hardly alike."""
    weigh = coefficients()
    for number, side in enumerate(SIDES):
        term = f"left_{side}"
        alone, left, whole = (sides[:, number, column] for column in (WEIGHT, LEFT, WHOLE))
        each = weigh[f"unmatched_{side}"] - weigh[f"coverage_{side}"] / whole
        total["start"] += weigh[f"coverage_{side}"]
        total[term] += each * alone + weigh[term] * left
        total["doubtful"] += each * (features[f"unmatched_{side}"] - alone) + weigh[term] * (features[term] - left)
    both = (total["left_subject"] != 0) & (total["left_listing"] != 0)
    contradicted = weigh["contradiction"] * features["contradiction"]
    total["left_listing"] += np.where(both, contradicted, 0.0)
    total["doubtful"] += np.where(both, 0.0, contradicted)


def _rounded(total: dict[str, F64], logits: F64) -> F64:
    effects = {term: np.round(values, 4) for term, values in total.items()}
    effects["start"] = np.zeros(len(logits))
    effects["start"] = np.round(np.round(logits, 4) - _sum(effects), 4)
    return np.stack([effects[term] for term in TERMS], axis=1)


def _sum(total: dict[str, F64]) -> F64:
    """One after the other: the last digit is the same for one pair and for many."""
    out = np.zeros(len(total["start"]))
    for term in TERMS:
        out += total[term]
    return out
