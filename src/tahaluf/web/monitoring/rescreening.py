"""Screening watched subjects anew though they stand as before: their purpose's threshold has changed, the engine has,
or a change of lists cannot be followed step by step any more.

What they hit already is not told again; what is over the threshold now, and what is no longer, is.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from tahaluf.web.common.jobs.running import Running
from tahaluf.web.common.jobs.services import enqueue
from tahaluf.web.monitoring.models import WatchedSubject
from tahaluf.web.review.tables.purposes import Purpose

JOB = "monitoring.rescreen"
PIECE = 1000


def ask_rescreening(purpose: Purpose | None = None) -> None:
    """Of all subjects of a purpose, or of all; as a job of its own, so that whoever asks locks no subject, and without
    a key: one that runs already may have passed some by."""
    enqueue(JOB, {} if purpose is None else {"purpose": purpose.pk})


def mark_pending(running: Running) -> Mapping[str, Any]:
    """The job: leaves the subjects to the one that screens what is pending."""
    standing = WatchedSubject.objects.filter(active=True)
    if (purpose := running.payload.get("purpose")) is not None:
        standing = standing.filter(purpose=purpose)
    done = last = 0
    while keys := list(standing.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PIECE]):
        with transaction.atomic():
            running.hold()
            # Locked in the order in which everybody locks them.
            held = list(standing.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
            # The moment tells a run that screens them just now that it comes too early.
            WatchedSubject.objects.filter(pk__in=held).update(pending=True, changed_at=timezone.now())
        done, last = done + len(held), keys[-1]
        running.step(done)
    enqueue("monitoring.pending", {}, key="pending")
    return {"subjects": done}
