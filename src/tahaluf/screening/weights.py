"""The weights of the name score: a reviewed file, one number for each feature of an alignment."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tahaluf.screening.kernel.measure import FEATURES


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """`coefficients` [features] and `intercept` give the log-odds of a pair of names; `threshold`: the default cut
    (0–1)."""

    coefficients: NDArray[np.float64]
    intercept: float
    threshold: float
    version: str


@cache
def score_weights() -> ScoreWeights:
    """The committed weights; ValueError if they are not those of the engine's features."""
    text = (files("tahaluf.screening") / "score.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    if tuple(stored["weights"]) != FEATURES:
        raise ValueError("score.json does not hold a weight for each feature, in order")
    coefficients = np.asarray(list(stored["weights"].values()), dtype=np.float64)
    digest = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
    return ScoreWeights(coefficients, float(stored["intercept"]), float(stored["threshold"]), digest)


@cache
def handicap() -> float:
    """Log-odds that the model gives a pair of names in two scripts for that alone; by so many a name in other letters
    must be better to be told rather than one in the subject's own."""
    return max(float(score_weights().coefficients[FEATURES.index("cross")]), 0.0)
