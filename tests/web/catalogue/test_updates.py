"""Lists fetched from their publishers: when it is time, with what outcome."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tahaluf.domain import FetchError, Problem
from tahaluf.lists import update as publishers
from tahaluf.lists.update import Update, Version
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue import updating
from tahaluf.web.catalogue.importing.reading import Silent
from tahaluf.web.catalogue.models import Collection, ListSource
from tahaluf.web.catalogue.services import import_file
from tahaluf.web.catalogue.updating import due_sources
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import JobCancelled, JobInterrupted, LeaseLost
from tahaluf.web.common.jobs.services import enqueue

pytestmark = pytest.mark.django_db
MakeList = Callable[..., Path]
WorkOff = Callable[..., list[Job]]


def job_of(jobs: list[Job], kind: str) -> Job:
    """The one job of that kind."""
    (job,) = (job for job in jobs if job.kind == kind)
    return job


@pytest.fixture
def fetching(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator lets the desk fetch."""
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, updates=True))


@pytest.fixture
def source(make_list: MakeList) -> ListSource:
    import_file(make_list(a="Amal Nouri"), file_name="watch.json", by=None)
    ListSource.objects.update(source="un", every_hours=6)
    return ListSource.objects.get()


def fetched(
    monkeypatch: pytest.MonkeyPatch, result: Path | FetchError, *, changed: bool = True, at: datetime | None = None
) -> None:
    """The publisher's list, downloaded then: `changed` where it was another before."""

    def update(*_args: Any) -> Update:
        if isinstance(result, FetchError):
            raise result
        when = (at or timezone.now() - timedelta(days=1)).isoformat()
        version = Version("2026-03-01-abc.xml", "abc", when, "https://example.org/", 1)
        return Update("un", changed, version, result)

    monkeypatch.setattr(publishers, "update", update)


def test_a_list_is_due_when_its_hours_have_passed(source: ListSource, fetching: None) -> None:
    assert due_sources() == [source]
    for hours, due in ((1, []), (5, []), (6, [source]), (100, [source])):
        ListSource.objects.update(checked_at=timezone.now() - timedelta(hours=hours))
        assert due_sources() == due
    ListSource.objects.update(active=False)
    assert not due_sources()


def test_nothing_is_fetched_where_the_operator_has_not_allowed_it(
    source: ListSource, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishers, "update", None)
    assert not due_sources()
    enqueue("catalogue.update", {"list": "watch"})
    assert job_of(work_off(), "catalogue.update").state == "failed"
    source.refresh_from_db()
    assert source.problem is not None
    assert source.problem["code"] == "web.list.updates_off"


