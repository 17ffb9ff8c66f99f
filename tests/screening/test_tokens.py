"""Doubtful tokens are cut in two wherever the list has the like of both halves, and nowhere else."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tahaluf.domain import Alias, Kind, Listing
from tahaluf.names.kin import kin_groups
from tahaluf.names.letters import SKELETON_WIDTH, skeleton_symbols
from tahaluf.names.likeness.encode import skeleton_bytes
from tahaluf.names.likeness.model import likeness
from tahaluf.screening import tokens as module
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.index.build import build_names
from tahaluf.screening.narrow import narrow
from tahaluf.screening.tokens import DOUBTFUL, LIKELY, TokenTable
from tests.screening.tiny_model import tokens

KNOWN = ["mohamed", "salem", "khadidja", "robert", "bob", "محمد", "نور", "bank", "دين"]
listed = st.lists(tokens | st.sampled_from(KNOWN), min_size=1, max_size=8, unique=True)


@st.composite
def glued(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Listed tokens, and texts of which some are two of them written together."""
    own = draw(listed)
    one = st.sampled_from(own) | st.sampled_from(KNOWN) | tokens
    return own, draw(st.lists(st.lists(one, min_size=1, max_size=2).map("".join), max_size=6, unique=True))


def build(own: Sequence[str]) -> NameIndex:
    """Each token listed as a name by itself."""
    return build_names([Listing(text, Kind.PERSON, "invented", (Alias(text),)) for text in own], likeness())


def shown(text: str) -> bytes:
    return skeleton_symbols(text)[:SKELETON_WIDTH]


def halves_of(text: str, index: NameIndex) -> Iterator[str]:
    """The halves by the book: of listed skeletons, at least one with rows left to find."""
    forms = skeleton_bytes(index.skeleton_words, index.skeleton_sizes)
    is_met = {form for form, rows in zip(forms, np.diff(index.member_starts), strict=True) if rows}
    for cut in range(2, len(text) - 1):
        pair = (text[:cut], text[cut:])
        met = any(shown(half) in is_met or half in kin_groups() for half in pair)
        if met and all(shown(half) in forms for half in pair):
            yield from pair


def check(index: NameIndex, texts: list[str]) -> list[int]:
    """That the table cuts the texts as the definition has it; the rows of the halves."""
    table = TokenTable(index, likeness())
    rows = table.rows([(text, "") for text in texts])
    cuts = table.cut_rows(rows, texts)
    found = list[int]()
    for row, text in zip(rows, texts, strict=True):
        doubtful = len(text) >= 6 and table.best[row] < DOUBTFUL
        halves = table.made_rows(list(halves_of(text, index)), 0) if doubtful else []
        assert cuts[row] == tuple(half for half in halves if table.best[half] >= LIKELY)
        found += cuts[row]
    assert table.cut_rows(rows, texts) == cuts
    return found


@settings(max_examples=60, deadline=None)
@given(glued(), st.sampled_from((1, 2, 4096)))
@example((["salem", "khadidja"], ["salemkhadidja", "salem", "khadidjasalem"]), 1)
def test_a_doubtful_token_is_cut_where_both_halves_are_listed(case: tuple[list[str], list[str]], at_once: int) -> None:
    own, texts = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "AT_ONCE", at_once)
        check(build(own), texts)


def test_a_token_of_two_listed_ones_is_cut() -> None:
    assert check(build(["salem", "khadidja"]), ["salemkhadidja"])
    assert not check(build(["salem", "zineb"]), ["salemkhadidja"])


def test_of_a_narrowed_list_one_half_must_be_there_to_be_found() -> None:
    index = build(["salem", "khadidja", "tarek", "zineb"])
    narrowed = narrow(index, np.asarray([True, False, False, False]))
    assert check(narrowed, ["salemkhadidja", "zinebsalem"])
    assert not check(narrowed, ["tarekzineb"])
    assert check(index, ["tarekzineb"])


@pytest.mark.parametrize(("text", "sought"), [("takobezunilaf", False), ("salemkhadidja", True)])
def test_halves_that_a_narrowed_list_cannot_answer_are_not_looked_for(text: str, sought: bool) -> None:
    index = build(["salem", "khadidja", "takobe", "zunilaf"])
    table = TokenTable(narrow(index, np.asarray([True, False, False, False])), likeness())
    rows = table.rows([(text, "")])
    before = len(table)
    table.cut_rows(rows, [text])
    assert (len(table) > before) == sought
