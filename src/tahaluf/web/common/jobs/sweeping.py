"""What a killed process leaves behind, taken up again.

Every worker sweeps every few seconds; doing it twice is harmless.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tahaluf.web.common.jobs import queue
from tahaluf.web.common.jobs.leasing import take_up_again
from tahaluf.web.common.jobs.models import TURN, Job, JobState, Worker
from tahaluf.web.common.jobs.running import LEASE

KEEP_ENTRIES = timedelta(days=2)
KEEP_JOBS = timedelta(days=90)
KEEP_TURNS = timedelta(days=3)
AT_ONCE = 100


def sweep() -> int:
    """Take up jobs whose lease has ended and jobs whose entry in the queue was lost; how many."""
    now = timezone.now()
    return sum(_take_up(pk, now) for pk in _ended_leases(now)) + sum(_line_up(pk) for pk in _lost_entries(now))


def prune() -> None:
    """Forget what nobody asks for any more: entries of the queue, jobs long over, workers long gone."""
    queue.prune(KEEP_ENTRIES)
    now = timezone.now()
    Job.objects.filter(finished_at__lt=now - KEEP_JOBS).exclude(state__in=(JobState.QUEUED, JobState.RUNNING)).delete()
    # Of what comes every few seconds only the last days, and what failed.
    done = Job.objects.filter(state=JobState.DONE, finished_at__lt=now - KEEP_TURNS)
    done.filter(key__startswith=TURN, created_at__lt=now - KEEP_TURNS).delete()
    Worker.objects.filter(seen_at__lt=timezone.now() - timedelta(days=1)).delete()


def _ended_leases(now: datetime) -> list[UUID]:
    ended = Job.objects.filter(state=JobState.RUNNING, leased_until__lt=now)
    return list(ended.values_list("pk", flat=True)[:AT_ONCE])


def _take_up(pk: UUID, now: datetime) -> bool:
    with transaction.atomic():
        ended = Job.objects.select_for_update(skip_locked=True).filter(
            pk=pk, state=JobState.RUNNING, leased_until__lt=now
        )
        if (job := ended.first()) is None:
            return False
        queue.abandon(job)
        return take_up_again(job)


def _lost_entries(now: datetime) -> list[UUID]:
    """Jobs that a worker should have begun by now: the one that took the entry was killed before it took the job."""
    late = Q(not_before__lt=now - LEASE) | Q(not_before=None, created_at__lt=now - LEASE)
    waiting = Job.objects.filter(late, state=JobState.QUEUED).order_by("created_at").values_list("pk", "task")
    if not waiting:
        return []
    entries = queue.waiting_entries()
    return [pk for pk, task in waiting if task not in entries][:AT_ONCE]


def _line_up(pk: UUID) -> bool:
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=pk, state=JobState.QUEUED).first()
        if job is None or queue.is_waiting(job):
            return False
        queue.abandon(job)
        queue.put(job)
    return True
