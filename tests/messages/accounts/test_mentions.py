"""Identifiers found in free text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.messages.accounts import find_identifiers, is_iban


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.type, mention.value) for mention in find_identifiers(text)]


def test_an_iban_is_found_in_groups_with_hyphens_and_in_lower_case():
    assert found("to FR76 3000 6000 0112 3456 7890 189 today") == [("iban", "FR7630006000011234567890189")]
    assert found("to gb82-west-1234-5698-7654-32.") == [("iban", "GB82WEST12345698765432")]


def test_an_iban_ends_where_its_country_says():
    assert found("DE89 3704 0044 0532 0130 00 1250 EUR") == [("iban", "DE89370400440532013000")]


def test_a_number_with_wrong_check_digits_is_no_iban():
    assert found("DE88370400440532013000") == []


def test_each_kind_of_identifier_is_found_where_it_stands():
    text = "via BNPAFRPPXXX, MV Amal IMO 9074729, LEI 529900T8BM49AURSDO55, passport no. AB1234567"
    assert [kind for kind, _ in found(text)] == ["swift/bic", "imo number", "lei", "passport"]
    for mention in find_identifiers(text):
        assert text[mention.start : mention.end] == mention.value


def test_wallets_are_found_and_rows_of_one_digit_are_none():
    assert found("btc 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2") == [("wallet", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2")]
    assert found("1111111111111111111111111111") == []


def test_a_bic_in_lower_case_is_found_where_it_is_said_to_be_one():
    assert found("swift code: bnpafrpp") == [("swift/bic", "BNPAFRPP")]
    assert found("tomorrow") == []


@pytest.mark.parametrize(
    "word", ["BENEFICIARY", "DELIVERY", "BUSINESS", "FOURNITURES", "MOHAMMED", "HOSPITAL", "FEBRUARY"]
)
def test_an_ordinary_word_in_capitals_is_no_bic_unless_it_is_said_to_be_one(word: str):
    assert found(f"PAY THE {word} AT ONCE") == []
    assert found(f"BIC {word}") == [("swift/bic", word)]


@pytest.mark.parametrize("code", ["BNPAFRPP", "DEUTDEFF", "CHASUS33", "SGBFBFBFXXX", "BCMAMAMC"])
def test_a_bic_of_letters_alone_is_found_among_words(code: str):
    assert found(f"VIA {code} FOR DELIVERY") == [("swift/bic", code)]


def test_passports_are_found_in_french_and_arabic():
    assert found("passeport n° 12AB34567") == [("passport", "12AB34567")]
    assert found("جواز سفر رقم A1234567") == [("passport", "A1234567")]


def test_the_number_of_identifiers_is_bounded():
    assert len(found(" ".join(["BNPAFRPPXXX"] * 500))) == 64


@given(st.text(alphabet="ABFR0123456789 -xIMOgb.", max_size=200))
def test_what_is_found_stands_in_the_text_and_nothing_overlaps(text: str):
    mentions = find_identifiers(text)
    for mention in mentions:
        inside = text[mention.start : mention.end].upper().replace(" ", "").replace("-", "")
        assert inside == mention.value.upper()
        assert mention.type != "iban" or is_iban(mention.value)
    for before, after in pairwise(mentions):
        assert before.end <= after.start
