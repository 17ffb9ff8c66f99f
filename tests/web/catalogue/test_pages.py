"""The pages of lists, listings and search; who may open them."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tahaluf.domain import Link, TahalufError
from tahaluf.web.accounts.models import Scope, User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.accounts.tokens import make_token
from tahaluf.web.catalogue import ports
from tahaluf.web.catalogue.importing import storing
from tahaluf.web.catalogue.models import Collection, Edition, ListingState, ListSource, ListVersion
from tahaluf.web.catalogue.ports import Reference
from tahaluf.web.catalogue.queries import linked_states
from tahaluf.web.catalogue.services import import_file
from tahaluf.web.catalogue.templatetags.published import published
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.services import enqueue
from tests.conftest import shared_file

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
MakeList = Callable[..., Path]
WorkOff = Callable[..., list[Job]]


def job_of(jobs: list[Job], kind: str) -> Job:
    """The one job of that kind."""
    (job,) = (job for job in jobs if job.kind == kind)
    return job


@pytest.fixture
def watch(make_list: MakeList) -> ListSource:
    """A list in three versions."""
    told: list[dict[str, Any]] = [
        {"a": "Amal Nouri", "b": "Basel Qadri", "c": "Chadi Azzam"},
        {"a": ["Amal Nouri", "أمل نوري"], "b": "Basel Qadri", "d": "Dalal Hamdan"},
        {
            "a": ["Amal Nouri", "أمل نوري"],
            "b": {"name": ["Basel Qadri"], "birthDate": ["1971-05"]},
            "d": "Dalal Hamdan",
        },
    ]
    for listings in told:
        import_file(make_list(**listings), file_name="watch.json", by=None, title="Watch list")
    return ListSource.objects.get(slug="watch")


def text(response: Any) -> str:
    assert response.status_code == 200, response.content.decode()
    return str(response.content.decode())


def text_of(page: str) -> str:
    """What stands on a page, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", "", page).split())


def test_a_published_title_says_in_which_language_it_is() -> None:
    title = "United Nations Security Council Consolidated List"
    assert published(title, "un_sc") == f'<bdi dir="ltr" lang="en">{title}</bdi>'
    assert published("قائمة <1>", "un_sc") == '<bdi dir="auto">قائمة &lt;1&gt;</bdi>'
    assert published(title, "local") == f'<bdi dir="auto">{title}</bdi>'


def test_titles_and_publishers_say_so_on_every_page_of_lists(
    make_list: MakeList, browse: Browse, administrator: User
) -> None:
    for name in ("Amal Nouri", "Amal Nouri Hamdan"):
        import_file(make_list(a=name), file_name="un.json", by=None, slug="un_sc")
    client = browse(administrator)
    for page in ("", "un_sc/", "un_sc/edit/", "un_sc/versions/2/", "un_sc/listings/a", "un_sc/difference/?old=1&new=2"):
        shown = text(client.get(f"/lists/{page}", headers={"accept-language": "ar"}))
        assert '<bdi dir="ltr" lang="en">United Nations Security Council Consolidated List</bdi>' in shown, page
        assert not re.search(r'dir="auto">United Nations', shown), page


def test_before_anything_is_imported_the_page_says_what_to_do(browse: Browse, administrator: User) -> None:
    page = text(browse(administrator).get(reverse("catalogue:lists")))
    assert "No lists yet" in page
    assert 'type="file"' in page


def test_an_analyst_sees_lists_and_cannot_import(browse: Browse, analyst: User, watch: ListSource) -> None:
    client = browse(analyst)
    assert 'type="file"' not in text(client.get(reverse("catalogue:lists")))
    for route, args in (("upload", []), ("fetch", ["watch"]), ("rebuild", [])):
        assert client.post(reverse(f"catalogue:{route}", args=args)).status_code == 403
    for route, args in (("edit", ["watch"]), ("collections", [])):
        assert client.get(reverse(f"catalogue:{route}", args=args)).status_code == 403


