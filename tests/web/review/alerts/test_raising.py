from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tahaluf.domain import Evidence
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import ListingState
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.alerts.services import Raised, Row, adjudicate, end_exemption, raise_alerts, reopen
from tahaluf.web.review.tables.alerts import Alert, AlertHit, AlertState, Exemption
from tahaluf.web.review.tables.screenings import Screening

from .conftest import LIST, make_hit, make_listing, make_row, make_subject

New = Callable[..., Any]


def test_a_row_with_hits_becomes_one_alert_that_holds_all(new_screening: New, listings: list[ListingState]) -> None:
    screening = new_screening()
    row = make_row(7, make_hit("L-2", 0.8, 2), make_hit("L-1", 0.95, 1))
    assert raise_alerts(screening, [row]) == Raised(1, 0)
    alert = Alert.objects.get()
    assert (alert.row, alert.score, alert.hit_count, alert.lists) == (7, 0.95, 2, f",{LIST},")
    assert alert.caption == "Samir Nadaoui" and alert.place == {"file": "travelers.csv", "line": 8}
    assert alert.state == AlertState.OPEN
    assert timedelta(hours=11.9) < alert.due_at - timezone.now() <= timedelta(hours=12)
    first, second = alert.hits.order_by("rank")
    assert (first.listing_id, second.listing_id) == ("L-1", "L-2")
    assert first.listing == listings[0].content and first.listing_digest == listings[0].digest and first.version == 1
    assert first.hit["explanation"]["tokens"][1]["reason"] == "romanized" and first.hit["score"] == 0.95


def test_a_row_without_hits_raises_nothing(new_screening: New) -> None:
    assert raise_alerts(new_screening(), [Row(1, make_subject(), ())]) == Raised(0, 0)
    assert not Alert.objects.exists()


def test_a_batch_that_was_stored_already_raises_nothing_anew(new_screening: New) -> None:
    screening = new_screening()
    raise_alerts(screening, [make_row(1), make_row(2)])
    assert raise_alerts(screening, [make_row(1), make_row(2), make_row(3)]) == Raised(1, 0)
    assert list(Alert.objects.order_by("row").values_list("row", flat=True)) == [1, 2, 3]
    assert AlertHit.objects.count() == 3


def test_the_same_listing_twice_in_one_row_is_one_hit(new_screening: New) -> None:
    raise_alerts(new_screening(), [make_row(1, make_hit("L-1", 0.8, 2), make_hit("L-1", 0.9, 1))])
    assert AlertHit.objects.get().score == 0.9 and Alert.objects.get().hit_count == 1


def test_what_raised_alerts_is_in_the_audit_log(new_screening: New) -> None:
    screening = new_screening()
    raise_alerts(screening, [make_row(1), make_row(2)])
    entry = AuditEntry.objects.get(action="alerts.raised")
    assert entry.target_id == str(screening.pk) and entry.details["alerts"] == 2


def test_the_number_of_queries_does_not_grow_with_the_batch(new_screening: New, listings: list[ListingState]) -> None:
    def count(rows: int) -> int:
        screening = new_screening()
        with CaptureQueriesContext(connection) as caught:
            raise_alerts(screening, [make_row(row, make_hit("L-1"), make_hit("L-2", 0.8, 2)) for row in range(rows)])
        assert screening.alerts.count() == rows
        return sum(not query["sql"].startswith(("INSERT", "SAVEPOINT", "RELEASE")) for query in caught.captured_queries)

    count(1)  # makes the audit log's head
    assert count(500) == count(5)


def test_letters_that_no_database_holds_are_shown_instead(new_screening: New) -> None:
    hit = replace(make_hit("L-1"), caption="Sa\0mir", evidence=Evidence("a\0b", 0, 1))
    row = make_row(1, hit, subject=make_subject("Sa\0mir \u202eevil " + "x" * 10_000))
    raise_alerts(new_screening(), [row])
    alert = Alert.objects.get()
    assert "\0" not in alert.caption and len(alert.caption) == 500
    assert "\0" not in alert.subject["names"][0]
    kept = alert.hits.get()
    assert (kept.caption, kept.hit["evidence"]["text"]) == ("Sa␀mir", "a␀b")


# Remembered false positives


@pytest.fixture
def remembered(new_alert: New, analyst: User) -> Exemption:
    adjudicate(new_alert(), analyst, "false_positive", reasons=["name_only"], remember_days=30)
    return Exemption.objects.get()


def test_a_remembered_hit_is_left_out(remembered: Exemption, new_screening: New) -> None:
    assert raise_alerts(new_screening(), [make_row(1), make_row(2, make_hit("L-2"))]) == Raised(1, 1)
    assert Alert.objects.filter(state=AlertState.OPEN).get().hits.get().listing_id == "L-2"


