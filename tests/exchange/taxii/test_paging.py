"""Any mix of filters, limits and ways to go on gives each object that is asked for exactly once, in order."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.taxii.envelope import join_envelope, split_envelope
from tahaluf.exchange.taxii.server import Stub, paging
from tahaluf.exchange.taxii.server.paging import first_after
from tahaluf.exchange.taxii.times import TICK, parse_timestamp, write_timestamp
from tests.exchange.taxii.asking import LOG, ask, by_date, by_next, shown, unhurried
from tests.exchange.taxii.memory import START, MemoryCollection, filled, identity, served

SECOND = timedelta(seconds=1)
ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 5),  # which object
        st.integers(0, 4),  # which version of it
        st.sampled_from(["2.0", "2.1"]),
        st.sampled_from(["identity", "note"]),
        st.integers(0, 2),  # seconds since the entry before
    ),
    max_size=25,
    unique_by=lambda entry: (entry[0], entry[1], entry[3]),
)
VERSIONS = st.none() | st.sampled_from(
    ["all", "first", "last", "first,last", write_timestamp(START + SECOND), f"{write_timestamp(START)},last"]
)
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "match_version": VERSIONS.filter(bool),
        "match_spec_version": st.sampled_from(["2.0", "2.1", "2.0,2.1", "2.2"]),
        "match_type": st.sampled_from(["identity", "note", "identity,note", "url"]),
        "match_id": st.integers(0, 5).map(lambda number: f"{identity(number).id},note--{number}"),
        "added_after": st.integers(-1, 30).map(lambda seconds: write_timestamp(START + seconds * SECOND)),
    },
)


def made(entries: list[tuple[int, int, str, str, int]], deleted: set[int]) -> MemoryCollection:
    """Those entries, some of which were deleted since."""
    collection = filled(0)
    now = START
    for which, version, spec, type, later in entries:
        now += later * SECOND
        more = {"spec_version": spec} | ({"type": "note", "id": f"note--{which}"} if type == "note" else {})
        collection.append(identity(which, START + version * SECOND, **more), now)
    stubs = [entry[0] for entry in collection.entries if entry]
    collection.delete([stub for stub in stubs if stub.number in deleted])
    return collection


def expected(collection: MemoryCollection, query: dict[str, str]) -> list[Stub]:
    """What a query asks for, said slowly: of each object, by version of STIX, then by its own, then by date."""
    stubs = [entry[0] for entry in collection.entries if entry]
    specs = query["match_spec_version"].split(",") if "match_spec_version" in query else None
    words = query.get("match_version", "last").split(",")
    found: list[Stub] = []
    for id in {stub.id for stub in stubs}:
        own = [stub for stub in stubs if stub.id == id]
        newest = max(stub.spec_version for stub in own)
        own = [stub for stub in own if stub.spec_version in (specs or [newest])]
        own.sort(key=lambda stub: (parse_timestamp(stub.version), stub.number))
        times = {parse_timestamp(word) for word in words if word not in ("all", "first", "last")}
        chosen = {stub.number: stub for stub in own if "all" in words or parse_timestamp(stub.version) in times}
        for word, place in (("first", 0), ("last", -1)):
            if word in words and own:
                chosen[own[place].number] = own[place]
        found += chosen.values()
    types = query["match_type"].split(",") if "match_type" in query else None
    ids = query["match_id"].split(",") if "match_id" in query else None
    after = parse_timestamp(query["added_after"]) if "added_after" in query else None
    return sorted(
        (
            stub for stub in found
            if (not types or stub.id.partition("--")[0] in types)
            and (not ids or stub.id in ids)
            and (not after or stub.date_added > after)
        ),
        key=lambda stub: stub.number,
    )  # fmt: skip


@unhurried
@given(
    ENTRIES, st.sets(st.integers(0, 24), max_size=6), QUERIES, st.integers(1, 7), st.sampled_from([by_next, by_date])
)
def test_every_object_asked_for_comes_once_and_in_order(
    entries: list[tuple[int, int, str, str, int]],
    deleted: set[int],
    query: dict[str, str],
    limit: int,
    follow: Callable[..., list[Any]],
) -> None:
    collection = made(entries, deleted)
    server = served(collection)
    wanted = expected(collection, query)
    objects = follow(server, LOG + "objects/", limit=limit, **query)
    assert [(each["id"], each["modified"]) for each in objects] == [(stub.id, stub.version) for stub in wanted]
    manifest = follow(server, LOG + "manifest/", limit=limit, **query)
    assert [(each["id"], each["date_added"]) for each in manifest] == [
        (stub.id, write_timestamp(stub.date_added)) for stub in wanted
    ]


LATER = START + SECOND
VERSION = {START: "2026-11-20T09:30:00.000Z", LATER: "2026-11-20T09:30:01.000Z"}


@pytest.mark.parametrize(
    ("asked", "versions"),
    [("first", [START]), ("last", [LATER]), ("all", [START, LATER]), ("first,last", [START, LATER]),
     ("2026-11-20T09:30:00Z", [START]), ("2026-11-20T10:30:01.0+01:00", [LATER]),
     ("2026-11-20T09:30:00Z,last", [START, LATER]),
     ("2026-11-20T09:30:02Z", []), ("2026-11-20T09:30:02Z,first", [START])],
)  # fmt: skip
def test_versions_are_chosen_by_word_and_by_time_in_any_spelling(asked: str, versions: list[datetime]) -> None:
    collection = filled(0)
    for each in (identity(0, START), identity(0, LATER), identity(1, START)):
        collection.append(each)
    found = by_next(served(collection), LOG + "objects/", match_version=asked)
    assert [each["modified"] for each in found if each["id"] == identity(0).id] == [VERSION[at] for at in versions]
    alone = {"first", "last", "all", "2026-11-20T09:30:00Z"} & set(asked.split(","))
    assert [each["modified"] for each in found if each["id"] == identity(1).id] == [VERSION[START]] * bool(alone)


def test_an_older_version_that_is_added_later_is_not_the_last() -> None:
    collection = filled(0)
    collection.append(identity(0, LATER))
    collection.append(identity(0, START))
    (found,) = by_next(served(collection), LOG + "objects/")
    assert found["modified"] == VERSION[LATER]
    assert by_next(served(collection), LOG + "objects/", added_after=write_timestamp(collection.dates[0])) == []


def test_of_two_entries_of_one_version_the_one_added_later_is_the_last() -> None:
    collection = filled(0)
    for number in range(2):
        collection.append(identity(0, START), START + number * SECOND)
    (found,) = by_next(served(collection), LOG + "manifest/")
    assert found["date_added"] == write_timestamp(LATER)


def test_an_object_without_a_readable_version_stands_where_it_was_added() -> None:
    collection = filled(0)
    for word in ("once", "later"):
        spelled = identity(0).data.replace(b"2026-11-20T09:30:00.000Z", word.encode())
        collection.append(split_envelope(join_envelope([spelled], False, None)).objects[0])
    (found,) = by_next(served(collection), LOG + "objects/")
    assert found["modified"] == "later"


@unhurried
@given(ENTRIES, st.integers(0, 5), st.integers(1, 4), st.sampled_from([by_next, by_date]))
def test_all_versions_of_an_object_are_listed_once(
    entries: list[tuple[int, int, str, str, int]], which: int, limit: int, follow: Callable[..., list[Any]]
) -> None:
    collection = made(entries, set())
    id = identity(which).id
    wanted = expected(collection, {"match_id": id, "match_version": "all", "match_spec_version": "2.0,2.1"})
    path = f"{LOG}objects/{id}/versions/"
    if not wanted:
        assert ask(served(collection), path).status == 404
        return
    found = follow(served(collection), path, "versions", limit=limit, match_spec_version="2.0,2.1")
    assert found == [stub.version for stub in wanted]


@unhurried
@given(st.lists(st.integers(0, 3), max_size=40), st.integers(-1, 130))
def test_the_first_entry_after_a_date_is_found_as_by_looking_at_each(gaps: list[int], asked: int) -> None:
    collection = filled(0)
    now = START
    for number, gap in enumerate(gaps):
        now += gap * SECOND
        collection.append(identity(number), now)
    when = START + asked * SECOND
    slow = next((number for number, date in enumerate(collection.dates) if date > when), len(gaps))
    assert first_after(collection, when, len(gaps)) == slow


def test_a_date_is_found_in_a_million_entries_with_twenty_looks() -> None:
    class Counting:
        looks = 0

        def date_added(self, number: int) -> datetime:
            self.looks += 1
            return START + number * TICK

    counting = Counting()
    assert first_after(counting, START + 654_321 * TICK, 1_000_000) == 654_322  # type: ignore[arg-type]
    assert counting.looks <= 20


def test_no_page_is_longer_than_the_server_holds_a_page_to_be() -> None:
    page = shown(ask(served(filled(9), page=4), LOG + "objects/", limit=999_999_999))
    assert len(page["objects"]) == 4
    assert page["more"] is True


def test_what_is_added_while_pages_are_read_comes_on_later_pages() -> None:
    collection = filled(4)
    server = served(collection)
    page = shown(ask(server, LOG + "objects/", limit=3))
    collection.append(identity(9))
    rest = by_next(server, LOG + "objects/", limit=3, next=page["next"])
    ids = [each["id"] for each in chain(page["objects"], rest)]
    assert ids == [identity(number).id for number in (0, 1, 2, 3, 9)]


def test_what_is_superseded_while_pages_are_read_comes_as_its_new_version() -> None:
    collection = filled(5)
    server = served(collection)
    page = shown(ask(server, LOG + "objects/", limit=2))
    newer = identity(3, START + SECOND)
    collection.append(newer)
    rest = by_next(server, LOG + "objects/", limit=2, next=page["next"])
    ids = [each["id"] for each in chain(page["objects"], rest)]
    assert ids == [identity(number).id for number in (0, 1, 2, 4, 3)]
    assert rest[-1]["modified"] == newer.version


def test_a_page_ends_before_it_is_too_large_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_BYTES", 700)
    server = served(filled(7))
    first = ask(server, LOG + "objects/")
    assert len(first.body) < 1_000
    assert len(by_next(server, LOG + "objects/")) == len(by_date(server, LOG + "objects/")) == 7


def test_an_object_larger_than_a_page_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_BYTES", 10)
    assert len(by_next(served(filled(3)), LOG + "objects/")) == 3


@pytest.mark.parametrize("follow", [by_next, by_date])
def test_the_work_for_a_page_is_bounded_and_nothing_is_lost(
    follow: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST_LOOKED_AT", 130)
    collection = filled(0)
    for version in range(700):  # only the last of these is asked for
        collection.append(identity(1, START + version * SECOND))
    collection.append(identity(2))
    first = ask(served(collection), LOG + "objects/", limit=1)
    assert shown(first)["objects"] == []
    assert shown(first)["more"] is True
    ids = [each["id"] for each in follow(served(collection), LOG + "objects/", limit=1)]
    assert ids == [identity(1).id, identity(2).id]


@pytest.mark.parametrize("superseded", range(125, 132))
@pytest.mark.parametrize("follow", [by_next, by_date])
def test_nothing_is_lost_where_a_page_was_cut(
    superseded: int, follow: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST_LOOKED_AT", 128)
    collection = filled(0)
    for version in range(superseded):
        collection.append(identity(0, START + version * SECOND))
    for number in (1, 2, 3):
        collection.append(identity(number))
    collection.append(identity(0, START + superseded * SECOND))
    found = follow(served(collection), LOG + "objects/", limit=2)
    assert [each["id"] for each in found] == [identity(number).id for number in (1, 2, 3, 0)]


def test_a_page_that_was_cut_at_the_very_end_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_LOOKED_AT", 130)
    collection = filled(0)
    for version in range(2 * paging.LEAST_BATCH):
        collection.append(identity(1, START + version * SECOND))
    page = shown(ask(served(collection), LOG + "objects/", limit=7))
    assert (len(page["objects"]), page["more"]) == (1, False)


def test_what_goes_between_finding_and_reading_is_left_out() -> None:
    class Erasing(MemoryCollection):
        def read(self, stubs: Any) -> list[bytes | None]:
            self.entries[1] = None
            return list(super().read(stubs))

    collection = Erasing(filled(0).about)
    for number in range(3):
        collection.append(identity(number), START + number * SECOND)
    page = shown(ask(served(collection), LOG + "objects/"))
    assert [each["id"] for each in page["objects"]] == [identity(0).id, identity(2).id]


def test_bytes_of_objects_pass_through_as_they_are() -> None:
    collection = filled(6)
    body = ask(served(collection), LOG + "objects/").body
    stored = [entry[1] for entry in collection.entries if entry]
    assert body == b'{"more":false,"objects":[' + b",".join(stored) + b"]}"
