"""One subject: tried while its name is typed, which keeps nothing, or screened, which is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from tahaluf.domain import Hit, Subject
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue import engine
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.alerts.services import Row, raise_alerts
from tahaluf.web.review.screenings.deepening import match_all, told_of_cut
from tahaluf.web.review.screenings.scores import count_best, floor_of
from tahaluf.web.review.screenings.storing import place_of
from tahaluf.web.review.subjects import plain_subject
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState

TOP = 10
NEAR = 0.2


class Tried(NamedTuple):
    """The hits at or over the purpose's threshold, and those a little under it."""

    hits: list[Hit]
    near: list[Hit]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A screening of one subject: its hits, and the alert that they raised."""

    screening: Screening
    hits: list[Hit]
    alert: Alert | None


def try_name(purpose: Purpose, subject: Subject) -> Tried:
    """What screening the subject would find; nothing is stored."""
    found = match_all(engine.current().screener, subject, max(purpose.threshold - NEAR, 0.0), purpose.threshold, TOP)
    hits = [hit for hit in found if hit.score >= purpose.threshold]
    return Tried(hits, found[len(hits) :])


def screen_one(by: User, purpose: Purpose, subject: Subject, *, origin: str = Origin.FORM) -> Outcome:
    """Screens one subject and records it: for what purpose, against what, with what outcome; a hit raises an alert."""
    edition, screener = engine.current()
    floor = floor_of(purpose.threshold)
    found = match_all(screener, subject, floor, purpose.threshold, TOP)
    hits = [hit for hit in found if hit.score >= purpose.threshold]
    now = timezone.now()
    screening = Screening(
        origin=origin,
        purpose=purpose,
        legal_basis=purpose.legal_basis,
        threshold=purpose.threshold,
        state=ScreeningState.DONE,
        edition=edition,
        index_id=screener.index_id,
        engine=screener.engine_version,
        versions=edition.versions,
        subject=plain_subject(subject),
        floor=floor,
        scores=count_best([found]),
        flagged=bool(hits),
        hits=len(hits),
        done_rows=1,
        total_rows=1,
        asked_by=by,
        asked_by_name=by.get_username(),
        started_at=now,
        finished_at=now,
        delete_on=timezone.localdate() + timedelta(days=purpose.keep_days),
    )
    with transaction.atomic():
        screening.save(force_insert=True)
        _raise(screening, subject, hits)
        details = {"origin": origin, "purpose": purpose.slug, "hits": len(hits), "alerts": screening.alerts_made}
        record(by, "screening.recorded", ("screening", screening.pk), **details)
    return Outcome(screening, hits, Alert.objects.filter(screening=screening).first() if hits else None)


def _raise(screening: Screening, subject: Subject, hits: Sequence[Hit]) -> None:
    if not hits:
        return
    raised = raise_alerts(screening, [Row(1, subject, hits, place_of(subject), told_of_cut(hits))])
    screening.alerts_made, screening.exempted = raised
    screening.save(update_fields=["alerts_made", "exempted"])
