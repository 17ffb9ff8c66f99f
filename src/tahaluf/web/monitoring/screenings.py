"""The screening that a piece of monitoring stands under: one for each purpose and occasion."""

from datetime import timedelta

from django.utils import timezone

from tahaluf.web.catalogue.models import Edition
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState


def screening_for(purpose: Purpose, edition: Edition | None, occasion: str) -> Screening:
    """Made once; found again by whoever goes on after a killed worker. What was decided in it carries days of its own
    (`review/purposes/retention.py`): the rest goes after those of an undecided alert."""
    now = timezone.now()
    screening, _ = Screening.objects.get_or_create(
        origin=Origin.MONITORING,
        purpose=purpose,
        title=occasion,
        defaults={
            "legal_basis": purpose.legal_basis,
            "threshold": purpose.threshold,
            "state": ScreeningState.DONE,
            "edition": edition,
            "index_id": edition.index_id if edition else "",
            "engine": edition.engine if edition else "",
            "versions": edition.versions if edition else {},
            "started_at": now,
            "finished_at": now,
            "delete_on": timezone.localdate() + timedelta(days=purpose.keep_days),
        },
    )
    return screening
