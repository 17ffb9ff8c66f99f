"""Tokens as numbers: what sounds alike has one skeleton, and arrays keep within their width."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.names.fold import fold
from tahaluf.names.letters import (
    SKELETON_WIDTH,
    WIDTH,
    encode,
    is_arabic,
    skeleton,
    skeleton_symbols,
    source_units,
    target_letters,
)

TOKEN = st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=60) | st.text(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=60
)


@pytest.mark.parametrize(
    ("arabic", "spellings"),
    [
        ("زهير", ["zuhair", "zouheir", "zoheyr", "zuhayr"]),
        ("سهيل", ["suhail", "souheil", "sohayl"]),
        ("عبده", ["abduh", "abdoh"]),
        ("تهامي", ["tuhami", "touhami", "tehami"]),
        ("محمد", ["mohamed", "muhammad", "mohammad"]),
        ("شاكر", ["shaker", "chakir"]),
        ("جمال", ["jamal", "djamel"]),
    ],
)
def test_a_name_has_one_skeleton_in_both_scripts(arabic: str, spellings: list[str]) -> None:
    assert {skeleton(spelling) for spelling in spellings} == {skeleton(fold(arabic))}


def test_two_letters_with_a_vowel_between_are_no_digraph() -> None:
    assert skeleton("zuhair") != skeleton("zhair")
    assert skeleton("suhail") != skeleton("shail")
    assert skeleton("tuhami") != skeleton("thami")


@pytest.mark.parametrize(("first", "second"), [("karim", "salim"), ("hassan", "hossam"), ("خالد", "خليل")])
def test_different_consonants_are_different_skeletons(first: str, second: str) -> None:
    assert skeleton(first) != skeleton(second)


@given(TOKEN)
def test_the_key_has_a_fixed_width_and_begins_with_the_skeleton(token: str) -> None:
    key = encode([token]).skeleton[0].tobytes()
    assert len(key) == SKELETON_WIDTH
    assert len(key.rstrip(b"\xff")) == min(len(skeleton(token)), SKELETON_WIDTH)
    assert key.rstrip(b"\xff") == skeleton_symbols(token)[:SKELETON_WIDTH]


@given(st.lists(TOKEN, max_size=5))
def test_arrays_hold_the_tokens_cut_at_their_width(tokens: list[str]) -> None:
    codes = encode(tokens)
    assert codes.source.shape == (len(tokens), WIDTH)
    assert codes.skeleton.shape == (len(tokens), SKELETON_WIDTH)
    assert codes.arabic.tolist() == [is_arabic(token) for token in tokens]
    for row, token in enumerate(tokens):
        sizes = codes.sizes[row].tolist()
        assert codes.source[row, : sizes[0]].tolist() == source_units(token)[:WIDTH]
        assert codes.target[row, : sizes[1]].tolist() == target_letters(token)[:WIDTH]
        assert codes.skeleton[row].astype(np.int8).tobytes() == skeleton_symbols(token)[:SKELETON_WIDTH].ljust(
            SKELETON_WIDTH, b"\xff"
        )


def test_a_letter_counts_by_where_it_stands() -> None:
    units = source_units("nanan")
    assert len({units[0], units[2], units[4]}) == 3
