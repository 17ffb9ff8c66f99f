from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tahaluf.domain import Kind, Subject
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.services import save_preferences
from tahaluf.web.catalogue.models import Collection, Edition
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.monitoring import pending, sweeping
from tahaluf.web.monitoring.models import Notice, NoticeKind, Sweep, WatchedHit, WatchedSubject
from tahaluf.web.monitoring.services import unwatch, watch
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose

LISTED = "Mokhtar Ould Sidi Brahim Delwar"


def listed_name(edition: Edition) -> str:
    """A person of the sample list, by the index itself."""
    from tahaluf.web.catalogue.models import ListingState

    return ListingState.objects.filter(kind="Person").order_by("pk")[5].caption


def test_a_listed_subject_raises_one_alert_when_it_is_registered(
    edition: Edition, watch_names: Callable[..., Any], work_off: Callable[[], Any]
) -> None:
    assert watch_names([listed_name(edition), "Jean-Baptiste Moreau"]).added == 2
    work_off()
    assert Alert.objects.count() == 1
    alert = Alert.objects.get()
    assert alert.screening.origin == "monitoring"
    assert alert.place == {"register": "staff", "external_id": "0", "watched": alert.row}
    hit = WatchedHit.objects.order_by("-score").first()
    assert hit is not None and hit.live and hit.alert_id == alert.pk
    assert set(Notice.objects.values_list("kind", flat=True)) == {NoticeKind.NEW}
    assert not WatchedSubject.objects.filter(pending=True).exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Register", "Identifier", "Watched subject")), ("fr", ("Registre", "Identifiant")), ("ar", ("السجل",))],
)
def test_the_alert_of_a_watched_subject_tells_its_place_in_words(
    language: str, words: tuple[str, ...], edition: Edition, watch_names: Callable[..., Any],
    work_off: Callable[[], Any], browse: Callable[..., Any], analyst: User,
) -> None:  # fmt: skip
    watch_names([listed_name(edition)])
    work_off()
    alert = Alert.objects.get()
    page = browse(analyst).get(f"/alerts/{alert.pk}/", headers={"accept-language": language}).text
    for word in words:
        assert f"<dt>{word}</dt>" in page
    assert not any(f"<dt>{name}</dt>" in page for name in alert.place)
    assert f'href="/subjects/{alert.row}/"' in page


def test_the_page_of_what_monitoring_screened_names_nobody_and_counts_alerts_alone(
    edition: Edition, watch_names: Callable[..., Any], work_off: Callable[[], Any], browse: Callable[..., Any],
    analyst: User,
) -> None:  # fmt: skip
    watch_names([listed_name(edition)])
    work_off()
    page = browse(analyst).get(f"/screenings/{Alert.objects.get().screening_id}/").text
    assert "<dt>Screened</dt>" in page and "<dt>Asked by</dt>" not in page
    assert "Alerts raised" in page and "Subjects screened" not in page
    assert "staff" in page


def test_how_long_a_sweep_took_is_in_the_digits_of_the_reader(browse: Callable[..., Any], analyst: User) -> None:
    Sweep.objects.create(seconds=1234.56, finished_at=timezone.now())
    save_preferences(analyst, language="ar", arabic_digits=True)
    assert "١٬٢٣٤٫٦" in browse(analyst).get("/monitoring/").text


def test_who_is_registered_before_the_first_sweep_is_done_raises_one_alert(
    edition: Edition, watch_names: Callable[..., Any], work_off: Callable[[], Any]
) -> None:
    Sweep.objects.all().delete()
    sweeping.ask_sweep(None, edition)
    watch_names([listed_name(edition)])
    work_off()
    assert Sweep.objects.get().finished_at is not None
    assert Alert.objects.count() == Notice.objects.count() == WatchedHit.objects.filter(live=True).count() == 1


def test_an_edition_that_comes_while_somebody_new_is_screened_is_not_missed(
    edition: Edition, watch_names: Callable[..., Any], work_off: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch_names([listed_name(edition)])
    searched = []

    def search(*asked: Any) -> Any:
        if not searched:
            newer = Edition.objects.get(pk=edition.pk)
            newer.pk = None
            newer.save()
            Collection.objects.filter(pk=edition.collection_id).update(current=newer)
        searched.append(asked[0])
        return sweeping.find_hits(*asked)

    monkeypatch.setattr(pending, "find_hits", search)
    work_off()
    assert len(searched) == 2
    assert Alert.objects.get().screening.edition_id == Collection.objects.get(pk=edition.collection_id).current_id


def test_what_is_registered_again_unchanged_costs_and_raises_nothing(
    edition: Edition, watch_names: Callable[..., Any], work_off: Callable[[], Any]
) -> None:
    names = [listed_name(edition), "Jean-Baptiste Moreau"]
    watch_names(names)
    work_off()
    assert watch_names(names)._asdict() == {"added": 0, "changed": 0, "same": 2, "unusable": 0}
    work_off()
    assert Alert.objects.count() == 1


def test_a_subject_that_changes_its_name_is_screened_anew_and_its_old_hits_end(
    edition: Edition, watch_names: Callable[..., Any], work_off: Callable[[], Any]
) -> None:
    watch_names([listed_name(edition)])
    work_off()
    assert watch_names(["Jean-Baptiste Moreau"]).changed == 1
    work_off()
    assert not WatchedHit.objects.filter(live=True).exists()
    ended = Notice.objects.filter(kind=NoticeKind.WITHDRAWN)
    assert ended.count() == WatchedHit.objects.count() > 0
    assert {event.payload["because"] for event in ended} == {"under_threshold"}


def test_subjects_without_a_name_or_an_identifier_are_counted_as_unusable(
    edition: Edition, analyst: User, purpose: Purpose
) -> None:
    people = [
        Subject("1", ("  ",)),
        Subject(" ", ("Jean-Baptiste Moreau",)),
        Subject("2", ("Awa Traoré",), Kind.PERSON),
    ]
    assert watch(analyst, "staff", purpose, people)._asdict() == {"added": 1, "changed": 0, "same": 0, "unusable": 2}


def test_only_who_may_registers(edition: Edition, auditor: User, purpose: Purpose) -> None:
    with pytest.raises(PermissionDenied):
        watch(auditor, "staff", purpose, [Subject("1", ("Awa Traoré",), Kind.PERSON)])


def test_who_is_watched_no_longer_gets_a_day_of_deletion_and_is_in_the_audit_log(
    edition: Edition, analyst: User, watch_names: Callable[..., Any]
) -> None:
    watch_names(["Awa Traoré"])
    assert unwatch(analyst, "staff", ["0", "17"]) == 1
    subject = WatchedSubject.objects.get()
    assert not subject.active and subject.delete_on is not None
    assert AuditEntry.objects.filter(action="subject.unwatched", target_id=str(subject.pk)).count() == 1
