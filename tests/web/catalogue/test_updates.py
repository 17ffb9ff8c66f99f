"""Lists fetched from their publishers: when it is time, with what outcome."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tahaluf.domain import FetchError, Problem
from tahaluf.lists.update import Update, Version
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue import updating
from tahaluf.web.catalogue.models import Collection, ListSource
from tahaluf.web.catalogue.services import import_file
from tahaluf.web.catalogue.updating import due_sources
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.jobs.models import Job
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


def fetched(monkeypatch: pytest.MonkeyPatch, result: Path | FetchError, *, changed: bool = True) -> None:
    def update(*_args: Any) -> Update:
        if isinstance(result, FetchError):
            raise result
        version = Version("2026-03-01-abc.xml", "abc", "2026-03-01T00:00:00+00:00", "https://example.org/", 1)
        return Update("un", changed, version, result)

    monkeypatch.setattr(updating, "update", update)


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
    monkeypatch.setattr(updating, "update", None)
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
