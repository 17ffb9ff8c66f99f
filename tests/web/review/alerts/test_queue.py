import re
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.alerts import queue
from tahaluf.web.review.alerts.filters import read_place, write_place
from tahaluf.web.review.alerts.queue import Place, Wanted, neighbors, read_page
from tahaluf.web.review.alerts.services import adjudicate, assign, raise_alerts
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose

from .conftest import LIST, make_hit, make_row, make_subject

New = Callable[..., Any]
Browse = Callable[[User], Client]


@pytest.fixture
def many(new_screening: New) -> list[Alert]:
    """A hundred and thirty, of which groups of ten tie in their due time and in their score."""
    screening = new_screening()
    raise_alerts(screening, [make_row(row, make_hit(score=0.7 + (row // 10) / 100)) for row in range(130)])
    alerts = list(screening.alerts.order_by("row"))
    for alert in alerts:
        alert.due_at = timezone.now() + timedelta(hours=(alert.row * 7 % 130) // 10 - 6)
    Alert.objects.bulk_update(alerts, ["due_at"])
    return alerts


KEYS: dict[str, Callable[[Alert], Any]] = {
    "due": lambda alert: (alert.due_at, alert.pk),
    "score": lambda alert: (-alert.score, alert.pk),
    "newest": lambda alert: -alert.pk,
}


@pytest.mark.parametrize("order", KEYS)
def test_page_after_page_every_alert_comes_once_and_in_order(order: str, many: list[Alert], analyst: User) -> None:
    expected = [alert.pk for alert in sorted(Alert.objects.all(), key=KEYS[order])]
    wanted, seen, after = Wanted(order=order), [], None
    pages = []
    while True:
        page = read_page(wanted, analyst, after=after)
        pages.append(page)
        seen += [alert.pk for alert in page.alerts]
        if (after := page.after) is None:
            break
    assert seen == expected and pages[0].before is None
    back: list[list[int]] = []
    before = pages[-1].before
    while before is not None:
        page = read_page(wanted, analyst, before=before)
        back.insert(0, [alert.pk for alert in page.alerts])
        before = page.before
    assert [key for keys in back for key in keys] == expected[: sum(map(len, back))]
    assert len(back) == len(pages) - 1


@pytest.mark.parametrize("order", KEYS)
def test_the_neighbors_of_an_alert_are_those_of_the_queue(order: str, many: list[Alert], analyst: User) -> None:
    expected = [alert.pk for alert in sorted(Alert.objects.all(), key=KEYS[order])]
    for index in (0, 1, 64, 128, 129):
        alert = Alert.objects.get(pk=expected[index])
        assert neighbors(Wanted(order=order), analyst, alert) == (
            expected[index - 1] if index else None,
            expected[index + 1] if index < 129 else None,
        )


def test_a_page_goes_on_where_it_was_although_others_decide(many: list[Alert], analyst: User) -> None:
    first = read_page(Wanted(), analyst)
    for alert in first.alerts[:20]:
        adjudicate(alert, analyst, "false_positive", reasons=["name_only"])
    following = [alert.pk for alert in read_page(Wanted(), analyst, after=first.after).alerts]
    assert following == [a.pk for a in sorted(Alert.objects.filter(state="open"), key=KEYS["due"])][30:80]


@given(st.sampled_from(list(KEYS)), st.datetimes(timezones=st.just(UTC)), st.floats(0, 1), st.integers(1, 2**63 - 1))
def test_a_place_survives_the_address(order: str, at: Any, score: float, key: int) -> None:
    place = Place({"due": at, "score": score, "newest": key}[order], key)
    assert read_place(write_place(place), order) == place


@given(st.text(), st.sampled_from(list(KEYS)))
def test_any_other_text_is_no_place(text: str, order: str) -> None:
    place = read_place(text, order)
    assert place is None or read_place(write_place(place), order) is not None


@pytest.fixture
def varied(new_screening: New, purpose: Any, analyst: User, reviewer: User) -> dict[str, Alert]:
    hits = [make_hit(score=0.99), make_hit(score=0.72)]
    one = new_screening()
    payment = Purpose.objects.get(pk=purpose.pk)
    payment.pk, payment.slug = None, "payment"
    payment.save()
    other = new_screening(purpose=payment)
    raise_alerts(one, [make_row(1, hits[0], subject=make_subject("Éloïse Traoré")), make_row(2, hits[1])])
    raise_alerts(other, [make_row(1, hits[1], subject=make_subject("يوسف الزَّهراني"))])
    found = {"high": one.alerts.get(row=1), "late": one.alerts.get(row=2), "arabic": other.alerts.get()}
    Alert.objects.filter(pk=found["late"].pk).update(due_at=timezone.now() - timedelta(hours=1))
    assign([found["high"]], analyst, analyst)
    assign([found["arabic"]], reviewer, reviewer)
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"high", "late", "arabic"}),
        ({"held": "mine"}, {"high"}),
        ({"held": "unassigned"}, {"late"}),
        ({"purpose": "payment"}, {"arabic"}),
        ({"dataset": LIST}, {"high", "late", "arabic"}),
        ({"dataset": "elsewhere"}, {"high", "late", "arabic"}),
        ({"least": "0.9"}, {"high"}),
        ({"overdue": "on"}, {"late"}),
        ({"text": "TRAORE eloise"}, {"high"}),
        ({"text": "زهراني"}, {"arabic"}),
        ({"text": "%"}, set()),
        ({"text": "traore nadaoui"}, set()),
        ({"state": "closed"}, set()),
        ({"state": "proposed"}, set()),
        ({"least": "very", "order": "sideways", "after": "x", "held": "7"}, {"high", "late", "arabic"}),
    ],
)  # fmt: skip
def test_the_queue_holds_what_is_asked_for(
    query: dict[str, str], expected: set[str], varied: dict[str, Alert], browse: Browse, analyst: User
) -> None:
    answer = browse(analyst).get("/alerts/", query)
    assert answer.status_code == 200
    keys = {name: alert.pk for name, alert in varied.items()}
    assert {row.alert.pk for row in answer.context["rows"]} == {keys[name] for name in expected}


@pytest.mark.parametrize("address", ["/alerts/", "/screenings/", "/subjects/", "/lists/search/"])
def test_the_letter_that_no_database_takes_is_refused_on_every_page(
    address: str, browse: Browse, supervisor: User
) -> None:
    client = browse(supervisor)
    assert client.get(address, {"q": "x"}).status_code == 200
    answer = client.get(address, {"q": "a\0b"})
    assert answer.status_code == 400 and "cannot be read" in answer.text
    assert client.get(address, {"a\0": "b"}).status_code == 400


def test_a_form_with_that_letter_is_refused(alert: Alert, browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    assert client.post(f"/alerts/{alert.pk}/note/", {"text": "a\0b"}).status_code == 400
    assert not alert.notes.exists()


def test_whose_names_were_listed_is_in_the_audit_log(varied: dict[str, Alert], browse: Browse, analyst: User) -> None:
    browse(analyst).get("/alerts/", {"held": "mine"})
    assert AuditEntry.objects.get(action="alerts.listed").details == {"alerts": [varied["high"].pk]}


def test_a_page_costs_as_many_queries_with_a_thousand_alerts_as_with_ten(
    new_screening: New, browse: Browse, supervisor: User
) -> None:
    client = browse(supervisor)

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/alerts/?order=score").status_code == 200
        return len(caught)

    raise_alerts(new_screening(), [make_row(row) for row in range(10)])
    client.get("/alerts/")
    ten = count()
    raise_alerts(new_screening(), [make_row(row) for row in range(990)])
    assert count() == ten <= 24


def test_states_are_counted_no_further_than_asked(many: list[Alert]) -> None:
    assert queue.count_states(99) == {"open": 100, "proposed": 0, "closed": 0}
    assert queue.count_states(500)["open"] == 130


def test_an_analyst_takes_the_next_and_keeps_it(varied: dict[str, Alert], browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    assert client.post("/alerts/take/").headers["Location"] == f"/alerts/{varied['high'].pk}/"
    adjudicate(varied["high"], analyst, "false_positive", reasons=["name_only"])
    taken = client.post("/alerts/take/?order=score").headers["Location"]
    assert taken == f"/alerts/{varied['late'].pk}/?order=score"
    adjudicate(varied["late"], analyst, "false_positive", reasons=["name_only"])
    assert client.post("/alerts/take/").headers["Location"] == "/alerts/"


def test_a_supervisor_assigns_several_and_stays_in_the_queue(
    varied: dict[str, Alert], browse: Browse, supervisor: User, analyst: User
) -> None:
    keys = [str(alert.pk) for alert in varied.values()]
    answer = browse(supervisor).post("/alerts/assign/?order=score", {"alert": [*keys, "x", "9" * 30], "to": analyst.pk})
    assert answer.headers["Location"] == "/alerts/?order=score"
    assert set(Alert.objects.values_list("assigned_to", flat=True)) == {analyst.pk}


def test_an_analyst_assigns_nothing(varied: dict[str, Alert], browse: Browse, analyst: User) -> None:
    assert browse(analyst).post("/alerts/assign/", {"alert": [varied["late"].pk]}).status_code == 403


def test_nothing_changes_by_a_mere_visit(browse: Browse, supervisor: User) -> None:
    client = browse(supervisor)
    assert [client.get(f"/alerts/{act}/").status_code for act in ("assign", "take")] == [405, 405]


def test_the_empty_queue_says_what_comes_here(browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    assert "Alerts come here when" in client.get("/alerts/").content.decode()
    assert "Take filters away" in client.get("/alerts/?held=mine").content.decode()


def test_the_best_listing_stands_beside_the_subject_with_its_score(
    new_alert: New, browse: Browse, analyst: User
) -> None:
    alert = new_alert(make_hit("L-2", 0.8217, 2), make_hit("L-1", 0.9142))
    page = browse(analyst).get("/alerts/").content.decode()
    assert "Samir al-Nadawi" in page and "Samira Nadawi" not in page
    assert "0.914" in page and "0.914" in browse(analyst).get(f"/alerts/{alert.pk}/").content.decode()


def test_a_score_is_drawn_alike_in_the_queue_and_on_the_alert(alert: Alert, browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    drawn = [re.search(r"<meter[^>]*value=.0.91.[^>]*>", client.get(place).content.decode()) for place in
             ("/alerts/", f"/alerts/{alert.pk}/", f"/screenings/{alert.screening_id}/")]  # fmt: skip
    assert None not in drawn and len({each.group() for each in drawn if each}) == 1
