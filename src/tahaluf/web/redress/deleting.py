"""Complaints whose time is over are deleted."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tahaluf.web.common.audit.services import record
from tahaluf.web.common.jobs.running import Running
from tahaluf.web.redress.models import Complaint
from tahaluf.web.review.purposes.scrubbing import overwrite_deleted, scrub

JOB = "redress.delete"
EVERY = timedelta(hours=24)


def delete_due(running: Running) -> Mapping[str, Any]:
    """The job."""
    due = Complaint.objects.filter(delete_on__lte=timezone.localdate())
    overwrite_deleted()
    with transaction.atomic():
        running.hold()
        count = due.count()
        due.delete()
        if count:
            record(None, "complaints.deleted", count=count)
    if count:
        scrub()
    return {"complaints": count}
