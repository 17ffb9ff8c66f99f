"""Screening the watched subjects again when the lists change, by the difference only.

A sweep leads from one edition to the next. Most subjects are passed over by a quick look at the changed listings; those
that may have a hit are screened against the whole edition, so that what is found is what a full screening would find.
Killed at any point, a sweep goes on after the last piece that was stored.
"""

import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import IntegerField
from django.db.models.functions import Cast
from django.utils import timezone

from tahaluf.domain import Hit, Kind
from tahaluf.screening import Screener
from tahaluf.screening.engines.ordered import in_order
from tahaluf.web.catalogue.engine import NoEdition, opened
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.running import LeaseLost, Running
from tahaluf.web.common.jobs.services import enqueue
from tahaluf.web.monitoring.changes import Changes, Pair, changes_between, gone_from_lists
from tahaluf.web.monitoring.events import Told, publish
from tahaluf.web.monitoring.finding import GONE, UNSCREENED, Tally, end_hits, store_found
from tahaluf.web.monitoring.models import Sweep, WatchedHit, WatchedSubject
from tahaluf.web.monitoring.rescreening import ask_rescreening
from tahaluf.web.monitoring.screenings import screening_for
from tahaluf.web.review.alerts.withdrawing import pairs_on, restore_hits, withdraw_hits
from tahaluf.web.review.subjects import subject_of
from tahaluf.web.review.tables.purposes import Purpose

JOB = "monitoring.sweep"
KEY = "sweep"
EVERY = timedelta(minutes=5)
LOOKED_AT = 8192
STORED = 250
THREADS = 2
MOST_HITS = 50
KINDS = {kind.value: kind for kind in Kind}


# Its number, its names each on a line, its kind, whether more is told of it, its purpose.
Row = tuple[int, str, str, int, int]


class Lot(NamedTuple):
    """Subjects that were looked at together: the lowest threshold among them, and whose name alone may hit."""

    rows: list[Row]
    lowest: float
    likely: list[int]


class Piece(NamedTuple):
    """Some subjects that may have a hit, and the number up to which all are looked at, and how many these are."""

    subjects: Sequence[int]
    until: int
    passed: int


def ask_sweep(before: Edition | None, now: Edition) -> None:
    """Listens to the catalogue: the default collection has a new edition. Another engine may find otherwise of listings
    that stand as before: all are screened anew."""
    if now.collection.slug != "default":
        return
    Sweep.objects.create(
        before=before, now=now, versions_before=before.versions if before else {}, versions_now=now.versions
    )
    enqueue(JOB, {}, key=KEY)
    if before is not None and before.engine != now.engine:
        ask_rescreening()


def unfinished_editions() -> Iterable[UUID]:
    """The keys of editions that a sweep has still to screen against: their indexes stay (`catalogue/ports.py`)."""
    return Sweep.objects.filter(finished_at=None, now__isnull=False).values_list("now_id", flat=True)


def sweep_all(running: Running) -> Mapping[str, Any]:
    """The job: every sweep that is not finished, in order."""
    done = 0
    while (sweep := Sweep.objects.filter(finished_at=None).order_by("pk").first()) is not None:
        run_sweep(running, sweep)
        done += 1
    return {"sweeps": done}


def run_sweep(running: Running, sweep: Sweep) -> None:
    """One sweep from where it stands to its end."""
    began = time.monotonic()
    changes = changes_between(sweep.versions_before, sweep.versions_now)
    if not sweep.withdrawn:
        _withdraw(running, sweep, changes)
    if changes.changed:
        screener = _opened(sweep)
        if screener is None:
            _give_over(running, sweep)
            return
        for piece in _pieces(sweep, screener, changes):
            _store(running, sweep, screener, changes, piece)
            running.step(sweep.subjects)
    with transaction.atomic():
        running.hold()
        _hold(sweep)
        sweep.finished_at, sweep.seconds = timezone.now(), sweep.seconds + time.monotonic() - began
        sweep.save(update_fields=["finished_at", "seconds"])


