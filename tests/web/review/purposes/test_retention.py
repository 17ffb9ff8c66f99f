"""What is past its day is gone, from the database, its files and the folder; what must stay stays."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from tahaluf.domain import Kind, Subject
from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.review.alerts.services import adjudicate, reopen, second
from tahaluf.web.review.purposes import retention
from tahaluf.web.review.purposes.retention import delete_now
from tahaluf.web.review.screenings.services import open_file, screen_one, start
from tahaluf.web.review.tables.alerts import Alert, AlertHit, Exemption, Note
from tahaluf.web.review.tables.counts import DeletedCount
from tahaluf.web.review.tables.purposes import Deletion, Purpose
from tahaluf.web.review.tables.screenings import Screening

LISTED = "Abdelkader Salem Benzeroual"
Run = Callable[[], Deletion]
Age = Callable[..., None]
Screened = Callable[..., Screening]


@pytest.fixture
def run(administrator: User, work_off: Callable[..., list[Job]]) -> Run:
    """The daily job, to its end."""

    def delete() -> Deletion:
        job = delete_now(administrator)
        work_off()
        return Deletion.objects.get(job=job.pk)

    return delete


@pytest.fixture
def holds() -> Iterator[list[Callable[[Alert], bool]]]:
    before = list(retention.HOLDS)
    yield retention.HOLDS
    retention.HOLDS[:] = before


def test_what_is_young_stays(screened: Screened, age: Age, run: Run) -> None:
    screening = screened(f"name\n{LISTED}\n")
    age(screening, 179)
    assert run().counts == {}
    assert (settings.DATA / screening.file).exists()
    assert Alert.objects.count() == 1


def test_what_is_old_goes_and_its_counts_stay(screened: Screened, age: Age, run: Run) -> None:
    screening = screened(f"name\n{LISTED}\n=1+1\n", f"{LISTED}.csv")
    Note.objects.create(alert=screening.alerts.get(), text="seen", by_name="x")
    kept = screening.scores
    files = [settings.DATA / name for name in (screening.file, screening.hits_file, screening.rejects_file)]
    size = sum(path.stat().st_size for path in files)
    assert size > 0
    age(screening, 180)
    deletion = run()
    assert deletion.counts == {
        "alerts": 1, "undecided": 1, "notes": 1, "screenings": 1, "subjects": 1, "bytes": size,
    }  # fmt: skip
    assert deletion.finished_at is not None
    assert not any(path.exists() or path.parent.exists() for path in files)
    assert (Alert.objects.count(), AlertHit.objects.count(), Note.objects.count()) == (0, 0, 0)
    screening.refresh_from_db()
    assert (screening.title, screening.file, screening.subject, screening.columns) == ("", "", None, {})
    assert (screening.alerts_made, screening.flagged, screening.scores) == (1, 1, kept)
    assert screening.deleted_at is not None
    assert DeletedCount.objects.get().number == 1, "it was raised, and not decided on"
    assert run().counts == {}


def test_true_matches_stay_longer_and_so_do_those_awaiting_a_second(
    screened: Screened, age: Age, run: Run, analyst: User, reviewer: User, purpose: Purpose
) -> None:
    screening = screened(f"name\n{LISTED}\n{LISTED}\n{LISTED}\n{LISTED}\n")
    match, proposed, cleared, _open = screening.alerts.order_by("row")
    pairs = [(hit.dataset, hit.listing_id) for hit in match.hits.all()][:1]
    for alert in (match, proposed):
        adjudicate(alert, analyst, "true_match", hits=pairs, reasons=["same_document"], text="the same passport")
    match.refresh_from_db()
    second(match, reviewer, agrees=True, reasons=["same_document"], text="checked")
    adjudicate(cleared, analyst, "false_positive", reasons=["other_birth_date"], text="another birth date")
    age(screening, 200)
    counts = run().counts
    assert (counts["alerts"], counts["undecided"]) == (2, 1)
    assert sorted(Alert.objects.values_list("pk", flat=True)) == sorted([match.pk, proposed.pk])
    age(screening, purpose.keep_match_days)
    assert run().counts["alerts"] == 2
    assert not Alert.objects.exists()


def test_nothing_under_an_open_complaint_is_deleted(
    screened: Screened, age: Age, run: Run, holds: list[Callable[[Alert], bool]]
) -> None:
    screening = screened(f"name\n{LISTED}\n{LISTED}\n")
    complained, _other = screening.alerts.order_by("row")
    Note.objects.create(alert=complained, text="the complaint", by_name="x")
    holds.append(lambda alert: alert.pk == complained.pk)
    age(screening, 400)
    assert run().counts["alerts"] == 1
    assert Alert.objects.get().pk == complained.pk
    assert Note.objects.count() == 1
    holds.pop()
    assert run().counts["alerts"] == 1
    assert not Alert.objects.exists()


def test_a_file_that_was_not_confirmed_goes_the_day_after(purpose: Purpose, analyst: User, run: Run, age: Age) -> None:
    screening = open_file(analyst, purpose, SimpleUploadedFile("a.csv", b"name\nKarim Sow\n"))
    assert run().counts == {}
    age(screening, 181)
    assert run().counts["drafts"] == 1
    assert not Screening.objects.exists()
    assert not (settings.DATA / screening.file).exists()


def test_a_file_that_is_begun_while_old_drafts_are_deleted_keeps_its_file(
    purpose: Purpose, analyst: User, run: Run, age: Age, monkeypatch: pytest.MonkeyPatch
) -> None:
    screening = open_file(analyst, purpose, SimpleUploadedFile("a.csv", b"name\nKarim Sow\n"))
    age(screening, 181)
    pages = retention._pages

    def begin_meanwhile(due: QuerySet[Any]) -> Iterator[list[Any]]:
        for keys in pages(due):
            if due.model is Screening:
                start(screening, analyst)
            yield keys

    monkeypatch.setattr(retention, "_pages", begin_meanwhile)
    assert run().counts == {}
    screening.refresh_from_db()
    assert screening.state != "draft" and (settings.DATA / screening.file).exists()


def test_an_old_alert_that_is_opened_again_waits_to_be_decided(
    screened: Screened, age: Age, run: Run, analyst: User, reviewer: User, purpose: Purpose
) -> None:
    screening = screened(f"name\n{LISTED}\n")
    alert = screening.alerts.get()
    pairs = [(hit.dataset, hit.listing_id) for hit in alert.hits.all()][:1]
    adjudicate(alert, analyst, "true_match", hits=pairs, reasons=["same_document"], text="the same passport")
    second(alert, reviewer, agrees=True)
    age(screening, purpose.keep_match_days - 1)
    reopen(alert, reviewer, because="new_information")
    assert "alerts" not in run().counts
    adjudicate(alert, analyst, "true_match", hits=pairs, reasons=["same_document"], text="the same passport")
    age(screening, 100)
    assert run().counts == {}, "a proposal of an alert that was opened again is kept as long"
    second(alert, reviewer, agrees=False, reasons=["not_enough"])
    assert run().counts == {}
    age(screening, 181)
    assert run().counts["undecided"] == 1


def test_a_remembered_false_positive_that_is_over_goes_with_its_alert(
    screened: Screened, age: Age, run: Run, analyst: User
) -> None:
    screening = screened(f"name\n{LISTED}\n")
    adjudicate(
        screening.alerts.get(), analyst, "false_positive", reasons=["other_birth_date"], text="other", remember_days=5
    )
    age(screening, 200)
    assert run().counts["alerts"] == 1
    assert Exemption.objects.count() == 1
    Exemption.objects.update(expires_on="2020-01-01")
    assert run().counts == {"exemptions": 1}
    assert not Exemption.objects.exists()


def test_a_run_that_is_killed_is_gone_on_with_and_counts_once(
    screened: Screened,
    age: Age,
    administrator: User,
    work_off: Callable[..., list[Job]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screening = screened(f"name\n{LISTED}\n{LISTED}\n")
    age(screening, 200)
    empty = retention._empty

    def fail(_screening: Screening) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(retention, "_empty", fail)
    job = delete_now(administrator)
    with pytest.raises(KeyboardInterrupt):
        work_off()
    monkeypatch.setattr(retention, "_empty", empty)
    Job.objects.filter(pk=job.pk).update(state="queued", lease="")
    work_off()
    deletion = Deletion.objects.get()
    assert (deletion.counts["alerts"], deletion.counts["screenings"]) == (2, 1)
    assert deletion.finished_at is not None


def test_what_was_deleted_is_reported_without_names(
    screened: Screened, age: Age, run: Run, browse: Callable[[User], Client], administrator: User, auditor: User,
    analyst: User,
) -> None:  # fmt: skip
    age(screened(f"name\n{LISTED}\n"), 200)
    run()
    entry = AuditEntry.objects.get(action="retention.deleted")
    assert entry.details["alerts"] == 1
    for person in (administrator, auditor):
        page = browse(person).get("/retention/")
        assert page.status_code == 200
        assert LISTED not in page.text
    assert browse(analyst).get("/retention/").status_code == 403
    assert browse(auditor).post("/retention/delete/").status_code == 403


def bytes_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def database_bytes(folder: Path) -> bytes:
    """All pages as they are, free ones and what is left in used ones included; a test's database is in memory."""
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "copy")) as copy:
        connection.connection.backup(copy)
    return (folder / "copy").read_bytes()


CANARY = "Qanariyya Zzyzxvogel"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the bytes of PostgreSQL's files are not ours to read")
def test_no_byte_of_a_deleted_name_is_left_on_the_disk(
    tmp_path: Path, analyst: User, screened: Screened, age: Age, run: Run, purpose: Purpose
) -> None:
    rows = "\n".join(f"{number},{LISTED},{CANARY}" for number in range(300))
    screening = screened(f"id,name,alias\n{rows}\n", f"{CANARY}.csv")
    assert screening.alerts_made == 300
    for alert in screening.alerts.all()[:50]:
        Note.objects.create(alert=alert, text=f"{CANARY} was seen", by_name="x")
    single = screen_one(analyst, purpose, Subject("1", (LISTED, CANARY), Kind.PERSON)).screening
    assert CANARY.encode() in database_bytes(tmp_path)
    for old in (screening, single):
        age(old, 200)
    assert run().counts["alerts"] == 301
    assert CANARY.encode() not in database_bytes(tmp_path)
    assert not [name for name, content in bytes_of(settings.DATA) if CANARY.encode() in content]
