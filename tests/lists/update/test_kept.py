"""What replaces the last good version, and what a damaged one is replaced by."""

from dataclasses import replace

import pytest

from tahaluf.domain import FetchError
from tahaluf.lists.update import Store, update
from tests.lists import samples
from tests.lists.update.server import send

GOOD = samples.UN.encode()
NEWER = GOOD.replace(b"2030-05-06", b"2030-06-07").replace(b"MARIUS", b"MARIO")


@pytest.mark.parametrize("answer", [send(b"", 304), send(GOOD)], ids=["304", "same"])
def test_a_damaged_current_file_is_put_back_from_the_kept_versions(publisher, source, store, policy, answer) -> None:
    publisher.answers = [send(GOOD, headers={"ETag": '"one"'})]
    update(source, store, policy)
    with store.current("un").open("r+b") as stream:
        stream.write(b"damaged")
    publisher.answers = [answer]
    result = update(source, store, policy)
    assert [problem.code for problem in result.problems] == ["lists.update.restored"]
    assert (result.changed, store.current("un").read_bytes()) == (False, GOOD)
    assert update(source, store, policy).problems == ()


def damage(store: Store) -> None:
    for path in (store.current("un"), *(store.directory / "un" / "versions").iterdir()):
        path.write_bytes(path.read_bytes()[:-300])


def test_without_a_whole_kept_version_the_list_is_fetched_whatever_the_server_said(
    publisher, source, store, policy
) -> None:
    publisher.answers = [send(GOOD, headers={"ETag": '"one"'})]
    update(source, store, policy)
    damage(store)
    result = update(source, store, policy)
    assert "If-None-Match" not in publisher.requests[1]
    assert [problem.code for problem in result.problems] == ["lists.update.restored"]
    assert store.current("un").read_bytes() == GOOD
    assert [item.etag for item in store.versions("un")] == ['"one"']


def test_a_damaged_list_that_cannot_be_fetched_anew_is_told(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD), send(b"gone", 404)]
    update(source, store, policy)
    damage(store)
    with pytest.raises(FetchError, match=r"lists\.update\.damaged") as refused:
        update(source, store, policy)
    assert refused.value.problem.where.file == str(store.current("un"))


def test_the_current_file_is_not_the_kept_one(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD)]
    update(source, store, policy)
    (kept,) = (store.directory / "un" / "versions").iterdir()
    assert not kept.samefile(store.current("un"))


def test_a_first_download_with_too_few_listings_is_refused(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD)]
    with pytest.raises(FetchError, match=r"lists\.update\.shrunk"):
        update(replace(source, least=4), store, policy)
    assert not store.current("un").exists()


def test_a_list_of_the_future_is_refused_and_does_not_bar_those_of_today(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD.replace(b"2030-05-06", b"2999-01-01")), send(GOOD)]
    with pytest.raises(FetchError, match=r"lists\.update\.future"):
        update(source, store, policy)
    publisher.answers = [send(GOOD.replace(b"2030-05-06", b"2999-01-01")), send(GOOD)]
    update(source, store, policy, accept=True)
    assert update(source, store, policy).version.published_on == "2030-05-06"


def test_tomorrow_is_not_the_future(publisher, source, store, policy) -> None:
    publisher.answers = [send(GOOD.replace(b"2030-05-06", b"2030-06-08"))]
    assert update(source, store, policy).changed


@pytest.mark.parametrize(
    "answer",
    [
        send(NEWER.replace(b"2030-06-07", b"2029-01-01")),
        send(NEWER.replace(b"2030-06-07", b"2999-01-01")),
        send(b"<CONSOLIDATED_LIST><INDIVIDUALS>" + NEWER.partition(b"<INDIVIDUALS>")[2]),
    ],
)
def test_an_implausible_list_may_be_accepted_and_that_is_told(publisher, source, store, policy, answer) -> None:
    publisher.answers = [send(GOOD), answer]
    update(source, store, policy)
    result = update(source, store, policy, accept=True)
    assert result.changed
    assert [problem.code for problem in result.problems] == ["lists.update.accepted"]
    assert b"MARIO" in store.current("un").read_bytes()


@pytest.mark.parametrize(
    "body", [NEWER[: len(NEWER) // 2], samples.SDN.encode(), NEWER.replace(b"<DATAID>102", b"<X>")]
)
def test_a_broken_list_is_never_accepted(publisher, source, store, policy, body) -> None:
    publisher.answers = [send(GOOD), send(body)]
    update(source, store, policy)
    with pytest.raises(FetchError, match=r"lists\.update\.(?:incomplete|format)"):
        update(source, store, policy, accept=True)
    assert store.current("un").read_bytes() == GOOD
