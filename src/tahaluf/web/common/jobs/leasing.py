"""From waiting to running to over: every change of a job's state but the asking and cancelling.

Each is one transaction that first makes sure that the job is still whose it is thought to be.
"""

import random
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tahaluf.domain import Problem
from tahaluf.web.common.jobs import queue
from tahaluf.web.common.jobs.models import Job, JobState
from tahaluf.web.common.jobs.running import LEASE, held
from tahaluf.web.common.jobs.services import tell_ended
from tahaluf.web.common.plain import plain_problem

MOST_ATTEMPTS = 5
BACK_OFF = timedelta(seconds=5)
LONGEST_BACK_OFF = timedelta(minutes=15)


def claim(pk: str) -> Job | None:
    """Lease a waiting job that is due to this process; nothing if it is not there to be had."""
    now = timezone.now()
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=pk, state=JobState.QUEUED).first()
        if job is None or (job.not_before is not None and job.not_before > now):
            return None
        job.state, job.lease, job.leased_until = JobState.RUNNING, uuid.uuid4().hex, now + LEASE
        job.attempts += 1
        job.started_at = job.started_at or now
        job.save(update_fields=["state", "lease", "leased_until", "attempts", "started_at"])
    return job


def finish(job: Job, result: Mapping[str, Any] | None) -> bool:
    """The handler returned; False where the job was no longer ours to finish."""
    return _end(job, JobState.DONE, result=None if result is None else dict(result))


def fail(job: Job, problem: Problem) -> bool:
    """The job cannot be done, however often it is tried."""
    return _end(job, JobState.FAILED, problem=plain_problem(problem))


def end_cancelled(job: Job) -> bool:
    """The job stopped because it was asked to."""
    return _end(job, JobState.CANCELLED)


def try_again(job: Job, problem: Problem) -> bool:
    """What failed may do better later: each time twice as late, until the attempts are spent."""
    if job.attempts >= MOST_ATTEMPTS:
        return fail(job, problem)
    return _back_to_queue(job, back_off(job.attempts), attempts=job.attempts, problem=plain_problem(problem))


def give_back(job: Job) -> bool:
    """This worker ends; the attempt does not count."""
    return _back_to_queue(job, timedelta(0), attempts=max(0, job.attempts - 1))


def take_up_again(job: Job) -> bool:
    """The job's worker is gone: line it up again, or end it where that has happened too often without progress."""
    if job.cancel_asked:
        return end_cancelled(job)
    if job.attempts >= MOST_ATTEMPTS:
        return fail(job, Problem("web.job.gave_up", expected=str(MOST_ATTEMPTS), found=str(job.attempts)))
    return _back_to_queue(job, timedelta(0), attempts=job.attempts)


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts; not all jobs after one outage come back in the same second."""
    longest: timedelta = min(BACK_OFF * 2 ** (attempts - 1), LONGEST_BACK_OFF)
    return longest * random.uniform(0.8, 1.2)  # noqa: S311


def _end(job: Job, state: JobState, **changes: Any) -> bool:
    with transaction.atomic():
        if not held(job).update(state=state, lease="", leased_until=None, finished_at=timezone.now(), **changes):
            return False
        job.refresh_from_db()
        tell_ended(job)
    return True


def _back_to_queue(job: Job, wait: timedelta, **changes: Any) -> bool:
    due = timezone.now() + wait if wait else None
    with transaction.atomic():
        if not held(job).update(state=JobState.QUEUED, lease="", leased_until=None, not_before=due, **changes):
            return False
        job.refresh_from_db()
        queue.put(job)
    return True
