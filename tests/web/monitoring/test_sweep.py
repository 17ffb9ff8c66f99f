"""A list changes: what follows for watched subjects, on the real versions of the UN's list."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tahaluf.web.catalogue.engine import opened
from tahaluf.web.catalogue.models import Collection, Edition, ListingState
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import LeaseLost, Running
from tahaluf.web.monitoring import sweeping
from tahaluf.web.monitoring.changes import changes_between
from tahaluf.web.monitoring.models import Notice, NoticeKind, Sweep, WatchedHit, WatchedSubject
from tahaluf.web.review.subjects import subject_of
from tahaluf.web.review.tables.alerts import Alert, AlertHit

UN = Path(__file__).resolve().parents[4] / "shared" / "data" / "lists" / "un"
VERSIONS = ("2025-08-16", "2026-01-28", "2026-02-27")
needs_lists = pytest.mark.skipif(not UN.exists(), reason="the real lists beside the project are not here")
OTHERS = ("Jean-Baptiste Moreau", "Awa Traoré", "Khadija Bennani", "Sekou Touré Camara")


def bring(version: str) -> Edition:
    """Import a version of the UN's list and compile it."""
    path = UN / f"consolidated-{version}.xml"
    import_file(path, file_name=path.name, by=None, accept=True)
    return rebuild(ensure_default())


def names_of_changed() -> list[str]:
    """The names of some listings that come, change or go between the versions, and of some that stay."""
    kept = ListingState.objects.filter(kind="Person").order_by("pk")
    changed = [state.caption for state in kept.filter(since__number__gt=1)[:12]]
    standing = ListingState.objects.filter(until=None).values("listing_id")
    gone = [state.caption for state in kept.exclude(listing_id__in=standing)[:12]]
    return [*dict.fromkeys([*changed, *gone, *(state.caption for state in kept[:12]), *OTHERS])]


def live_hits() -> set[tuple[str, str, float]]:
    found = WatchedHit.objects.filter(live=True).values_list("subject__external_id", "listing_id", "score")
    return {(subject, listing, round(score, 6)) for subject, listing, score in found}


def full_hits(edition: Edition) -> set[tuple[str, str, float]]:
    """What screening everybody against everything finds."""
    screener, found = opened(edition), set()
    for subject in WatchedSubject.objects.select_related("purpose"):
        hits = screener.match(subject_of(subject.subject), top=50, threshold=subject.purpose.threshold)
        found |= {(subject.external_id, hit.listing_id, round(hit.score, 6)) for hit in hits}
    return found


@needs_lists
def test_over_the_real_versions_of_the_un_list_the_difference_finds_what_a_full_screening_finds(
    watch_names: Callable[..., Any], work_off: Callable[[], Any]
) -> None:
    for version in VERSIONS:
        bring(version)
    names = names_of_changed()
    start(VERSIONS[0], watch_names, work_off, names)
    alerts = Alert.objects.count()
    assert alerts > 0
    for version in VERSIONS[1:]:
        edition = bring(version)
        work_off()
        assert not Sweep.objects.filter(finished_at=None).exists()
        # Scores of hits on listings that stand as before may drift with the rarity of words; they are not told anew.
        known = {(subject, listing) for subject, listing, _ in live_hits()}
        wanted = {(subject, listing) for subject, listing, _ in full_hits(edition)}
        threshold = {(s, lid) for s, lid, score in full_hits(edition) if score > 0.52}
        assert threshold <= known and known - wanted == set()
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert kinds == set(NoticeKind.values)
    assert Alert.objects.count() > alerts


def start(version: str, watch_names: Callable[..., Any], work_off: Callable[[], Any], names: list[str]) -> None:
    """From nothing: the first version alone, and these names watched."""
    Sweep.objects.all().delete()
    Collection.objects.all().delete()
    ListingState.objects.all().delete()
    from tahaluf.web.catalogue.models import ListSource

    ListSource.objects.all().delete()
    bring(version)
    watch_names(names)
    work_off()


@needs_lists
def test_a_change_alerts_once_each_however_often_the_sweep_is_run(
    watch_names: Callable[..., Any], work_off: Callable[[], Any]
) -> None:
    for version in VERSIONS[:2]:
        bring(version)
    names = names_of_changed()
    start(VERSIONS[0], watch_names, work_off, names)
    bring(VERSIONS[1])
    work_off()
    before = Alert.objects.count(), Notice.objects.count(), AlertHit.objects.count()
    latest = Sweep.objects.order_by("pk").last()
    Sweep.objects.filter(pk=latest and latest.pk).update(finished_at=None, done_until=0)
    sweeping.enqueue(sweeping.JOB, {}, key=sweeping.KEY)
    work_off()
    assert (Alert.objects.count(), Notice.objects.count(), AlertHit.objects.count()) == before


@needs_lists
def test_a_sweep_that_loses_its_worker_at_any_piece_goes_on_without_loss_or_doubles(
    watch_names: Callable[..., Any], work_off: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "LOOKED_AT", 7)
    monkeypatch.setattr(sweeping, "STORED", 3)
    for version in VERSIONS[:2]:
        bring(version)
    names = names_of_changed()
    start(VERSIONS[0], watch_names, work_off, names)
    edition = bring(VERSIONS[1])
    calls = 0

    def lose(self: Running) -> None:
        nonlocal calls
        calls += 1
        if calls % 3 == 0:
            raise LeaseLost

    monkeypatch.setattr(Running, "hold", lose)
    sweep = Sweep.objects.get(finished_at=None)
    for _ in range(60):
        try:
            sweeping.run_sweep(FakeRunning(), Sweep.objects.get(pk=sweep.pk))
        except LeaseLost:
            continue
        break
    sweep.refresh_from_db()
    assert sweep.finished_at is not None and sweep.subjects == len(names)
    wanted = {(subject, listing) for subject, listing, score in full_hits(edition) if score > 0.52}
    assert wanted <= {(subject, listing) for subject, listing, _ in live_hits()}
    assert Alert.objects.values("screening", "row").distinct().count() == Alert.objects.count()


class FakeRunning(Running):
    """Holds no job: only `hold` and `step` are asked for."""

    def __init__(self) -> None:
        self.flips = 0
        self.job = Job()

    def step(self, done: int, total: int | None = None) -> None:
        self.flips += 1


@needs_lists
def test_the_difference_of_two_editions_is_that_of_the_lists(db: None) -> None:
    from tahaluf import lists

    first, second = bring(VERSIONS[0]), bring(VERSIONS[1])
    changes = changes_between(first.versions, second.versions)
    told = lists.diff(
        lists.read(UN / f"consolidated-{VERSIONS[0]}.xml"), lists.read(UN / f"consolidated-{VERSIONS[1]}.xml")
    )
    assert len(changes.removed) == len(told.removed)
    assert len(changes.changed) == len(told.added) + len(told.amended)


def test_a_list_that_is_switched_off_takes_its_hits_with_it(
    edition: Edition, watch_names: Callable[..., Any], work_off: Callable[[], Any]
) -> None:
    name = ListingState.objects.filter(kind="Person").order_by("pk")[5].caption
    watch_names([name])
    work_off()
    assert WatchedHit.objects.filter(live=True).exists()
    changes = changes_between(edition.versions, {})
    assert len(changes.removed) == ListingState.objects.filter(until=None).count()