def test_only_the_hit_that_was_cleared_is_left_out(remembered: Exemption, new_screening: New) -> None:
    assert raise_alerts(new_screening(), [make_row(1, make_hit("L-1"), make_hit("L-2", 0.8, 2))]) == Raised(1, 1)
    alert = Alert.objects.get(state=AlertState.OPEN)
    assert [hit.listing_id for hit in alert.hits.all()] == ["L-2"] and alert.score == 0.8


def test_it_comes_back_when_the_listing_changes_in_what_identifies(remembered: Exemption, new_screening: New) -> None:
    make_listing("L-1", documents=[{"number": "ZZ0000001", "type": "passport"}])
    assert raise_alerts(new_screening(), [make_row(1)]) == Raised(1, 0)
    _ended(remembered, "listing_changed")


def test_it_stays_away_when_only_a_remark_changes(remembered: Exemption, new_screening: New) -> None:
    make_listing("L-1", remarks=["Reviewed in 2026."], links=[{"text": "see L-2"}])
    assert raise_alerts(new_screening(), [make_row(1)]) == Raised(0, 1)


def test_it_comes_back_when_the_listing_cannot_be_looked_up(remembered: Exemption, new_screening: New) -> None:
    ListingState.objects.all().delete()
    assert raise_alerts(new_screening(), [make_row(1)]) == Raised(1, 0)


def test_it_comes_back_when_the_subject_changes(remembered: Exemption, new_screening: New) -> None:
    Exemption.objects.update(subject_digest="0" * 64)
    assert raise_alerts(new_screening(), [make_row(1)]) == Raised(1, 0)
    _ended(remembered, "subject_changed")


def test_it_comes_back_when_it_has_expired(remembered: Exemption, new_screening: New) -> None:
    Exemption.objects.update(expires_on=timezone.localdate())
    assert raise_alerts(new_screening(), [make_row(1)]) == Raised(0, 1)
    Exemption.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert raise_alerts(new_screening(), [make_row(1)]) == Raised(1, 0)
    _ended(remembered, "expired")


def test_it_counts_for_its_purpose_only(remembered: Exemption, new_screening: New, purpose: Any) -> None:
    purpose.pk, purpose.slug = None, "payment"
    purpose.save()
    assert raise_alerts(new_screening(purpose=purpose), [make_row(1)]) == Raised(1, 0)
    remembered.refresh_from_db()
    assert remembered.ended_at is None


def test_another_subject_is_not_covered(remembered: Exemption, new_screening: New) -> None:
    assert raise_alerts(new_screening(), [make_row(1, subject=make_subject(born="1985"))]) == Raised(1, 0)


def test_once_ended_by_a_person_it_no_longer_counts(
    remembered: Exemption, new_screening: New, supervisor: User
) -> None:
    end_exemption(remembered, supervisor)
    end_exemption(remembered, supervisor)
    assert raise_alerts(new_screening(), [make_row(1)]) == Raised(1, 0)
    remembered.refresh_from_db()
    assert (remembered.ended_because, remembered.ended_by) == ("by_person", supervisor.username)
    assert AuditEntry.objects.filter(action="exemption.ended").count() == 1


def test_it_ends_with_the_decision_that_made_it(remembered: Exemption, new_screening: New, reviewer: User) -> None:
    assert remembered.alert is not None
    reopen(remembered.alert, reviewer, because="mistake")
    assert raise_alerts(new_screening(), [make_row(1)]) == Raised(1, 0)


def test_remembering_again_replaces_what_was_remembered(
    remembered: Exemption, new_screening: New, new_alert: New, analyst: User
) -> None:
    make_listing("L-1", gender="male")
    raise_alerts(new_screening(), [make_row(1)])
    again = Alert.objects.get(state=AlertState.OPEN)
    adjudicate(again, analyst, "false_positive", reasons=["other_gender"], remember_days=90)
    assert raise_alerts(new_screening(), [make_row(1)]) == Raised(0, 1)
    assert Exemption.objects.filter(ended_at=None).count() == 1


def _ended(exemption: Exemption, because: str) -> None:
    exemption.refresh_from_db()
    assert exemption.ended_at is not None and exemption.ended_because == because
    told = Alert.objects.get(state=AlertState.OPEN).because["ended"]
    assert [(each["listing_id"], each["because"], each["by"]) for each in told] == [("L-1", because, exemption.by_name)]
    assert AuditEntry.objects.filter(action="exemption.ended", target_id=str(exemption.pk)).count() == 1


def test_a_batch_larger_than_five_hundred_is_parted(new_screening: New) -> None:
    screening: Screening = new_screening()
    assert raise_alerts(screening, [make_row(row) for row in range(1_001)]) == Raised(1_001, 0)