def test_what_is_new_is_imported_and_compiled(
    source: ListSource, fetching: None, make_list: MakeList, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(monkeypatch, make_list(a="Amal Nouri", b="Basel Qadri"))
    enqueue("catalogue.due", {})
    jobs = {job.kind: job for job in work_off()}
    assert jobs["catalogue.due"].result == {"lists": ["watch"]}
    assert jobs["catalogue.update"].result == {"list": "watch", "changed": True, "version": 2}
    current = Collection.objects.get(slug="default").current
    assert current is not None
    assert current.versions == {"watch": 2}
    source.refresh_from_db()
    assert source.checked_at is not None
    assert not due_sources()
    fetched(monkeypatch, make_list(a="Amal Nouri", b="Basel Qadri"), changed=False)
    enqueue("catalogue.update", {"list": "watch"})
    assert job_of(work_off(), "catalogue.update").result == {"list": "watch", "changed": False}


def test_a_failure_stands_at_the_list_and_the_last_good_version_stays(
    source: ListSource, fetching: None, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch,
    browse: Callable[[User], Client], analyst: User,
) -> None:  # fmt: skip
    fetched(monkeypatch, FetchError(Problem("lists.fetch.status", expected="200", found="503")))
    enqueue("catalogue.update", {"list": "watch"})
    assert job_of(work_off(), "catalogue.update").state == "failed"
    source.refresh_from_db()
    assert source.current is not None
    assert source.current.number == 1
    assert source.problem is not None
    assert source.problem["code"] == "lists.fetch.status"
    assert AuditEntry.objects.filter(action="list.update_failed").count() == 1
    page = browse(analyst).get(reverse("catalogue:lists")).content.decode()
    assert "the last good version stays" in page


def test_an_information_officer_has_a_list_fetched_now(
    source: ListSource, fetching: None, make_list: MakeList, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch,
    browse: Callable[[User], Client], administrator: User,
) -> None:  # fmt: skip
    fetched(monkeypatch, make_list(a="Amal Nouri", b="Basel Qadri"))
    response = browse(administrator).post(reverse("catalogue:fetch", args=["watch"]))
    work_off()
    assert "See what changed" in browse(administrator).get(response.headers["Location"]).content.decode()


def test_a_fault_that_nobody_foresaw_stands_at_the_list_too(
    source: ListSource, fetching: None, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    for fault, found in ((OSError(28, "No space left on device", "/some/where"), "No space left on device"),
                         (ValueError("Amal Nouri"), "ValueError")):  # fmt: skip
        ListSource.objects.update(problem=None)

        def fail(*_args: Any, fault: Exception = fault) -> None:
            raise fault

        monkeypatch.setattr(publishers, "update", fail)
        enqueue("catalogue.update", {"list": "watch"})
        with pytest.raises(type(fault)):
            work_off()
        source.refresh_from_db()
        assert source.problem is not None
        assert (source.problem["code"], source.problem["found"]) == ("web.job.fault", found)
        assert source.checked_at is not None
    assert AuditEntry.objects.filter(action="list.update_failed").count() == 2


@pytest.mark.parametrize("passing", [JobCancelled, JobInterrupted, LeaseLost])
def test_work_that_is_stopped_is_no_fault_of_the_list(
    source: ListSource, fetching: None, monkeypatch: pytest.MonkeyPatch, passing: type[Exception]
) -> None:
    def stop(*_args: Any) -> None:
        raise passing

    monkeypatch.setattr(publishers, "update", stop)
    with pytest.raises(passing):
        updating.update_source(source, Silent())
    source.refresh_from_db()
    assert (source.problem, source.checked_at) == (None, None)


def test_what_was_fetched_and_could_not_be_imported_is_imported_the_next_time(
    source: ListSource, fetching: None, make_list: MakeList, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_list(a="Amal Nouri", b="Basel Qadri")
    fetched(monkeypatch, path, at=timezone.now())

    def fail(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(updating, "import_once", fail)
        with pytest.raises(OSError):
            updating.update_source(source, Silent())
    fetched(monkeypatch, path, changed=False, at=timezone.now())
    imported = updating.update_source(source, Silent())
    assert imported is not None
    assert imported.version.number == 2
    assert updating.update_source(source, Silent()) is None


def test_what_a_person_imported_since_the_last_fetch_stays(
    source: ListSource, fetching: None, make_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = timezone.now() - timedelta(hours=1)
    path = make_list("old.json", a="Amal Nouri", z="Zaki Imran")
    fetched(monkeypatch, path, changed=False, at=before)
    assert updating.update_source(source, Silent()) is None
    source.refresh_from_db()
    assert source.current is not None
    assert source.current.number == 1


@pytest.mark.parametrize("allowed", [True, False])
def test_fetching_is_offered_only_where_it_can_be_done(
    source: ListSource, monkeypatch: pytest.MonkeyPatch, browse: Callable[[User], Client], administrator: User,
    allowed: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, updates=allowed))
    page = browse(administrator).get(reverse("catalogue:list", args=["watch"])).content.decode()
    assert ("Fetch now" in page) is allowed
    assert ('every <bdi dir="ltr" class="ltr">6</bdi> hours' in page) is allowed
    assert ("this desk fetches nothing" in page) is not allowed
