"""Who bears a word in any spelling: all words in one name, each listing once, the nearest first; invented names."""

import pytest

from tahaluf.screening import Screener
from tests.screening.test_screener import person

LISTINGS = (
    person("two", "Tijani Zarwal", "Khatry Boughazala"),
    person("long", "Mounir Ould Khatry Zarwal Ferradji"),
    person("arabic", "خطري زروال"),
    person("none", "Lemhaba Aghali"),
)


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return Screener.compile(LISTINGS, tmp_path_factory.mktemp("bearers") / "index")


def test_all_words_stand_in_one_name(screener: Screener) -> None:
    assert {found[1] for found in screener.bearers("khatri")} == {"two", "long", "arabic"}
    assert {found[1] for found in screener.bearers("khatri zeroual")} == {"long", "arabic"}
    assert [found[2] for found in screener.bearers("boughzala khatri")] == ["Khatry Boughazala"]


def test_each_listing_comes_once_the_nearest_first(screener: Screener) -> None:
    found = screener.bearers("Zarwal")
    assert sorted(found, key=lambda one: -one[3]) == found
    assert len({one[:2] for one in found}) == len(found) == 3
    assert all(0.5 <= one[3] <= 1 for one in found)
    # Of two as near the shorter name comes first.
    latin = [one for one in found if one[1] != "arabic"]
    assert [one[2] for one in latin] == ["Tijani Zarwal", "Mounir Ould Khatry Zarwal Ferradji"]
    assert screener.bearers("Zarwal", most=1) == found[:1]


@pytest.mark.parametrize("text", ["", " - ", "ben", "42", "Qqxyz", "zarwal qqxyz"])
def test_what_is_no_word_of_a_name_finds_nobody(screener: Screener, text: str) -> None:
    assert screener.bearers(text) == []


def test_an_empty_or_a_narrowed_index_answers_for_what_it_holds(screener: Screener) -> None:
    assert [one[1] for one in screener.narrowed([("invented", "long")]).bearers("zeroual")] == ["long"]
    assert screener.narrowed([]).bearers("zeroual") == []


def test_an_index_of_nobody_has_no_bearers(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert Screener.compile([], tmp_path_factory.mktemp("nobody") / "index").bearers("zeroual") == []
