"""What is kept of `/match`: how much was screened, by whom, for what, each day; subjects only where `record=true` asks.

Each token has one `Screening` of origin `api` a day for each purpose and index. It holds numbers: how many subjects,
how many hits. An entry in the audit log says every hour that it was used. Numbers are gathered in the process and
written every `API_RECORD_SECONDS` (a killed process loses that much of the count, nothing else).
"""

import logging
from dataclasses import dataclass
from datetime import date
from threading import Lock, Timer
from time import monotonic

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from tahaluf.web.api.access import Caller
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.screenings.programs import Program, add_to_day
from tahaluf.web.review.tables.purposes import Purpose

SECONDS = 2.0
_LOG = logging.getLogger("tahaluf.api")


def program_of(caller: Caller) -> Program:
    """Who asks, as screenings know it."""
    return Program(caller.token.pk, caller.token.name, caller.user)


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
            except Exception as failed:
                _LOG.error("counts are not written", extra={"problem": type(failed).__name__})
                self._put_back(key, count)

    def _put_back(self, key: Key, count: Count) -> None:
        with self._lock:
            kept = self._waiting.setdefault(key, count)
            if kept is not count:
                kept.subjects += count.subjects
                kept.hits += count.hits

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
            screening = add_to_day(
                program_of(count.caller), count.purpose, count.edition, count.day, subjects=count.subjects,
                hits=count.hits,
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
