"""A hit is told by the listed name that its reader finds again; its score is that of the best."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.domain import Alias, Hit, Kind, Listing, Quality, Subject
from tahaluf.messages import batch_of
from tahaluf.names.likeness.model import likeness
from tahaluf.screening import Screener
from tahaluf.screening.candidates import Names
from tahaluf.screening.export import render_rows
from tahaluf.screening.naming import Naming
from tahaluf.screening.reference.screen import Best
from tahaluf.screening.weights import handicap, score_weights
from tests.screening.compared import Compared
from tests.screening.test_screener import OTHERS, person
from tests.screening.tiny_model import respelled

# Each with spellings in both scripts, so that either may be the best.
PEOPLE = (
    ("Abdelkader Ben Zerouel", "Abd al-Qadir Bin Zarwal", "عبد القادر بن زروال"),
    ("Youssef Tandjawi Ould Khatry", "يوسف الطنجاوي ولد خطري", "Yousif Tanjawi"),
    ("خالد القروبي", "Khaled Kerroubi", "Halid Qarrubi", "خالد الكروبي"),
    ("سالم زردومي",),
    ("Salem Zerdoumi Hassan",),
)
LISTINGS = tuple(person(str(number), *names) for number, names in enumerate(PEOPLE))
SPELLINGS = tuple(name for names in PEOPLE for name in names)


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return Screener.compile((*LISTINGS, *OTHERS), tmp_path_factory.mktemp("naming") / "index")


def best(screener: Screener, name: str, **more: Any) -> Hit:
    return screener.match(Subject("s", (name,), Kind.PERSON, **more), top=1, threshold=0.0)[0]


@pytest.mark.parametrize("name", SPELLINGS)
def test_whoever_bears_a_listed_name_is_told_that_name_word_for_word(screener: Screener, name: str) -> None:
    hit = best(screener, name)
    assert hit.explanation.listing_name == name
    assert {token.reason for token in hit.explanation.tokens} <= {"exact", "particle"}


def test_a_name_in_the_subjects_own_letters_is_told_rather_than_a_romanization(screener: Screener) -> None:
    assert best(screener, "يوسف ولد خطري الطنجاوي").explanation.listing_name == PEOPLE[1][1]
    assert best(screener, "Khalid Qerroubi").explanation.listing_name == PEOPLE[2][1]


def test_a_name_in_other_letters_is_told_where_none_in_the_own_ones_comes_near(tmp_path: Path) -> None:
    listing = person("x", "Khaled Kerroubi Zerdoumi", "أبو الخير")
    hit = best(Screener.compile((listing, *OTHERS), tmp_path / "index"), "خالد القروبي زردومي")
    assert hit.explanation.listing_name == "Khaled Kerroubi Zerdoumi"


def test_the_score_is_that_of_the_best_name_and_the_terms_say_so(tmp_path: Path) -> None:
    alone = best(Screener.compile((person("0", *PEOPLE[0][:2]), *OTHERS), tmp_path / "a"), PEOPLE[0][2])
    both = best(Screener.compile((person("0", *PEOPLE[0]), *OTHERS), tmp_path / "b"), PEOPLE[0][2])
    assert both.score == pytest.approx(alone.score, abs=2e-3)
    terms = {term.term: term.effect for term in both.explanation.terms}
    assert terms["whole_name"] > 0
    assert sum(terms.values()) == pytest.approx(math.log(both.score / (1 - both.score)), abs=1e-3)


def test_no_term_says_of_a_name_that_it_agrees_as_a_whole_where_it_does_not(screener: Screener) -> None:
    for name in ("عبد القادر زروال الكبير", "خالد القاروبي", "Abdelkadir Zerrouel"):
        explained = best(screener, name).explanation
        assert "whole_name" not in {term.term for term in explained.terms}


def test_a_weak_alias_that_is_the_same_is_told_too(tmp_path: Path) -> None:
    weak = Listing(
        "w", Kind.PERSON, "invented", (Alias("Halid Qarrubi"), Alias("خالد القروبي", quality=Quality.LOW))
    )  # fmt: skip
    hit = best(Screener.compile((weak, *OTHERS), tmp_path / "index"), "خالد القروبي")
    assert hit.explanation.listing_name == "خالد القروبي"


def test_lines_tell_the_same_names_as_hits(screener: Screener) -> None:
    told = [Subject(str(number), (name,), Kind.PERSON) for number, name in enumerate((*SPELLINGS, "خالد القاروبي"))]
    two = Subject("two", (SPELLINGS[0], SPELLINGS[2]), Kind.PERSON, nationalities=("dz",))
    batch = batch_of([*told, two])
    assert screener.screen_lines(batch, threshold=0.0) == render_rows(screener.screen_batch(batch, threshold=0.0))


WEIGHTS = (score_weights().coefficients, score_weights().intercept)
BOTH = Compared((*LISTINGS, *OTHERS[:10]), likeness(), WEIGHTS)
NAMING = Naming(BOTH.index)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(SPELLINGS).flatmap(respelled), min_size=1, max_size=4))
def test_the_names_told_are_those_of_the_reference(subjects: list[str]) -> None:
    asked, found = BOTH.ask(subjects), BOTH.screen(subjects, 4, 36)
    rows, places = np.nonzero(found.name >= 0)
    first = [
        Best(int(found.listing[at]), int(found.name[at]), float(found.logit[at]))
        for at in zip(rows, places, strict=True)
    ]
    chosen = NAMING.choose(Names(subjects, asked, found), rows, places)
    for row, one, number in zip(rows.tolist(), first, chosen.tolist(), strict=True):
        book = BOTH.slow.told(subjects[row], one)
        if number != book:
            assert is_close(subjects[row], one, number, book)


def is_close(name: str, one: Best, first: int, second: int) -> bool:
    """Whether two names are told apart by no more than what the two ways of reckoning differ by."""
    values = [
        one.logit - handicap() if number == one.name else BOTH.slow.logit(name, number) for number in (first, second)
    ]
    return values[0] == pytest.approx(values[1], abs=1e-2)
