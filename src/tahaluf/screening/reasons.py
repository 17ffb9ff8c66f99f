"""The reasons of a batch of hits: each subject's name is put into words once, each listed name once and for all."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tahaluf.domain import ScoreTerm, TokenMatch
from tahaluf.screening.acronyms import explain_acronym
from tahaluf.screening.explain import Worded, explain_names, word_listing, word_subject
from tahaluf.screening.index.store import StoredIndex
from tahaluf.screening.kernel.screen import Asked, Found
from tahaluf.screening.terms import Terms, tell_terms

KEPT = 1 << 16


class Candidate(NamedTuple):
    """A listing's best name: its log-odds, the subject's name (row), its place in what was found, the number of the
    listed name; `place` is −1 where it was found by its letters."""

    logit: float
    row: int
    place: int
    name: int


class Reason(NamedTuple):
    """Why a pair of names scored as it did: the listed name, word by word, and on the whole where that is asked for."""

    listed: str
    tokens: tuple[TokenMatch, ...]
    terms: tuple[ScoreTerm, ...]


class Reasons:
    """Gives reasons for what was found in one index."""

    def __init__(self, stored: StoredIndex) -> None:
        self._stored = stored
        self._terms = Terms(stored.names)
        self._listed = lru_cache(maxsize=KEPT)(self._read_listed)

    def explain(
        self, names: Sequence[str], asked: Asked, found: Found, candidates: Sequence[Candidate], whole: Sequence[bool]
    ) -> list[Reason]:
        """For each candidate of `names` its reasons, with the terms of the score where `whole`; candidates of one name
        stand together."""
        steps, starts = steps_of(found, candidates)
        terms = self._terms_of(asked, found, candidates, whole)
        weights, bounds = asked.weights.tolist(), asked.starts.tolist()
        out: list[Reason] = []
        row, mine = -1, None
        for number, (candidate, (start, stop)) in enumerate(zip(candidates, pairwise(starts), strict=True)):
            if mine is None or candidate.row != row:
                row = candidate.row
                mine = word_subject(names[row], weights[bounds[row] : bounds[row + 1]])
            out.append(self._explain(names[row], mine, candidate, steps[start:stop], terms.get(number, ())))
        return out

    def _terms_of(
        self, asked: Asked, found: Found, candidates: Sequence[Candidate], whole: Sequence[bool]
    ) -> dict[int, tuple[ScoreTerm, ...]]:
        """The terms of those that were aligned, where they are asked for."""
        numbers = [
            k for k, (one, wanted) in enumerate(zip(candidates, whole, strict=True)) if wanted and one.place >= 0
        ]
        rows, places = (
            np.asarray([getattr(candidates[k], field) for k in numbers], np.int64) for field in ("row", "place")
        )
        logits = np.asarray([candidates[k].logit for k in numbers], np.float64)
        effects = self._terms.measure(asked, found, rows, places, logits)
        return dict(zip(numbers, tell_terms(effects), strict=True))

    def _explain(
        self, subject: str, mine: Worded, candidate: Candidate, steps: list[list[float]], terms: tuple[ScoreTerm, ...]
    ) -> Reason:
        listed, theirs = self._listed(candidate.name)
        if candidate.place < 0:
            return self.by_letters(subject, candidate)
        try:
            tokens = explain_names(mine, theirs, steps)
        except IndexError as broken:
            raise self._stored.texts["name"].refusal("name_tokens", candidate.name) from broken
        return Reason(listed, tokens, terms)

    def by_letters(self, subject: str, candidate: Candidate) -> Reason:
        """The reason of what was found by its letters."""
        listed, _ = self._listed(candidate.name)
        tokens = explain_acronym(subject, listed, candidate.logit)
        return Reason(listed, tokens, (ScoreTerm("acronym", round(candidate.logit, 4)),))

    def _read_listed(self, name: int) -> tuple[str, Worded]:
        names, texts = self._stored.names, self._stored.texts["name"]
        text = texts.text(name)
        weights = names.name_weights[int(names.name_starts[name]) : int(names.name_starts[name + 1])].tolist()
        try:
            return text, word_listing(text, weights)
        except IndexError as broken:
            # The text is another name than the one whose tokens were compared.
            raise texts.refusal("name_tokens", name) from broken


def steps_of(found: Found, candidates: Sequence[Candidate]) -> tuple[list[list[float]], list[int]]:
    """The steps of all alignments one after another, each one's by its first token of the subject; and where each
    candidate's begin."""
    rows = np.fromiter((one.row for one in candidates), np.int64, len(candidates))
    places = np.fromiter((one.place for one in candidates), np.int64, len(candidates))
    counts = np.where(places < 0, 0, found.pair_counts[rows, places])
    steps = found.pairs[rows, places]
    kept = steps[np.arange(steps.shape[1]) < counts[:, None]]
    order = np.lexsort((kept[:, 0], np.repeat(np.arange(len(counts)), counts)))
    return kept[order].tolist(), [0, *np.cumsum(counts).tolist()]
