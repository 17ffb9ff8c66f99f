"""Reading alerts for programs: found by what is known of them, in no order; the queue of the pages is in `queue`."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertHit


def find_alerts(
    wanted: Mapping[str, str | None], *, dataset: str | None = None, screening: UUID | None = None
) -> QuerySet[Alert]:
    """Alerts by `state`, `disposition` and `purpose` (its short name) as far as these are given, by the short name of
    a list with a hit, and by their screening."""
    found = Alert.objects.select_related("purpose", "assigned_to")
    fields = {"state": "state", "disposition": "disposition", "purpose": "purpose__slug"}
    found = found.filter(**{fields[name]: value for name, value in wanted.items() if value is not None})
    if dataset is not None:
        found = found.filter(lists__contains=f",{dataset},")
    return found if screening is None else found.filter(screening=screening)


def alert_of(key: int) -> Alert | None:
    """The alert of this key, with its purpose and to whom it is assigned."""
    return Alert.objects.select_related("purpose", "assigned_to").filter(pk=key).first()


def hits_of(alert: Alert) -> list[AlertHit]:
    """Its hits, the best first."""
    return list(alert.hits.order_by("rank"))


def decisions_of(alert: Alert) -> list[Adjudication]:
    """What was decided on it, in order."""
    return list(alert.adjudications.order_by("pk"))


def decisions_after(key: int, limit: int) -> list[Adjudication]:
    """Decisions on any alert in the order in which they were taken, after the one of this key."""
    return list(Adjudication.objects.filter(pk__gt=key).order_by("pk")[:limit])
