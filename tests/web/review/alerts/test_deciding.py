"""Every act in every state, by everyone: what may be, and all that may not."""

from collections.abc import Callable
from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tahaluf.domain import InputError
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import MATRIX, Permission, Role
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.alerts import reasons, services
from tahaluf.web.review.alerts.services import raise_alerts
from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertState, Disposition, Exemption

from .conftest import LIST, make_hit, make_listing, make_row

New = Callable[..., Any]
Person = Callable[..., User]
SAID = {"true_match": "same_birth", "false_positive": "name_only", "inconclusive": "too_little_known"}


@pytest.fixture
def other(person: Person) -> User:
    return person(Role.REVIEWER, name="other.reviewer")


def decide(alert: Alert, by: User, disposition: str, **more: Any) -> Adjudication:
    hits = [(LIST, "L-1")] if disposition == "true_match" else []
    told: dict[str, Any] = {"hits": hits, "reasons": [SAID[disposition]], "text": "As written in the file."}
    return services.adjudicate(alert, by, disposition, **told | more)


def bring(alert: Alert, state: str, first: User, second: User) -> None:
    """Into a state (of closed alerts with each disposition), by the ways that lead there."""
    disposition = {"open": "", "proposed": "true_match"}.get(state, state)
    if disposition:
        decide(alert, first, disposition)
    if state == "true_match":
        services.second(alert, second, agrees=True)


