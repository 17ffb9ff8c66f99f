"""Compound names come to one form however they are spelled or spaced; other names are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.names.compounds import normalize_compound

LATIN = st.text("abcdehilmnoqrstuyz", min_size=1, max_size=16)


@pytest.mark.parametrize(
    ("form", "spellings"),
    [
        ("abdrahman", ["abdulrahman", "abdalrahman", "abdelrahman", "abdurrahman", "abderrahman"]),
        ("abdlah", ["abdullah", "abdallah", "abdoullah", "abdulla"]),
        ("nurdin", ["nuruddin", "nureldin", "nuraddin", "nureddine"]),
        ("nasrlah", ["nasrallah", "nasrullah", "nasrollah"]),
        ("عبدرحمن", ["عبدالرحمن"]),
        ("عبدله", ["عبدالله"]),
        ("نوردين", ["نورالدين"]),
        ("نصرله", ["نصرالله"]),
    ],
)
def test_spellings_of_one_compound_have_one_form(form: str, spellings: list[str]) -> None:
    assert {normalize_compound(spelling) for spelling in spellings} == {form}


@pytest.mark.parametrize("name", ["abdi", "abdou", "karim", "nadine", "walid", "ali", "عبدان", "الدين", "خالد"])
def test_names_that_only_look_like_compounds_are_left_alone(name: str) -> None:
    assert normalize_compound(name) == name


@given(LATIN | st.text("ابتدرسعلمنهويح", min_size=1, max_size=16))
def test_no_name_disappears_and_none_grows(name: str) -> None:
    form = normalize_compound(name)
    assert 0 < len(form) <= len(name) + 1
