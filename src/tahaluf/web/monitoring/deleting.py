"""Watched subjects whose time is over are deleted, and what was told of them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tahaluf.web.common.audit.services import record
from tahaluf.web.common.jobs.running import Running
from tahaluf.web.monitoring.models import Notice, RegisterFile, WatchedSubject
from tahaluf.web.review.purposes.scrubbing import overwrite_deleted, scrub

JOB = "monitoring.delete"
EVERY = timedelta(hours=24)
EVENT_DAYS = 90
PIECE = 250


def delete_due(running: Running) -> Mapping[str, Any]:
    """The job: subjects whose day has come, events older than `EVENT_DAYS`; the files keep nothing of them."""
    subjects = events = 0
    overwrite_deleted()
    today = timezone.localdate()
    while due := list(WatchedSubject.objects.filter(delete_on__lte=today).values_list("pk", flat=True)[:PIECE]):
        with transaction.atomic():
            running.hold()
            WatchedSubject.objects.filter(pk__in=due).delete()
            record(None, "subjects.deleted", count=len(due))
        subjects += len(due)
        running.step(subjects)
    with transaction.atomic():
        running.hold()
        files, _ = RegisterFile.objects.filter(delete_on__lte=today).delete()
    before = timezone.now() - timedelta(days=EVENT_DAYS)
    while old := list(Notice.objects.filter(at__lt=before).values_list("pk", flat=True)[:PIECE]):
        with transaction.atomic():
            running.hold()
            Notice.objects.filter(pk__in=old).delete()
        events += len(old)
        running.step(subjects + events)
    if subjects or events or files:
        scrub()
    return {"subjects": subjects, "events": events, "files": files}
