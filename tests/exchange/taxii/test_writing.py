"""Posting, status and deleting, where a collection lets one."""

from datetime import timedelta
from typing import Any

import pytest

from tahaluf.exchange.taxii.envelope import StixObject, join_envelope
from tahaluf.exchange.taxii.server import About, Outcome, Posting, Request, Response, Root, TaxiiServer
from tests.exchange.taxii.asking import HEADERS, LOG, TAXII, ask, by_date, by_next, shown
from tests.exchange.taxii.memory import READER, START, MemoryCollection, filled, identity, served
from tests.exchange.taxii.test_server import OTHER, refused

SECOND = timedelta(seconds=1)


def inbox(**about: Any) -> MemoryCollection:
    """An empty collection that takes objects, whose clock stands still."""
    opened = {"can_write": True, "can_delete": True} | about
    return MemoryCollection(About("log", "Inbox", **opened), lambda: START)


def post(server: TaxiiServer, *objects: StixObject, principal: str = READER) -> Response:
    body = join_envelope((each.data for each in objects), False, None)
    return ask(server, LOG + "objects/", principal, method="POST", body=body)


def test_what_is_posted_is_served_in_the_same_bytes_and_its_status_says_so() -> None:
    server = served(inbox())
    posting = shown(post(server, identity(0), identity(1)), 202)
    assert (posting["status"], posting["success_count"], posting["total_count"]) == ("complete", 2, 2)
    assert [each["id"] for each in posting["successes"]] == [identity(0).id, identity(1).id]
    assert not {"failures", "pendings"} & set(posting)
    assert shown(ask(server, f"/api/status/{posting['id']}/")) == posting
    assert identity(0).data + b"," + identity(1).data in ask(server, LOG + "objects/").body


def test_a_thousand_objects_in_one_post_each_have_a_date_of_their_own() -> None:
    server = served(inbox())
    post(server, *map(identity, range(1_000)))
    ids = [each["id"] for each in by_date(server, LOG + "objects/", limit=99)]
    assert ids == [identity(number).id for number in range(1_000)]


def test_a_status_is_shown_to_nobody_who_may_not_see_its_collection() -> None:
    server = served(inbox(), log={READER})
    posting = shown(post(server, identity(0)), 202)
    refused(ask(server, f"/api/status/{posting['id']}/", OTHER), 404, "not_found")
    refused(ask(server, "/api/status/none/"), 404, "not_found")


def test_a_status_says_of_each_object_what_became_of_it_and_why() -> None:
    collection = inbox()
    done, failed, waits = Outcome("a--1", "v1"), Outcome("a--2", "v2", "too large"), Outcome("a--3", "v3")
    collection.postings["p"] = Posting("p", "pending", START, (done,), (failed,), (waits, waits))
    assert shown(ask(served(collection), "/api/status/p/")) == {
        "id": "p",
        "status": "pending",
        "request_timestamp": "2026-11-20T09:30:00.000000Z",
        "total_count": 4,
        "success_count": 1,
        "successes": [{"id": "a--1", "version": "v1"}],
        "failure_count": 1,
        "failures": [{"id": "a--2", "version": "v2", "message": "too large"}],
        "pending_count": 2,
        "pendings": [{"id": "a--3", "version": "v3"}] * 2,
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"objects":[]}',
        b'{"objects":[{}]}',
        b'{"objects":[{"id":"a"},1]}',
        identity(0).data,
        b"\xff",
    ],
)
def test_what_is_no_envelope_of_objects_is_not_taken(body: bytes) -> None:
    collection = inbox()
    message = refused(ask(served(collection), LOG + "objects/", method="POST", body=body), 422, "envelope")
    assert "While processing supplied content, an error occurred" in message["description"]
    assert collection.size() == 0


