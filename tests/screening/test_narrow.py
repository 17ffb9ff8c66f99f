"""A screener narrowed to some listings passes over nobody whom the whole one would find to be one of them."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tahaluf.domain import Kind, Subject
from tahaluf.lists import read
from tahaluf.screening import Screener
from tests.conftest import shared_file
from tests.screening.test_screener import FAMILIES, FATHERS, GIVEN, LISTINGS

WORDS = sorted(
    {word for text in (*GIVEN, *FATHERS, *FAMILIES) for word in text.split()} | {"بن", "خطري", "الزبير", "al"}
)
LISTED = [alias.text for listing in LISTINGS for alias in listing.names]
PAIRS = [(listing.dataset, listing.id) for listing in LISTINGS]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return Screener.compile(LISTINGS, tmp_path_factory.mktemp("narrow") / "index")


@st.composite
def written(draw: st.DrawFn) -> str:
    """A listed name or one of known words, some glued to the next, some cut in two, some with a letter lost."""
    listed = draw(st.sampled_from(LISTED)).split()
    words = draw(st.one_of(st.just(listed), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
    text = words[0]
    for word in words[1:]:
        text += draw(st.sampled_from((" ", "-", ""))) + word
    place = draw(st.integers(2, max(len(text) - 2, 2)))
    change = draw(st.sampled_from(("as it is", "cut", "letter lost")))
    if change == "cut":
        return f"{text[:place]} {text[place:]}"
    return text[:place] + text[place + 1 :] if change == "letter lost" else text


def pairs_found(screener: Screener, subjects: Sequence[Subject], threshold: float) -> list[list[tuple[str, str]]]:
    """The slow way: the listings that each subject hits, best first."""
    found = screener.match_many(subjects, top=100, threshold=threshold)
    return [[(hit.dataset, hit.listing_id) for hit in hits] for hits in found]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(written(), min_size=1, max_size=6),
    others=st.sets(st.sampled_from(PAIRS), max_size=8),
    last=st.booleans(),
    threshold=st.sampled_from((0.3, 0.5, 0.8)),
)
@example(["HamdouIkhlef"], set(), False, 0.3)
def test_whoever_has_a_hit_on_a_wanted_listing_may_have_one(
    whole: Screener, names: list[str], others: set[tuple[str, str]], last: bool, threshold: float
) -> None:
    subjects = [Subject(str(number), (name,), Kind.PERSON) for number, name in enumerate(names)]
    found = pairs_found(whole, subjects, threshold)
    wanted = others | {own[-1 if last else 0] for own in found if own}
    narrow = whole.narrowed(wanted)
    may = narrow.may_hit(subjects, threshold=threshold)
    assert narrow.may_hit_by_name([[name] for name in names], [Kind.PERSON] * len(names), threshold=threshold) == may
    for subject, own, it_may in zip(subjects, found, may, strict=True):
        assert it_may or wanted.isdisjoint(own), f"{subject.names} has a hit on {wanted} and was passed over"


def test_a_narrowed_screener_passes_over_most(whole: Screener) -> None:
    names = [f"{given} {father} {family}" for given, father, family in zip(GIVEN, FATHERS, FAMILIES, strict=False)]
    may = whole.narrowed({("invented", "rare")}).may_hit_by_name([[name] for name in names], [Kind.PERSON] * len(names))
    assert not any(may)


def test_on_the_united_nations_list_nobody_listed_is_passed_over(tmp_path: Path) -> None:
    listings = list(read(shared_file("data", "lists", "un", "consolidated-2026-02-27.xml")))
    screener = Screener.compile(listings, tmp_path / "index")
    wanted = {(one.dataset, one.id) for one in random.Random(3).sample(listings, 100)}
    subjects = [
        Subject(f"{one.id} {place}", (alias.text,), one.kind)
        for one in listings
        for place, alias in enumerate(one.names)
    ]
    found = pairs_found(screener, subjects, 0.5)
    may = screener.narrowed(wanted).may_hit(subjects, threshold=0.5)
    has = [not wanted.isdisjoint(own) for own in found]
    assert sum(has) > 100
    assert [subject.names for subject, one, it_may in zip(subjects, has, may, strict=True) if one and not it_may] == []
    assert sum(may) < len(subjects) / 2