STATES = ("open", "proposed", "true_match", "false_positive", "inconclusive")
ACTS: dict[str, Callable[[Alert, User, User], Any]] = {
    "true_match": lambda alert, first, other: decide(alert, other, "true_match"),
    "false_positive": lambda alert, first, other: decide(alert, other, "false_positive"),
    "inconclusive": lambda alert, first, other: decide(alert, other, "inconclusive"),
    "agree": lambda alert, first, other: services.second(alert, other, agrees=True),
    "disagree": lambda alert, first, other: services.second(alert, other, agrees=False, reasons=["not_enough"]),
    "agree with oneself": lambda alert, first, other: services.second(alert, first, agrees=True),
    "disagree with oneself": lambda alert, first, other: services.second(
        alert, first, agrees=False, reasons=["not_enough"]
    ),
    "reopen": lambda alert, first, other: services.reopen(alert, other, because="new_information"),
    "reopened by the desk": lambda alert, first, other: services.reopen(alert, None, because="listing_changed"),
}
# What leads where; whatever does not stand here is forbidden.
WAYS = {
    ("open", "true_match"): ("proposed", "true_match"),
    ("open", "false_positive"): ("closed", "false_positive"),
    ("open", "inconclusive"): ("closed", "inconclusive"),
    ("proposed", "agree"): ("closed", "true_match"),
    ("proposed", "disagree"): ("open", ""),
    ("proposed", "reopened by the desk"): ("open", ""),
    **{(state, "reopen"): ("open", "") for state in STATES[2:]},
    **{(state, "reopened by the desk"): ("open", "") for state in STATES[2:]},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_only_these_ways_lead_from_state_to_state(
    state: str, act: str, alert: Alert, reviewer: User, other: User
) -> None:
    bring(alert, state, reviewer, other)
    before = Alert.objects.values().get(pk=alert.pk)
    said, told = Adjudication.objects.count(), AuditEntry.objects.count()
    if (state, act) in WAYS:
        ACTS[act](alert, reviewer, other)
        alert.refresh_from_db()
        assert (alert.state, alert.disposition) == WAYS[state, act]
        assert (Adjudication.objects.count(), AuditEntry.objects.count()) == (said + 1, told + 1)
        return
    with pytest.raises(InputError) as refused:
        ACTS[act](alert, reviewer, other)
    own = state == "proposed" and act.endswith("oneself")
    assert refused.value.problem.code == ("web.alert.same_person" if own else "web.alert.state")
    assert Alert.objects.values().get(pk=alert.pk) == before
    assert (Adjudication.objects.count(), AuditEntry.objects.count()) == (said, told)


NEEDS = {
    "true_match": Permission.ADJUDICATE,
    "false_positive": Permission.ADJUDICATE,
    "inconclusive": Permission.ADJUDICATE,
    "agree": Permission.REVIEW,
    "disagree": Permission.REVIEW,
    "reopen": Permission.REVIEW,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", NEEDS)
def test_who_may_not_does_not(role: Role, act: str, alert: Alert, reviewer: User, person: Person) -> None:
    state = {"agree": "proposed", "disagree": "proposed", "reopen": "false_positive"}.get(act, "open")
    bring(alert, state, reviewer, reviewer)
    someone = person(role, name="someone")
    if NEEDS[act] in MATRIX[role]:
        ACTS[act](alert, reviewer, someone)
        return
    before = Alert.objects.values().get(pk=alert.pk)
    with pytest.raises(PermissionDenied):
        ACTS[act](alert, reviewer, someone)
    assert Alert.objects.values().get(pk=alert.pk) == before


def test_the_first_person_is_known_by_name_when_the_account_is_gone(
    alert: Alert, reviewer: User, person: Person
) -> None:
    decide(alert, reviewer, "true_match")
    name = reviewer.username
    reviewer.grants.all().delete()
    reviewer.delete()
    with pytest.raises(InputError, match="same_person"):
        services.second(alert, person(Role.REVIEWER, name=name), agrees=True)


def test_after_disagreement_the_first_may_not_confirm_what_they_propose_anew(
    alert: Alert, reviewer: User, other: User
) -> None:
    decide(alert, reviewer, "true_match")
    services.second(alert, other, agrees=False, reasons=["more_needed"])
    decide(alert, reviewer, "true_match")
    with pytest.raises(InputError, match="same_person"):
        services.second(alert, reviewer, agrees=True)
    services.second(alert, other, agrees=True)


@pytest.mark.parametrize("disposition", Disposition.values)
def test_a_decision_needs_a_reason_of_its_own_list(disposition: str, alert: Alert, analyst: User) -> None:
    foreign = next(code for code in reasons.REOPENING if code not in reasons.reasons_for(disposition))
    for given in ([], [foreign], ["no_such_reason"], [SAID[disposition], "no_such_reason"]):
        with pytest.raises(InputError, match="reasons"):
            decide(alert, analyst, disposition, reasons=given)
    assert not Adjudication.objects.exists()


@pytest.mark.parametrize("disposition", Disposition.values)
def test_another_reason_needs_words(disposition: str, alert: Alert, analyst: User) -> None:
    with pytest.raises(InputError, match=r"web\.alert\.text"):
        decide(alert, analyst, disposition, reasons=["other"], text=" \n ")


def test_what_stays_inconclusive_needs_words(alert: Alert, analyst: User) -> None:
    with pytest.raises(InputError, match=r"web\.alert\.text"):
        decide(alert, analyst, "inconclusive", text="")


def test_a_text_has_its_bounds(alert: Alert, analyst: User) -> None:
    with pytest.raises(InputError, match="text_long"):
        decide(alert, analyst, "inconclusive", text="x" * 10_001)
    made = decide(alert, analyst, "inconclusive", text="a\0b" + "x" * 9_000)
    assert made.text.startswith("a␀b")


@pytest.mark.parametrize("hits", [(), [("elsewhere", "L-1")], [(LIST, "L-9")], [(LIST, "L-1"), (LIST, "L-9")]])
def test_a_true_match_says_which_listing_it_is(hits: Any, alert: Alert, analyst: User) -> None:
    with pytest.raises(InputError, match=r"web\.alert\.hits"):
        decide(alert, analyst, "true_match", hits=hits)


def test_where_there_is_one_hit_only_it_is_that(new_alert: New, analyst: User) -> None:
    made = decide(new_alert(make_hit("L-3")), analyst, "true_match", hits=())
    assert made.hits == [[LIST, "L-3"]]


def test_a_disposition_that_does_not_exist_is_refused(alert: Alert, analyst: User) -> None:
    with pytest.raises(InputError, match=r"web\.alert\.disposition"):
        services.adjudicate(alert, analyst, "guilty", reasons=["other"])


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_false_positive_is_remembered_for_as_long_as_the_purpose_allows(
    days: int, alert: Alert, analyst: User
) -> None:
    with pytest.raises(InputError, match="remember"):
        decide(alert, analyst, "false_positive", remember_days=days)
    assert not Exemption.objects.exists() and not Adjudication.objects.exists()


@pytest.mark.parametrize("disposition", ["true_match", "inconclusive"])
def test_only_a_false_positive_is_remembered(disposition: str, alert: Alert, analyst: User) -> None:
    with pytest.raises(InputError, match="remember"):
        decide(alert, analyst, disposition, remember_days=5)


def test_a_decision_sets_the_day_of_deletion(alert: Alert, new_alert: New, analyst: User, reviewer: User) -> None:
    decide(alert, analyst, "true_match")
    alert.refresh_from_db()
    assert alert.delete_on is None and alert.decided_at is None and alert.first_by == analyst
    services.second(alert, reviewer, agrees=True)
    alert.refresh_from_db()
    assert alert.delete_on == timezone.localdate() + timedelta(days=1000)
    other = new_alert(row=2)
    decide(other, analyst, "false_positive")
    other.refresh_from_db()
    assert other.delete_on == timezone.localdate() + timedelta(days=100)
    assert other.decided_at is not None
    services.reopen(other, reviewer, because="complaint")
    other.refresh_from_db()
    assert (other.delete_on, other.decided_at, other.first_by, other.because["reopened"]) == (
        timezone.localdate() + timedelta(days=100), None, None, "complaint",
    )  # fmt: skip


def test_an_old_alert_that_is_opened_again_is_kept_as_long_as_a_new_one(
    new_alert: New, analyst: User, reviewer: User
) -> None:
    alert = new_alert()
    decide(alert, analyst, "false_positive")
    Alert.objects.update(delete_on=timezone.localdate() + timedelta(days=2))
    services.reopen(alert, reviewer, because="complaint")
    alert.refresh_from_db()
    assert alert.delete_on == timezone.localdate() + timedelta(days=100)


def locked_in_order(caught: CaptureQueriesContext) -> list[str]:
    """The tables of which rows are changed or locked, in order; the head of the audit log is `head`."""
    found = []
    for query in caught.captured_queries:
        sql = query["sql"].replace('"', "")
        if "audithead" in sql:
            found.append("head")
        elif sql.startswith(("UPDATE review_exemption", "INSERT INTO review_exemption")):
            found.append("exemption")
    return [table for table, _ in groupby(found)]


def test_what_is_remembered_is_written_before_the_head_of_the_audit_log_is_locked(
    new_alert: New, analyst: User, reviewer: User
) -> None:
    alert = new_alert()
    acts: list[Callable[[], Any]] = [
        lambda: decide(alert, analyst, "false_positive", remember_days=5),
        lambda: services.reopen(alert, reviewer, because="complaint"),
        lambda: decide(alert, analyst, "false_positive", remember_days=5),
        lambda: raise_alerts(alert.screening, [make_row(9)]),
    ]
    for act in acts:
        if act is acts[-1]:
            make_listing("L-1", birth_dates=["1990-01-01"])
        with CaptureQueriesContext(connection) as caught:
            act()
        assert locked_in_order(caught) == ["exemption", "head"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_decisions_are_numbered_in_the_order_in_which_they_are_committed(alert: Alert, analyst: User) -> None:
    with CaptureQueriesContext(connection) as caught:
        decide(alert, analyst, "false_positive")
    kinds = ["lock" if "pg_advisory_xact_lock" in query["sql"] else query["sql"][:33] for query in caught]
    assert kinds.index("lock") < kinds.index('INSERT INTO "review_adjudication"')


def test_alerts_of_a_withdrawn_listing_are_opened_again_before_the_head_of_the_audit_log_is_locked(
    new_alert: New, analyst: User, reviewer: User
) -> None:
    for row in (1, 2):
        alert = new_alert(row=row)
        bring(alert, "true_match", analyst, reviewer)
        exempted = {"subject_key": "x", "dataset": LIST, "listing_id": "L-1", "purpose": alert.purpose, "alert": alert}
        Exemption.objects.create(**exempted, expires_on=timezone.localdate())
    with CaptureQueriesContext(connection) as caught:
        assert services.withdraw_hits([(LIST, "L-1")]) == 2
    assert locked_in_order(caught) == ["exemption", "head"]
    assert AuditEntry.objects.filter(action="alert.reopened").count() == 2


def test_the_audit_log_holds_what_was_decided_but_not_the_words(alert: Alert, analyst: User) -> None:
    decide(alert, analyst, "true_match", text="Something personal")
    entry = AuditEntry.objects.get(action="alert.adjudicated")
    assert (entry.actor, entry.target_type, entry.target_id) == (analyst.username, "alert", str(alert.pk))
    assert entry.details["hits"] == [[LIST, "L-1"]] and entry.details["reasons"] == ["same_birth"]
    assert "personal" not in str(entry.details) and len(entry.details["text_digest"]) == 64


def test_a_note_is_written_beside_an_alert_in_any_state(alert: Alert, analyst: User, auditor: User) -> None:
    decide(alert, analyst, "false_positive")
    services.write_note(alert, analyst, " Called back. ")
    assert alert.notes.get().text == "Called back."
    with pytest.raises(InputError, match=r"web\.alert\.text"):
        services.write_note(alert, analyst, "  ")
    with pytest.raises(PermissionDenied):
        services.write_note(alert, auditor, "Hello")


# Withdrawn listings


def test_a_true_match_is_opened_again_when_its_listing_is_withdrawn(
    alert: Alert, analyst: User, reviewer: User
) -> None:
    bring(alert, "true_match", analyst, reviewer)
    assert services.withdraw_hits([(LIST, "L-1")]) == 1
    alert.refresh_from_db()
    assert (alert.state, alert.delete_on, alert.because["reopened"]) == (
        "open", timezone.localdate() + timedelta(days=1000), "delisted",
    )  # fmt: skip
    assert alert.because["withdrawn"] == [[LIST, "L-1"]]
    assert alert.adjudications.latest("pk").by_name == "system"
    with pytest.raises(InputError, match=r"web\.alert\.hits"):
        decide(alert, analyst, "true_match")


def test_a_true_match_stands_when_another_of_its_hits_is_withdrawn(alert: Alert, analyst: User, reviewer: User) -> None:
    bring(alert, "true_match", analyst, reviewer)
    assert services.withdraw_hits([(LIST, "L-2"), (LIST, "L-2")]) == 1
    alert.refresh_from_db()
    assert alert.state == "closed" and alert.disposition == "true_match"


def test_a_proposal_on_a_withdrawn_listing_is_no_longer_one(alert: Alert, analyst: User, reviewer: User) -> None:
    bring(alert, "proposed", analyst, reviewer)
    services.withdraw_hits([(LIST, "L-1")])
    with pytest.raises(InputError, match="state"):
        services.second(alert, reviewer, agrees=True)


def test_an_open_alert_on_withdrawn_listings_stays_for_a_person_to_close(alert: Alert, analyst: User) -> None:
    services.withdraw_hits([(LIST, "L-1"), (LIST, "L-2")])
    services.withdraw_hits([(LIST, "L-1"), (LIST, "L-2")])
    alert.refresh_from_db()
    assert alert.state == AlertState.OPEN and alert.because["withdrawn"] == [[LIST, "L-1"], [LIST, "L-2"]]
    decide(alert, analyst, "false_positive", reasons=["delisted"])


def test_what_is_withdrawn_of_another_list_is_left_alone(alert: Alert) -> None:
    assert services.withdraw_hits([("elsewhere", "L-1")]) == 0
    assert not alert.hits.exclude(withdrawn_at=None).exists()
