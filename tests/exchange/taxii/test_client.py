"""The client gets everything, once, or says that it did not."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.taxii.client import Cursor, LineError, Reply, discover, list_collections, pull, read_cursor
from tahaluf.exchange.taxii.client.errors import failure, retry_after
from tahaluf.exchange.taxii.client.pages import MOST_BARREN
from tests.exchange.taxii.asking import unhurried
from tests.exchange.taxii.lines import NODE, DatedLine, Line, without_more, without_next
from tests.exchange.taxii.memory import START, MemoryCollection, filled, identity, served
from tests.exchange.vectors import refused

SECOND = timedelta(seconds=1)
LOG = f"{NODE}/api/collections/log/"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def pulled(line: Any, cursor: Cursor | None = None, limit: int = 3) -> tuple[list[str], Cursor]:
    """The versions' ids in the order that they came, and where it ended."""
    found: list[str] = []
    for page in pull(line, LOG, cursor, limit):
        found += [f"{each.id} {each.version}" for each in page.objects]
        cursor = page.cursor
    assert cursor is not None
    return found, cursor


def held(collection: MemoryCollection) -> list[str]:
    return [f"{entry[0].id} {entry[0].version}" for entry in collection.entries if entry]


def test_from_discovery_to_the_last_object() -> None:
    collection = filled(10)
    line = Line(served(collection))
    (root,) = discover(line, f"{NODE}/taxii2/")
    (found,) = list_collections(line, root)
    assert (found.id, found.title, found.can_read, found.can_write) == ("log", "Listed", True, False)
    objects = [each for page in pull(line, found.url, limit=3) for each in page.objects]
    assert [each.data for each in objects] == [entry[1] for entry in collection.entries if entry]


@unhurried
@given(st.integers(0, 25), st.integers(1, 8), st.sampled_from([None, without_next, without_more]))
def test_everything_is_pulled_once_with_next_without_it_and_without_more(
    count: int, limit: int, change: Callable[..., None] | None
) -> None:
    collection = filled(count)
    if limit == 1 and change:
        limit = 2  # one object a page, asked for from just before the last one, is the same object for ever
    assert pulled(Line(served(collection), change), limit=limit)[0] == held(collection)


def test_one_object_a_page_by_date_is_an_error_and_not_an_end() -> None:
    with refused("exchange.sync.stuck"):
        pulled(Line(served(filled(5)), without_next), limit=1)


@unhurried
@given(st.lists(st.integers(0, 2), max_size=30), st.integers(2, 6), st.booleans())
def test_by_dates_that_several_bear_all_come_once_or_it_is_an_error(
    gaps: list[int], limit: int, says_more: bool
) -> None:
    now = START
    entries = []
    for number, gap in enumerate(gaps):
        now += gap * SECOND
        entries.append((now, identity(number)))
    shared = max((sum(date == other for other, _ in entries) for date, _ in entries), default=0)
    line = DatedLine(entries, says_more=says_more)
    try:
        found, _ = pulled(line, limit=limit)
    except ExchangeError as error:
        assert error.problem.code == "exchange.sync.stuck"
        assert shared >= limit
    else:
        assert found == [f"{each.id} {each.version}" for _, each in entries]


def test_a_post_of_500_with_one_date_is_not_taken_for_whole_after_a_page_of_100() -> None:
    line = DatedLine([(START, identity(number)) for number in range(500)])
    with refused("exchange.sync.stuck"):
        pulled(line, limit=100)
    assert len(pulled(line, limit=1_000)[0]) == 500


@unhurried
@given(st.integers(0, 25), st.integers(2, 8))
def test_a_server_that_says_no_more_and_cuts_pages_shorter_than_asked_for_is_pulled_whole(
    count: int, most: int
) -> None:
    line = DatedLine([(START + number * SECOND, identity(number)) for number in range(count)], most, says_more=False)
    assert len(pulled(line, limit=1_000)[0]) == count


def test_a_server_that_says_no_more_and_gives_no_dates_has_said_all_it_can() -> None:
    assert len(pulled(taxii({"objects": [{"id": "note--1", "created": "c"}]}))[0]) == 1


