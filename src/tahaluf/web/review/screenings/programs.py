"""What programs screen by the API: counted by day, or kept as a screening of its own whose hits become alerts.

add_to_day(program, purpose, edition, day, subjects=100, hits=2)
screening, raised = keep_request(program, purpose, edition, threshold, found)
"""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tahaluf.domain import Hit, Subject
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.alerts.services import Raised, Row, raise_alerts
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState

SPACE = uuid.UUID("6b1a7f0e-2a53-4a0e-9f0a-6d6f4d2b7a11")


class Program(NamedTuple):
    """Who asks: a token, by its key and name, and the person whose token it is."""

    token: int
    name: str
    owner: User


def add_to_day(
    program: Program, purpose: Purpose, edition: Edition, day: date, *, subjects: int, hits: int
) -> Screening:
    """The day's screening of a program, with these numbers added; nothing is kept of the subjects themselves."""
    screening = _daily(program, purpose, edition, day)
    Screening.objects.filter(pk=screening.pk).update(
        done_rows=F("done_rows") + subjects, total_rows=F("total_rows") + subjects, hits=F("hits") + hits,
        finished_at=timezone.now(),
    )  # fmt: skip
    return screening


def keep_request(
    program: Program, purpose: Purpose, edition: Edition, found: Sequence[tuple[Subject, Sequence[Hit]]]
) -> tuple[Screening, Raised]:  # fmt: skip
    """One request as a screening of its own; its hits become alerts."""
    screening = _make(program, purpose, edition, program.name)
    screening.done_rows = screening.total_rows = len(found)
    screening.hits = sum(len(hits) for _, hits in found)
    rows = [Row(number, subject, hits, {"query": subject.id}) for number, (subject, hits) in enumerate(found, 1)]
    with transaction.atomic():
        screening.save(force_insert=True)
        raised = raise_alerts(screening, rows)
        screening.alerts_made, screening.exempted = raised.alerts, raised.exempted
        screening.save(update_fields=["alerts_made", "exempted"])
        record(
            program.owner, "screening.made", ("screening", screening.pk), origin="api", token=program.token,
            purpose=purpose.slug, subjects=len(found), alerts=raised.alerts,
        )  # fmt: skip
    return screening, raised


def alerts_by_row(screening: Screening) -> dict[int, int]:
    """The alerts that a screening raised, by the place of the subject."""
    return dict(screening.alerts.values_list("row", "pk"))


def _daily(program: Program, purpose: Purpose, edition: Edition, day: date) -> Screening:
    """The day's screening; its key follows from what it counts, so that processes share it."""
    screening = _make(program, purpose, edition, f"{program.name} · {day}")
    screening.pk = uuid.uuid5(SPACE, f"{program.token}/{purpose.slug}/{edition.pk}/{day}")
    screening.total_rows = 0
    found = Screening.objects.filter(pk=screening.pk).first()
    if found is None:
        Screening.objects.bulk_create([screening], ignore_conflicts=True)
    return found or screening


def _make(program: Program, purpose: Purpose, edition: Edition, title: str) -> Screening:
    """A screening of origin `api`, not stored yet, with all that decides its result."""
    now = timezone.now()
    return Screening(
        origin=Origin.API, purpose=purpose, legal_basis=purpose.legal_basis, title=title[:255],
        threshold=purpose.threshold, state=ScreeningState.DONE, edition=edition, index_id=edition.index_id,
        engine=edition.engine, versions=dict(edition.versions), asked_by=program.owner,
        asked_by_name=program.owner.get_username(), started_at=now, finished_at=now,
        delete_on=timezone.localdate() + timedelta(days=purpose.keep_days),
    )  # fmt: skip
