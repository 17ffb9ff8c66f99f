"""Document numbers amid the words that the Security Council's list sets around them."""

import pytest

from tahaluf.lists.un.parts import find_number, leading_country, read_type


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("XK991122", "XK991122"), ("OB 0243318", "OB 0243318"), ("TR-P 614 166", "TR-P 614 166"),
        ("Malian diplomatic passport no. D00000777", "D00000777"), ("Jordan 654000", "654000"),
        ("French national identity card number 070775Q00", "070775Q00"), ("number 0946000", "0946000"),
        ("Tunisian passport number L 191000 issued on 28 Feb. 1996, expired on 27 Feb. 2001", "L 191000"),
        ("04643000 issued on 18 Jun. 1999", "04643000"), ("Italian Fiscal Code: ABCMMD74T11Z352Z", "ABCMMD74T11Z352Z"),
        ("", ""), ("lost", "lost"),
    ],
)  # fmt: skip
def test_a_number_is_found_amid_words(text: str, number: str) -> None:
    assert find_number(text) == number


@pytest.mark.parametrize(
    ("text", "word"), [("Jordan 1", "Jordan"), ("French card 1", "French"), ("SN 1", ""), ("", "")]
)
def test_a_country_may_stand_before_the_number(text: str, word: str) -> None:
    assert leading_country(text) == word


@pytest.mark.parametrize("label", ["Passport", "Numéro de passeport", "Número de pasaporte"])
def test_a_passport_is_one_in_any_language(label: str) -> None:
    assert read_type(label, "") == "passport"
    assert read_type("National Identification Number", "") == "national id"
