"""Asking for jobs, and what a handler may do with the one it runs.

    register("review.screening", screen_file)     # once, in AppConfig.ready
    enqueue("review.screening", {"screening": str(id)}, by=user.get_username())

A handler is called with a `Running` and must be able to be called again with the same payload after it was killed at
any point: it keeps how far it came in its own tables, in the transaction of what it stores.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from tahaluf.web.common.jobs import queue
from tahaluf.web.common.jobs.models import Job, JobState
from tahaluf.web.common.jobs.running import Running

Handler = Callable[[Running], Mapping[str, Any] | None]
Ended = Callable[[Job], None]
HANDLERS: dict[str, Handler] = {}
ENDED: dict[str, Ended] = {}
LIVE = (JobState.QUEUED, JobState.RUNNING)


def register(kind: str, handler: Handler, ended: Ended | None = None) -> None:
    """Names the function that does jobs of a kind; it returns the job's result, plain JSON values, or nothing. `ended`
    is called once with the job when it is over, whatever ended it (a handler is not always there to see it), in the
    transaction that ends it."""
    HANDLERS[kind] = handler
    if ended is not None:
        ENDED[kind] = ended


def enqueue(
    kind: str, payload: Mapping[str, Any], *, by: str = "", key: str = "", not_before: datetime | None = None,
    pk: uuid.UUID | None = None,
) -> Job:  # fmt: skip
    """Ask for a job; workers see it once the transaction around it is committed. With a `key`, one that waits or runs
    already is returned instead; with a `pk`, one that was ever asked for under it."""
    job = Job(
        pk=pk or uuid.uuid4(), kind=kind, payload=dict(payload), asked_by=by, key=key, not_before=not_before
    )  # fmt: skip
    while True:
        if (known := _known(kind, key, pk)) is not None:
            return known
        try:
            with transaction.atomic():
                job.save(force_insert=True)
                queue.put(job)
        except IntegrityError:
            # Somebody else asked for it at the same moment; theirs may even be over by now.
            if not key and pk is None:
                raise
        else:
            return job


def cancel(job: Job) -> None:
    """Ask the job to stop; a waiting one is over at once, a running one at its next step."""
    with transaction.atomic():
        waiting = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
        if waiting.update(state=JobState.CANCELLED, cancel_asked=True, finished_at=timezone.now()):
            job.refresh_from_db()
            queue.abandon(job)
            tell_ended(job)
        else:
            Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_asked=True)
            job.refresh_from_db()


def tell_ended(job: Job) -> None:
    """Tell whoever registered the job's kind that it is over."""
    if (ended := ENDED.get(job.kind)) is not None:
        ended(job)


def _known(kind: str, key: str, pk: uuid.UUID | None) -> Job | None:
    if pk is not None and (job := Job.objects.filter(pk=pk).first()) is not None:
        return job
    return Job.objects.filter(kind=kind, key=key, state__in=LIVE).first() if key else None
