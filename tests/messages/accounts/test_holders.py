"""Who may hold an account: every name that the lines of a party may be read as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.messages.accounts import MOST_NAMES, find_holders


def names(*lines: str) -> tuple[str, ...]:
    return find_holders(lines[:1], lines[1:])[0]


def test_an_ordinary_name_and_address_are_one_name() -> None:
    assert names("CLAIRE HOFFMANN", "12 RUE DU PORT", "MARSEILLE") == ("CLAIRE HOFFMANN",)
    assert names("CLAIRE HOFFMANN", "AVENUE KWAME NKRUMAH", "BURKINA FASO") == ("CLAIRE HOFFMANN",)
    assert names("CLAIRE HOFFMANN", "OUAGADOUGOU BURKINA FASO") == ("CLAIRE HOFFMANN",)


@pytest.mark.parametrize(
    "lines",
    [
        ("MR", "IDRISS ZEROUALI"),
        ("C/O MILLER TRADING", "IDRISS ZEROUALI"),
        ("JANE MILLER AND/OR", "IDRISS ZEROUALI"),
        ("JANE MILLER", "3 RUE DU PORT", "c/o Idriss Zerouali"),
        ("JANE MILLER", "3 RUE DU PORT", "MARSEILLE", "IDRISS ZEROUALI"),
        ("IDRISS", "ZEROUALI"),
        ("JANE MILLER", "IDRISS", "ZEROUALI"),
        ("JANE MILLER OR IDRISS", "ZEROUALI"),
        ("DR. IDRISS ZEROUALI",),
    ],
)
def test_a_name_is_found_on_any_line_or_wrapped_over_several(lines: tuple[str, ...]) -> None:
    assert "idriss zerouali" in [name.lower() for name in names(*lines)]


def test_a_name_of_three_lines_is_joined() -> None:
    assert "ABDUL RAHIM BIN BAAYSIR" in names("ABDUL RAHIM", "BIN", "BAAYSIR")


@pytest.mark.parametrize(
    "between",
    [
        " OR ", " or ", " AND/OR ", " ALIAS ", " A/K/A ", " AKA ", " A.K.A. ", " C/O ", " c/o: ", " ATTN ", " ATTN: ",
        " FAO ", " ET/OU ", " OU ", " / ", "/", " & ", " AND ", " ET ", "; ", " (", " و ", " أو ", " S/O ", " D/B/A ",
    ],
)  # fmt: skip
def test_holders_of_one_line_are_alternatives_beside_the_whole(between: str) -> None:
    whole = f"JANE MILLER{between}IDRISS ZEROUALI"
    assert names(whole) == (whole, "JANE MILLER", "IDRISS ZEROUALI")


@pytest.mark.parametrize(
    "whole", ["ETS TRAORE & FILS", "OREN COHEN", "MAERSK A/S", "BANK OF COMMERCE AND INDUSTRY", "والي وهبة", "M AND S"]
)
def test_what_is_one_name_is_not_parted(whole: str) -> None:
    assert names(whole) == (whole,)


def test_the_names_are_bounded_and_what_is_left_off_is_counted() -> None:
    found, count = find_holders(("JANE MILLER",), [f"NAME {chr(65 + at)}ALIA" for at in range(20)])
    assert len(found) == MOST_NAMES
    assert count > MOST_NAMES


@given(st.lists(st.text(alphabet="AB OR/&C.()1", max_size=30), max_size=6))
def test_the_names_that_were_known_come_first_and_none_twice(lines: list[str]) -> None:
    given_names = tuple(line for line in lines[:1] if line)
    found, count = find_holders(given_names, lines[1:])
    assert found[: len(given_names)] == given_names
    assert len(set(found)) == len(found) <= min(count, MOST_NAMES)
    assert all(any(char.isalpha() for char in name) for name in found[len(given_names) :])


def test_lines_that_are_not_looked_at_are_counted() -> None:
    found, count = find_holders(("JANE MILLER",), ["12 RUE DU PORT"] * 100)
    assert found == ("JANE MILLER",)
    assert count > MOST_NAMES
