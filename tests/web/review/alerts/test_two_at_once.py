"""Two people, and one person in two windows, at the same moment, on whichever database there is."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from tahaluf.domain import InputError
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.alerts.services import adjudicate, assign, second
from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertHit, Exemption

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[], Any]


def at_once(*acts: Act) -> list[str]:
    """What became of each: `done`, or the code of the fault."""
    ready = Barrier(len(acts))

    def run(act: Act) -> str:
        try:
            ready.wait(10)
            done = act()
            return "done" if done != 0 else "nothing"
        except InputError as fault:
            return fault.problem.code
        except PermissionDenied:
            return "denied"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.fixture
def proposed(alert: Alert, analyst: User) -> Alert:
    adjudicate(alert, analyst, "true_match", hits=[("made_up", "L-1")], reasons=["same_birth"])
    return alert


def test_of_two_who_agree_at_once_one_is_the_second(proposed: Alert, person: Callable[..., User]) -> None:
    people = [person(Role.REVIEWER, name=f"reviewer.{number}") for number in range(4)]
    done = at_once(*(lambda by=by: second(proposed, by, agrees=True) for by in people))
    assert done == ["done"] + ["web.alert.state"] * 3
    assert Adjudication.objects.filter(step="second").count() == 1
    assert AuditEntry.objects.filter(action="alert.adjudicated").count() == 2


def test_one_person_in_two_windows_is_not_two_people(alert: Alert, person: Callable[..., User]) -> None:
    name = person(Role.REVIEWER, name="reviewer.1").username
    hits = [("made_up", "L-1")]

    def first() -> Any:
        own = User.objects.get(username=name)
        return adjudicate(alert, own, "true_match", hits=hits, reasons=["same_birth"])

    def then() -> Any:
        return second(alert, User.objects.get(username=name), agrees=True)

    done = at_once(first, first, then, then)
    assert done.count("done") == 1
    alert.refresh_from_db()
    assert alert.state == "proposed" and Adjudication.objects.count() == 1
    assert at_once(then, then) == ["web.alert.same_person"] * 2


def test_agreeing_and_disagreeing_at_once_leave_one_outcome(proposed: Alert, person: Callable[..., User]) -> None:
    one, other = person(Role.REVIEWER, name="reviewer.1"), person(Role.REVIEWER, name="reviewer.2")
    done = at_once(
        lambda: second(proposed, one, agrees=True),
        lambda: second(proposed, other, agrees=False, reasons=["not_enough"]),
    )
    assert done == ["done", "web.alert.state"]
    proposed.refresh_from_db()
    said = Adjudication.objects.get(step="second").disposition
    assert (proposed.state, proposed.disposition) == (("closed", "true_match") if said else ("open", ""))


def test_of_two_first_decisions_at_once_one_counts(alert: Alert, analyst: User, reviewer: User) -> None:
    done = at_once(
        lambda: adjudicate(alert, analyst, "false_positive", reasons=["name_only"], remember_days=5),
        lambda: adjudicate(alert, reviewer, "inconclusive", reasons=["contradictory"], text="x"),
    )
    assert done == ["done", "web.alert.state"]
    remembered = Exemption.objects.count()
    alert.refresh_from_db()
    assert remembered == (AlertHit.objects.count() if alert.disposition == "false_positive" else 0)


def test_of_many_who_take_an_alert_one_has_it(alert: Alert, person: Callable[..., User]) -> None:
    people = [person(Role.ANALYST, name=f"analyst.{number}") for number in range(4)]
    done = at_once(*(lambda by=by: assign([alert], by, by) for by in people))
    assert done == ["done", "nothing", "nothing", "nothing"]
