"""Folding brings the spellings that writers interchange to one form, and nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import Script
from tahaluf.names.fold import fold, script_of

ARABIC = st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=30)


@given(st.text(max_size=40) | ARABIC)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40) | ARABIC)
def test_no_mark_and_no_invisible_character_is_left(text: str) -> None:
    assert not [char for char in fold(text) if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cs", "Co"}]


@given(st.text(max_size=40) | st.lists(ARABIC).map(" ".join))
def test_what_stands_beyond_a_space_does_not_change_a_word(text: str) -> None:
    assert fold(text) == " ".join(map(fold, text.split(" ")))


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x6FF) | st.sampled_from("‘’“”„«»"), max_size=8))
def test_plain_characters_fold_as_they_do_among_others(text: str) -> None:
    assert fold(text + "\u200b") == fold(text)


@given(st.text(st.characters(codec="ascii", categories=["Lu", "Ll", "Nd"]), max_size=30))
def test_plain_latin_only_loses_its_case(text: str) -> None:
    assert fold(text) == text.lower()


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("أحمد", "احمد"),
        ("یحیی", "يحيي"),
        ("فاطمة", "فاطمه"),
        ("کریم", "كريم"),
        ("علی‌رضا", "علي رضا"),
        ("٣٤", "34"),
        ("Ḥusayn", "husayn"),
        ("Ｍｏｈａｍｅｄ", "mohamed"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("O’Neil", "oneil"),
        ("a\u202eb", "ab"),
    ],
)
def test_spellings_that_writers_interchange_become_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(("first", "second"), [("پ", "ب"), ("چ", "ج"), ("ژ", "ز"), ("گ", "ك"), ("ڤ", "ف")])
def test_letters_of_other_sounds_stay_apart(first: str, second: str) -> None:
    assert fold(first) != fold(second)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("محمد", Script.ARABIC),
        ("Amadou", Script.LATIN),
        ("Шамиль", Script.CYRILLIC),
        ("김", Script.OTHER),
        ("12 -", Script.OTHER),
        ("محمد A", Script.ARABIC),
    ],
)
def test_the_script_is_that_of_most_letters(text: str, script: Script) -> None:
    assert script_of(text) is script
