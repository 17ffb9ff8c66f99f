import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import load_workbook

from tahaluf.web.accounts.models import User
from tahaluf.web.review.alerts.services import adjudicate, raise_alerts, reopen, second
from tahaluf.web.review.purposes.counting import keep_counts
from tahaluf.web.review.reports import sheets, statistics
from tahaluf.web.review.reports.charts import charts_of
from tahaluf.web.review.tables.alerts import Alert
from tests.web.review.alerts.conftest import LIST, make_hit, make_row, make_subject

New = Callable[..., Any]
Browse = Callable[[User], Client]


@pytest.fixture
def decided(new_screening: New, listings: Any, analyst: User, reviewer: User) -> list[Alert]:
    """Ten alerts: five false positives, two inconclusive, one true match, one proposed, one open; the n-th took n
    hours."""
    screening = new_screening()
    raise_alerts(screening, [make_row(row) for row in range(1, 11)])
    alerts = list(screening.alerts.order_by("row"))
    Alert.objects.update(created_at=timezone.now() - timedelta(hours=20))
    for alert in alerts[:5]:
        adjudicate(alert, analyst, "false_positive", reasons=["name_only"])
    for alert in alerts[5:7]:
        adjudicate(alert, analyst, "inconclusive", reasons=["contradictory"], text="x")
    for alert in alerts[7:9]:
        adjudicate(alert, analyst, "true_match", reasons=["same_birth"])
    second(alerts[7], reviewer, agrees=True)
    for alert in alerts[:8]:
        Alert.objects.filter(pk=alert.pk).update(decided_after=alert.row * 3600)
    return alerts


def days(number: int = 1) -> tuple[Any, Any]:
    today = timezone.localdate()
    return today - timedelta(days=number), today


def test_what_was_decided_is_counted(decided: list[Alert], reviewer: User) -> None:
    found = statistics.count(*days())
    whole = found.whole
    assert (whole.decided, whole.true_matches, whole.false_positives, whole.inconclusive) == (8, 1, 5, 2)
    assert whole.rate == 5 / 8 and found.waiting == 2
    assert (whole.half, whole.nine_tenths) == (4 * 3600, 8 * 3600)
    assert sum(found.raised) == 10 and found.decided == [0, 8]
    assert [group.name for group in found.lists] == ["An invented list"]
    assert [(group.name, group.decided) for group in found.purposes] == [("Border", 8)]
    assert [(group.name, group.decided) for group in found.origins] == [("file", 8)]
    reopen(decided[0], reviewer, because="mistake")
    assert statistics.count(*days()).whole.decided == 7


def test_volume_rates_and_times_by_list_are_drawn(decided: list[Alert]) -> None:
    drawn = {chart.key: chart for chart in charts_of(statistics.count(*days()))}
    assert {"volume", "by-list", "rate", "times"} <= set(drawn)
    assert (drawn["times"].labels, drawn["times"].series[0].values) == (["An invented list"], [4.0])


def test_the_time_to_decide_is_that_from_raising_to_closing(new_alert: New, analyst: User) -> None:
    alert = new_alert()
    Alert.objects.update(created_at=timezone.now() - timedelta(hours=3))
    adjudicate(alert, analyst, "false_positive", reasons=["name_only"])
    assert 3 * 3600 <= Alert.objects.get().decided_after < 3 * 3600 + 60  # type: ignore[operator]


def test_other_days_have_nothing(decided: list[Alert]) -> None:
    long_ago = timezone.localdate() - timedelta(days=400)
    found = statistics.count(long_ago, long_ago + timedelta(days=2))
    assert found.whole.decided == 0 and found.whole.rate is None and found.whole.half is None
    assert found.days == [long_ago + timedelta(days=n) for n in range(3)] and sum(found.raised) == 0


def test_a_span_is_never_longer_than_two_years(db: None) -> None:
    found = statistics.count(timezone.localdate().replace(year=1970), timezone.localdate())
    assert len(found.days) == 732


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_draws_the_numbers(language: str, decided: list[Alert], browse: Browse, auditor: User) -> None:
    answer = browse(auditor).get("/statistics/", headers={"accept-language": language})
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count("<svg role=") + page.count('role="img"') >= 4
    assert "An invented list" in page and "style=" not in page


@pytest.mark.parametrize(
    "query",
    [
        "since=x&until=y",
        "since=2026-13-01",
        "since=2030-01-01&until=2020-01-01",
        "until=0001-01-01",
        "until=9999-12-31",
    ],
)
def test_days_that_make_no_sense_do_no_harm(query: str, decided: list[Alert], browse: Browse, auditor: User) -> None:
    assert browse(auditor).get(f"/statistics/?{query}").status_code == 200


def test_the_empty_desk_has_a_page_too(browse: Browse, auditor: User) -> None:
    assert "Nothing in these days" in browse(auditor).get("/statistics/").content.decode()


def rows(content: bytes) -> list[list[Any]]:
    return load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_statistics_are_a_spreadsheet(decided: list[Alert], browse: Browse, auditor: User) -> None:
    table = rows(browse(auditor).get("/statistics/statistics.xlsx").content)
    assert table[1][:7] == ["all", "All", 8, 1, 5, 2, 0.625] and table[1][7:] == [4.5, 4, 8]
    assert [line[:2] for line in table[2:]] == [["list", "An invented list"], ["purpose", "Border"], ["origin", "file"]]


def test_the_queue_is_a_spreadsheet_that_no_name_can_steer(new_screening: New, browse: Browse, analyst: User) -> None:
    raise_alerts(new_screening(), [make_row(1, make_hit(score=0.9), subject=make_subject("=HYPERLINK(1)"))])
    raise_alerts(new_screening(), [make_row(1, make_hit(score=0.71))])
    table = rows(browse(analyst).get("/alerts/queue.xlsx?least=0.8").content)
    assert len(table) == 2 and table[1][1] == "=HYPERLINK(1)" and table[1][2] == 0.9 and table[1][4] == LIST


def test_a_queue_too_long_for_a_spreadsheet_is_not_cut_in_silence(
    decided: list[Alert], browse: Browse, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST", 4)
    answer = browse(analyst).get("/alerts/queue.xlsx?state=closed", follow=True)
    assert "More than 4 alerts" in answer.content.decode()


def test_deleted_alerts_go_on_being_counted(decided: list[Alert]) -> None:
    def told() -> list[Any]:
        found = statistics.count(*days())
        groups = [found.whole, *found.lists, *found.purposes, *found.origins]
        return [found.raised, found.decided, [(group.name, group.by, group.rate, group.average) for group in groups]]

    before = told()
    assert statistics.count(*days()).whole.average == 4.5 * 3600
    for part in (decided[:5], decided[5:8]):
        keep_counts(list(Alert.objects.filter(pk__in=[alert.pk for alert in part])))
        Alert.objects.filter(pk__in=[alert.pk for alert in part]).delete()
        assert told() == before
    assert statistics.count(*days()).whole.half is None, "how long each took is not kept"


def test_the_queue_as_a_spreadsheet_is_read_in_pieces_and_with_few_columns(
    decided: list[Alert], browse: Browse, analyst: User
) -> None:
    with CaptureQueriesContext(connection) as caught:
        table = rows(browse(analyst).get("/alerts/queue.xlsx?state=closed").content)
    assert len(table) == 9 and table[1][5:8] == ["Border", "closed", "false positive"] and table[1][8] == ""
    read = [query["sql"] for query in caught.captured_queries if "review_alert" in query["sql"]]
    assert not any("subject_digest" in sql or '"because"' in sql for sql in read)