def test_a_round_without_news_brings_nothing() -> None:
    line = Line(served(filled(5)))
    _, cursor = pulled(line)
    line.asked.clear()
    assert pulled(line, cursor)[0] == []
    assert len(line.asked) == 1


def test_a_later_round_brings_what_was_added_since_and_that_alone() -> None:
    collection = filled(5)
    line = Line(served(collection))
    _, cursor = pulled(line)
    collection.append(identity(9))
    collection.append(identity(1, START + SECOND))
    assert pulled(line, cursor)[0] == held(collection)[5:]


def test_what_several_pages_of_one_date_brought_is_not_brought_again_by_the_next_round() -> None:
    line = DatedLine([(START, identity(number)) for number in range(9)], has_next=True)
    found, cursor = pulled(line, limit=2)
    assert len(found) == 9
    assert pulled(line, cursor, limit=2)[0] == []


def test_what_was_seen_is_remembered_up_to_a_bound_and_beyond_it_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tahaluf.exchange.taxii.client.pages.MOST_SEEN", 5)
    line = DatedLine([(START, identity(number)) for number in range(9)], has_next=True)
    _, cursor = pulled(line, limit=2)
    assert len(cursor.seen) <= 5
    again = pulled(line, cursor, limit=2)[0]
    assert again
    assert set(again) <= {f"{each.id} {each.version}" for _, each in line.entries}


def test_what_is_added_later_with_the_last_date_is_not_missed() -> None:
    line = DatedLine([(START, identity(0)), (START + SECOND, identity(1))])
    _, cursor = pulled(line)
    line.entries.append((START + SECOND, identity(2)))
    assert pulled(line, cursor)[0] == [f"{identity(2).id} {identity(2).version}"]


@unhurried
@given(st.integers(0, 20), st.integers(2, 5), st.integers(0, 6), st.sampled_from([None, without_next]))
def test_a_pull_that_was_cut_goes_on_where_it_stood(
    count: int, limit: int, pages: int, change: Callable[..., None] | None
) -> None:
    collection = filled(count)
    found: list[str] = []
    cursor: Cursor | None = None
    for number, page in enumerate(pull(Line(served(collection), change), LOG, limit=limit)):
        if number == pages:
            break
        found += [f"{each.id} {each.version}" for each in page.objects]
        cursor = read_cursor(page.cursor.write())
    rest, _ = pulled(Line(served(collection), change), cursor, limit)
    assert found + rest == held(collection)


def test_a_failing_line_is_told_as_one_that_may_be_tried_again() -> None:
    line = Line(served(filled(5)), failing=1)
    with pytest.raises(LineError) as caught:
        pulled(line)
    assert caught.value.problem.code == "exchange.sync.line"
    assert len(pulled(line)[0]) == 5


def test_a_next_that_the_server_no_longer_knows_is_given_up_for_the_date() -> None:
    collection = filled(9)
    pages = pull(Line(served(collection)), LOG, limit=4)
    first = next(pages)
    server = served(collection)
    server.settings = type(server.settings)(bytes(reversed(range(32))))  # another key, as after a loss
    rest, _ = pulled(Line(server), first.cursor, 4)
    assert [f"{each.id} {each.version}" for each in first.objects] + rest == held(collection)


def test_superseded_versions_come_too() -> None:
    collection = filled(1)
    collection.append(identity(0, START + SECOND))
    assert len(pulled(Line(served(collection)))[0]) == 2


class Scripted:
    """A line that always answers one thing."""

    def __init__(self, body: Any, headers: dict[str, str]) -> None:
        self.reply = Reply(200, body if isinstance(body, bytes) else json.dumps(body).encode(), headers)
        self.asked = 0

    def get(self, url: str, query: Any = ()) -> Reply:
        self.asked += 1
        return self.reply


def taxii(body: Any, headers: dict[str, str] | None = None) -> Scripted:
    return Scripted(body, {"content-type": "application/taxii+json;version=2.1"} | (headers or {}))


@pytest.mark.parametrize("objects", [[], [{"id": "note--1", "created": "c"}]])
def test_a_server_that_goes_round_in_a_circle_is_left(objects: list[Any]) -> None:
    line = taxii({"more": True, "next": "again", "objects": objects})
    with refused("exchange.sync.stuck"):
        pulled(line)
    assert line.asked <= MOST_BARREN + 2


