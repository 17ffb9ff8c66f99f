"""All hits of those who have many: looked for once more, without a bound of ours.

A screening looks for a few candidates of each subject, which is quick. Whoever has that many over the threshold may
have more of them, and what is not looked at now would never be: these few subjects are screened again.
"""

from collections.abc import Sequence

import pyarrow as pa

from tahaluf.domain import Hit, Subject
from tahaluf.screening import Screener
from tahaluf.screening.matcher import SHORTLIST

FIRST = 5
MOST = 1000


def deepen(
    screener: Screener, batch: pa.RecordBatch, found: Sequence[Sequence[Hit]], threshold: float
) -> list[Sequence[Hit]]:
    """`found`: at most `FIRST` hits of each row of the batch; the same, but all at or over the threshold (0–1) of
    those that had so many."""
    out = list(found)
    if many := [row for row, hits in enumerate(found) if _may_be_cut(hits, threshold)]:
        again = screener.screen_batch(batch.take(pa.array(many, pa.int64())), top=MOST, threshold=threshold)
        for row, hits in zip(many, again, strict=True):
            out[row] = hits
    return out


def match_all(screener: Screener, subject: Subject, floor: float, threshold: float, first: int) -> list[Hit]:
    """The first hits of one subject down to the floor; where that many are over the threshold, all that are."""
    found = screener.match(subject, top=first, threshold=floor)
    over = sum(hit.score >= threshold for hit in found)
    return screener.match(subject, top=MOST, threshold=threshold) if over >= first else found


def told_of_cut(hits: Sequence[Hit]) -> dict[str, int]:
    """What an alert says where there may be more hits than the engine has looked at for one name."""
    return {"cut": len(hits)} if len(hits) >= SHORTLIST else {}


def _may_be_cut(hits: Sequence[Hit], threshold: float) -> bool:
    return sum(hit.score >= threshold for hit in hits) >= FIRST