def test_a_version_shows_what_changed_before_and_after(browse: Browse, analyst: User, watch: ListSource) -> None:
    page = text(browse(analyst).get(reverse("catalogue:version", args=["watch", 2])))
    for shown in ("Dalal Hamdan", "Chadi Azzam", "أمل نوري", "Names"):
        assert shown in page
    assert "Basel Qadri" not in page
    only = text(browse(analyst).get(reverse("catalogue:version", args=["watch", 2]), {"what": "removed"}))
    assert "Chadi Azzam" in only
    assert "Dalal Hamdan" not in only
    assert browse(analyst).get(reverse("catalogue:version", args=["watch", 2]), {"what": "x"}).status_code == 404
    assert browse(analyst).get(reverse("catalogue:version", args=["watch", 9])).status_code == 404


def test_columns_of_versions_are_headed_in_the_plural(browse: Browse, analyst: User, watch: ListSource) -> None:
    for language, words in (("fr", ("Ajoutées", "Modifiées", "Retirées")), ("ar", ("المضافة", "المعدَّلة", "المحذوفة"))):
        page = text(browse(analyst).get("/lists/watch/", headers={"accept-language": language}))
        assert all(f'<th scope="col" class="num">{word}</th>' in page for word in words)


@pytest.mark.parametrize(("old", "new"), [(1, 3), (3, 1)])
def test_any_two_versions_are_compared(browse: Browse, analyst: User, watch: ListSource, old: int, new: int) -> None:
    page = text(browse(analyst).get(reverse("catalogue:difference", args=["watch"]), {"old": old, "new": new}))
    for shown in ("Dalal Hamdan", "Chadi Azzam", "أمل نوري", "May 1971"):
        assert shown in page
    same = text(browse(analyst).get(reverse("catalogue:difference", args=["watch"]), {"old": 2, "new": 2}))
    assert "No changes" in same
    assert browse(analyst).get(reverse("catalogue:difference", args=["watch"]), {"old": "x"}).status_code == 400


def test_what_came_and_went_between_two_versions_is_no_difference(
    browse: Browse, analyst: User, make_list: MakeList
) -> None:
    for told in ({"a": "Amal Nouri"}, {"a": ["Amal Nouri", "Amel"], "x": "X Y"}, {"a": "Amal Nouri", "z": "Zed Wye"}):
        import_file(make_list(**told), file_name="w.json", by=None)
    page = text(browse(analyst).get(reverse("catalogue:difference", args=["watch"]), {"old": 1, "new": 3}))
    assert "Zed Wye" in page
    assert "Amal Nouri" not in page
    assert "X Y" not in page


def test_an_unfinished_version_is_on_no_page(browse: Browse, analyst: User, watch: ListSource) -> None:
    ListVersion.objects.create(source=watch, number=4, digest="x", file="x", file_name="x", format="x")
    assert browse(analyst).get(reverse("catalogue:version", args=["watch", 4])).status_code == 404
    shown = text_of(text(browse(analyst).get(reverse("catalogue:list", args=["watch"]))))
    assert "Version 3" in shown
    assert "Version 4" not in shown


def test_a_listing_with_its_history(browse: Browse, analyst: User, watch: ListSource) -> None:
    page = text(browse(analyst).get(reverse("catalogue:listing", args=["watch", "b"])))
    assert "May 1971" in page
    assert text_of(page).index("amended Version 3") < text_of(page).index("added Version 1")
    gone = text(browse(analyst).get(reverse("catalogue:listing", args=["watch", "c"])))
    assert "No longer on the list" in gone


def test_a_listing_that_is_not_there_is_helped_with(browse: Browse, analyst: User, watch: ListSource) -> None:
    response = browse(analyst).get(reverse("catalogue:listing", args=["other", "a"]))
    assert response.status_code == 404
    assert "Amal Nouri" in response.content.decode()


