"""What a handler sees of its job while it runs.

Two things are kept apart. That the *process* lives is said by a heartbeat thread (`working.py`), so that a long piece
of work in one call costs nobody the lease. That the *handler* gets on is said by `step`: after `PATIENCE` without one
the thread falls silent, the lease ends, and another worker takes the job; the stuck one finds its lease lost.
"""

import time
from datetime import timedelta
from threading import Event
from typing import Any

from django.db import transaction
from django.utils import timezone

from tahaluf.web.common.jobs.models import Job, JobState

LEASE = timedelta(seconds=30)
PATIENCE = timedelta(minutes=15)
EVERY_SECONDS = 1.0
# Set when this process was asked to end: handlers stop at their next step, and the jobs go back to the queue.
STOPPING = Event()


class JobCancelled(Exception):
    """Someone asked the job to stop."""


class LeaseLost(Exception):
    """Another worker has taken the job over: stop at once, store nothing more."""


class JobInterrupted(Exception):
    """This worker is ending: the job goes back to the queue and is gone on with elsewhere."""


class Running:
    """A job that this worker holds. Call `step` between pieces of work, and often: it keeps the lease alive and shows
    progress; it raises JobCancelled, JobInterrupted or LeaseLost, which a handler lets pass. Within the transaction
    that stores a piece, call `hold` first."""

    def __init__(self, job: Job, *, every_seconds: float = EVERY_SECONDS) -> None:
        self.job = job
        self.payload: dict[str, Any] = dict(job.payload)
        self._every = every_seconds
        self._said_at = 0.0
        self.moved_at = time.monotonic()

    def step(self, done: int, total: int | None = None) -> None:
        """`done` units (of `total`, where known) are finished. Reaches the database once a second at most."""
        self.moved_at = time.monotonic()
        if STOPPING.is_set():
            raise JobInterrupted
        if self.moved_at - self._said_at < self._every and done != total:
            return
        self._said_at = self.moved_at
        self._say(done, total)
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise JobCancelled

    def hold(self) -> None:
        """Locks the job's row and makes sure that it is still ours, so that two workers never store the same piece."""
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("hold() belongs inside the transaction that stores a piece")
        self._renew()

    def _say(self, done: int, total: int | None) -> None:
        job = self.job
        job.done, job.total = done, job.total if total is None else total
        changes: dict[str, Any] = {"done": job.done, "total": job.total}
        if done > job.furthest:
            job.furthest, job.attempts = done, 1
            changes |= {"furthest": done, "attempts": 1}
        self._renew(**changes)

    def _renew(self, **changes: Any) -> None:
        if not held(self.job).update(leased_until=timezone.now() + LEASE, **changes):
            raise LeaseLost


def held(job: Job) -> Any:
    """The job's row, as long as it is leased to whoever has this copy of it."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease=job.lease)
