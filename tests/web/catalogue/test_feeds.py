"""Feeds of changes: nothing is left out, who is no longer listed comes first, and nothing is sent twice in vain."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from tahaluf.web.accounts.models import Scope, User
from tahaluf.web.accounts.tokens import make_token
from tahaluf.web.catalogue import feeds
from tahaluf.web.catalogue.changes import ORDER, difference
from tahaluf.web.catalogue.models import ListSource, ListVersion
from tahaluf.web.catalogue.services import import_file
from tahaluf.web.catalogue.views.lists import ROWS

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
MakeList = Callable[..., Path]
ATOM = "{http://www.w3.org/2005/Atom}"
MANY = 230


def bring(path: Path, **told: Any) -> ListVersion:
    return import_file(path, file_name="watch.json", by=None, accept=True, **told)


@pytest.fixture
def much(make_list: MakeList) -> ListSource:
    """A list whose second version amends and adds many, and takes two away; a third adds one."""
    first = {f"p{i:03}": f"Person Number{i}" for i in range(MANY)}
    second = {key: [name, "Also Known"] for key, name in first.items()}
    del second["p228"], second["p229"]
    second |= {f"q{i}": f"Newcomer Number{i}" for i in range(5)}
    bring(make_list(**first))
    bring(make_list(**second))
    return bring(make_list(**second, z="Zaki Imran")).source


def pages_of(client: Client, address: str) -> list[list[dict[str, Any]]]:
    """Every page, by its links from the first on."""
    pages = []
    while address:
        page = client.get(address).json()
        pages.append(page["items"])
        address = page.get("next_url", "")
        assert len(pages) < 20
    return pages


def test_whoever_is_no_longer_listed_stands_first_however_much_else_has_changed(
    browse: Browse, analyst: User, much: ListSource
) -> None:
    page = pages_of(browse(analyst), reverse("catalogue:list_feed_json", args=["watch"]))[0]
    assert len(page) == feeds.MOST
    told = [item["_change"]["change"] for item in page]
    assert told[:8] == ["added", "removed", "removed", *["added"] * 5]
    assert {item["_change"]["listing"] for item in page[1:3]} == {"p228", "p229"}


def test_what_does_not_fit_on_a_page_is_on_the_next(browse: Browse, analyst: User, much: ListSource) -> None:
    pages = pages_of(browse(analyst), reverse("catalogue:list_feed_json", args=["watch"]))
    assert [len(page) for page in pages] == [200, 1 + 2 + 5 + 228 + 1 - 200]
    keys = [item["id"] for page in pages for item in page]
    assert len(set(keys)) == len(keys)
    assert keys[-1] == "watch:1"


def test_the_same_pages_are_linked_in_atom(browse: Browse, analyst: User, much: ListSource) -> None:
    client = browse(analyst)
    address, found = reverse("catalogue:feed"), 0
    for number in range(2):
        root = ET.fromstring(client.get(address).content)  # noqa: S314 (our own)
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links["first"] == f"http://testserver{reverse('catalogue:feed')}"
        assert links["self"].endswith(address.removeprefix("http://testserver"))
        assert ("next" in links) is (number == 0)
        found += len(root.findall(f"{ATOM}entry"))
        address = links.get("next") or ""
    assert found == 237


def test_old_versions_are_reached_however_many_there_are(
    browse: Browse, analyst: User, make_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST_VERSIONS", 3)
    monkeypatch.setattr(feeds, "MOST", 5)
    for number in range(1, 9):
        bring(make_list(**{f"p{i}": f"Person Number{i}" for i in range(number)}))
    pages = pages_of(browse(analyst), reverse("catalogue:feed_json"))
    assert [len(page) for page in pages] == [3, 3, 2]
    assert [item["_change"]["version"] for page in pages for item in page] == [8, 7, 6, 5, 4, 3, 2, 1]


def test_a_page_stays_what_it_was_when_newer_versions_come(
    browse: Browse, analyst: User, much: ListSource, make_list: MakeList
) -> None:
    client = browse(analyst)
    second = client.get(reverse("catalogue:feed_json")).json()["next_url"]
    before = client.get(second).json()["items"]
    bring(make_list(**{f"p{i:03}": f"Person Number{i}" for i in range(100)}))
    assert client.get(second).json()["items"] == before


@pytest.mark.parametrize("cursor", ["x", "1", "-1.0", "999999999.0", "1.1.1", "9" * 40 + ".0"])
def test_a_page_that_never_was_is_not_found(browse: Browse, analyst: User, much: ListSource, cursor: str) -> None:
    assert browse(analyst).get(reverse("catalogue:feed"), {"from": cursor}).status_code == 404


@pytest.mark.parametrize("name", ["feed", "feed_json"])
def test_a_reader_who_has_the_newest_is_sent_nothing(
    browse: Browse, analyst: User, much: ListSource, make_list: MakeList, name: str
) -> None:
    client, address = browse(analyst), reverse(f"catalogue:{name}")
    first = client.get(address)
    for header, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        with CaptureQueriesContext(connection) as asked:
            again = client.get(address, headers={header: value})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert not [query for query in asked.captured_queries if "catalogue_listingstate" in query["sql"]]
    assert client.get(address, headers={"If-None-Match": first["ETag"], "Accept-Language": "fr"}).status_code == 200
    past = http_date((timezone.now() - timedelta(days=1)).timestamp())
    assert client.get(address, headers={"If-Modified-Since": past}).status_code == 200
    bring(make_list(a="Amal Nouri"), slug="other")
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_who_may_not_read_lists_is_not_told_that_nothing_is_new(
    client: Client, browse: Browse, analyst: User, much: ListSource
) -> None:
    address = reverse("catalogue:feed")
    tag = browse(analyst).get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 401
    _token, blind = make_token(analyst, "writer", [Scope.WRITE], 30)
    sent = {"If-None-Match": tag, "Authorization": f"Bearer {blind}"}
    assert client.get(address, headers=sent).status_code == 403


# The pages of changes.


def test_a_page_of_changes_reads_its_own_lines_only(browse: Browse, analyst: User, much: ListSource) -> None:
    client = browse(analyst)
    for address, told in (
        (reverse("catalogue:version", args=["watch", 1]), {"page": "3"}),
        (reverse("catalogue:version", args=["watch", 2]), {}),
        (reverse("catalogue:version", args=["watch", 2]), {"what": "amended", "page": "2"}),
        (reverse("catalogue:difference", args=["watch"]), {"old": "1", "new": "3"}),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, told).status_code == 200
        rows = [
            query["sql"]
            for query in asked.captured_queries
            if 'SELECT "catalogue_listingstate"' in query["sql"] and "COUNT(" not in query["sql"]
        ]
        assert rows
        for sql in rows:
            limit = re.search(r" LIMIT (\d+)(?: OFFSET \d+)?$", sql)
            assert " IN (" in sql or (limit and int(limit[1]) <= ROWS), sql


def test_a_difference_is_the_same_whole_and_in_pieces(much: ListSource) -> None:
    for old, new in ((0, 1), (1, 2), (1, 3), (2, 3), (3, 3)):
        lines = difference(much, old, new)
        whole = list(lines)
        assert len(whole) == len(lines) == sum(lines.counts.values())
        pieces = [line for start in range(0, len(lines), 7) for line in lines[start : start + 7]]
        assert pieces == whole
        places = [ORDER.index(line.what) for line in whole]
        assert places == sorted(places)
        for what in ORDER:
            only = lines.only(what)
            assert list(only) == [line for line in whole if line.what == what]
            assert len(only) == lines.counts[what]
        for line in whole:
            assert (line.old is None) == (line.what == "added")
            assert (line.new is None) == (line.what == "removed")
        if whole:
            assert lines[-1] == whole[-1]
