"""What is asked of monitoring: subjects, their hits, events, sweeps, deliveries."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, Min, OuterRef, Q, QuerySet, Subquery, When

from tahaluf.web.monitoring.models import (
    Delivery,
    DeliveryState,
    Notice,
    RegisterFile,
    Sweep,
    WatchedHit,
    WatchedSubject,
    Webhook,
)  # fmt: skip


def find_subjects(
    *, register: str = "", text: str = "", with_hits: bool = False, inactive: bool = False
) -> QuerySet[WatchedSubject]:
    """Watched subjects with the number of their live hits, by register and name."""
    found = WatchedSubject.objects.select_related("purpose").order_by("register", "caption", "id")
    found = found if inactive else found.filter(active=True)
    if register:
        found = found.filter(register=register)
    if text:
        found = found.filter(Q(caption__icontains=text) | Q(external_id=text))
    if with_hits:
        found = found.filter(pk__in=WatchedHit.objects.filter(live=True).values("subject"))
    return found.annotate(live_hits=Count("hits", filter=Q(hits__live=True)))


def files_read(limit: int = 10) -> list[RegisterFile]:
    """The latest files of subjects, without their rejects."""
    return list(RegisterFile.objects.defer("rejects").order_by("-pk")[:limit])


def registers() -> list[dict[str, Any]]:
    """Each register with how many subjects it holds, how many wait to be screened."""
    counted = WatchedSubject.objects.filter(active=True).values("register")
    return list(
        counted.annotate(subjects=Count("pk"), waiting=Count("pk", filter=Q(pending=True))).order_by("register")
    )


def hits_of(subject: WatchedSubject) -> QuerySet[WatchedHit]:
    return subject.hits.order_by("-live", "-score", "pk")


def events_after(cursor: int, limit: int) -> list[Notice]:
    """Events in the order in which they came, after the one with this number."""
    return list(Notice.objects.filter(pk__gt=cursor).order_by("pk")[:limit])


def latest_events(limit: int) -> list[Notice]:
    return list(Notice.objects.order_by("-pk")[:limit])


def latest_sweeps(limit: int = 20) -> list[Sweep]:
    return list(Sweep.objects.select_related("before", "now").order_by("-pk")[:limit])


def webhooks() -> list[Webhook]:
    """With how many deliveries wait, were tried in vain and wait again, were given up; and what was answered last."""
    tried = Delivery.objects.filter(webhook=OuterRef("pk"), attempts__gt=0).order_by("-event", "-pk")
    again = Q(deliveries__state=DeliveryState.WAITING, deliveries__attempts__gt=0)
    counts: Mapping[str, Any] = {
        "repeated": Count("deliveries", filter=again),
        "next_at": Min("deliveries__next_at", filter=again),
        "last_status": Subquery(tried.values("status")[:1]),
        "last_problem": Subquery(tried.values("problem")[:1]),
        "waiting": Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING)),
        "given_up": Count("deliveries", filter=Q(deliveries__state=DeliveryState.GIVEN_UP)),
    }
    return list(Webhook.objects.annotate(**counts).order_by("pk"))


def deliveries_of(webhook: Webhook) -> QuerySet[Delivery]:
    """What was tried in vain first, be it to come again or given up; then the newest."""
    failing = Q(state=DeliveryState.WAITING, attempts__gt=0) | Q(state=DeliveryState.GIVEN_UP)
    ranked = webhook.deliveries.annotate(rank=Case(When(failing, then=0), default=1))
    return ranked.select_related("event").order_by("rank", "-pk")
