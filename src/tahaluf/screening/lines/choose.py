"""The hits of a batch as arrays, best first for each subject."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from tahaluf.domain import AttributeEffect, Evidence
from tahaluf.screening.candidates import Scored, Sought
from tahaluf.screening.kernel.screen import Found
from tahaluf.screening.reasons import Reason

I64 = NDArray[np.int64]
MARGIN = 1e-6
EXTREME = 30.0
Few = TypeVar("Few")


class Chosen(NamedTuple):
    """H hits in the order of their subjects. By hit: the subject, its name (row; −1: none), the place in what was found
    for it (−1: not aligned), the listing, the listed name, the rank, log-odds and score of the name, the score. Then
    what few hits have, by their place: the reasons of those that are not aligned, effects, evidence."""

    subject: I64
    row: I64
    place: I64
    listing: I64
    name: I64
    rank: I64
    logit: NDArray[np.float64]
    name_score: NDArray[np.float64]
    score: NDArray[np.float64]
    reasons: Mapping[int, Reason]
    effects: Mapping[int, Sequence[AttributeEffect]]
    evidence: Mapping[int, Evidence]


ARRAYS = Chosen._fields[:9]


def probability(logit: float) -> float:
    """The score of a name, 0–1, by its log-odds."""
    return 1 / (1 + math.exp(-max(min(logit, EXTREME), -EXTREME)))


def choose_plain(found: Found, subjects: I64, rows: I64, top: int, cut: float) -> Chosen:
    """Of subjects that only a name can be compared of, one name each (`rows`), the best `top` at or over `cut`."""
    listing, logit = found.listing[rows], found.logit[rows]
    least = math.log(cut / (1 - cut)) - MARGIN if 0 < cut < 1 else -math.inf if cut <= 0 else EXTREME - MARGIN
    one, place = np.nonzero((listing >= 0) & (logit >= least))
    logits = logit[one, place]
    # One by one: the library's own exponential may differ in the last digit, and scores are written whole.
    score = np.asarray([probability(value) for value in logits.tolist()], np.float64)
    kept = score >= cut
    one, place, logits, score = one[kept], place[kept], logits[kept], score[kept]
    order = np.lexsort((listing[one, place], -score, one))
    one, place, logits, score = one[order], place[order], logits[order], score[order]
    rank = np.arange(1, len(one) + 1) - np.searchsorted(one, one)
    best = rank <= top
    one, place, logits, score = one[best], place[best], logits[best], score[best]
    return Chosen(
        subjects[one], rows[one], place, listing[one, place].astype(np.int64),
        found.name[rows[one], place].astype(np.int64), rank[best], logits, score, score, {}, {}, {},
    )  # fmt: skip


def choose_scored(
    best: Sequence[Sequence[Scored]], subjects: Sequence[int], sought: Sequence[Sought],
    reason_of: Callable[[Scored], Reason],
) -> Chosen:  # fmt: skip
    """The hits of `subjects`, scored one by one; `reason_of`: why, where names were not aligned."""
    hits = [(k, rank, one) for k, own in enumerate(best) for rank, one in enumerate(own, 1)]
    places = [
        (subjects[k], one.candidate.row, one.candidate.place, one.listing, one.candidate.name, rank)
        for k, rank, one in hits
    ]
    scores = [(one.candidate.logit, one.name_score, one.score) for _, _, one in hits]
    subject, row, place, listing, name, order = np.asarray(places, np.int64).reshape(-1, 6).T
    logit, name_score, score = np.asarray(scores, np.float64).reshape(-1, 3).T
    found_in = ((at, sought[k].evidence.get(one.listing)) for at, (k, _, one) in enumerate(hits))
    return Chosen(
        subject, row, place, listing, name, order, logit, name_score, score,
        {at: reason_of(one) for at, (_, _, one) in enumerate(hits) if one.candidate.place < 0},
        {at: one.effects for at, (_, _, one) in enumerate(hits) if one.effects},
        {at: evidence for at, evidence in found_in if evidence is not None},
    )  # fmt: skip


def join_chosen(first: Chosen, second: Chosen) -> Chosen:
    """The hits of both, which have no subject in common."""
    order = np.argsort(np.concatenate([first.subject, second.subject]), kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    shift = len(first.subject)

    def moved(own: Mapping[int, Few], its: Mapping[int, Few]) -> dict[int, Few]:
        return {int(place[at]): value for at, value in own.items()} | {
            int(place[at + shift]): value for at, value in its.items()
        }

    def sorted_of(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(first, name), getattr(second, name)])[order]

    return Chosen(
        **{name: sorted_of(name) for name in ARRAYS},
        reasons=moved(first.reasons, second.reasons),
        effects=moved(first.effects, second.effects),
        evidence=moved(first.evidence, second.evidence),
    )
