"""What becomes of a job, whatever happens to it."""

import itertools
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tahaluf.domain import Problem, TahalufError
from tahaluf.web.common.jobs import leasing, queue, scheduling, sweeping
from tahaluf.web.common.jobs.models import Job, JobState
from tahaluf.web.common.jobs.running import STOPPING, LeaseLost, Running
from tahaluf.web.common.jobs.services import ENDED, HANDLERS, cancel, enqueue

WorkOff = Callable[..., list[Job]]
SOON = timedelta(hours=1)


Handle = Callable[..., None]


@pytest.fixture(autouse=True)
def going_on(db: None) -> Iterator[None]:
    yield
    STOPPING.clear()


@pytest.fixture
def handle(monkeypatch: pytest.MonkeyPatch) -> Handle:
    """Registers a handler for the test's time."""

    def put(kind: str, handler: Any, ended: Any = None) -> None:
        monkeypatch.setitem(HANDLERS, kind, handler)
        if ended:
            monkeypatch.setitem(ENDED, kind, ended)

    return put


def kill(job: Job) -> None:
    """As if the worker that runs the job had been killed some time ago."""
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def test_a_job_is_done_with_its_payload_and_its_result_kept(handle: Handle, work_off: WorkOff) -> None:
    handle("t", lambda running: {"twice": running.payload["n"] * 2})
    enqueue("t", {"n": 21}, by="karim")
    (job,) = work_off()
    assert (job.state, job.result, job.asked_by, job.lease) == (JobState.DONE, {"twice": 42}, "karim", "")
    assert job.started_at and job.finished_at


def test_a_job_of_a_transaction_that_is_rolled_back_was_never_asked_for() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("t", {})
        raise ZeroDivisionError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_of_a_key_only_one_waits_or_runs(handle: Handle, work_off: WorkOff) -> None:
    handle("t", lambda running: None)
    first = enqueue("t", {}, key="un")
    assert enqueue("t", {}, key="un") == first
    assert enqueue("t", {}, key="ofac") != first
    assert enqueue("other", {}, key="un") != first
    handle("other", lambda running: None)
    work_off()
    assert enqueue("t", {}, key="un") != first


def test_what_may_do_better_later_is_tried_again_later_each_time_then_given_up(
    handle: Handle, work_off: WorkOff
) -> None:
    def fail(running: Running) -> None:
        raise TahalufError(Problem("lists.fetch.down"), permanent=False)

    handle("t", fail)
    job = enqueue("t", {})
    waits = []
    for _ in range(4):
        leased = leasing.claim(str(job.pk))
        assert leased
        leasing.try_again(leased, Problem("lists.fetch.down"))
        job.refresh_from_db()
        assert job.state == JobState.QUEUED and job.not_before
        waits.append((job.not_before - timezone.now()).total_seconds())
        assert leasing.claim(str(job.pk)) is None
        Job.objects.update(not_before=None)
    assert [round(b / a) for a, b in itertools.pairwise(waits)] == pytest.approx([2, 2, 2], abs=1)
    (job,) = work_off(SOON)
    assert (job.state, job.attempts, job.problem["code"]) == (JobState.FAILED, 5, "lists.fetch.down")


def test_what_cannot_be_done_is_tried_once(handle: Handle, work_off: WorkOff) -> None:
    def fail(running: Running) -> None:
        raise TahalufError(Problem("messages.table.empty", expected="rows"))

    handle("t", fail)
    enqueue("t", {})
    (job,) = work_off(SOON)
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.problem == {"code": "messages.table.empty", "expected": "rows", "found": "", "where": {}}


def test_an_outage_of_the_database_is_tried_again(handle: Handle, work_off: WorkOff) -> None:
    outages = [OperationalError("gone"), None]

    def once(running: Running) -> None:
        if (outage := outages.pop(0)) is not None:
            raise outage

    handle("t", once)
    enqueue("t", {})
    (job,) = work_off(SOON)
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_fault_is_told_without_the_words_of_the_exception(handle: Handle, work_off: WorkOff) -> None:
    def fault(running: Running) -> None:
        raise ValueError("Aissata Keita")

    handle("t", fault)
    job = enqueue("t", {})
    with pytest.raises(ValueError, match="Aissata"):
        work_off()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.problem["code"] == "web.job.fault"
    assert "Aissata" not in str(job.problem)


def test_a_result_that_is_no_json_is_a_fault(handle: Handle, work_off: WorkOff) -> None:
    handle("t", lambda running: {"x": object()})
    job = enqueue("t", {})
    with pytest.raises(TypeError):
        work_off()
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_kind_that_nobody_knows_fails(work_off: WorkOff) -> None:
    enqueue("nobody.knows", {})
    (job,) = work_off()
    assert (job.state, job.problem["code"]) == (JobState.FAILED, "web.job.unknown")


def test_a_waiting_job_is_cancelled_at_once_and_whoever_registered_is_told(handle: Handle, work_off: WorkOff) -> None:
    told: list[str] = []
    handle("t", lambda running: told.append("ran"), lambda job: told.append(job.state))
    job = enqueue("t", {})
    cancel(job)
    assert job.is_over
    assert work_off() == []
    assert told == ["cancelled"]
    assert not queue.is_waiting(job)


def test_a_running_job_is_cancelled_at_its_next_step(handle: Handle, work_off: WorkOff) -> None:
    reached: list[int] = []

    def go_on(running: Running) -> None:
        for n in range(10):
            reached.append(n)
            if n == 3:
                cancel(Job.objects.get(pk=running.job.pk))
            running.step(n, 10)

    handle("t", go_on)
    enqueue("t", {})
    (job,) = work_off()
    assert (job.state, reached[-1]) == (JobState.CANCELLED, 3)


