from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tahaluf.domain import InputError
from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.alerts.services import adjudicate, assign, take
from tahaluf.web.review.tables.alerts import Alert

New = Callable[..., Any]


def holder(alert: Alert) -> User | None:
    return Alert.objects.select_related("assigned_to").get(pk=alert.pk).assigned_to


def test_a_supervisor_gives_alerts_to_whoever_decides_on_them(
    alert: Alert, new_alert: New, analyst: User, supervisor: User
) -> None:
    alerts = [alert, new_alert(row=2)]
    assert assign(alerts, analyst, supervisor) == 2
    assert assign(alerts, analyst, supervisor) == 0
    assert holder(alert) == analyst
    assert AuditEntry.objects.filter(action="alert.assigned", details__to=analyst.username).count() == 2
    assert assign(alerts, None, supervisor) == 2


def test_nothing_is_given_to_whoever_may_not_decide(alert: Alert, auditor: User, supervisor: User) -> None:
    with pytest.raises(InputError, match="assignee"):
        assign([alert], auditor, supervisor)


def test_an_analyst_takes_what_nobody_has_and_gives_it_back(alert: Alert, analyst: User) -> None:
    assert assign([alert], analyst, analyst) == 1
    assert assign([alert], None, analyst) == 1
    assert holder(alert) is None


def test_an_analyst_takes_nothing_from_another(alert: Alert, analyst: User, reviewer: User) -> None:
    assign([alert], reviewer, reviewer)
    assert assign([alert], analyst, analyst) == 0
    assert assign([alert], None, analyst) == 0
    with pytest.raises(PermissionDenied):
        assign([alert], reviewer, analyst)
    assert holder(alert) == reviewer


def test_an_auditor_takes_nothing(alert: Alert, auditor: User) -> None:
    with pytest.raises(PermissionDenied):
        assign([alert], auditor, auditor)


def test_what_is_closed_is_not_given_to_anyone(alert: Alert, analyst: User, supervisor: User) -> None:
    adjudicate(alert, analyst, "false_positive", reasons=["name_only"])
    assert assign([alert], analyst, supervisor) == 0


def test_more_than_five_hundred_at_once_are_refused(supervisor: User) -> None:
    with pytest.raises(InputError, match="many"):
        assign([Alert(pk=number) for number in range(501)], None, supervisor)


def test_the_next_one_is_the_first_that_nobody_has(alert: Alert, new_alert: New, analyst: User, reviewer: User) -> None:
    second = new_alert(row=2)
    assert take([alert.pk, second.pk], analyst) == alert
    assert take([alert.pk, second.pk], reviewer) == second
    assert take([alert.pk, second.pk], reviewer) is None
