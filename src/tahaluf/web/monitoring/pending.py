"""Subjects that are new or changed, screened against everything that is listed now."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from django.db import transaction

from tahaluf.web.catalogue.engine import current, is_current
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.running import Running
from tahaluf.web.common.jobs.services import enqueue
from tahaluf.web.monitoring.events import Told, publish
from tahaluf.web.monitoring.finding import store_found
from tahaluf.web.monitoring.models import WatchedSubject
from tahaluf.web.monitoring.screenings import screening_for
from tahaluf.web.monitoring.sweeping import by_purpose, find_hits
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening

JOB = "monitoring.pending"
KEY = "pending"
EVERY = timedelta(minutes=5)
PIECE = 250


def ask_pending() -> None:
    """Screen what is pending, once the transaction around this is committed."""
    enqueue(JOB, {}, key=KEY)


def screen_pending(running: Running) -> Mapping[str, Any]:
    """The job: all pending subjects, in pieces."""
    done = 0
    total = WatchedSubject.objects.filter(active=True, pending=True).count()
    while subjects := list(
        WatchedSubject.objects.filter(active=True, pending=True).select_related("purpose").order_by("pk")[:PIECE]
    ):
        edition, screener = current()
        found = find_hits(screener, subjects, None)
        with transaction.atomic():
            running.hold()
            if not is_current(edition):
                # The sweep to the new edition leaves out who is pending.
                continue
            held = _still_pending(subjects)
            told: list[Told] = []
            for purpose, own in by_purpose(held).items():
                told += store_found(_screening(running, purpose, edition, own), own, found, None).told
            keys = [subject.pk for subject in held]
            WatchedSubject.objects.filter(pk__in=keys).update(pending=False, altered=False)
            publish(told)
        done += len(subjects)
        running.step(done, max(total, done))
    return {"subjects": done}


def _screening(running: Running, purpose: Purpose, edition: Edition, own: Sequence[WatchedSubject]) -> Screening:
    """One for the job, and another where one of these has an alert in it already: a subject that changes while the job
    runs comes up once more, and a screening raises one alert of a subject."""
    rows = [subject.pk for subject in own]
    for time in count(1):
        occasion = f"pending {running.job.pk}" if time == 1 else f"pending {running.job.pk} {time}"
        screening = screening_for(purpose, edition, occasion)
        if not screening.alerts.filter(row__in=rows).exists():
            return screening
    raise AssertionError("unreachable")


def _still_pending(subjects: Sequence[WatchedSubject]) -> list[WatchedSubject]:
    """Those that nobody changed or screened meanwhile, held until the transaction ends; the others come again."""
    held = WatchedSubject.objects.select_for_update().filter(pk__in=[subject.pk for subject in subjects], pending=True)
    stamps = dict(held.order_by("pk").values_list("pk", "changed_at"))
    return [subject for subject in subjects if stamps.get(subject.pk) == subject.changed_at]