def _opened(sweep: Sweep) -> Screener | None:
    """The index of the sweep's edition; None where it is gone, damaged, or made by another engine."""
    if sweep.now is None or not sweep.now.folder:
        return None
    try:
        return opened(sweep.now)
    except NoEdition:
        return None


def _give_over(running: Running, sweep: Sweep) -> None:
    """Later sweeps hold what came after; all subjects are screened anew, against what is current then."""
    with transaction.atomic():
        running.hold()
        _hold(sweep)
        sweep.finished_at = timezone.now()
        sweep.save(update_fields=["finished_at"])
        ask_rescreening()


def _withdraw(running: Running, sweep: Sweep, changes: Changes) -> None:
    """Listings that are gone take their hits with them, of watched subjects and of all alerts; those that are back
    give them back to alerts. Of a list that is merely screened against no longer, alerts keep theirs."""
    come = sweep.versions_now.keys() - sweep.versions_before.keys()
    # What left a list while it was not screened against is seen when it is again.
    delisted = gone_from_lists(changes.removed.union(*map(pairs_on, come)))
    # Done again after a kill, or by two at once, both change nothing.
    withdraw_hits(delisted)
    restore_hits(changes.changed - gone_from_lists(changes.changed))
    tally = Tally()
    with transaction.atomic():
        running.hold()
        _hold(sweep)
        live = _live_hits(changes.removed)
        gone = [hit for hit in live if (hit.dataset, hit.listing_id) in delisted]
        end_hits(gone, GONE, tally)
        end_hits([hit for hit in live if (hit.dataset, hit.listing_id) not in delisted], UNSCREENED, tally)
        sweep.changed, sweep.removed, sweep.withdrawn = len(changes.changed), len(changes.removed), True
        sweep.withdrawn_hits += tally.withdrawn
        sweep.save(update_fields=["changed", "removed", "withdrawn", "withdrawn_hits"])
        publish(tally.told)


def _live_hits(pairs: frozenset[Pair]) -> list[WatchedHit]:
    """The hits of watched subjects on these listings."""
    ids, found = sorted({listing for _, listing in pairs}), []
    for start in range(0, len(ids), 1000):
        hits = WatchedHit.objects.filter(live=True, listing_id__in=ids[start : start + 1000])
        found += [hit for hit in hits.select_related("subject") if (hit.dataset, hit.listing_id) in pairs]
    return found


def _pieces(sweep: Sweep, screener: Screener, changes: Changes) -> Iterator[Piece]:
    """The subjects in the order of their numbers, `LOOKED_AT` at a time; of each lot those that may have a hit, and
    those that have one that may end, at most `STORED` a piece. Those that are pending are screened by their own job,
    which stores nothing that another edition than the current one gave."""
    narrow = screener.narrowed(changes.changed)
    least = {purpose.pk: purpose.threshold for purpose in Purpose.objects.all()}
    for lot in _looked_at(narrow, _lots(sweep.done_until), least):
        numbers = [row[0] for row in lot.rows]
        likely = set(lot.likely) | set(_with_hits(changes, numbers[0], numbers[-1]))
        likely.update(_likely_by_more(narrow, lot))
        chosen = [pk for pk in numbers if pk in likely]
        done = 0
        for start in range(0, max(len(chosen), 1), STORED):
            part = chosen[start : start + STORED]
            until = numbers[-1] if start + STORED >= len(chosen) else part[-1]
            reached = bisect_right(numbers, until)
            yield Piece(part, until, reached - done)
            done = reached


def _lots(after: int) -> Iterator[list[Row]]:
    """The subjects after a number, some of their columns, `LOOKED_AT` at a time."""
    while True:
        standing = WatchedSubject.objects.filter(active=True, pending=False, pk__gt=after).order_by("pk")
        # As a number: a truth value would be converted row by row.
        told = standing.annotate(more=Cast("tells_more", IntegerField()))
        rows = list(told.values_list("pk", "names", "kind", "more", "purpose_id")[:LOOKED_AT])
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _looked_at(narrow: Screener, lots: Iterable[list[Row]], least: Mapping[int, float]) -> Iterator[Lot]:
    """Each lot with those whose name may hit; the next ones are looked at while one is stored."""
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="sweep")
    try:
        yield from in_order(lots, lambda rows: pool.submit(_look, narrow, rows, least).result, THREADS + 1)
    finally:
        pool.shutdown(cancel_futures=True)


