"""Telling of what was found: an event for the feed, and one delivery of it for each webhook that asked for its kind.

Events hold identifiers, scores and links, no names: who may see more signs in and looks.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from tahaluf.web.common.jobs.services import enqueue
from tahaluf.web.monitoring.models import Delivery, Notice, NoticeKind, WatchedHit, Webhook

DELIVER = "monitoring.deliver"
# The number of a lock, ours by convention alone.
EVENTS = 0x7A11_0001


class Told(NamedTuple):
    """A hit that is new, changed or gone, and why."""

    kind: NoticeKind
    hit: WatchedHit
    because: str = ""


def publish(told: Sequence[Told]) -> list[Notice]:
    """Keep the events, within the transaction of what they tell of and as its last act; deliveries are due at once.

    Whoever reads the feed up to a number must not miss a lower one that is committed later: events are kept by one
    transaction at a time."""
    if not told:
        return []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [EVENTS])
    events = Notice.objects.bulk_create(Notice(kind=one.kind, payload=_payload(one)) for one in told)
    now = timezone.now()
    deliveries = Delivery.objects.bulk_create(
        Delivery(webhook=webhook, event=event, next_at=now)
        for webhook in Webhook.objects.filter(active=True)
        for event in _asked_for(webhook, events)
    )
    if deliveries:
        enqueue_deliveries()
    return events


def enqueue_deliveries() -> None:
    """Ask for what is due to be sent."""
    enqueue(DELIVER, {}, key=DELIVER)


def _asked_for(webhook: Webhook, events: Iterable[Notice]) -> Iterable[Notice]:
    return (event for event in events if not webhook.kinds or event.kind in webhook.kinds)


def _payload(told: Told) -> dict[str, Any]:
    hit = told.hit
    return {
        "register": hit.subject.register,
        "subject": hit.subject.external_id,
        "list": hit.dataset,
        "listing": hit.listing_id,
        "score": round(hit.score, 4),
        "alert": hit.alert_id,
        "because": told.because,
    }


def body_of(event: Notice) -> dict[str, Any]:
    """An event as webhooks and the feed give it."""
    return {"id": str(event.uid), "kind": event.kind, "at": event.at.isoformat(), **event.payload}
