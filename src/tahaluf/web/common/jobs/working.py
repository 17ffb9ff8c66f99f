"""Running one job from its claim to its end, with a heartbeat beside it."""

import gc
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from tahaluf.domain import Problem, TahalufError
from tahaluf.web.common.jobs import leasing
from tahaluf.web.common.jobs.models import Job, JobState, is_turn
from tahaluf.web.common.jobs.running import (
    EVERY_SECONDS,
    LEASE,
    PATIENCE,
    JobCancelled,
    JobInterrupted,
    LeaseLost,
    Running,
    held,
)  # fmt: skip
from tahaluf.web.common.jobs.services import HANDLERS

LOG = logging.getLogger("tahaluf.jobs")
LONG_SECONDS = 1.0


def run(pk: str) -> None:
    """Run the job if it is due and nobody else has it; whatever happens is told in the job, nothing is raised."""
    if (job := leasing.claim(pk)) is not None:
        began = time.monotonic()
        with _heartbeat(running := Running(job, every_seconds=EVERY_SECONDS)):
            _do(running)
        if time.monotonic() - began > LONG_SECONDS:
            # A process that runs jobs searches for garbage seldom (`process.collect_seldom`): after long ones it does.
            gc.collect()


def run_here(pk: str) -> Job | None:
    """As `run`, in this thread alone and with every step told: for tests. A fault of the handler's is raised."""
    if (job := leasing.claim(pk)) is None:
        return None
    fault = _do(Running(job, every_seconds=0))
    if fault is not None:
        raise fault
    return job


def due(ahead: datetime | None = None) -> list[Job]:
    """The jobs that wait and whose time has come, or will have by then; eldest first."""
    waiting = Job.objects.filter(state=JobState.QUEUED).order_by("created_at")
    until = ahead or timezone.now()
    return [job for job in waiting if job.not_before is None or job.not_before <= until]


def _do(running: Running) -> Exception | None:
    """Calls the handler and tells how it ended; a fault that nobody foresaw is returned."""
    job, began = running.job, time.monotonic()
    outcome, fault = _call(running)
    # What comes every few seconds and has nothing to tell stays out of the log.
    LOG.log(
        logging.DEBUG if is_turn(job) and outcome == "done" else logging.INFO,
        "job ended", extra={"kind": job.kind, "job": str(job.pk), "outcome": outcome, "attempt": job.attempts,
                            "seconds": round(time.monotonic() - began, 3)},
    )  # fmt: skip
    return fault


def _call(running: Running) -> tuple[str, Exception | None]:  # noqa: PLR0911 (one for each way to end)
    job = running.job
    if (handler := HANDLERS.get(job.kind)) is None:
        return _told(leasing.fail(job, Problem("web.job.unknown", found=job.kind)), "unknown"), None
    try:
        result = handler(running)
        return _told(leasing.finish(job, result), "done"), None
    except JobCancelled:
        return _told(leasing.end_cancelled(job), "cancelled"), None
    except JobInterrupted:
        return _told(leasing.give_back(job), "given back"), None
    except LeaseLost:
        return "lease lost", None
    except TahalufError as failed:
        if failed.permanent:
            return _told(leasing.fail(job, failed.problem), "failed"), None
        return _told(leasing.try_again(job, failed.problem), "to be tried again"), None
    except (OperationalError, InterfaceError) as outage:
        # If even this cannot be stored, the lease ends and the job is taken up then.
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        problem = Problem("web.job.database", found=type(outage).__name__)
        return _told(leasing.try_again(job, problem), "to be tried again"), None
    except Exception as fault:
        # What an exception says may hold names of people: its kind is stored, the place of it goes to the log.
        LOG.error("fault in a job", exc_info=fault, extra={"kind": job.kind, "job": str(job.pk)})
        return _told(leasing.fail(job, Problem("web.job.fault", found=type(fault).__name__)), "fault"), fault


def _told(stored: bool, outcome: str) -> str:
    return outcome if stored else "lease lost"


@contextmanager
def _heartbeat(running: Running) -> Iterator[None]:
    """Says from a thread of its own that this process lives, as long as the handler gets on."""
    over = Event()
    thread = Thread(target=_beat, args=(running, over), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(running: Running, over: Event) -> None:
    try:
        while not over.wait(LEASE.total_seconds() / 4):
            if time.monotonic() - running.moved_at > PATIENCE.total_seconds():
                LOG.error("job is stuck", extra={"kind": running.job.kind, "job": str(running.job.pk)})
                return
            try:
                if not held(running.job).update(leased_until=timezone.now() + LEASE):
                    return
            except (OperationalError, InterfaceError):
                connection.close()
    finally:
        connection.close()
