"""From the rows of an explanation to the score: every name is invented."""

import math
from pathlib import Path
from typing import Any

import pytest

from tahaluf.domain import Alias, Hit, Kind, Listing, Quality, Subject
from tahaluf.screening import Screener
from tahaluf.screening.terms import TERMS
from tests.screening.test_screener import LISTINGS, OTHERS, RARE, TRAVELERS, person

MORE = (
    person("three", "Mohamed Ali Hassan"),
    Listing("union", Kind.ORGANIZATION, "invented", (Alias("Kaltouma Union for the Relief of Atar"),)),
    Listing("league", Kind.ORGANIZATION, "invented", (Alias("رابطة كلتومة"), Alias("Amina")), reference="QDe.900"),
    Listing("weak-too", Kind.PERSON, "invented", (Alias("Abou Qaswara Dhoumari", quality=Quality.LOW),)),
)
ASKED = (
    *TRAVELERS, "Zubair Khatri Taraoueli compte cloture", "Mohamed Ali Hassan", "KURA", "رابطة كلتومة", "cmd Khatry",
    "Mounir Slimane Louafi Boughazala", "Tidjani Ben Mounir Boughazala", "Abu Qaswara Dumari", "M. Salah Bouderbala",
    "Zoubeirould Khatry Tarawely", "Dr Zoubeir Fofana ould Khatry",
)  # fmt: skip


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return Screener.compile((*LISTINGS, *MORE, *OTHERS[:5]), tmp_path_factory.mktemp("terms") / "index")


def best(screener: Screener, name: str, kind: Kind = Kind.UNKNOWN, **more: Any) -> Hit:
    return screener.match(Subject("s", (name,), kind, **more), top=1, threshold=0.0)[0]


def effects(hit: Hit) -> dict[str, float]:
    return {term.term: term.effect for term in hit.explanation.terms}


@pytest.mark.parametrize("name", [name for name in ASKED if name.strip("?")])
def test_the_terms_add_up_to_the_score_of_the_names(screener: Screener, name: str) -> None:
    for hit in screener.match(Subject("s", (name,)), top=50, threshold=0.0):
        score = hit.explanation.name_score
        assert sum(effects(hit).values()) == pytest.approx(math.log(score / (1 - score)), abs=1e-4)
        assert [term for term in TERMS if term in effects(hit)] == list(effects(hit))


def test_words_too_many_show_what_they_weigh_and_what_they_cost(screener: Screener) -> None:
    plain, longer = (best(screener, f"Zubair Khatri Taraoueli{more}") for more in ("", " compte cloture"))
    alone = {token.subject: token.weight for token in longer.explanation.tokens if token.reason == "unmatched_subject"}
    assert set(alone) == {"compte", "cloture"}
    assert all(weight < -3 for weight in alone.values())
    assert effects(longer)["left_subject"] < -2
    assert "left_subject" not in effects(plain)


def test_words_of_the_listing_that_are_left_over_cost_too(screener: Screener) -> None:
    hit = best(screener, "Mounir Boughazala", Kind.PERSON)
    alone = [token for token in hit.explanation.tokens if token.reason == "unmatched_listing"]
    assert len(alone) == 2 and all(token.weight < 0 for token in alone)
    assert effects(hit)["left_listing"] < 0


def test_thin_evidence_and_what_a_whole_name_has_at_least_are_told(screener: Screener) -> None:
    assert effects(best(screener, "Mohamed Ali", Kind.PERSON))["thin"] < -1
    whole = effects(best(screener, "Amina", Kind.ORGANIZATION))
    assert whole["thin"] < 0 < whole["whole_name"]
    assert sum(whole.values()) == pytest.approx(0.85)


def test_letters_have_one_term_of_their_own(screener: Screener) -> None:
    assert list(effects(best(screener, "KURA"))) == ["acronym"]


def test_a_father_who_differs_and_a_name_not_vouched_for_are_told(screener: Screener) -> None:
    contradicted = best(screener, "Mounir Ben Slimane Ben Louafi Boughazala", Kind.PERSON)
    assert effects(contradicted)["father"] < -3
    assert effects(best(screener, "Abu Qaswara Dumari"))["weak_alias"] < -1


def test_the_same_spelling_is_wholly_alike_and_a_far_one_is_only_similar(screener: Screener) -> None:
    tokens = best(screener, "Mounir Tidjani Boughazala").explanation.tokens
    assert {token.similarity for token in tokens if token.reason == "exact"} == {1.0}
    for name in ASKED:
        for hit in screener.match(Subject("s", (name,)), top=50, threshold=0.0):
            for token in hit.explanation.tokens:
                assert token.reason != "romanized" or token.similarity >= 0.8, token
                assert token.reason != "similar" or token.similarity < 0.8, token


def test_a_hit_bears_the_publishers_reference_where_there_is_one(screener: Screener) -> None:
    assert best(screener, "رابطة كلتومة").reference == "QDe.900"
    assert best(screener, "Zubair Khatri Taraoueli").reference is None
    assert best(screener, "Zubair Khatri Taraoueli").listing_id == RARE


def test_the_terms_are_the_same_in_a_new_screener(screener: Screener, tmp_path: Path) -> None:
    fresh = Screener.compile((*LISTINGS, *MORE, *OTHERS[:5]), tmp_path / "index")
    for name in ("Zubair Khatri Taraoueli compte cloture", "Tidjani Ben Mounir Boughazala"):
        assert best(fresh, name).explanation == best(screener, name).explanation