def test_a_real_listing_shows_all_that_is_published(browse: Browse, analyst: User) -> None:
    import_file(shared_file("data", "lists", "un", "consolidated-2026-02-27.xml"), file_name="un.xml", by=None)
    states = list(ListingState.objects.all())
    fullest = max(states, key=lambda state: len(state.content))
    page = text(browse(analyst).get(reverse("catalogue:listing", args=["un_sc", fullest.listing_id])))
    content = fullest.content
    for document in content["documents"]:
        assert document["number"] in page
    for alias in content["names"][:5]:
        assert alias["text"].replace("&", "&amp;").replace("'", "&#x27;") in page
    linked = next(state for state in states if state.reference == "CDi.037")
    other = next(state for state in states if state.reference == "CDe.005")
    page = text(browse(analyst).get(reverse("catalogue:listing", args=["un_sc", linked.listing_id])))
    assert reverse("catalogue:listing", args=["un_sc", other.listing_id]) in page


def test_a_link_leads_to_the_one_listing_that_it_names(make_list: MakeList) -> None:
    import_file(make_list(a="Amal Nouri", b="Basel Qadri", c="Same Name", d="Same Name"), file_name="w", by=None)
    links = (Link("x", "a"), Link("Basel Qadri"), Link("Same Name"), Link("Nobody"), Link("Amal Nouri", "zz"))
    found = linked_states("watch", links)
    assert {link.text: found[key].listing_id for link in links if (key := link.target or link.text) in found} == {
        "x": "a",
        "Basel Qadri": "b",
    }


def test_what_refers_to_a_listing_is_shown_to_whoever_may_see_it(
    browse: Browse, analyst: User, administrator: User, watch: ListSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = frozenset({Permission.SEE_ALERTS})
    item = Reference("alert", "Selma Ait", "closed", timezone.now(), "/alerts/1/", needed)
    monkeypatch.setattr(ports, "REFERENCES", [lambda dataset, key: [item] if (dataset, key) == ("watch", "a") else []])
    address = reverse("catalogue:listing", args=["watch", "a"])
    assert "Selma Ait" in text(browse(analyst).get(address))
    assert "Selma Ait" not in text(browse(administrator).get(address))
    assert "Selma Ait" not in text(browse(analyst).get(reverse("catalogue:listing", args=["watch", "b"])))


HOSTILE = ("<script>alert(1)</script>", "\u202eevil\u202c name", "x" * 10_000, "'\"><img src=x onerror=alert(1)>")


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_every_make_are_shown_safely(
    browse: Browse, analyst: User, make_list: MakeList, name: str, edition: Edition
) -> None:
    import_file(make_list(a=name, b="Basel Qadri"), file_name="w.json", by=None)
    import_file(make_list(a=[name, name + " two"]), file_name="w.json", by=None, accept=True)
    client = browse(analyst)
    for address in (
        reverse("catalogue:listing", args=["watch", "a"]),
        reverse("catalogue:version", args=["watch", 2]),
        reverse("catalogue:list", args=["watch"]),
        f"{reverse('catalogue:search')}?q=alert",
        f"{reverse('catalogue:search')}?q=evil",
    ):
        page = text(client.get(address))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert client.get(reverse("catalogue:search"), {"q": name}).status_code == 200


def test_search_as_one_types_gives_the_results_alone(browse: Browse, analyst: User, edition: Edition) -> None:
    client = browse(analyst)
    whole = text(client.get(reverse("catalogue:search"), {"q": "Abdelqader Salem Benzerwal"}))
    part = text(
        client.get(reverse("catalogue:search"), {"q": "Abdelqader Salem Benzerwal"}, headers={"HX-Request": "true"})
    )
    assert "<html" in whole
    assert "<html" not in part
    assert "demo-001" in part
    assert "<meter" in part
    for narrowed in ({"list": "demo"}, {"kind": "Person"}):
        assert "demo-001" in text(client.get(reverse("catalogue:search"), {"q": "Benzeroual", **narrowed}))
    assert "Nothing found" in text(client.get(reverse("catalogue:search"), {"q": "Benzeroual", "kind": "Vessel"}))
    assert "demo-001" in text(client.get(reverse("catalogue:search"), {"q": "DZ-4410982"}))
    assert text(client.get(reverse("catalogue:search"), {"q": "'\"%_\\"}))


# Import by upload.


def send(client: Client, content: bytes, name: str = "watch.json", **more: str) -> Any:
    return client.post(reverse("catalogue:upload"), {"file": SimpleUploadedFile(name, content), **more}, follow=True)


def test_an_upload_is_imported_compiled_and_seen(
    browse: Browse, administrator: User, make_list: MakeList, work_off: WorkOff
) -> None:
    client = browse(administrator)
    waiting = send(client, make_list(a="Amal Nouri").read_bytes())
    assert "Waiting for a worker" in text(waiting)
    job = job_of(work_off(), "catalogue.import")
    assert job.result == {"list": "watch", "version": 1, "known": False}
    done = client.get(reverse("catalogue:import", args=[job.pk]), headers={"HX-Request": "true"})
    assert done.status_code == 286
    assert "See what changed" in done.content.decode()
    edition = Collection.objects.get(slug="default").current
    assert edition is not None
    assert edition.versions == {"watch": 1}
    entry = AuditEntry.objects.get(action="list.imported")
    assert entry.actor == administrator.username
    send(client, make_list(a="Amal Nouri").read_bytes(), name="again.json")
    assert job_of(work_off(), "catalogue.import").result == {"list": "watch", "version": 1, "known": True}


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"", b'{"id": "a"', b"<?xml version='1.0'?><!DOCTYPE x [", bytes(300)]
)
def test_what_is_no_list_is_told_so_and_changes_nothing(
    browse: Browse, administrator: User, watch: ListSource, work_off: WorkOff, content: bytes
) -> None:
    client = browse(administrator)
    response = send(client, content, name="watch.xml")
    if response.status_code == 200:
        job = job_of(work_off(), "catalogue.import")
        assert job.state == "failed"
        response = client.get(reverse("catalogue:import", args=[job.pk]))
        assert "The lists are as they were" in text(response)
    else:
        assert response.status_code == 400
    watch.refresh_from_db()
    assert watch.current is not None
    assert watch.current.number == 3


