"""The counts of alerts that are about to be deleted, kept so that the statistics stay what they were."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from tahaluf.web.review.tables.alerts import Alert, AlertState
from tahaluf.web.review.tables.counts import DeletedCount
from tahaluf.web.review.tables.screenings import Screening


class _Key(NamedTuple):
    day: date
    lists: str
    purpose_id: int
    origin: str
    disposition: str


def keep_counts(alerts: Sequence[Alert]) -> None:
    """Adds them to the days on which they were raised and closed; within the transaction that deletes them."""
    origins = dict(Screening.objects.filter(pk__in={a.screening_id for a in alerts}).values_list("pk", "origin"))
    counts: Counter[_Key] = Counter()
    seconds: Counter[_Key] = Counter()
    for alert in alerts:
        told = alert.lists, alert.purpose_id, origins[alert.screening_id]
        counts[_Key(timezone.localdate(alert.created_at), *told, "")] += 1
        if alert.state == AlertState.CLOSED and alert.decided_at is not None:
            closed = _Key(timezone.localdate(alert.decided_at), *told, alert.disposition)
            counts[closed] += 1
            seconds[closed] += alert.decided_after or 0
    for key, number in sorted(counts.items()):
        DeletedCount.objects.get_or_create(**key._asdict())
        DeletedCount.objects.filter(**key._asdict()).update(
            number=F("number") + number, seconds=F("seconds") + seconds[key]
        )
