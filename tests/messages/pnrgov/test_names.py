"""Titles and names run together, and what is no name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.messages.pnrgov.names import TITLES, full_names, is_placeholder, says_nothing, split_given, squash

WORD = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=9).filter(
    lambda word: not says_nothing(word) and word not in TITLES
)


@pytest.mark.parametrize(("given_names", "names", "title"), [
    ("OUSMANE", ("OUSMANE MAIGA",), ""),
    ("OUSMANEMR", ("OUSMANE MAIGA",), "MR"),
    ("OUSMANE MR", ("OUSMANE MAIGA",), "MR"),
    ("OUSMANE IDRISSAMR", ("OUSMANE IDRISSA MAIGA",), "MR"),
    ("FANTAMRS", ("FANTA MAIGA",), "MRS"),
    ("FANTAMISS", ("FANTA MAIGA",), "MISS"),
    ("FANTA MS", ("FANTA MAIGA",), "MS"),
    ("ALIMSTR", ("ALI MAIGA",), "MSTR"),
    ("SEYDOUDR", ("SEYDOU MAIGA",), "DR"),
    ("SEYDOU PROF DR", ("SEYDOU MAIGA",), "PROF DR"),
    ("OUSMANEMR CHD", ("OUSMANE MAIGA",), "MR CHD"),
    ("MR SEYDOU", ("SEYDOU MAIGA",), "MR"),
    ("ISSA MR(ADT)", ("ISSA MAIGA",), "MR"),
    ("MR", ("MAIGA",), "MR"),
    ("FNU", ("MAIGA",), ""),
    ("", ("MAIGA",), ""),
])  # fmt: skip
def test_titles_are_told_from_given_names(given_names: str, names: tuple[str, ...], title: str) -> None:
    assert full_names("MAIGA", given_names) == (names, title)


@pytest.mark.parametrize("name", ["BADR", "SHAMS", "OMR", "QAMR", "HAIDR", "ALBADR", "ABDULQADR", "KHADR", "UMR"])
def test_a_name_that_ends_like_a_title_stays_a_name(name: str) -> None:
    assert f"{name} HADDAD" in full_names("HADDAD", name)[0]


def test_what_may_be_either_is_both() -> None:
    assert full_names("TOURE", "BENAMR") == (("BENA TOURE", "BENAMR TOURE"), "MR")
    assert full_names("TOURE", "MRJEAN") == (("MRJEAN TOURE", "JEAN TOURE"), "MR")


@pytest.mark.parametrize(
    "surname", ["GROUP", "GRP", "TOURS GROUP", "TBA", "ZZ", "ZZZ", "ZZGRP", "NONAME", "NO NAME", "XX"]
)
def test_placeholders_are_known(surname: str) -> None:
    assert is_placeholder(surname, "")
    assert is_placeholder(surname, "A")


@pytest.mark.parametrize(("surname", "given_names"), [
    ("ZZAHRA", "FATIMA"), ("ZZ", "MARIAMMISS"), ("XU", "LI"),
    ("GROUPAMA", "JEAN"), ("TBATOU", "ALI"), ("TESTA", "MARIO"),
])  # fmt: skip
def test_names_that_look_like_placeholders_are_names(surname: str, given_names: str) -> None:
    assert not is_placeholder(surname, given_names)


@given(
    st.lists(WORD, min_size=1, max_size=3),
    st.sampled_from(sorted(TITLES)),
    st.booleans(),
)
def test_no_letter_of_a_given_name_is_lost_but_a_title(words: list[str], title: str, apart: bool) -> None:
    text = " ".join(words)
    readings, found = split_given(f"{text} {title}" if apart else text)
    kept = {squash(reading) for reading in readings}
    whole = squash(text)
    ends = [squash(part) for part in ("", found, *found.split())]
    assert whole in {joined for reading in kept for end in ends for joined in (reading + end, end + reading)}
