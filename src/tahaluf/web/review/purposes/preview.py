"""How many subjects of past files would have been flagged at another threshold, lower ones included.

Every file is counted down to a score below its threshold (`screenings/scores.py`), so the answer needs no name and no
file, and stays when both are deleted.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from tahaluf.web.review.screenings.scores import BINS, add_bins, reaching
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState

LOOK_BACK = timedelta(days=365)
MOST_FILES = 2_000
STEP = 5


@dataclass(frozen=True, slots=True)
class Past:
    """What the files of a purpose told in the time looked back on. `floor`: under it nothing is known; `alerts`: how
    many were raised at the thresholds that held then, `exempted` hits left out as remembered false positives."""

    files: int
    subjects: int
    alerts: int
    flagged: int
    exempted: int
    floor: float
    bins: list[int]

    def at(self, threshold: float) -> int | None:
        """The subjects that reach a threshold; None where it is lower than what was counted."""
        return reaching(self.bins, threshold) if threshold >= self.floor else None

    def steps(self) -> list[tuple[float, int]]:
        """From the floor upwards."""
        first = -(-round(self.floor * BINS) // STEP) * STEP
        return [(bin_ / BINS, sum(self.bins[bin_:])) for bin_ in range(first, BINS, STEP)]


def past_of(purpose: Purpose) -> Past:
    """The newest files of a purpose, taken together."""
    since = timezone.now() - LOOK_BACK
    files = Screening.objects.filter(
        purpose=purpose, origin__in=(Origin.FILE, Origin.API), state=ScreeningState.DONE, floor__isnull=False,
        subject__isnull=True, created_at__gte=since,
    )  # fmt: skip
    past = Past(0, 0, 0, 0, 0, 0.0, [0] * BINS)
    for row in files.order_by("-created_at").values_list(
        "scores", "floor", "done_rows", "alerts_made", "flagged", "exempted"
    )[:MOST_FILES]:
        past = _with(past, *row)
    return past


def _with(
    past: Past, bins: list[int], floor: float | None, rows: int, alerts: int, flagged: int, exempted: int
) -> Past:
    return Past(
        past.files + 1, past.subjects + rows, past.alerts + alerts, past.flagged + flagged, past.exempted + exempted,
        max(past.floor, floor or 0.0), add_bins(past.bins, bins),
    )  # fmt: skip