def test_a_job_whose_worker_was_killed_is_taken_up_when_its_lease_ends(handle: Handle, work_off: WorkOff) -> None:
    handle("t", lambda running: None)
    job = enqueue("t", {})
    leased = leasing.claim(str(job.pk))
    assert leased
    assert sweeping.sweep() == 0
    kill(leased)
    assert sweeping.sweep() == 1
    assert sweeping.sweep() == 0
    with pytest.raises(LeaseLost):
        Running(leased, every_seconds=0).step(1)
    with pytest.raises(LeaseLost), transaction.atomic():
        Running(leased).hold()
    assert not leasing.finish(leased, None)
    (job,) = work_off()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_job_that_kills_its_workers_is_given_up(handle: Handle, work_off: WorkOff) -> None:
    told: list[str] = []
    handle("t", lambda running: None, lambda job: told.append(job.problem["code"]))
    job = enqueue("t", {})
    for _ in range(5):
        leased = leasing.claim(str(job.pk))
        assert leased
        kill(leased)
        sweeping.sweep()
    job.refresh_from_db()
    assert (job.state, told) == (JobState.FAILED, ["web.job.gave_up"])


def test_attempts_that_come_further_do_not_count(handle: Handle, work_off: WorkOff) -> None:
    handle("t", lambda running: None)
    job = enqueue("t", {})
    for n in range(12):
        leased = leasing.claim(str(job.pk))
        assert leased
        Running(leased, every_seconds=0).step(n + 1)
        kill(leased)
        sweeping.sweep()
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    for _ in range(4):
        leased = leasing.claim(str(job.pk))
        assert leased
        Running(leased, every_seconds=0).step(3)
        kill(leased)
        sweeping.sweep()
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_cancelled_job_whose_worker_was_killed_is_over() -> None:
    job = enqueue("t", {})
    leased = leasing.claim(str(job.pk))
    assert leased
    cancel(job)
    kill(leased)
    sweeping.sweep()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_job_whose_entry_was_lost_is_lined_up_again() -> None:
    job = enqueue("t", {})
    DBTaskResult.objects.update(status="RUNNING")
    assert sweeping.sweep() == 0
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    assert sweeping.sweep() == 1
    assert sweeping.sweep() == 0
    job.refresh_from_db()
    assert queue.is_waiting(job)
    assert not DBTaskResult.objects.filter(status="RUNNING").exists()


def test_a_lost_entry_is_found_behind_a_long_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 3)
    jobs = [enqueue("t", {}) for _ in range(8)]
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    DBTaskResult.objects.filter(pk=jobs[-1].task).update(status="RUNNING")
    assert sweeping.sweep() == 1
    jobs[-1].refresh_from_db()
    assert queue.is_waiting(jobs[-1])


def test_a_worker_that_ends_gives_its_job_back_uncounted(handle: Handle, work_off: WorkOff) -> None:
    ends = [True, False]

    def ended(running: Running) -> None:
        if ends.pop(0):
            STOPPING.set()
        else:
            STOPPING.clear()
        running.step(1)

    handle("t", ended)
    enqueue("t", {})
    (job,) = work_off()
    assert (job.state, job.attempts) == (JobState.DONE, 1)


def test_hold_wants_a_transaction(transactional_db: None) -> None:
    enqueue("t", {})
    leased = leasing.claim(str(Job.objects.get().pk))
    assert leased
    with pytest.raises(RuntimeError):
        Running(leased).hold()


def test_steps_reach_the_database_once_a_second(django_assert_num_queries: Any) -> None:
    enqueue("t", {})
    leased = leasing.claim(str(Job.objects.get().pk))
    assert leased
    running = Running(leased)
    with django_assert_num_queries(2):
        for n in range(1000):
            running.step(n, 1001)
    with django_assert_num_queries(2):
        running.step(1001, 1001)
    leased.refresh_from_db()
    assert (leased.done, leased.total, leased.furthest) == (1001, 1001, 1001)


def test_a_turn_of_a_schedule_comes_once(handle: Handle, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "SCHEDULES", {})
    handle("t", lambda running: None)
    scheduling.schedule("t", timedelta(hours=1), {"list": "un"})
    for _ in range(3):
        scheduling.enqueue_due()
    assert len(work_off()) == 1
    scheduling.enqueue_due()
    assert work_off() == []
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(scheduling.timezone, "now", lambda: later)
    scheduling.enqueue_due()
    assert Job.objects.count() == 2


def test_a_turn_waits_for_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "SCHEDULES", {})
    scheduling.schedule("t", timedelta(hours=1))
    (job,) = scheduling.enqueue_due()
    assert leasing.claim(str(job.pk))
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(scheduling.timezone, "now", lambda: later)
    assert scheduling.enqueue_due() == [job]
    assert Job.objects.count() == 1


def test_what_is_long_over_is_forgotten_and_what_lives_is_not(handle: Handle, work_off: WorkOff) -> None:
    handle("t", lambda running: None)
    over, waiting = enqueue("t", {}), enqueue("t", {}, not_before=timezone.now() + SOON)
    work_off()
    Job.objects.update(created_at=timezone.now() - timedelta(days=400))
    Job.objects.filter(pk=over.pk).update(finished_at=timezone.now() - timedelta(days=91))
    sweeping.prune()
    assert list(Job.objects.all()) == [waiting]


def test_a_job_is_asked_for_once_under_an_id() -> None:
    pk = uuid.uuid4()
    assert enqueue("t", {}, pk=pk) == enqueue("t", {}, pk=pk)
    assert Job.objects.count() == 1
