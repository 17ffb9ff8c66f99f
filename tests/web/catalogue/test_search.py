"""Search finds what is there, in whichever list it is, and says when it was asked wrongly."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue import searching
from tahaluf.web.catalogue.engine import current
from tahaluf.web.catalogue.searching import search
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
MakeList = Callable[..., Path]


def test_two_lists_that_use_the_same_id_are_both_found_by_name(make_list: MakeList) -> None:
    import_file(make_list(one="Abdelkader Benzerwal"), file_name="x", by=None, slug="first")
    import_file(make_list(one="Abdelkader Benzeroual"), file_name="x", by=None, slug="second")
    rebuild(ensure_default())
    found = [each for each in search("Abdelqadir Benzirwal") if each.by == "name"]
    assert sorted((each.state.source.slug, each.name) for each in found) == [
        ("first", "Abdelkader Benzerwal"),
        ("second", "Abdelkader Benzeroual"),
    ]


def test_those_of_other_lists_and_kinds_do_not_stand_in_the_way(make_list: MakeList) -> None:
    # More than the engine looks at are nearer to what is searched for.
    crowd = {f"p{i}": "Abdelkader Benzerwal" for i in range(45)}
    import_file(make_list(**crowd), file_name="x", by=None, slug="crowd")
    single = make_list(one="Abdelqadr Benzeruwal")
    import_file(single, file_name="x", by=None, slug="single")
    single.write_bytes(single.read_bytes().replace(b"Person", b"Vessel"))
    import_file(single, file_name="x", by=None, slug="ships")
    rebuild(ensure_default())
    assert {each.state.source.slug for each in search("Abdelkader Benzerwal")} == {"crowd"}
    for asked in ({"dataset": "single"}, {"dataset": "ships"}, {"kind": "Vessel"}):
        found = search("Abdelkader Benzerwal", **asked)
        place = asked.get("dataset", "ships")
        assert [(each.by, each.state.source.slug, each.state.listing_id) for each in found] == [("name", place, "one")]
    assert not search("Abdelkader Benzerwal", dataset="single", kind="Vessel")


def test_a_narrowed_search_follows_the_index(make_list: MakeList) -> None:
    for names in (["Abdelkader Benzerwal"], ["Abdelkader Benzerwal", "Abdelqadr Benzeruwal"]):
        told = {f"p{number}": name for number, name in enumerate(names)}
        import_file(make_list(**told), file_name="x", by=None, slug="single")
        rebuild(ensure_default())
        assert len(search("Abdelqader Benzirwal", dataset="single")) == len(names)
        # Those made of an index that is no longer current are let go.
        assert {index for index, _asked in searching._kept} == {current().screener.index_id}


NAMES = {
    "latin": "Abdelkader Ahmed Zarwal", "arabic": "عبد القادر أحمد زروال", "cyrillic": "Абделькадер Ахмед Зарваль",
    "other": "Mustafa Othman",
}  # fmt: skip


@pytest.fixture
def spelt(make_list: MakeList) -> None:
    """One name in three scripts, and another."""
    import_file(make_list(**NAMES), file_name="x", by=None, slug="single")
    rebuild(ensure_default())


@pytest.mark.parametrize(
    "word", ["zarwal", "Zeroual", "zerwal", "Zaroual", "ez-Zeroual", "زروال", "الزروال", "Зеруаль"]
)
@pytest.mark.usefixtures("spelt")
def test_one_word_finds_who_has_it_in_any_spelling_and_script(word: str) -> None:
    found = search(word)
    assert {each.state.listing_id: each.name for each in found} == {key: NAMES[key] for key in NAMES if key != "other"}
    assert {each.by for each in found} <= {"words", "spelling"}


@pytest.mark.parametrize("part", ["ahmad zeroual", "Zerwal Abdulqadir", "أحمد زروال", "Ахмад Зеруаль"])
@pytest.mark.usefixtures("spelt")
def test_a_part_of_a_name_finds_it_in_any_spelling_and_script(part: str) -> None:
    assert {each.state.listing_id for each in search(part)} == {"latin", "arabic", "cyrillic"}
    for by_other in ("mustafa zeroual", "zeroual osman", "عثمان زروال"):
        assert not [each for each in search(by_other) if each.by == "spelling"]


@pytest.mark.usefixtures("spelt")
def test_a_word_is_shown_first_as_it_is_typed() -> None:
    assert [each.by for each in search("zarwal")] == ["words", "spelling", "spelling"]
    assert [each.state.listing_id for each in search("osman")] == ["other"]


def test_neither_words_as_typed_nor_other_spellings_leave_the_other_no_room(make_list: MakeList) -> None:
    crowd = {f"p{i}": f"Person Zeroualian {i}" for i in range(30)}
    import_file(make_list(one="Tariq Zarwal", **crowd), file_name="x", by=None, slug="crowd")
    rebuild(ensure_default())
    found = search("zeroual", limit=10)
    assert len(found) == 10
    assert [each.state.listing_id for each in found if each.by == "spelling"] == ["one"]
    # Of one list or kind alone, too.
    assert "one" in {each.state.listing_id for each in search("zeroual", dataset="crowd", kind="Person", limit=10)}


@pytest.mark.usefixtures("spelt")
def test_who_types_sees_that_it_is_another_spelling(browse: Browse, analyst: User) -> None:
    page = browse(analyst).get(reverse("catalogue:search"), {"q": "zeroual"}).content.decode()
    assert "Abdelkader Ahmed Zarwal" in page
    assert page.count("other spelling") == 3


@pytest.mark.parametrize("asked", [{"q": "x" * 501}, {"q": "Amal", "list": "none"}, {"q": "Amal", "kind": "ship"}])
@pytest.mark.parametrize("partly", [{}, {"HX-Request": "true"}])
def test_a_search_that_cannot_be_made_says_why(
    browse: Browse, analyst: User, asked: dict[str, str], partly: dict[str, str]
) -> None:
    page = browse(analyst).get(reverse("catalogue:search"), asked, headers=partly).content.decode()
    assert 'role="alert"' in page
    assert ("at most 500 characters" in page) is ("list" not in asked and "kind" not in asked)
    assert "Nothing found" not in page
    assert "Type a name" not in page
