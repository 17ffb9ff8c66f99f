"""Purposes, and screenings of invented people that grow old."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.review.purposes.services import ensure_defaults
from tahaluf.web.review.screenings.services import open_file, start
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening


@pytest.fixture
def purpose(db: None) -> Purpose:
    return {purpose.slug: purpose for purpose in ensure_defaults()}["border"]


@pytest.fixture
def screened(
    analyst: User, purpose: Purpose, edition: Edition, work_off: Callable[..., list[Job]]
) -> Callable[..., Screening]:
    """A file screened to its end."""

    def screen(content: str, name: str = "people.csv") -> Screening:
        screening = start(open_file(analyst, purpose, SimpleUploadedFile(name, content.encode())), analyst)
        work_off()
        screening.refresh_from_db()
        return screening

    return screen


@pytest.fixture
def age() -> Callable[..., None]:
    """Lets a screening and its alerts be as if they had been made so many days ago."""

    def grow(screening: Screening, days: int) -> None:
        past = timedelta(days=days)
        Screening.objects.filter(pk=screening.pk).update(
            created_at=timezone.now() - past, delete_on=timezone.localdate() + timedelta(days=180) - past
        )
        for alert in Alert.objects.filter(screening=screening):
            due = alert.delete_on - past if alert.delete_on else None
            Alert.objects.filter(pk=alert.pk).update(created_at=alert.created_at - past, delete_on=due)
        screening.refresh_from_db()

    return grow
