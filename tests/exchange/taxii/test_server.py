"""What the server says, to whom, and how it refuses."""

import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.taxii.server import Request, Settings, TaxiiServer
from tests.exchange.taxii.asking import HEADERS, LOG, TAXII, ask, by_next, shown, unhurried
from tests.exchange.taxii.memory import KEY, READER, filled, identity, served

OTHER = "customs.caldera.example"
OBJECT = f"{LOG}objects/{identity(0).id}/"
PATHS = [
    "/taxii2/",
    "/api/",
    "/api/collections/",
    LOG,
    LOG + "objects/",
    LOG + "manifest/",
    OBJECT,
    OBJECT + "versions/",
]


def refused(response: Any, status: int, code: str) -> dict[str, str]:
    """The error message of a refusal."""
    message = shown(response, status)
    assert message["http_status"] == str(status)
    assert message["error_code"] == f"exchange.taxii.{code}"
    assert message["title"]
    assert message["description"]
    return message  # type: ignore[no-any-return]


def test_discovery_names_the_roots_and_a_root_its_bound() -> None:
    server = served(filled(1))
    assert shown(ask(server, "/taxii2/"))["api_roots"] == ["https://node.example/api/"]
    root = shown(ask(server, "/api/"))
    assert (root["versions"], root["max_content_length"]) == ([TAXII], 104_857_600)


def test_a_collection_is_shown_alone_as_in_the_list() -> None:
    server = served(filled(1))
    assert shown(ask(server, "/api/collections/"))["collections"] == [shown(ask(server, LOG))]
    assert shown(ask(server, "/api/collections/"))["collections"][0]["can_write"] is False


def test_who_may_see_no_collection_gets_an_empty_object() -> None:
    assert shown(ask(served(filled(1), log={OTHER}), "/api/collections/")) == {}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_known_with_and_without_its_last_slash(path: str) -> None:
    server = served(filled(1))
    assert ask(server, path).status == 200
    assert ask(server, path.rstrip("/")) == ask(server, path)


@pytest.mark.parametrize("path", [*PATHS, "/nothing/"])
def test_who_does_not_say_who_he_is_learns_nothing(path: str) -> None:
    response = ask(served(filled(1)), path, None)
    refused(response, 401, "unauthorized")
    assert response.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    "rest", ["", "objects/", "manifest/", f"objects/{identity(0).id}/", "objects/x/versions/", "x/"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH"])
def test_what_one_may_not_see_is_answered_as_if_there_were_none(rest: str, method: str) -> None:
    hidden = ask(served(filled(2), log={OTHER}), LOG + rest, method=method)
    absent = ask(served(filled(2, "other")), LOG + rest, method=method)
    assert hidden == absent
    refused(hidden, 404, "not_found")


def test_only_what_one_may_see_is_listed() -> None:
    server = served(filled(1), filled(1, "other"), log={OTHER})
    assert [each["id"] for each in shown(ask(server, "/api/collections/"))["collections"]] == ["other"]
    both = shown(ask(server, "/api/collections/", OTHER))["collections"]
    assert [each["id"] for each in both] == ["log", "other"]


@pytest.mark.parametrize(
    "path",
    ["", "/", "//", "/api//collections/", "/taxii2/x/", "/api/collections/log/objects/x/y/", "/api/x/", "/nothing/",
     "/api/status/x/y/", "/api/collections/log/manifest/x/", "/" + "x" * 3_000, "/api/collections/../collections/"],
)  # fmt: skip
def test_any_other_path_is_not_found(path: str) -> None:
    refused(ask(served(filled(1)), path), 404, "not_found")


@pytest.mark.parametrize("path", PATHS)
def test_a_method_that_a_resource_does_not_know_is_refused_with_those_it_knows(path: str) -> None:
    response = ask(served(filled(1)), path, method="PATCH")
    refused(response, 405, "method")
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    "accept",
    [TAXII, "application/taxii+json", "text/html, application/taxii+json; version=2.1",
     "Application/TAXII+JSON;Version=2.1", 'application/taxii+json;version="2.1"', f"{TAXII[:-1]}0,{TAXII};q=0.1"],
)  # fmt: skip
def test_whoever_accepts_taxii_21_is_answered(accept: str) -> None:
    request = Request("GET", "/taxii2/", (), {"accept": accept})
    assert served(filled(1)).answer(request, READER).status == 200


