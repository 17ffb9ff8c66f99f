"""Purposes, files of invented people, and a screening of one, begun or whole."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

import tahaluf
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.review.purposes.services import ensure_defaults
from tahaluf.web.review.screenings.services import open_file, start
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening

SAMPLES = Path(tahaluf.__file__).parent / "cli" / "samples"


@pytest.fixture
def purpose(db: None) -> Purpose:
    return {purpose.slug: purpose for purpose in ensure_defaults()}["border"]


@pytest.fixture
def uploaded() -> Callable[..., UploadedFile]:
    """A file as a form brings it."""

    def make(content: bytes | str, name: str = "people.csv") -> UploadedFile:
        return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)

    return make


@pytest.fixture
def screened(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile],
    work_off: Callable[..., list[Job]],
) -> Callable[..., Screening]:  # fmt: skip
    """A file screened to its end."""

    def screen(content: bytes | str, name: str = "people.csv") -> Screening:
        screening = start(open_file(analyst, purpose, uploaded(content, name)), analyst)
        work_off()
        screening.refresh_from_db()
        return screening

    return screen
