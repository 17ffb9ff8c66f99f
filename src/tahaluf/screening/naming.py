"""By which of a listing's names a hit is told.

A listing has its log-odds from the best of its names, and in the model a pair in two scripts scores higher than one of
the same worth in one script. Whoever reads the hit wants the listed name that is the subject's word for word, else one
in the subject's own letters, where it scores about as well: `screening.kernel.told` finds it, and the score stays.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.likeness.model import likeness
from tahaluf.screening.candidates import Names
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.screen import Scratch, listed_of
from tahaluf.screening.kernel.told import tell_found
from tahaluf.screening.reasons import Candidate
from tahaluf.screening.weights import handicap, score_weights

I64 = NDArray[np.int64]
MEMO = 1 << 12


class Naming:
    """Chooses among the names of one index."""

    def __init__(self, index: NameIndex) -> None:
        self._listed = listed_of(index)
        self._model = likeness().tables
        weights = score_weights()
        self._weights = (weights.coefficients, weights.intercept)

    def choose(self, names: Names, rows: I64, places: I64) -> I64:
        """The names by which H aligned hits are told; what was `found` is changed to their alignments."""
        if len(rows):
            scratch = _little_scratch()
            told = (self._listed, self._model, self._weights, handicap(), scratch, names.found)
            tell_found(names.asked, *told, rows.astype(np.int64), places.astype(np.int64))
        return names.found.name[rows, places].astype(np.int64)

    def choose_all(self, names: Names, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The same of candidates, of which some may not be aligned."""
        aligned = [one for one in candidates if one.place >= 0]
        rows, places = (np.asarray([one[k] for one in aligned], np.int64) for k in (1, 2))
        chosen = iter(self.choose(names, rows, places).tolist())
        return [one._replace(name=next(chosen)) if one.place >= 0 else one for one in candidates]


def _little_scratch() -> Scratch:
    """What is remembered of a few pairs of tokens; nothing is looked for."""
    return Scratch(
        np.zeros(0, np.float32), np.zeros(0, np.int64), np.zeros(0, np.int32),
        np.full(MEMO, -1, np.int64), np.zeros(MEMO, np.float32), np.zeros(1, np.int64),
    )  # fmt: skip
