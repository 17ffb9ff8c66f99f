"""After romanization a token is in Arabic or in Latin letters, whatever it was written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.names.fold import fold
from tahaluf.names.letters import is_arabic
from tahaluf.names.romanize import romanize


@pytest.mark.parametrize(
    ("written", "latin"),
    [("Иван", "ivan"), ("Шамиль", "shamil"), ("хаджи", "khadzhi"), ("Γιώργος", "giorgos"), ("习近平", "xijinping")],
)
def test_other_scripts_become_latin(written: str, latin: str) -> None:
    assert romanize(fold(written)) == latin


@pytest.mark.parametrize("token", ["محمد", "گلبدين", "kader"])
def test_arabic_and_latin_stay_as_they_are(token: str) -> None:
    assert romanize(token) == token


def test_a_cyrillic_look_alike_within_a_latin_word_is_read_as_the_letter_it_looks_like() -> None:
    assert romanize(fold("m\u043ehamed")) == "mohamed"


@given(st.text(min_size=1, max_size=20))
def test_what_comes_out_is_arabic_or_plain_latin(text: str) -> None:
    token = romanize(fold(text))
    assert token.isascii() or is_arabic(token)


@given(st.text(st.characters(min_codepoint=0x410, max_codepoint=0x44F), min_size=1, max_size=20))
def test_romanizing_again_changes_nothing(text: str) -> None:
    once = romanize(fold(text))
    assert romanize(once) == once
