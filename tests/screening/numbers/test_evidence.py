"""How a listing found by a number alone scores."""

import math
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from tahaluf.domain import AttributeEffect, Document, Kind, Listing
from tahaluf.screening.attributes import DEFAULT_CONFIG as CONFIG
from tahaluf.screening.attributes import combine
from tahaluf.screening.index.numbers import build_numbers
from tahaluf.screening.numbers import (
    DEFAULT_BASES,
    NumberEvidence,
    NumberFinder,
    NumberMatch,
    find_numbers,
    weigh_numbers,
    with_evidence,
)  # fmt: skip
from tahaluf.screening.weights import score_weights

LISTED = (
    Document("AB123459", "passport", "ml"), Document("K7719", "passport", "ml"), Document("ZO771933", "passport", "ml"),
)  # fmt: skip
SAME_DAY = AttributeEffect("birth_date", "birth_date.same", CONFIG.date_same_day)
SAME_YEAR = AttributeEffect("birth_date", "birth_date.same_year", CONFIG.date_same_year)
OTHER_DAY = AttributeEffect("birth_date", "birth_date.contradicted", CONFIG.date_contradicted)
OTHER_GENDER = AttributeEffect("gender", "gender.other", CONFIG.gender_other)
NATIONALITY = AttributeEffect("nationality", "nationality.same", CONFIG.nationality_same)
THRESHOLD = score_weights().threshold


def evidence(*documents: Document) -> NumberEvidence | None:
    finder = NumberFinder(build_numbers([Listing("t", Kind.PERSON, "test", (), documents=LISTED)]))
    return weigh_numbers(find_numbers(documents, finder), documents, LISTED)


def score(document: Document, *others: AttributeEffect) -> float:
    found = evidence(document)
    assert found is not None
    return combine(1 / (1 + math.exp(-found.base)), with_evidence(others, found))


def test_the_same_number_by_a_fitting_issuer_is_well_over_the_threshold_whatever_the_name() -> None:
    assert score(Document("AB123459", "passport", "ml")) > 0.95
    assert score(Document("AB123459")) > 0.95


def test_the_same_number_stays_over_the_threshold_whatever_else_contradicts() -> None:
    assert THRESHOLD < score(Document("AB123459", "passport", "ml"), OTHER_DAY, OTHER_GENDER) < 0.9


WEAKER = {
    "other issuer": Document("AB123459", "passport", "fr"),
    "other type": Document("AB123459", "tax id", "ml"),
    "short": Document("K7719", "passport", "ml"),
    "confusable": Document("2O77I933", "passport", "ml"),
    "one slip": Document("AB123495", "passport", "ml"),
}


@pytest.mark.parametrize("document", WEAKER.values(), ids=WEAKER)
def test_a_weaker_number_is_under_the_threshold_by_itself_and_over_it_with_the_birth_date(document: Document) -> None:
    assert score(document) < THRESHOLD
    assert score(document, SAME_DAY) > THRESHOLD
    assert score(document, OTHER_DAY) < score(document) < score(document, NATIONALITY)


def test_one_slip_needs_more_than_a_nationality() -> None:
    assert score(WEAKER["one slip"], NATIONALITY) < THRESHOLD <= score(WEAKER["one slip"], SAME_YEAR, NATIONALITY)


def test_the_strongest_number_speaks() -> None:
    found = evidence(WEAKER["one slip"], WEAKER["short"], Document("ZO771933", "passport"))
    assert found is not None and (found.base, found.effect.reason) == (DEFAULT_BASES.same, "document.same")
    assert (found.effect.subject, found.effect.listing) == ("ZO771933", "ZO771933")


def test_the_document_counts_once() -> None:
    found = evidence(Document("AB123459"))
    assert found is not None
    told = AttributeEffect("document", "document.other", CONFIG.document_other)
    assert with_evidence((NATIONALITY, told), found) == (NATIONALITY, found.effect)


def test_a_match_that_the_documents_do_not_bear_out_is_none() -> None:
    match = NumberMatch(0, 0, 1, "same")
    assert weigh_numbers([match], [Document("AB123459", "passport", "ml")], LISTED) is None
    assert weigh_numbers([], [], LISTED) is None


def test_a_place_where_no_document_is_raises() -> None:
    with pytest.raises(IndexError):
        weigh_numbers([NumberMatch(0, 0, 3, "same")], [Document("AB123459")], LISTED)


def test_the_bases_are_those_of_the_specification() -> None:
    text = (Path(__file__).parents[3] / "spec" / "screening-result.md").read_text("utf-8")
    stated = dict(re.findall(r"^\| `document\.(\w+)` \| (−[\d.]+) \|", text, re.MULTILINE))
    assert {reason: float(value.replace("−", "-")) for reason, value in stated.items()} == asdict(DEFAULT_BASES)