def test_a_cut_file_may_be_accepted_by_a_person(
    browse: Browse, administrator: User, watch: ListSource, make_list: MakeList, work_off: WorkOff
) -> None:
    client = browse(administrator)
    send(client, make_list(a="Amal Nouri", b="Basel Qadri").read_bytes()[:-15])
    job = job_of(work_off(), "catalogue.import")
    page = text(client.get(reverse("catalogue:import", args=[job.pk])))
    assert "Take it all the same" in page
    asked = text(client.get(reverse("catalogue:accept", args=[job.pk])))
    assert "takes the place of the current version" in asked and "Replace the current version" in asked
    assert Job.objects.filter(kind="catalogue.import").count() == 1
    client.post(reverse("catalogue:accept", args=[job.pk]))
    assert job_of(work_off(), "catalogue.import").state == "done"
    watch.refresh_from_db()
    assert watch.current is not None
    assert not watch.current.complete
    assert "not whole" in text(client.get(reverse("catalogue:lists")))


def test_two_imports_that_begin_at_once_do_not_mix(make_list: MakeList, monkeypatch: pytest.MonkeyPatch) -> None:
    import_file(make_list(a="Amal Nouri"), file_name="w.json", by=None)
    monkeypatch.setattr(storing, "take_back", lambda version: None)
    source = ListSource.objects.get()
    ListVersion.objects.create(source=source, number=2, digest="x", file="x", file_name="x", format="x")
    with pytest.raises(TahalufError, match="superseded"):
        import_file(make_list(a="Amal Nouri", b="Basel Qadri"), file_name="w.json", by=None)
    assert ListingState.objects.count() == 1


def test_files_that_were_sent_and_not_taken_are_removed_in_time(
    browse: Browse, administrator: User, work_off: WorkOff
) -> None:
    send(browse(administrator), b"%PDF-1.7")
    job = job_of(work_off(), "catalogue.import")
    path = settings.DATA / str(job.payload["path"])
    days_ago = timezone.now().timestamp() - 8 * 86_400
    os.utime(path.parent, (days_ago, days_ago))
    for days, there in ((1, True), (8, False)):
        Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(days=days))
        enqueue("common.tidy", {})
        work_off()
        assert path.exists() is there
    assert not path.parent.exists()


