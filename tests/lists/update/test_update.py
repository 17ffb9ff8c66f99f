"""Updating a list from a publisher that fails in every way: the last good version stays until a better one is there."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tahaluf.domain import FetchError, InputError
from tahaluf.lists import read
from tahaluf.lists.update import load_sources, update
from tahaluf.lists.update.sources import choose_sources
from tests.lists import samples
from tests.lists.update.server import endless, redirect, send, stall, trickle

GOOD = samples.UN.encode()
NEWER = GOOD.replace(b"2030-05-06", b"2030-06-07").replace(b"MARIUS", b"MARIO")


def test_a_first_download_becomes_the_current_version(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD, headers={"ETag": '"one"'})]
    result = update(source, store, policy)
    assert (result.changed, result.version.count, result.version.published_on) == (True, 3, "2030-05-06")
    assert result.path.read_bytes() == GOOD
    assert [item.id for item in read(result.path)] == ["un-101", "un-102", "un-103"]
    assert [item.etag for item in store.versions("un")] == ['"one"']
    assert sorted(item.name for item in (store.directory / "un").iterdir()) == [
        "current.xml",
        "manifest.json",
        "versions",
    ]


def test_what_the_server_said_is_asked_for_the_next_time(publisher, source, store, policy) -> None:
    publisher.answers = [
        send(GOOD, headers={"ETag": '"one"', "Last-Modified": "Mon, 06 May 2030 00:00:00 GMT"}),
        send(b"", 304),
    ]
    update(source, store, policy)
    assert not update(source, store, policy).changed
    assert publisher.requests[1]["If-None-Match"] == '"one"'
    assert publisher.requests[1]["If-Modified-Since"] == "Mon, 06 May 2030 00:00:00 GMT"


def test_the_same_content_is_nothing_new(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD), send(GOOD, headers={"ETag": '"two"'})]
    update(source, store, policy)
    result = update(source, store, policy)
    assert (result.changed, result.version.etag, len(store.versions("un"))) == (False, '"two"', 1)


def test_versions_are_kept_up_to_a_number(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD.replace(b"2030-05-06", f"2030-05-{day:02d}".encode())) for day in range(1, 6)]
    for _ in range(5):
        update(source, store, policy, keep=3)
    kept = [item.file for item in store.versions("un")]
    assert [name[:10] for name in kept] == ["2030-05-03", "2030-05-04", "2030-05-05"]
    assert sorted(item.name for item in (store.directory / "un" / "versions").iterdir()) == kept
    assert b"2030-05-05" in store.current("un").read_bytes()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (send(GOOD, length=len(GOOD) + 10), "lists.fetch.broken"),
        (send(NEWER[: len(NEWER) // 2]), "lists.update.incomplete"),
        (send(NEWER.replace(b"2030-06-07", b"2029-01-01")), "lists.update.stale"),
        (send(NEWER.replace(b' dateGenerated="2030-06-07T00:00:00Z"', b"")), "lists.update.stale"),
        (send(b"<html><body>Maintenance</body></html>"), "lists.update.format"),
        (send(samples.SDN.encode()), "lists.update.format"),
        (send(b"<CONSOLIDATED_LIST dateGenerated='2031-01-01'></CONSOLIDATED_LIST>"), "lists.update.shrunk"),
        (send(b"<!DOCTYPE CONSOLIDATED_LIST>" + NEWER.partition(b"?>")[2]), "lists.update.format"),
        (send(b""), "lists.fetch.cut"),
        (send(b"no", 404), "lists.fetch.status"),
        (send(b"no", 503), "lists.fetch.status"),
        (redirect("http://example.org/list.xml"), "lists.fetch.insecure"),
        (redirect("https://example.org/list.xml"), "lists.fetch.host"),
        (redirect("file:///etc/passwd"), "lists.fetch.insecure"),
        (redirect("/again"), "lists.fetch.redirects"),
        (redirect("http://[bad"), "lists.fetch.address"),
    ],
)  # fmt: skip
def test_a_bad_answer_leaves_the_last_good_version(publisher, source, store, policy, answer, code) -> None:
    publisher.answers = [send(GOOD)]
    update(source, store, policy)
    before = (store.directory / "un" / "manifest.json").read_bytes()
    publisher.answers = [answer]
    with pytest.raises(FetchError) as refused:
        update(source, store, policy)
    assert refused.value.problem.code == code
    assert refused.value.problem.where.item == "un"
    assert store.current("un").read_bytes() == GOOD
    assert (store.directory / "un" / "manifest.json").read_bytes() == before
    assert len(list((store.directory / "un" / "versions").iterdir())) == 1


def test_a_fault_that_passes_is_tried_again_with_growing_pauses(publisher, source, store, policy, pauses) -> None:
    publisher.answers = [send(b"", 500), send(GOOD, length=len(GOOD) + 5), send(GOOD)]
    assert update(source, store, policy).changed
    assert pauses == [2.0, 4.0]


def test_a_fault_that_does_not_pass_is_not_tried_again(publisher, source, store, policy, pauses) -> None:
    publisher.answers = [send(b"", 404)]
    with pytest.raises(FetchError) as refused:
        update(source, store, policy)
    assert (refused.value.permanent, pauses, len(publisher.requests)) == (True, [], 1)


def test_a_server_that_stops_sending_is_given_up(publisher, source, store, policy) -> None:
    publisher.answers = [stall(publisher)]
    with pytest.raises(FetchError, match=r"lists\.fetch\.broken"):
        update(source, store, replace(policy, read_seconds=0.1, tries=1))
    assert not store.current("un").exists()


def test_a_body_that_comes_too_slowly_is_given_up(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD)]
    clock = itertools.count(0.0, 400.0)
    with pytest.raises(FetchError, match=r"lists\.fetch\.too-slow"):
        update(source, store, replace(policy, total_seconds=300.0, clock=lambda: next(clock), tries=1))


HEADERS = b"HTTP/1.0 200 OK\r\n"
WITHOUT_END = HEADERS + b"X-Slow: " + b"x" * 5000


@pytest.mark.parametrize(
    "answer", [HEADERS + b"\r\n" + GOOD * 3, WITHOUT_END, HEADERS + b"Content-Length: 9999\r\n\r\n" + GOOD * 3],
    ids=["body", "headers", "body of a length"],
)  # fmt: skip
def test_an_answer_that_trickles_is_given_up_when_its_time_is_over(publisher, source, store, policy, answer) -> None:
    publisher.answers = [trickle(publisher, answer)]
    with pytest.raises(FetchError, match=r"lists\.fetch\.too-slow"):
        update(source, store, replace(policy, total_seconds=0.5, read_seconds=0.3))
    assert len(publisher.requests) == 1
    assert not store.current("un").exists()


def test_a_body_without_end_is_given_up(publisher, source, store, policy) -> None:
    publisher.answers = [endless(b"x" * 65536, 1000)]
    with pytest.raises(FetchError, match=r"lists\.fetch\.too-large"):
        update(source, store, replace(policy, max_bytes=1 << 20))


def test_a_body_announced_too_large_is_not_even_read(publisher, source, store, policy) -> None:
    publisher.answers = [send(b"x", length=1 << 40)]
    with pytest.raises(FetchError, match=r"lists\.fetch\.too-large"):
        update(source, store, policy)


def test_no_server_at_all_is_a_fetch_error(source, store, policy) -> None:
    gone = replace(source, url="http://127.0.0.1:9/list.xml")
    with pytest.raises(FetchError, match=r"lists\.fetch\.broken"):
        update(gone, store, policy)


def test_plain_http_is_refused_unless_asked_for_and_local(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD)]
    with pytest.raises(FetchError, match=r"lists\.fetch\.insecure"):
        update(source, store, replace(policy, loopback_http=False))
    with pytest.raises(FetchError, match=r"lists\.fetch\.insecure"):
        update(replace(source, url="http://example.org/", hosts=("example.org",)), store, policy)
    assert publisher.requests == []


def test_a_redirect_to_an_allowed_host_is_followed(publisher, source, store, policy) -> None:
    publisher.answers = [redirect("/elsewhere/list.xml"), send(GOOD)]
    assert update(source, store, policy).changed


def test_a_damaged_manifest_is_an_error_and_not_a_fresh_start(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD)]
    update(source, store, policy)
    (store.directory / "un" / "manifest.json").write_text("{")
    with pytest.raises(InputError, match=r"lists\.update\.manifest"):
        update(source, store, policy)


def test_all_known_sources_are_https_and_allow_their_own_host() -> None:
    sources = load_sources()
    assert {"un", "ofac_sdn", "ofac_cons"} <= sources.keys()
    for source in sources.values():
        assert source.url.startswith("https://")
        assert source.allows(source.url.split("/")[2])
        assert not source.allows("evil.example.org")
        assert source.least > 100


def test_a_file_overrides_addresses_and_a_name_may_mean_two_lists(tmp_path: Path) -> None:
    overrides = tmp_path / "sources.json"
    overrides.write_text(json.dumps({"un": {"url": "https://mirror.example.org/un.xml"}}))
    known = load_sources(overrides)
    assert known["un"].url == "https://mirror.example.org/un.xml"
    assert known["un"].allows("mirror.example.org")
    assert [source.name for source in choose_sources(("ofac", "un"), known)] == ["ofac_sdn", "ofac_cons", "un"]
    with pytest.raises(InputError, match=r"lists\.update\.unknown"):
        choose_sources(("nowhere",), known)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"un": 3}',
        '{"new": {}}',
        '{"un": {"format": "odd"}}',
        '{"un": {"least": "few"}}',
        '{"un": {"url": "https://[x"}}',
    ],
)
def test_malformed_overrides_are_an_input_error(tmp_path: Path, text: str) -> None:
    overrides = tmp_path / "sources.json"
    overrides.write_text(text)
    with pytest.raises(InputError, match=r"lists\.update\.sources"):
        load_sources(overrides)
