"""What is past its day goes for good: files, subjects, alerts and what was written on them; the counts stay.

Reach for `HOLDS` to keep an alert: one that a complaint is open on is not deleted, whatever its day.

A screening's own day is counted from its purpose when it is begun. An alert that was decided carries its day with it
(true matches stay longer), also when it is opened again; one that nobody decided goes with its screening, one that
awaits a second reviewer is kept as long as a true match.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.services import record
from tahaluf.web.common.jobs import services as jobs
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import Running
from tahaluf.web.review.purposes.counting import keep_counts
from tahaluf.web.review.purposes.scrubbing import overwrite_deleted, scrub
from tahaluf.web.review.screenings import places
from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertState, Exemption, Note
from tahaluf.web.review.tables.purposes import Deletion, Purpose
from tahaluf.web.review.tables.screenings import Screening, ScreeningState

KIND = "review.retention"
PIECE = 100
RUNNING = (ScreeningState.QUEUED, ScreeningState.RUNNING)
HOLDS: list[Callable[[Alert], bool]] = []
"""Each says whether an alert must stay, e.g. because a complaint is open on it."""


@dataclass(slots=True)
class _Work:
    running: Running
    deletion: Deletion
    counts: Counter[str]

    @property
    def today(self) -> date:
        return self.deletion.day

    def count(self, **counts: int) -> None:
        """Within the transaction that deletes: how many of what went."""
        self.running.hold()
        self.counts.update({name: number for name, number in counts.items() if number})
        Deletion.objects.filter(pk=self.deletion.pk).update(counts=dict(self.counts))


def delete_due(running: Running) -> dict[str, Any]:
    """The daily job: everything whose day has come, in pieces; may be killed anywhere and called again."""
    values = {"day": timezone.localdate(), "by_name": str(running.payload.get("by", ""))}
    deletion, _ = Deletion.objects.get_or_create(job=running.job.pk, defaults=values)
    work = _Work(running, deletion, Counter(deletion.counts))
    overwrite_deleted()
    _delete_alerts(work)
    _delete_screenings(work)
    _delete_exemptions(work)
    with transaction.atomic():
        running.hold()
        Deletion.objects.filter(pk=deletion.pk).update(finished_at=timezone.now())
        record(None, "retention.deleted", ("deletion", deletion.pk), **work.counts)
    if work.counts:
        scrub()
    return dict(work.counts)


def delete_now(by: User) -> Job:
    """Asks for the daily job out of turn."""
    with transaction.atomic():
        job = jobs.enqueue(KIND, {"by": by.get_username()}, by=by.get_username(), key="now")
        record(by, "retention.asked")
    return job


def due_alerts(today: date) -> QuerySet[Alert]:
    """Alerts whose day has come, held or not."""
    # An open alert has a day of its own once it was decided on before.
    decided = Q(state__in=(AlertState.CLOSED, AlertState.OPEN), delete_on__lte=today)
    due = decided | Q(state=AlertState.OPEN, delete_on=None, screening__delete_on__lte=today)
    later = Q(delete_on__gt=today)
    for purpose in Purpose.objects.all():
        oldest = today - timedelta(days=purpose.keep_match_days)
        due |= Q(state=AlertState.PROPOSED, purpose=purpose, created_at__date__lte=oldest) & ~later
    return Alert.objects.filter(due)


def due_screenings(today: date) -> QuerySet[Screening]:
    """Screenings whose day has come; those that run are let finish."""
    return Screening.objects.filter(delete_on__lte=today, deleted_at=None).exclude(state__in=RUNNING)


def due_exemptions(today: date) -> QuerySet[Exemption]:
    """Remembered false positives that are over, and whose alert is gone."""
    over = Q(expires_on__lt=today) | Q(ended_at__isnull=False)
    return Exemption.objects.filter(over, alert=None)


def is_held(alert: Alert) -> bool:
    return any(holds(alert) for holds in HOLDS)


def _delete_alerts(work: _Work) -> None:
    for keys in _pages(due_alerts(work.today)):
        with transaction.atomic():
            # Decided or complained of in the meantime, it is not due any more.
            alerts = list(due_alerts(work.today).filter(pk__in=keys).select_for_update(of=("self",)))
            gone = [alert for alert in alerts if not is_held(alert)]
            keys_gone = [alert.pk for alert in gone]
            notes = Note.objects.filter(alert__in=keys_gone).count()
            decisions = Adjudication.objects.filter(alert__in=keys_gone).count()
            keep_counts(gone)
            Alert.objects.filter(pk__in=keys_gone).delete()
            undecided = sum(alert.state == AlertState.OPEN for alert in gone)
            work.count(alerts=len(gone), undecided=undecided, notes=notes, adjudications=decisions)
        work.running.step(work.counts.total())


def _delete_screenings(work: _Work) -> None:
    for keys in _pages(due_screenings(work.today)):
        for key in keys:
            with transaction.atomic():
                # Begun in the meantime, it is not due any more, and its file is needed.
                screening = due_screenings(work.today).select_for_update().filter(pk=key).first()
                if screening is not None:
                    _delete_screening(work, screening)
            if screening is not None:
                places.remove_files(screening)
            work.running.step(work.counts.total())


def _delete_screening(work: _Work, screening: Screening) -> None:
    if screening.state == ScreeningState.DRAFT:
        size = places.size_of(screening)
        Screening.objects.filter(pk=screening.pk).delete()
        work.count(drafts=1, bytes=size)
        # Its file goes once nobody can begin it; an upload of no screening is tidied away, should that not be reached.
        return
    # Files first: of a run that is killed here the screening still tells that they are to go.
    freed = places.remove_files(screening)
    _empty(screening)
    work.count(screenings=1, subjects=screening.done_rows, bytes=freed)


def _empty(screening: Screening) -> None:
    """Nothing stays of it but what was counted, when, why and against what."""
    Screening.objects.filter(pk=screening.pk).update(
        title="", subject=None, mapping={}, columns={}, warnings=[], problem=None, file="", hits_file="",
        rejects_file="", deleted_at=timezone.now(),
    )  # fmt: skip
    if screening.job_id is not None:
        Job.objects.filter(pk=screening.job_id).update(problem=None)


def _delete_exemptions(work: _Work) -> None:
    for keys in _pages(due_exemptions(work.today)):
        with transaction.atomic():
            gone, _ = due_exemptions(work.today).filter(pk__in=keys).delete()
            work.count(exemptions=gone)
        work.running.step(work.counts.total())


def _pages(due: QuerySet[Any]) -> Iterator[list[Any]]:
    """The keys of all that is due now, in pieces; what is held and stays is met once."""
    keys = list(due.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), PIECE):
        yield keys[start : start + PIECE]