def _look(narrow: Screener, rows: list[Row], least: Mapping[int, float]) -> Lot:
    plain = [row for row in rows if not row[3]]
    names, kinds = [row[1].split("\n") for row in plain], [KINDS[row[2]] for row in plain]
    lowest = min(least[row[4]] for row in rows)
    may_hit = narrow.may_hit_by_name(names, kinds, threshold=lowest)
    return Lot(rows, lowest, [row[0] for row, may in zip(plain, may_hit, strict=True) if may])


def _likely_by_more(narrow: Screener, lot: Lot) -> Iterator[int]:
    """Those of whom more than a name is told."""
    rich = [row[0] for row in lot.rows if row[3]]
    for start in range(0, len(rich), 500):
        read = dict(WatchedSubject.objects.filter(pk__in=rich[start : start + 500]).values_list("pk", "subject"))
        told = [subject_of(subject) for subject in read.values()]
        yield from (pk for pk, may in zip(read, narrow.may_hit(told, threshold=lot.lowest), strict=True) if may)


def _with_hits(changes: Changes, first: int, last: int) -> Iterator[int]:
    """Subjects whose hit is on a listing that changed: it may have changed, too, or ended."""
    kept = WatchedHit.objects.filter(live=True, subject__pk__gte=first, subject__pk__lte=last)
    for subject, dataset, listing in kept.values_list("subject_id", "dataset", "listing_id"):
        if (dataset, listing) in changes.changed:
            yield subject


def _store(running: Running, sweep: Sweep, screener: Screener, changes: Changes, piece: Piece) -> None:
    standing = WatchedSubject.objects.filter(pk__in=piece.subjects, active=True, pending=False)
    subjects = list(standing.select_related("purpose").order_by("pk"))
    found = find_hits(screener, subjects, changes)
    with transaction.atomic():
        running.hold()
        _hold(sweep)
        told: list[Told] = []
        for purpose, own in by_purpose(subjects).items():
            tally = store_found(screening_for(purpose, sweep.now, f"sweep {sweep.pk}"), own, found, changes.changed)
            told += tally.told
            sweep.new_hits += tally.new
            sweep.changed_hits += tally.changed
            sweep.withdrawn_hits += tally.withdrawn
        sweep.done_until = piece.until
        sweep.subjects += piece.passed
        sweep.save(update_fields=["new_hits", "changed_hits", "withdrawn_hits", "done_until", "subjects"])
        publish(told)


def _hold(sweep: Sweep) -> None:
    """Locks the sweep; LeaseLost where somebody else has gone on with it."""
    held = Sweep.objects.select_for_update().get(pk=sweep.pk)
    here = sweep.done_until, sweep.withdrawn, None
    if (held.done_until, held.withdrawn, held.finished_at) != here:
        raise LeaseLost


def find_hits(screener: Screener, subjects: Sequence[WatchedSubject], changes: Changes | None) -> dict[int, list[Hit]]:
    """The hits of each subject over its purpose's threshold, by its number; of `changes`, those alone."""
    found: dict[int, list[Hit]] = {}
    for purpose, own in by_purpose(subjects).items():
        told = [subject_of(subject.subject) for subject in own]
        rows = screener.match_many(told, top=MOST_HITS, threshold=purpose.threshold)
        for subject, hits in zip(own, rows, strict=True):
            found[subject.pk] = [
                hit for hit in hits if changes is None or (hit.dataset, hit.listing_id) in changes.changed
            ]
    return found


def by_purpose(subjects: Sequence[WatchedSubject]) -> dict[Purpose, list[WatchedSubject]]:
    groups: dict[Purpose, list[WatchedSubject]] = {}
    for subject in subjects:
        groups.setdefault(subject.purpose, []).append(subject)
    return groups
