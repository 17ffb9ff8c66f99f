"""What monitoring does when a change cannot be followed step by step, and when more than the lists changes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tahaluf.domain import Kind, Subject
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Collection, Edition, ListingState, ListSource, ListVersion
from tahaluf.web.catalogue.ports import needed_editions
from tahaluf.web.catalogue.pruning import prune
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import LeaseLost
from tahaluf.web.monitoring import deleting, pending, rescreening, sweeping
from tahaluf.web.monitoring.models import Notice, Sweep, WatchedHit, WatchedSubject
from tahaluf.web.monitoring.services import watch
from tahaluf.web.review.alerts import withdrawing
from tahaluf.web.review.alerts.reasons import reasons_for
from tahaluf.web.review.alerts.services import adjudicate
from tahaluf.web.review.alerts.withdrawing import withdraw_hits
from tahaluf.web.review.purposes.services import change_purpose
from tahaluf.web.review.tables.alerts import Alert, AlertHit, AlertState, Disposition
from tahaluf.web.review.tables.purposes import Purpose
from tests.web.monitoring.test_sweep import FakeRunning
from tests.web.monitoring.test_watch import listed_name

Work = Callable[..., Any]


class Alone(FakeRunning):
    """Holds no job, and nobody takes it away."""

    def hold(self) -> None:
        return None


@pytest.fixture
def hit(edition: Edition, watch_names: Work, work_off: Work) -> WatchedHit:
    """Somebody who is listed is watched and was screened."""
    watch_names([listed_name(edition)])
    work_off()
    return WatchedHit.objects.filter(live=True).order_by("-score")[0]


def next_edition(edition: Edition, **fields: Any) -> Edition:
    """Another edition becomes current, and monitoring is told."""
    newer = Edition.objects.get(pk=edition.pk)
    newer.pk = None
    for name, value in fields.items():
        setattr(newer, name, value)
    newer.save(force_insert=True)
    Collection.objects.filter(pk=newer.collection_id).update(current=newer)
    sweeping.ask_sweep(edition, newer)
    return newer


def new_version() -> ListVersion:
    """One more version of the sample list, as its last one."""
    source = ListSource.objects.get()
    version = ListVersion.objects.create(source=source, number=source.versions.count() + 1, digest="", ready=True)
    ListSource.objects.update(current=version)
    return version


def delist(edition: Edition, hit: WatchedHit) -> Edition:
    version = new_version()
    ListingState.objects.filter(listing_id=hit.listing_id, until=None).update(until=version)
    return next_edition(edition, versions={"demo": version.number})


def list_again(edition: Edition, hit: WatchedHit) -> Edition:
    state, version = ListingState.objects.filter(listing_id=hit.listing_id).latest("pk"), new_version()
    state.pk, state.since, state.until = None, version, None
    state.save(force_insert=True)
    return next_edition(edition, versions={"demo": version.number})


@pytest.mark.parametrize("folder", ["", "indexes/none-such"])
def test_a_sweep_whose_index_is_gone_is_given_over_and_all_are_screened_anew(
    folder: str, hit: WatchedHit, edition: Edition, work_off: Work
) -> None:
    told = Notice.objects.count(), Alert.objects.count()
    WatchedHit.objects.filter(pk=hit.pk).delete()
    version = new_version()
    state = ListingState.objects.get(listing_id=hit.listing_id)
    ListingState.objects.filter(pk=state.pk).update(until=version)
    state.pk, state.since, state.digest = None, version, "another"
    state.save(force_insert=True)
    middle = next_edition(edition, versions={"demo": 2})
    next_edition(middle, versions={"demo": 2})
    Edition.objects.filter(pk=middle.pk).update(folder=folder)
    work_off()
    assert not Sweep.objects.filter(finished_at=None).exists()
    assert not WatchedSubject.objects.filter(pending=True).exists()
    assert WatchedHit.objects.filter(listing_id=hit.listing_id, live=True).exists()
    assert (Notice.objects.count(), Alert.objects.count()) == (told[0] + 1, told[1] + 1)


def test_the_index_of_an_edition_that_a_sweep_has_still_to_see_is_not_pruned(edition: Edition) -> None:
    Sweep.objects.update(finished_at=timezone.now())
    waiting = next_edition(edition)
    later = [next_edition(waiting, folder=f"indexes/later-{number}") for number in range(5)]
    Sweep.objects.exclude(now=waiting).update(finished_at=timezone.now())
    assert waiting.pk in needed_editions()
    prune(Collection.objects.get(pk=edition.collection_id))
    assert Edition.objects.get(pk=waiting.pk).folder == edition.folder
    assert Edition.objects.get(pk=later[0].pk).folder == ""


def work_off_sweeps() -> None:
    """The sweeps alone: nobody is screened while no list is screened against."""
    for sweep in Sweep.objects.filter(finished_at=None).order_by("pk"):
        sweeping.run_sweep(Alone(), sweep)


def decided(hit: WatchedHit, by: User) -> Alert:
    """Its alert, proposed as a true match with it."""
    alert, reason = Alert.objects.get(pk=hit.alert_id), next(iter(reasons_for(Disposition.TRUE_MATCH)))
    adjudicate(alert, by, Disposition.TRUE_MATCH, hits=[(hit.dataset, hit.listing_id)], reasons=[reason], text="seen")
    alert.refresh_from_db()
    return alert


def test_a_list_that_is_switched_off_ends_what_is_watched_and_reopens_no_decision(
    hit: WatchedHit, edition: Edition, work_off: Work, reviewer: User
) -> None:
    alert = decided(hit, reviewer)
    next_edition(edition, versions={})
    work_off_sweeps()
    assert not WatchedHit.objects.filter(live=True).exists()
    assert Notice.objects.latest("pk").payload["because"] == "list_unscreened"
    assert not AlertHit.objects.exclude(withdrawn_at=None).exists()
    alert.refresh_from_db()
    assert alert.state == AlertState.PROPOSED


def off_and_on(edition: Edition) -> None:
    next_edition(next_edition(edition, versions={}), versions=edition.versions)
    work_off_sweeps()


@pytest.mark.parametrize("is_decided", [False, True])
def test_a_list_that_is_switched_off_and_on_again_finds_its_earlier_alerts(
    is_decided: bool, hit: WatchedHit, edition: Edition, reviewer: User
) -> None:
    if is_decided:
        reasons = [next(iter(reasons_for(Disposition.FALSE_POSITIVE)))]
        for alert in Alert.objects.all():
            adjudicate(alert, reviewer, Disposition.FALSE_POSITIVE, reasons=reasons, text="seen")
    before, told = Alert.objects.count(), Notice.objects.count()
    off_and_on(edition)
    assert Alert.objects.count() == before
    again = WatchedHit.objects.get(pk=hit.pk)
    assert (again.live, again.ended, again.alert_id) == (True, "", hit.alert_id)
    back = Notice.objects.filter(kind="hit.new").latest("pk")
    assert (back.payload["because"], back.payload["alert"]) == ("back", hit.alert_id)
    assert Notice.objects.count() == told + 2 * WatchedHit.objects.count()


def test_what_changed_while_a_list_was_switched_off_raises_an_alert_of_its_own(
    hit: WatchedHit, edition: Edition, watch_names: Work, work_off: Work
) -> None:
    before, off = Alert.objects.count(), next_edition(edition, versions={})
    work_off_sweeps()
    Alert.objects.update(subject_digest="of another name")
    next_edition(off, versions=edition.versions)
    work_off_sweeps()
    assert Alert.objects.count() == before + 1
    assert WatchedHit.objects.get(pk=hit.pk).alert_id != hit.alert_id


def test_what_was_decided_while_a_listing_was_gone_is_asked_again_when_it_is_back(
    hit: WatchedHit, edition: Edition, work_off: Work, reviewer: User
) -> None:
    gone = delist(edition, hit)
    work_off()
    reasons = [next(iter(reasons_for(Disposition.FALSE_POSITIVE)))]
    adjudicate(Alert.objects.get(pk=hit.alert_id), reviewer, Disposition.FALSE_POSITIVE, reasons=reasons, text="gone")
    before = Alert.objects.count()
    list_again(gone, hit)
    work_off()
    assert Alert.objects.count() == before + 1
    assert Alert.objects.latest("pk").state == AlertState.OPEN


def test_what_left_a_list_while_it_was_switched_off_is_withdrawn_when_it_is_switched_on(
    hit: WatchedHit, edition: Edition, work_off: Work
) -> None:
    off = next_edition(edition, versions={})
    version = new_version()
    ListingState.objects.filter(listing_id=hit.listing_id).update(until=version)
    next_edition(off, versions={"demo": version.number})
    work_off_sweeps()
    assert AlertHit.objects.get(alert=hit.alert_id, listing_id=hit.listing_id).withdrawn_at is not None


def test_a_listing_that_is_delisted_and_returns_stands_again_in_its_alert(
    hit: WatchedHit, edition: Edition, work_off: Work, reviewer: User
) -> None:
    alert = decided(hit, reviewer)
    gone = delist(edition, hit)
    work_off()
    kept = AlertHit.objects.get(alert=hit.alert_id, listing_id=hit.listing_id)
    alert.refresh_from_db()
    assert kept.withdrawn_at is not None and alert.state == AlertState.OPEN
    assert [hit.dataset, hit.listing_id] in alert.because["withdrawn"]
    list_again(gone, hit)
    work_off()
    kept.refresh_from_db()
    alert.refresh_from_db()
    assert kept.withdrawn_at is None and [hit.dataset, hit.listing_id] not in alert.because["withdrawn"]
    assert Alert.objects.count() == 1, "it is open, so nothing new is to be decided"
    assert AuditEntry.objects.filter(action="alert.hits_restored", target_id=str(alert.pk)).count() == 1


def test_of_two_workers_at_one_sweep_one_tells_of_what_is_gone(
    hit: WatchedHit, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    Sweep.objects.update(finished_at=timezone.now())
    delist(edition, hit)
    # Both have read the sweep before either has done anything.
    first, second = Sweep.objects.get(finished_at=None), Sweep.objects.get(finished_at=None)
    seen = sweeping._live_hits(frozenset({(hit.dataset, hit.listing_id)}))
    sweeping.run_sweep(Alone(), first)
    monkeypatch.setattr(sweeping, "_live_hits", lambda pairs: seen)
    with pytest.raises(LeaseLost):
        sweeping.run_sweep(Alone(), second)
    assert Notice.objects.filter(kind="hit.withdrawn", payload__listing=hit.listing_id).count() == 1
    assert AuditEntry.objects.filter(action="alert.hits_withdrawn").count() == 1


def test_a_hit_that_somebody_else_withdrew_meanwhile_is_not_withdrawn_again(
    hit: WatchedHit, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair, held = (hit.dataset, hit.listing_id), withdrawing._held
    calls: list[int] = []

    def late(keys: list[int], wanted: Any, *, withdrawn: bool) -> Any:
        if not calls:
            calls.append(1)
            withdraw_hits([pair])
        return held(keys, wanted, withdrawn=withdrawn)

    monkeypatch.setattr(withdrawing, "_held", late)
    withdraw_hits([pair])
    assert AuditEntry.objects.filter(action="alert.hits_withdrawn").count() == 1
    assert Alert.objects.get(pk=hit.alert_id).because["withdrawn"] == [list(pair)]


def test_a_subject_that_changes_while_the_pending_are_screened_gets_an_alert_for_what_is_new(
    edition: Edition, analyst: User, purpose: Purpose, watch_names: Work, work_off: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    people = ListingState.objects.filter(kind="Person").order_by("pk")
    first, second = people[5].caption, people[7].caption
    find, calls = sweeping.find_hits, []

    def change_then_find(*asked: Any) -> Any:
        calls.append(1)
        found = find(*asked)
        if len(calls) == 2:
            # The second pass of the same job: the subject was screened in the first, under its former name.
            assert Alert.objects.count() == 1
        return found

    monkeypatch.setattr(pending, "find_hits", change_then_find)
    step = pending.Running.step

    def change(self: Any, done: int, total: int | None = None) -> None:
        if len(calls) == 1 and self.job.kind == pending.JOB and not WatchedSubject.objects.filter(pending=True):
            watch(analyst, "staff", purpose, [Subject("0", (second,), Kind.PERSON)])
        step(self, done, total)

    monkeypatch.setattr(pending.Running, "step", change)
    watch_names([first])
    work_off()
    assert len(calls) == 2
    assert Alert.objects.count() == 2
    assert not WatchedHit.objects.filter(live=True, alert=None).exists()


def test_a_lower_threshold_brings_what_is_over_it_now_and_tells_nothing_twice(
    hit: WatchedHit, purpose: Purpose, supervisor: User, work_off: Work
) -> None:
    told = Notice.objects.count()
    change_purpose(purpose, supervisor, {"threshold": 0.999999}, "too many")
    work_off()
    ended = Notice.objects.filter(kind="hit.withdrawn").count()
    assert ended == told and not WatchedHit.objects.filter(live=True).exists()
    change_purpose(purpose, supervisor, {"threshold": 0.5}, "too few")
    work_off()
    assert WatchedHit.objects.filter(live=True, listing_id=hit.listing_id).exists()
    before = Notice.objects.order_by("pk").last()
    change_purpose(purpose, supervisor, {"threshold": 0.51}, "a little")
    work_off()
    assert Notice.objects.filter(kind="hit.changed").count() == 0
    assert before and not Notice.objects.filter(pk__gt=before.pk, kind="hit.new").exists()


def test_a_change_of_purpose_that_does_not_touch_the_threshold_screens_nobody(
    hit: WatchedHit, purpose: Purpose, supervisor: User
) -> None:
    change_purpose(purpose, supervisor, {"due_hours": 5}, "sooner")
    assert not Job.objects.filter(kind=rescreening.JOB).exists()


def test_another_engine_screens_everybody_anew(hit: WatchedHit, edition: Edition, work_off: Work) -> None:
    alerts = Alert.objects.count()
    WatchedHit.objects.filter(pk=hit.pk).delete()
    next_edition(edition)
    work_off()
    assert not WatchedHit.objects.filter(listing_id=hit.listing_id).exists()
    Edition.objects.filter(pk=edition.pk).update(engine="an older one")
    edition.refresh_from_db()
    next_edition(edition, engine="a newer one")
    work_off()
    assert WatchedHit.objects.filter(listing_id=hit.listing_id, live=True).exists()
    assert Alert.objects.count() == alerts + 1


def test_an_undecided_alert_of_monitoring_has_the_days_of_one_and_not_of_a_true_match(
    hit: WatchedHit, purpose: Purpose
) -> None:
    assert hit.alert is not None
    assert hit.alert.screening.delete_on == timezone.localdate() + timedelta(days=purpose.keep_days)


def test_who_is_watched_no_longer_goes_on_the_day_itself_and_out_of_the_files(
    hit: WatchedHit, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(deleting, "overwrite_deleted", lambda: done.append(f"over {WatchedSubject.objects.count()}"))
    monkeypatch.setattr(deleting, "scrub", lambda: done.append(f"scrub {WatchedSubject.objects.count()}"))
    deleting.delete_due(Alone())
    assert done == ["over 1"]
    WatchedSubject.objects.update(active=False, delete_on=timezone.localdate())
    deleting.delete_due(Alone())
    assert done[1:] == ["over 1", "scrub 0"]


def test_hits_of_a_listing_are_found_by_an_index(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole, whatever their indexes")
    asked = WatchedHit.objects.filter(listing_id__in=["a", "b"], live=True)
    assert "SEARCH" in asked.explain() and "listing" in asked.explain()