@pytest.mark.parametrize(
    "accept",
    ["", "text/html", "application/json", "application/taxii+json;version=2.0", f"{TAXII};q=0", f"{TAXII};q=0.000",
     "application/vnd.oasis.stix+json", "x" * 5_000 + "," + TAXII],
)  # fmt: skip
def test_whoever_does_not_is_refused(accept: str) -> None:
    refused(served(filled(1)).answer(Request("GET", "/taxii2/", (), {"accept": accept}), READER), 406, "not_acceptable")


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"}, {"limit": "-1"}, {"limit": "x"}, {"limit": ""}, {"limit": "1.5"}, {"limit": "٣"},
        {"limit": "9" * 10}, {"added_after": "yesterday"}, {"added_after": "2026-11-20"}, {"match_version": "newest"},
        {"match_version": ""}, {"match_id": "a,,b"}, {"match_colour": "red"}, {"match_id": "x" * 30_000},
        {"match_id": ",".join(map(str, range(300)))},
    ],
    ids=str,
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_refused(query: dict[str, Any]) -> None:
    refused(ask(served(filled(1)), LOG + "objects/", **query), 400, "filter")


def test_a_filter_given_twice_is_refused() -> None:
    request = Request("GET", LOG + "objects/", [("limit", "1"), ("limit", "2")], HEADERS)
    refused(served(filled(1)).answer(request, READER), 400, "filter")


def test_parameters_of_other_names_are_passed_over() -> None:
    assert ask(served(filled(1)), LOG + "objects/", page="7").status == 200


def test_a_page_bears_the_dates_of_its_first_and_last_object() -> None:
    response = ask(served(filled(5)), LOG + "objects/", limit=3)
    assert response.headers["X-TAXII-Date-Added-First"] == "2026-11-20T09:30:00.000000Z"
    assert response.headers["X-TAXII-Date-Added-Last"] == "2026-11-20T09:30:02.000000Z"


def test_an_empty_page_bears_no_dates() -> None:
    response = ask(served(filled(0)), LOG + "objects/")
    assert response.body == b"{}"
    assert not response.headers


def test_what_a_page_needs_beside_it_comes_after_it_and_counts_toward_no_limit() -> None:
    collection = filled(3)
    collection.beside = (b'{"id":"marking-definition--1"}',)
    page = shown(ask(served(collection), LOG + "objects/", limit=2))
    assert [each["id"] for each in page["objects"]] == [identity(0).id, identity(1).id, "marking-definition--1"]
    assert shown(ask(served(collection), LOG + "objects/", added_after="2027-01-01T00:00:00Z")) == {}


@pytest.mark.parametrize("rest", ["", "versions/"])
def test_an_object_that_is_not_there_is_not_found_and_one_that_is_filtered_out_is_an_empty_page(rest: str) -> None:
    server = served(filled(1))
    refused(ask(server, f"{LOG}objects/identity--0/{rest}"), 404, "not_found")
    assert shown(ask(server, OBJECT + rest, match_spec_version="2.0")) == {}


@pytest.mark.parametrize("rest", ["objects/", "manifest/", f"objects/{identity(0).id}/"])
def test_a_collection_that_is_not_read_from_says_so(rest: str) -> None:
    refused(ask(served(filled(1, can_read=False)), LOG + rest), 403, "read")


def a_next(server: TaxiiServer, path: str = LOG + "objects/", **query: Any) -> str:
    return str(shown(ask(server, path, **query))["next"])


@unhurried
@given(st.integers(0, 31), st.characters(codec="ascii"))
def test_a_next_with_any_letter_changed_is_refused(place: int, letter: str) -> None:
    server = served(filled(3))
    right = a_next(server, limit=1)
    forged = right[:place] + letter + right[place + 1 :]
    if forged != right:
        refused(ask(server, LOG + "objects/", limit=1, next=forged), 400, "next")


