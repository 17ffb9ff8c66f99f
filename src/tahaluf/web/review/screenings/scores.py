"""How many subjects scored how much: kept of every file, so that another threshold can be tried on what was screened.

A file is screened down to `FLOOR`, which costs next to nothing more; what lies under the threshold is counted here and
otherwise forgotten: no name, no hit of it is stored.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tahaluf.domain import Hit

BINS = 100
FLOOR = 0.2
EDGES = [number / BINS for number in range(BINS)]


def floor_of(threshold: float) -> float:
    """The score down to which subjects are counted where this is the threshold."""
    return min(FLOOR, threshold)


def bin_of(score: float) -> int:
    """The bin of a score: the last one whose lower edge it reaches."""
    return max(bisect_right(EDGES, score) - 1, 0)


def count_best(rows: Iterable[Sequence[Hit]]) -> list[int]:
    """The bins of each subject's best score; who has no hit at all is in none."""
    bins = [0] * BINS
    for hits in rows:
        if hits:
            bins[bin_of(max(hit.score for hit in hits))] += 1
    return bins


def add_bins(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """Both together; an empty one counts for nothing."""
    if not one or not other:
        return list(one or other)
    return [left + right for left, right in zip(one, other, strict=True)]


def reaching(bins: Sequence[int], threshold: float) -> int:
    """How many subjects have a best score at or over a threshold of whole hundredths."""
    return sum(bins[round(threshold * BINS) :])
