"""A file becomes a version of its list: once, whole, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tahaluf import lists
from tahaluf.domain import InputError, TahalufError
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.importing import importing, storing
from tahaluf.web.catalogue.importing.storing import take_back
from tahaluf.web.catalogue.models import ListingState, ListSource, ListVersion
from tahaluf.web.catalogue.queries import history, listing_now, states_now
from tahaluf.web.catalogue.services import import_file, import_or_find
from tahaluf.web.common import reading as common_reading
from tahaluf.web.common.audit import services as audit
from tahaluf.web.common.audit.models import AuditEntry
from tests.conftest import shared_file

pytestmark = pytest.mark.django_db
MakeList = Callable[..., Path]
UN = ("2025-08-16", "2026-01-28", "2026-02-27")


def bring(path: Path, **told: Any) -> ListVersion:
    return import_file(path, file_name=path.name, by=None, **told)


def seen(slug: str = "watch") -> dict[str, str]:
    """The list as anyone sees it."""
    source = ListSource.objects.filter(slug=slug).first()
    return {state.listing_id: state.caption for state in ListingState.objects.now().filter(source=source)}


def test_versions_follow_each_other_and_states_say_when(make_list: MakeList) -> None:
    bring(make_list(a="Amal Nouri", b="Basel Qadri", c="Chadi Azzam"))
    second = bring(make_list(a="Amal Nouri", b=["Basel Qadri", "باسل قدري"], d="Dalal Hamdan"))
    assert (second.number, second.added, second.amended, second.removed, second.listings) == (2, 1, 1, 1, 3)
    assert seen() == {"a": "Amal Nouri", "b": "Basel Qadri", "d": "Dalal Hamdan"}
    assert ListingState.objects.count() == 5
    assert [state.since.number for state in history("watch", "b")] == [2, 1]
    assert listing_now("watch", "c") is None
    gone = history("watch", "c")[0]
    assert gone.until == second


def test_the_same_content_is_the_version_that_is_there(make_list: MakeList, administrator: User) -> None:
    first = bring(make_list(a="Amal Nouri"))
    again = import_or_find(make_list("another name.txt", a="Amal Nouri"), file_name="x.txt", by=administrator)
    assert (again.version, again.known) == (first, True)
    assert ListVersion.objects.count() == 1


def test_a_list_can_go_back_to_what_it_was(make_list: MakeList) -> None:
    one, two = make_list("one.json", a="Amal Nouri"), make_list("two.json", a="Amal Nouri", b="Basel Qadri")
    for number, (path, slug) in enumerate(((one, None), (two, None), (one, None), (two, "watch"), (one, "watch")), 1):
        version = bring(path, slug=slug, accept=True)
        assert version.number == number
        assert seen().keys() == ({"a"} if path == one else {"a", "b"})
    assert bring(one).number == 5
    source = ListSource.objects.get()
    assert source.current is not None
    assert source.current.number == 5
    assert [state.since.number for state in history("watch", "b")] == [4, 2]


def test_going_back_is_refused_where_an_older_list_is(make_list: MakeList) -> None:
    old, new = (shared_file("data", "lists", "un", f"consolidated-{date}.xml") for date in UN[:2])
    bring(old)
    bring(new)
    with pytest.raises(InputError, match=r"web\.list\.older"):
        bring(old)
    assert bring(old, accept=True).number == 3


def test_a_version_is_of_when_it_was_seen_not_of_when_it_was_begun(
    make_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        break_at(patch, importing, "show", 1, after=False)
        with pytest.raises(Cut):
            bring(make_list(a="Amal Nouri"))
    begun = ListVersion.objects.get(ready=False).imported_at
    assert bring(make_list(a="Amal Nouri")).imported_at > begun


def test_an_import_is_in_the_audit_log_with_who_made_it(make_list: MakeList, administrator: User) -> None:
    path = make_list(a="Amal Nouri")
    import_file(path, file_name="list.json", by=administrator)
    entry = AuditEntry.objects.get(action="list.imported")
    assert (entry.actor, entry.target_id, entry.details["version"]) == (administrator.username, "watch", 1)


def test_order_alone_is_no_change(make_list: MakeList) -> None:
    bring(make_list(a=["Amal Nouri", "Amel Noury", "أمل نوري"], b="Basel Qadri"))
    second = bring(make_list(b="Basel Qadri", a=["Amal Nouri", "أمل نوري", "Amel Noury"]))
    assert (second.number, second.added, second.amended, second.removed) == (2, 0, 0, 0)
    assert ListingState.objects.count() == 2


def test_the_un_lists_change_as_the_lists_say() -> None:
    paths = [shared_file("data", "lists", "un", f"consolidated-{date}.xml") for date in UN]
    versions = [bring(path) for path in paths]
    assert [version.published_on for version in versions] == [
        reading.published_on.isoformat() for reading in map(read_whole, paths) if reading.published_on
    ]
    for old, new, version in zip(paths, paths[1:], versions[1:], strict=False):
        difference = lists.diff(lists.read(old), lists.read(new))
        assert (version.added, version.removed, version.amended) == tuple(
            map(len, (difference.added, difference.removed, difference.amended))
        )
        assert difference
        for amended in difference.amended:
            states = history("un_sc", amended.listing_id)
            assert version in {state.since for state in states}
            assert version in {state.until for state in states}
    assert versions[1].amended == 394
    now = {listing.id for listing in lists.read(paths[-1])}
    assert seen("un_sc").keys() == now
    assert states_now(("un_sc", key) for key in now).keys() == {("un_sc", key) for key in now}


def read_whole(path: Path) -> lists.Reading:
    reading = lists.read(path)
    for _ in reading:
        pass
    return reading


# Broken at every point where something is written, then begun again.


class Cut(Exception):
    """The power is off."""


def writes() -> Iterator[tuple[Any, str]]:
    yield importing, "begin"
    yield importing, "keep_file"
    yield importing, "write"
    yield importing, "show"
    yield storing, "_write_piece"
    yield storing, "_hold"
    yield audit, "record"


def break_at(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, call: int, *, after: bool) -> None:
    real, calls = getattr(owner, name), [0]

    def broken(*args: Any, **kwargs: Any) -> Any:
        calls[0] += 1
        if calls[0] == call and not after:
            raise Cut
        result = real(*args, **kwargs)
        if calls[0] == call:
            raise Cut
        return result

    monkeypatch.setattr(owner, name, broken)


def versions(make_list: MakeList) -> tuple[Path, Path]:
    first = {f"p{i}": f"Person Number{i}" for i in range(12)}
    second = {key: [name, "Another Name"] if key in ("p3", "p4", "p5") else name for key, name in first.items()}
    del second["p7"], second["p8"]
    second |= {f"q{i}": f"Newcomer Number{i}" for i in range(4)}
    return make_list("one.json", **first), make_list("two.json", **second)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("call", [1, 2, 3])
@pytest.mark.parametrize(("owner", "name"), list(writes()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_killed_import_leaves_nothing_half_visible_and_can_be_gone_on_with(
    make_list: MakeList, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, call: int, after: bool
) -> None:
    monkeypatch.setattr("tahaluf.web.catalogue.importing.comparing.PIECE", 2)
    monkeypatch.setattr(storing, "pieces", lambda keys: [list(keys)[i : i + 2] for i in range(0, len(keys), 2)])
    one, two = versions(make_list)
    bring(one)
    before = seen()
    with monkeypatch.context() as patch:
        break_at(patch, owner, name, call, after=after)
        try:
            bring(two)
        except Cut:
            shown = ListSource.objects.get(slug="watch").current
            assert shown is not None
            assert seen() == before or (shown.number == 2 and name in ("show",))
    version = bring(two)
    assert (version.number, version.added, version.amended, version.removed) == (2, 4, 3, 2)
    assert len(seen()) == 14
    assert ListingState.objects.count() == 12 + 4 + 3
    assert ListingState.objects.filter(until=version).count() == 5
    assert ListVersion.objects.filter(ready=False).count() == 0


def test_what_a_killed_import_left_is_taken_back_for_another_file(
    make_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = versions(make_list)
    bring(one)
    with monkeypatch.context() as patch:
        break_at(patch, importing, "show", 1, after=False)
        with pytest.raises(Cut):
            bring(two)
    assert ListingState.objects.count() == 19
    third = bring(make_list("three.json", **{f"p{i}": f"Person Number{i}" for i in range(11)}))
    assert (third.number, third.added, third.amended, third.removed) == (2, 0, 0, 1)
    assert len(seen()) == 11
    assert ListingState.objects.count() == 12


def test_an_import_that_was_overtaken_stores_nothing_more(make_list: MakeList, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = versions(make_list)
    bring(one)
    three = make_list("three.json", **{f"p{i}": f"Person Number{i}" for i in range(12)}, x="Late Comer")
    real = storing.write

    def overtaken(*args: Any) -> None:
        monkeypatch.setattr(importing, "write", real)
        bring(three)
        real(*args)

    monkeypatch.setattr(importing, "write", overtaken)
    with pytest.raises(TahalufError, match=r"web\.list\.superseded"):
        bring(two)
    assert len(seen()) == 13
    assert ListVersion.objects.filter(ready=False).count() == 0


def test_taking_back_can_be_killed_and_begun_again(make_list: MakeList, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = versions(make_list)
    bring(one)
    with monkeypatch.context() as patch:
        break_at(patch, importing, "show", 1, after=False)
        with pytest.raises(Cut):
            bring(two)
    left = ListVersion.objects.get(ready=False)
    monkeypatch.setattr(storing, "PIECE", 3)
    ListingState.objects.filter(pk__in=ListingState.objects.filter(since=left).values("pk")[:3]).delete()
    take_back(left)
    assert len(seen()) == 12
    assert ListingState.objects.filter(until=None).count() == 12


# What must not become a version.


def test_a_file_that_is_no_list_is_refused_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "upload-1"
    path.write_bytes(b"%PDF-1.7 nothing here")
    with pytest.raises(InputError) as refused:
        import_file(path, file_name="report.pdf", by=None)
    assert refused.value.problem.where.file == "report.pdf"
    assert not ListSource.objects.exists()


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>
<CONSOLIDATED_LIST dateGenerated="2026-03-01"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>&e;</FIRST_NAME>
</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""


def hostile(kind: str, good: bytes) -> bytes:
    return {
        "bomb": BOMB,
        "cut": good[: len(good) // 2],
        "empty": b"",
        "no listing": b'<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-03-01"></CONSOLIDATED_LIST>',
        "noise": bytes(range(256)) * 40,
    }[kind]


@pytest.mark.parametrize("kind", ["bomb", "cut", "empty", "no listing", "noise"])
def test_whatever_is_sent_the_last_good_version_stays(kind: str, tmp_path: Path) -> None:
    good = shared_file("data", "lists", "un", "consolidated-2025-08-16.xml")
    version = bring(good)
    bad = tmp_path / "list.xml"
    bad.write_bytes(hostile(kind, good.read_bytes()))
    with pytest.raises(TahalufError):
        bring(bad)
    assert ListSource.objects.get().current == version
    assert ListingState.objects.now().count() == version.listings


def test_a_list_that_drips_is_ended_in_time_and_the_last_good_version_stays(
    make_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(make_list(a="Amal Nouri"))
    longer = make_list("longer.json", a="Amal Nouri", b="Basel Qadri", c="Chadi Azzam")
    # Each look at the clock is ten seconds later: so long is waited for each listing.
    monkeypatch.setattr(common_reading, "monotonic", count(0, 10).__next__)
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, reading_seconds=25))
    with pytest.raises(InputError) as late:
        bring(longer, slug="watch")
    problem = late.value.problem
    assert (problem.code, problem.expected, problem.found) == ("web.upload.time", "25", "2")
    assert problem.where.file == "longer.json"
    assert seen() == {"a": "Amal Nouri"}
    assert not ListVersion.objects.filter(ready=False).exists()
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, reading_seconds=30))
    bring(longer, slug="watch")
    assert len(seen()) == 3


def test_an_older_or_a_much_shorter_list_needs_a_person_to_accept_it(make_list: MakeList) -> None:
    old, new = (shared_file("data", "lists", "un", f"consolidated-{date}.xml") for date in UN[:2])
    bring(new)
    with pytest.raises(InputError, match=r"web\.list\.older"):
        bring(old)
    assert bring(old, accept=True).number == 2
    everyone = {f"p{i}": f"Person Number{i}" for i in range(30)}
    bring(make_list("all.json", **everyone))
    few = make_list("few.json", **dict(list(everyone.items())[:20]))
    with pytest.raises(InputError, match=r"web\.list\.lost"):
        bring(few)
    assert bring(few, accept=True).removed == 10


def test_a_list_that_is_not_whole_is_taken_when_accepted_and_says_so(make_list: MakeList) -> None:
    path = make_list(a="Amal Nouri", b="Basel Qadri")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match=r"web\.list\.incomplete"):
        bring(path)
    version = bring(path, accept=True)
    assert (version.complete, version.listings, version.problem_count) == (False, 1, 1)
    assert version.problems[0]["where"]["file"] == "watch.json"


@pytest.mark.parametrize("name", ["x" * 10_000, "<script>alert(1)</script>", "\u202eevil\u202c", "a\0b", "\ud800c"])
def test_names_of_every_make_are_kept(make_list: MakeList, name: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    escaped = name.encode("unicode_escape").decode().replace("\\x", "\\u00").replace("\\U", "\\u")
    path.write_text(
        f'{{"id": "a", "schema": "Person", "datasets": ["odd"], "properties": {{"name": ["{escaped}", "Amal"]}}}}\n'
    )
    try:
        bring(path)
    except InputError:
        assert name == "\ud800c"  # no JSON has half a pair
        return
    state = ListingState.objects.get()
    assert len(state.caption) <= 500
    text = state.content["names"][0]["text"]
    assert text == name.replace("\0", "\ufffd")


def test_ids_and_names_of_lists_cannot_leave_their_folder(make_list: MakeList, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(
        '{"id": "%s", "schema": "Person", "datasets": ["../../../etc"], "properties": {"name": ["A B"]}}\n'
        % ("i/" * 300)
    )
    version = bring(path)
    assert version.source.slug == "etc"
    assert version.file.startswith("lists/etc/")
    assert len(ListingState.objects.get().listing_id) <= 200
