"""What nobody needs any more is taken away, and nothing that somebody needs."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.models import Job, JobState
from tahaluf.web.common.jobs.services import enqueue
from tahaluf.web.common.tidying import FAILED_KEPT, OLD_SECONDS, tidy
from tahaluf.web.common.uploads import keep_upload
from tahaluf.web.review.purposes.services import ensure_defaults
from tahaluf.web.review.screenings.places import data_path
from tahaluf.web.review.screenings.services import open_file


def grow_old(path: Path) -> None:
    past = time.time() - OLD_SECONDS - 60
    os.utime(path, (past, past))


@pytest.fixture
def kept(db: None) -> Path:
    """An upload that is old enough, as a killed process leaves it."""
    path = keep_upload(SimpleUploadedFile("people.csv", b"name\nAwa Sarr\n")).path
    grow_old(path.parent)
    return path


def test_an_upload_that_nothing_names_goes_after_a_day(kept: Path) -> None:
    fresh = keep_upload(SimpleUploadedFile("people.csv", b"name\n")).path
    assert tidy()["uploads"] >= 1
    assert not kept.parent.exists()
    assert fresh.exists()


def test_what_a_killed_process_was_receiving_goes_after_a_day(db: None) -> None:
    half, fresh, other = (settings.DATA / name for name in ("tmpa1.upload.csv", "tmpb2.upload", "secret-note"))
    export = settings.DATA / "export-x1"
    export.mkdir()
    (export / "hits.csv").write_bytes(b"name")
    grow_old(export)
    for path in (half, fresh, other):
        path.write_bytes(b"name")
    grow_old(half)
    grow_old(other)
    assert tidy()["halves"] == 2
    assert not export.exists()
    assert (half.exists(), fresh.exists(), other.exists()) == (False, True, True)
    fresh.unlink()
    other.unlink()


@pytest.mark.parametrize(
    ("state", "days", "stays"),
    [
        (JobState.QUEUED, 0, True), (JobState.RUNNING, 0, True), (JobState.DONE, 0, False),
        (JobState.FAILED, 1, True), (JobState.FAILED, FAILED_KEPT.days + 1, False), (JobState.CANCELLED, 1, True),
    ],
)  # fmt: skip
def test_the_file_of_a_job_stays_while_it_may_be_run(kept: Path, state: JobState, days: int, stays: bool) -> None:
    from datetime import timedelta

    from django.utils import timezone

    job = enqueue("monitoring.import", {"path": str(kept)})
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=timezone.now() - timedelta(days=days))
    tidy()
    assert kept.exists() is stays


def test_the_file_of_a_screening_stays_until_the_screening_goes(
    analyst: User, edition: Edition, work_off: Callable[[], Any]
) -> None:
    screening = open_file(analyst, ensure_defaults()[0], SimpleUploadedFile("people.csv", b"name\nAwa Sarr\n"))
    path = data_path(screening.file)
    grow_old(path.parent)
    tidy()
    assert path.exists()
    screening.delete()
    tidy()
    assert not path.exists()
