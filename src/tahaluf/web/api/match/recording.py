"""What is kept of `/match`: how much was screened, by whom, for what, each day; subjects only where `record=true` asks.

Each token has one `Screening` of origin `api` a day for each purpose and index. It holds numbers: how many subjects,
how many hits. An entry in the audit log says every hour that it was used. Numbers are gathered in the process and
written every `API_RECORD_SECONDS` (a killed process loses that much of the count, nothing else).
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock, Timer
from time import monotonic

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from tahaluf.domain import Hit, Subject
from tahaluf.web.api.access import Caller
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.alerts.services import Raised, Row, raise_alerts
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState

SECONDS = 2.0
SPACE = uuid.UUID("6b1a7f0e-2a53-4a0e-9f0a-6d6f4d2b7a11")


@dataclass(slots=True)
class Count:
    """What has been screened and not yet written."""

    caller: Caller
    purpose: Purpose
    edition: Edition
    day: date
    threshold: float
    subjects: int = 0
    hits: int = 0


Key = tuple[int, int, str, date]


class Counts:
    """The counts of this process, written from time to time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[Key, Count] = {}
        self._written_at = -1e9
        self._timer: Timer | None = None
        self._noted: dict[tuple[int, int], str] = {}

    def add(self, caller: Caller, purpose: Purpose, edition: Edition, subjects: int, hits: int) -> None:
        """Counts subjects and hits; writes at once where the last time is long enough ago, else soon."""
        day = timezone.localdate()
        key = (caller.token.pk, purpose.pk, str(edition.pk), day)
        seconds = float(getattr(settings, "API_RECORD_SECONDS", SECONDS))
        with self._lock:
            count = self._waiting.get(key)
            if count is None:
                count = self._waiting[key] = Count(caller, purpose, edition, day, purpose.threshold)
            count.subjects += subjects
            count.hits += hits
            due = monotonic() - self._written_at >= seconds
            if not due and self._timer is None:
                self._timer = Timer(seconds, self._write_aside)
                self._timer.daemon = True
                self._timer.start()
        if due:
            self.write()

    def write(self) -> None:
        """Everything that waits goes to the database; what cannot be written now waits on."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            self._written_at = monotonic()
        for key, count in waiting.items():
            try:
                self._write(count)
            except BaseException:
                with self._lock:
                    kept = self._waiting.setdefault(key, count)
                    if kept is not count:
                        kept.subjects += count.subjects
                        kept.hits += count.hits
                raise

    def _write_aside(self) -> None:
        with self._lock:
            self._timer = None
        try:
            self.write()
        finally:
            connection.close()

    def _write(self, count: Count) -> None:
        token, now = count.caller.token, timezone.now()
        hour = now.strftime("%Y-%m-%dT%H")
        with transaction.atomic():
            screening = daily_screening(count)
            Screening.objects.filter(pk=screening.pk).update(
                done_rows=F("done_rows") + count.subjects, total_rows=F("total_rows") + count.subjects,
                hits=F("hits") + count.hits, finished_at=now,
            )  # fmt: skip
            # Once an hour for each web process.
            if self._noted.get((token.pk, count.purpose.pk)) != hour:
                record(
                    count.caller.user, "api.matched", ("token", token.pk), purpose=count.purpose.slug, hour=hour,
                    screening=str(screening.pk),
                )  # fmt: skip
        self._noted[token.pk, count.purpose.pk] = hour

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._waiting.clear()
            self._noted.clear()
            self._written_at = -1e9


COUNTS = Counts()


def daily_screening(count: Count) -> Screening:
    """The day's screening of a token; its id follows from what it counts, so that processes share it."""
    token, edition = count.caller.token, count.edition
    told = f"{token.pk}/{count.purpose.slug}/{edition.pk}/{count.day}"
    screening = make_screening(count.caller, count.purpose, edition, f"{token.name} · {count.day}")
    screening.pk = uuid.uuid5(SPACE, told)
    screening.total_rows = 0
    found = Screening.objects.filter(pk=screening.pk).first()
    if found is None:
        Screening.objects.bulk_create([screening], ignore_conflicts=True)
    return found or screening


def make_screening(caller: Caller, purpose: Purpose, edition: Edition, title: str) -> Screening:
    """A screening of origin `api`, not stored yet, with all that decides its result."""
    now = timezone.now()
    return Screening(
        origin=Origin.API, purpose=purpose, legal_basis=purpose.legal_basis, title=title[:255],
        threshold=purpose.threshold, state=ScreeningState.DONE, edition=edition, index_id=edition.index_id,
        engine=edition.engine, versions=dict(edition.versions), asked_by=caller.user,
        asked_by_name=caller.user.get_username(), started_at=now, finished_at=now,
        delete_on=timezone.localdate() + timedelta(days=purpose.keep_days),
    )  # fmt: skip


def keep(
    caller: Caller, purpose: Purpose, edition: Edition, threshold: float,
    found: Sequence[tuple[Subject, Sequence[Hit]]],
) -> tuple[Screening, Raised]:  # fmt: skip
    """What `record=true` asks: the request becomes a screening of its own, its hits become alerts."""
    screening = make_screening(caller, purpose, edition, caller.token.name)
    screening.threshold = threshold
    screening.done_rows = screening.total_rows = len(found)
    screening.hits = sum(len(hits) for _, hits in found)
    rows = [Row(number, subject, hits, {"query": subject.id}) for number, (subject, hits) in enumerate(found, 1)]
    with transaction.atomic():
        screening.save(force_insert=True)
        raised = raise_alerts(screening, rows)
        screening.alerts_made, screening.exempted = raised.alerts, raised.exempted
        screening.save(update_fields=["alerts_made", "exempted"])
        record(
            caller.user, "screening.made", ("screening", screening.pk), origin="api", token=caller.token.pk,
            purpose=purpose.slug, subjects=len(found), alerts=raised.alerts,
        )  # fmt: skip
    return screening, raised