def test_a_server_with_more_but_neither_next_nor_dates_is_an_error() -> None:
    with refused("exchange.sync.stuck"):
        pulled(taxii({"more": True, "objects": [{"id": "note--1", "created": "c"}]}))


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", [], {"objects": 1}, {"more": "yes"}, {"more": True, "next": 7},
     {"more": True, "next": ""}, {"more": True, "next": "x" * 20_000}, b'{"objects":' + b"[" * 50_000],
)  # fmt: skip
def test_what_is_no_envelope_is_refused(body: Any) -> None:
    with refused("exchange.sync.refused"):
        pulled(taxii(body))


def test_what_is_no_object_is_told_and_the_rest_is_taken() -> None:
    (page,) = pull(taxii({"more": False, "objects": [7, {"id": "note--1", "created": "c"}, {"id": None}]}), LOG)
    assert [each.id for each in page.objects] == ["note--1"]
    assert page.rejected == (b"7", b'{"id": null}')


def test_a_date_that_cannot_be_read_is_refused() -> None:
    with refused("exchange.sync.refused"):
        pulled(taxii({"objects": []}, {"x-taxii-date-added-last": "2026-11-20"}))


def test_a_reply_of_another_media_type_is_refused() -> None:
    with refused("exchange.sync.refused"):
        pulled(Scripted({}, {"content-type": "text/html"}))


@pytest.mark.parametrize("body", [[], {"api_roots": 1}, {"api_roots": [1]}, {"api_roots": ["x"] * 101}, b"{", b"\xff"])
def test_a_discovery_of_another_form_is_refused(body: Any) -> None:
    with refused("exchange.sync.refused"):
        discover(taxii(body), f"{NODE}/taxii2/")


@pytest.mark.parametrize(
    "found", [1, [1], [{}], [{"id": 1}], [{"id": ""}], [{"id": "../x"}], [{"id": "a/b"}], [{}] * 10_001]
)
def test_collections_of_another_form_are_refused(found: Any) -> None:
    with refused("exchange.sync.refused"):
        list_collections(taxii({"collections": found}), f"{NODE}/api/")


def test_as_many_collections_as_a_server_may_have_are_listed() -> None:
    assert len(list_collections(taxii({"collections": [{"id": "log"}] * 10_000}), f"{NODE}/api/")) == 10_000


def test_a_root_may_be_named_from_the_servers_own_root_on() -> None:
    assert discover(taxii({"api_roots": ["/api", f"{NODE}/other/"]}), f"{NODE}/taxii2/") == (
        f"{NODE}/api/",
        f"{NODE}/other/",
    )


def test_a_collection_can_be_read_only_where_its_server_says_so() -> None:
    (found,) = list_collections(taxii({"collections": [{"id": "log", "can_read": "yes"}]}), f"{NODE}/api/")
    assert (found.can_read, found.can_write, found.title) == (False, False, "log")


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_failure_that_may_pass_may_be_tried_again(status: int) -> None:
    error = failure(status, {"retry-after": "7"}, NOW)
    assert isinstance(error, LineError)
    assert error.retry_after == 7


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 406, 409, 426, 430, 501, 505])
def test_a_refusal_is_not_tried_again_without_a_person(status: int) -> None:
    error = failure(status, {}, NOW)
    assert not isinstance(error, LineError)
    assert error.problem.code == "exchange.sync.refused"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("120", 120), ("999999", 3_600), ("Fri, 20 Nov 2026 09:31:00 GMT", 60), ("", None), ("soon", None),
     ("Fri, 20 Nov 2026 09:00:00 GMT", 0), ("Fri, 20 Nov 2027 09:00:00 GMT", 3_600), ("-5", None), ("٣", None)],
)  # fmt: skip
def test_a_wait_is_read_in_both_forms_and_bounded(text: str, seconds: int | None) -> None:
    assert retry_after(text, NOW) == seconds


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"after":1,"following":null,"until":null,"seen":[]}', "null"])
def test_a_cursor_of_another_form_is_refused(text: str) -> None:
    with refused("exchange.sync.cursor"):
        read_cursor(text)
