"""The queue under the jobs: django-tasks and django-tasks-db, which no other module imports.

It hands each entry to one worker. What it does not do is ours: it forgets an entry whose worker was killed, tries none
again and knows no schedule (`sweeping.py`, `leasing.py`, `scheduling.py`).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus, task

from tahaluf.web.common.jobs.models import Job

Runner = Callable[[str], None]
_RUNNER: list[Runner] = []
POLL_SECONDS = 0.5


def set_runner(runner: Runner) -> None:
    """The function that is called with the id of a job when its turn has come."""
    _RUNNER[:] = [runner]


@task()
def run_job(job: str) -> None:
    """What stands in the queue: the id of a job and nothing else."""
    _RUNNER[0](job)


def put(job: Job) -> None:
    """Line the job up, in the transaction around this: workers see it once that is committed."""
    due = job.not_before if job.not_before and job.not_before > timezone.now() else None
    job.task = str(run_job.using(run_after=due).enqueue(str(job.pk)).id)
    Job.objects.filter(pk=job.pk).update(task=job.task)


def is_waiting(job: Job) -> bool:
    """Whether the job's entry will still come to a worker."""
    return bool(job.task) and _results().filter(pk=job.task, status=TaskResultStatus.READY).exists()


def waiting_entries() -> set[str]:
    """All entries that will still come to a worker, as jobs name them."""
    return {str(pk) for pk in _results().filter(status=TaskResultStatus.READY).values_list("pk", flat=True)}


def abandon(job: Job) -> None:
    """The job's entry leads nowhere any more: its worker is gone, or the job is over."""
    if job.task:
        open_ones = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
        _results().filter(pk=job.task, status__in=open_ones).update(
            status=TaskResultStatus.FAILED, finished_at=timezone.now(), exception_class_path="", traceback=""
        )


def prune(age: timedelta) -> int:
    """Forget entries that ended longer ago; how many."""
    before: datetime = timezone.now() - age
    return int(_results().filter(finished_at__lt=before).delete()[0])


def make_worker(name: str, *, once: bool) -> Any:
    """The library's worker, one task at a time; `once`: until nothing is due."""
    from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415 (of a management command)

    return Worker(
        queue_names=["default"],
        interval=POLL_SECONDS,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def _results() -> Any:
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 (models are ready after this module is)

    return DBTaskResult.objects