def test_a_next_is_32_letters_that_need_no_escaping() -> None:
    given = a_next(served(filled(3)), limit=1)
    assert len(given) == 32
    assert set(given) <= set(string.ascii_letters + string.digits + "-_")


@pytest.mark.parametrize("spelled", ["{}=", "{}==", "{}!", " {}", "{}\n", "!{}", "{}AAAA"])
def test_a_next_in_another_spelling_is_refused(spelled: str) -> None:
    server = served(filled(3))
    refused(ask(server, LOG + "objects/", limit=1, next=spelled.format(a_next(server, limit=1))), 400, "next")


def test_a_next_in_the_other_alphabet_of_base64_is_refused() -> None:
    collection = filled(200)
    server = served(collection)
    spelled = [a_next(server, limit=limit) for limit in range(1, 100)]
    others = [(text, text.replace("-", "+").replace("_", "/")) for text in spelled]
    assert any(text != other for text, other in others)
    for text, other in others:
        assert ask(server, LOG + "objects/", next=other).status == (200 if text == other else 400)


@pytest.mark.parametrize("forged", ["", "1", "AAAA", "é", "A" * 32, "A" * 3_000])
def test_a_made_up_next_is_refused(forged: str) -> None:
    refused(ask(served(filled(3)), LOG + "objects/", next=forged), 400, "next")


def test_a_next_is_good_for_its_filters_resource_collection_and_principal_alone() -> None:
    server = served(filled(4), filled(4, "other"))
    given = a_next(server, limit=2, match_version="all")
    assert ask(server, LOG + "objects/", next=given, match_version="all", limit=1).status == 200
    others: list[tuple[str, str, dict[str, Any]]] = [
        (LOG + "objects/", READER, {"match_version": "first"}),
        (LOG + "objects/", READER, {}),
        (LOG + "objects/", READER, {"match_version": "all", "added_after": "2026-01-01T00:00:00Z"}),
        (LOG + "objects/", OTHER, {"match_version": "all"}),
        (LOG + "manifest/", READER, {"match_version": "all"}),
        (OBJECT, READER, {"match_version": "all"}),
        ("/api/collections/other/objects/", READER, {"match_version": "all"}),
    ]
    for path, principal, query in others:
        refused(ask(server, path, principal, next=given, **query), 400, "next")


def test_a_next_of_another_key_is_refused_and_of_the_same_key_is_good_at_another_worker() -> None:
    collection = filled(3)
    given = a_next(served(collection), limit=1)
    assert len(by_next(served(collection), LOG + "objects/", limit=1, next=given)) == 2
    other = TaxiiServer(served(collection).collections, Settings(KEY[::-1]))
    refused(ask(other, LOG + "objects/", limit=1, next=given), 400, "next")


def test_a_key_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Settings(b"short")
    with pytest.raises(ValueError, match="page"):
        Settings(KEY, page=0)


def test_a_manifest_says_id_version_date_and_media_type() -> None:
    assert shown(ask(served(filled(1)), LOG + "manifest/")) == {
        "more": False,
        "objects": [
            {
                "id": identity(0).id,
                "date_added": "2026-11-20T09:30:00.000000Z",
                "version": identity(0).version,
                "media_type": "application/stix+json;version=2.1",
            }
        ],
    }


def test_a_response_is_never_kept_on_the_way() -> None:
    headers = ask(served(filled(1)), LOG + "objects/").sent_headers()
    assert headers["Cache-Control"] == "no-store"


@unhurried
@given(st.text(max_size=30), st.lists(st.tuples(st.sampled_from(["limit", "next", "match[id]"]), st.text(max_size=9))))
def test_whatever_is_asked_is_answered_in_taxii(rest: str, query: list[tuple[str, str]]) -> None:
    for path in (LOG + "objects/" + rest, LOG + rest, "/" + rest):
        response = served(filled(2)).answer(Request("GET", path, query, HEADERS), READER)
        assert response.status in (200, 400, 404)
        assert isinstance(json.loads(response.body), dict)
