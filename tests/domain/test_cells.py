"""Text in cells: harmless wherever a spreadsheet cuts, readable, and the rest untouched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain.cells import safe_cell, visible
from tests.domain.formulas import HOSTILE, INSIDE, begins_a_formula


@pytest.mark.parametrize("text", HOSTILE + INSIDE)
def test_a_guarded_text_keeps_all_that_it_says(text: str) -> None:
    assert safe_cell(text) != text
    assert safe_cell(text).replace("'", "") == text.replace("'", "")


def test_a_formula_in_the_middle_is_guarded_where_it_would_begin() -> None:
    assert safe_cell("Ali;=1+cmd|' /C calc'!A0 Zeroual") == "Ali;'=1+cmd|' /C calc'!A0 Zeroual"


@given(st.text("aب;|=+-@＝ \t\n\"'", max_size=30))
def test_no_part_of_a_safe_cell_begins_like_a_formula(text: str) -> None:
    cell = safe_cell(text)
    for mark in ";\t\n|":
        assert not any(begins_a_formula(piece) for piece in cell.split(mark)[1:])
    assert safe_cell(cell) == cell
    assert cell.replace("'", "") == text.replace("'", "")


@given(st.text(max_size=20))
def test_a_safe_cell_never_begins_like_a_formula_and_keeps_the_text(text: str) -> None:
    cell = safe_cell(text)
    assert cell.replace("'", "") == visible(text).replace("'", "")
    assert cell.strip()[:1] not in set("=+-@＝＋－＠")


def test_ordinary_names_are_left_as_they_are() -> None:
    for name in ("Nadia Bakkar", "نادية", "al-Hadrami", "O'Neil", "'Abd al-Rahman", "(Abu) Salem"):
        assert safe_cell(name) == name


def test_what_would_hide_letters_or_turn_them_round_is_shown_as_a_mark() -> None:
    assert visible("Nadia\x00 \u202ebakkaB\x1b[0m") == "Nadia\ufffd \ufffdbakkaB\ufffd[0m"
    assert visible("نادية\tبكار\n") == "نادية\tبكار\n"
