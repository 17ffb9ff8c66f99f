"""Tokens cut by compiled code are cut as the functions of `names.letters` cut them, one by one."""

import csv
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tahaluf.names import letters
from tahaluf.names.letters import ARABIC_LETTERS, ARABIC_UNITS, LATIN_SKELETON, LATIN_UNITS, RESPELLED, SKELETON_WIDTH
from tahaluf.names.likeness.encode import cut_skeletons, encode, skeleton_bytes
from tahaluf.names.tokenize import tokenize
from tests.conftest import shared_file

many = settings(max_examples=400, deadline=None)
ODD = ("", "0", "7", "-", "'", " ", "\n", "\x00", "é", "ß", "A", "Z", "ж", "\u05ff", "\u0600", "ء", "ـ", "٣", "\u08ff")
BEYOND = ("\u0900", "中", "\U0001f600", "\ud800")
LATIN = st.lists(st.sampled_from([*LATIN_UNITS, *LATIN_SKELETON, *RESPELLED, "sch", "dsch", "sjt"]), max_size=40)
ARABIC = st.lists(st.sampled_from([*ARABIC_LETTERS, *ARABIC_UNITS, "تش", "تتش", "ششت"]), max_size=40)
MIXED = st.lists(st.sampled_from([*ODD, *BEYOND, *LATIN_UNITS, *RESPELLED, *ARABIC_LETTERS, "تش"]), max_size=40)
TOKENS = st.lists((LATIN | ARABIC | MIXED).map("".join) | st.text(max_size=40), max_size=6)
BENCH = ("alias", "ar2lat", "lat2ar", "ordinary")


def check(tokens: Sequence[str]) -> None:
    fast, slow = encode(tokens), letters.encode(tokens)
    for name in ("arabic", "source", "target", "skeleton", "sizes"):
        found, expected = getattr(fast, name), getattr(slow, name)
        assert (found.dtype, found.shape) == (expected.dtype, expected.shape)
        assert found.tolist() == expected.tolist(), name


def shown(token: str) -> bytes:
    return letters.skeleton_symbols(token)[:SKELETON_WIDTH]


@many
@given(TOKENS)
@example([])
@example(["", "schtsch", "dschschtsch", "ttsch", "ssjtjj", "shchsch", "xx", "محمد", "تشتش", "تتشش", "abتشsch"])
@example(["a" * 24, "a" * 25, "b" * 25, "ba" * 12, "ba" * 13, "ba" * 14, "ba" * 15, "x" * 8, "xa" * 7, "xaxa" * 40])
def test_every_array_is_the_one_of_the_functions(tokens: list[str]) -> None:
    check(tokens)


@pytest.mark.parametrize("name", BENCH)
def test_tokens_of_real_names_are_cut_alike(name: str) -> None:
    with shared_file("bench", "names-dev", f"{name}.csv").open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    tokens = list(
        dict.fromkeys(form for name in names for token in tokenize(name) for form in (token.text, token.bare))
    )
    assert len(tokens) > len(BENCH)
    check(tokens)
    texts = [token for token in tokens if len(token) > 5]
    pieces = [half for text in texts for cut in range(2, len(text) - 1) for half in (text[:cut], text[cut:])]
    assert cut_skeletons(texts, 2) == list(map(shown, pieces))


@many
@given(TOKENS)
def test_skeletons_are_bytes_without_their_padding(tokens: list[str]) -> None:
    codes = encode(tokens)
    assert skeleton_bytes(codes.skeleton, codes.sizes[:, 2]) == list(map(shown, tokens))


@many
@given(texts=TOKENS, least=st.integers(1, 4))
@example(texts=["", "a", "ab", "abc", "schtsch", "ابتشmtsch"], least=1)
@example(texts=["abc", "abcd", "abcde"], least=2)
def test_halves_have_the_skeletons_of_texts_by_themselves(texts: list[str], least: int) -> None:
    halves = [
        half for text in texts for cut in range(least, len(text) - least + 1) for half in (text[:cut], text[cut:])
    ]
    assert cut_skeletons(texts, least) == list(map(shown, halves))