@pytest.mark.parametrize(
    "media", ["", "application/json", "application/taxii+json;version=2.0", "application/stix+json"]
)
def test_another_media_type_is_not_taken(media: str) -> None:
    request = Request("POST", LOG + "objects/", (), {"accept": TAXII, "content-type": media}, b"{}")
    refused(served(inbox()).answer(request, READER), 415, "media_type")


def test_a_body_over_the_roots_bound_is_refused_before_it_is_looked_at() -> None:
    server = served(inbox())
    server.collections.roots["api"].root = Root("Root", max_content_length=10)  # type: ignore[attr-defined]
    request = Request("POST", LOG + "objects/", (), HEADERS)
    assert server.most_body(request, READER) == 10
    refused(ask(server, LOG + "objects/", method="POST", body=b"x" * 11), 413, "size")
    refused(ask(server, LOG + "objects/", method="POST", body=b"x" * 10), 422, "envelope")


def test_no_body_need_be_read_of_who_may_post_nothing_or_of_what_is_no_post() -> None:
    server = served(inbox())
    assert server.most_body(Request("POST", LOG + "objects/"), None) == 0
    assert server.most_body(Request("GET", LOG + "objects/"), READER) == 0
    assert server.most_body(Request("POST", "/nothing/"), READER) == 0


def test_a_log_takes_nothing_and_deletes_nothing() -> None:
    collection = filled(2)
    server = served(collection)
    refused(post(server, identity(7)), 403, "write")
    refused(ask(server, f"{LOG}objects/{identity(0).id}/", method="DELETE"), 403, "delete")
    assert len(by_next(server, LOG + "objects/")) == 2


def test_an_inbox_that_lets_nothing_be_deleted_says_so() -> None:
    server = served(inbox(can_delete=False))
    post(server, identity(0))
    refused(ask(server, f"{LOG}objects/{identity(0).id}/", method="DELETE"), 403, "delete")


def test_what_may_be_posted_to_may_not_be_deleted_from_unless_it_says_so() -> None:
    server = served(MemoryCollection(About("log", "Inbox", can_write=True)))
    post(server, identity(0))
    refused(ask(server, f"{LOG}objects/{identity(0).id}/", method="DELETE"), 403, "delete")


def test_where_one_neither_reads_nor_writes_a_delete_tells_nothing() -> None:
    server = served(filled(1, can_read=False))
    refused(ask(server, f"{LOG}objects/{identity(0).id}/", method="DELETE"), 404, "not_found")


def test_the_newest_version_is_deleted_unless_others_are_asked_for() -> None:
    server = served(inbox())
    versions = [identity(0, START + number * SECOND) for number in range(4)]
    post(server, *versions)
    path = f"{LOG}objects/{identity(0).id}/"
    assert ask(server, path, method="DELETE").status == 200
    assert shown(ask(server, path + "versions/"))["versions"] == [each.version for each in versions[:3]]
    assert ask(server, path, method="DELETE", match_version=f"first,{versions[1].version}").status == 200
    assert shown(ask(server, path + "versions/"))["versions"] == [versions[2].version]
    assert ask(server, path, method="DELETE", match_version="all").status == 200
    refused(ask(server, path), 404, "not_found")


def test_a_delete_that_chooses_nothing_is_not_found() -> None:
    server = served(inbox())
    post(server, identity(0))
    path = f"{LOG}objects/{identity(0).id}/"
    refused(ask(server, path, method="DELETE", match_spec_version="2.0"), 404, "not_found")
    refused(ask(server, LOG + "objects/identity--0/", method="DELETE"), 404, "not_found")
    assert ask(server, path).status == 200


def test_a_number_is_not_given_again_after_a_delete() -> None:
    server = served(inbox())
    post(server, identity(0), identity(1))
    ask(server, f"{LOG}objects/{identity(1).id}/", method="DELETE")
    before = ask(server, LOG + "objects/").headers["X-TAXII-Date-Added-Last"]
    post(server, identity(2))
    later = by_date(server, LOG + "objects/", added_after=before)
    assert [each["id"] for each in later] == [identity(2).id]
