"""The cast: one person for each role, and a way to sign in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

import tahaluf
from tahaluf.screening import engine_version
from tahaluf.web.accounts.models import RoleGrant, User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.catalogue.engine import current
from tahaluf.web.catalogue.models import Collection, Edition
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild
from tahaluf.web.common import reading as common_reading
from tahaluf.web.common.audit import guarding
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.working import due, run_here

SAMPLE_LIST = Path(tahaluf.__file__).parent / "cli" / "samples" / "list.ftm.json"
CAST = {
    Role.ANALYST: "aissata.keita",
    Role.REVIEWER: "karim.benali",
    Role.SUPERVISOR: "salma.idrissi",
    Role.INFORMATION_OFFICER: "omar.haddad",
    Role.PROGRAMME_MANAGER: "claire.fontaine",
    Role.PRESS: "nadia.alami",
    Role.ADMINISTRATOR: "joao.pereira",
    Role.AUDITOR: "fatoumata.diallo",
}


def make_person(*roles: Role, name: str = "") -> User:
    """A person with these roles."""
    user = User.objects.create_user(name or CAST[roles[0]], password="a long enough phrase")
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role, granted_by="tests") for role in roles)
    return user


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Tests with transactions of their own empty every table afterwards, the audit log too, which refuses that."""
    flush = connection.ops.execute_sql_flush

    def flush_all(statements: list[str]) -> None:
        with guarding.lifted(connection):
            flush(statements)

    connection.ops.execute_sql_flush = flush_all


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    return make_person


@pytest.fixture
def analyst(db: None) -> User:
    return make_person(Role.ANALYST)


@pytest.fixture
def reviewer(db: None) -> User:
    return make_person(Role.REVIEWER)


@pytest.fixture
def supervisor(db: None) -> User:
    return make_person(Role.SUPERVISOR)


@pytest.fixture
def administrator(db: None) -> User:
    return make_person(Role.ADMINISTRATOR)


@pytest.fixture
def auditor(db: None) -> User:
    return make_person(Role.AUDITOR)


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A client in which this person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def work_off(db: None) -> Callable[..., list[Job]]:
    """Runs in this process all jobs that are due, and those that these ask for; returns them as they ended. With
    `ahead`, also those that are due by then. A handler's fault (anything but a TahalufError) is raised."""

    def work(ahead: timedelta = timedelta(0)) -> list[Job]:
        done: dict[object, Job] = {}
        while waiting := due(timezone.now() + ahead):
            for job in waiting:
                Job.objects.filter(pk=job.pk).update(not_before=None)
                run_here(str(job.pk))
                done[job.pk] = job
        for job in done.values():
            job.refresh_from_db()
        return list(done.values())

    return work


_SAMPLE_INDEX: list[str] = []


@pytest.fixture
def drip(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the reader of a module give one row or entry every so many seconds by the clock that bounds it; `most` is
    the setting."""

    def set_up(module: Any, *, seconds: int, most: int, name: str = "read_batches", **more: Any) -> None:
        now = [0.0]
        read = getattr(module, name)

        def slowly(*given: Any, **options: Any) -> Iterator[Any]:
            for part in read(*given, **{**options, **more}):
                now[0] += seconds
                yield part

        monkeypatch.setattr(module, name, slowly)
        monkeypatch.setattr(common_reading, "monotonic", lambda: now[0])
        monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, reading_seconds=most))

    return set_up


@pytest.fixture
def edition(db: None) -> Edition:
    """The current edition of the collection `default`: the embedded sample list, whose people are invented. The index
    is compiled once in a session."""
    import_file(SAMPLE_LIST, file_name=SAMPLE_LIST.name, by=None, title="Sample list")
    collection = ensure_default()
    if not _SAMPLE_INDEX:
        _SAMPLE_INDEX.append(rebuild(collection).index_id)
    else:
        made = Edition.objects.create(
            collection=collection, index_id=_SAMPLE_INDEX[0], engine=engine_version(), listings=66,
            folder=f"indexes/{_SAMPLE_INDEX[0]}", versions={"demo": 1},
        )  # fmt: skip
        Collection.objects.filter(pk=collection.pk).update(current=made)
    return current().edition