def test_switching_a_list_off_is_audited_and_takes_it_out_of_the_index(
    browse: Browse, administrator: User, watch: ListSource, edition: Edition, work_off: WorkOff
) -> None:
    client = browse(administrator)
    client.post(reverse("catalogue:rebuild"))
    work_off()
    address = reverse("catalogue:edit", args=["watch"])
    told = {"title": "Watch list", "publisher": "Us", "homepage": "https://example.org/list"}
    assert client.post(address, told).status_code == 302
    work_off()
    compiled = Collection.objects.get(slug="default").current
    assert compiled is not None
    assert compiled.versions == {"demo": 1}
    entry = AuditEntry.objects.get(action="list.described")
    assert entry.details == {"publisher": "Us", "homepage": "https://example.org/list", "active": False}
    bad = client.post(address, {**told, "homepage": "javascript:alert(1)"})
    assert bad.status_code == 400


def test_collections_are_compiled_and_keep_their_lists(
    browse: Browse, administrator: User, watch: ListSource, edition: Edition, work_off: WorkOff
) -> None:
    client = browse(administrator)
    told = {"title": "Ours", "slug": "ours", "sources": [str(watch.pk)]}
    assert client.post(reverse("catalogue:collections"), told).status_code == 302
    work_off()
    made = Collection.objects.get(slug="ours")
    assert made.current is not None
    assert made.current.versions == {"watch": 3}
    assert client.post(reverse("catalogue:collections"), {**told, "slug": "default"}).status_code == 400
    assert client.get(reverse("catalogue:collection", args=["default"])).status_code == 404
    assert client.get(reverse("catalogue:collection", args=["ours"])).status_code == 200


def test_the_pages_ask_the_database_a_constant_number_of_times(
    browse: Browse, analyst: User, make_list: MakeList, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = browse(analyst)
    for count in (3, 60):
        told = {f"p{i}": f"Person Number{i}" for i in range(count)}
        import_file(make_list(f"a{count}.json", **told), file_name="a.json", by=None, slug=f"list{count}")
        changed = {key: [name, "Also Known"] for key, name in told.items()}
        import_file(make_list(f"b{count}.json", **changed), file_name="b.json", by=None, slug=f"list{count}")
        slug = f"list{count}"
        for address in (
            reverse("catalogue:lists"),
            reverse("catalogue:list", args=[slug]),
            reverse("catalogue:version", args=[slug, 2]),
            reverse("catalogue:listing", args=[slug, "p1"]),
            reverse("catalogue:list_feed", args=[slug]),
        ):
            with django_assert_max_num_queries(16):
                assert client.get(address).status_code == 200


# Feeds.


def test_feeds_tell_of_every_change_and_open_to_a_token(
    browse: Browse, analyst: User, watch: ListSource, client: Client
) -> None:
    address = reverse("catalogue:list_feed_json", args=["watch"])
    refused = client.get(address)
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Basic")
    _token, secret = make_token(analyst, "reader", [Scope.READ], 30)
    _other, blind = make_token(analyst, "matcher", [Scope.WRITE], 30)
    assert client.get(address, headers={"Authorization": f"Bearer {blind}"}).status_code == 403
    assert client.get(address, headers={"Authorization": "Basic !!!"}).status_code == 401
    found = client.get(address, headers={"Authorization": f"Bearer {secret}"})
    told = [item["_change"].get("change") for item in orjson.loads(found.content)["items"]]
    assert sorted(filter(None, told)) == ["added", "amended", "amended", "removed"]
    atom = browse(analyst).get(reverse("catalogue:feed")).content.decode()
    assert atom.count("<entry>") == 5
    assert "Watch list" in atom


def test_a_feed_is_well_formed_whatever_names_hold(browse: Browse, analyst: User, make_list: MakeList) -> None:
    from lxml import etree

    import_file(make_list(a="Amal Nouri"), file_name="w.json", by=None)
    import_file(make_list(a="Amal Nouri", b="\x01<b>&\u202e]]>", c="C D"), file_name="w.json", by=None)
    root = etree.fromstring(browse(analyst).get(reverse("catalogue:feed")).content)
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 3
