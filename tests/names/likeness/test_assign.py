"""Common names are assigned to a token as a plain table of odds would have it, and never by half a skeleton."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.names.common import MOST_NAMES, NONE
from tahaluf.names.letters import SKELETON_WIDTH, skeleton_symbols
from tahaluf.names.likeness.assign import assign_names
from tahaluf.names.likeness.model import CommonSpellings, LikenessModel, likeness

LEAST, MARGIN = 1.5, 0.75
NAMES = st.lists(st.integers(0, 6), min_size=1, max_size=MOST_NAMES, unique=True)
# Quarters, so that odds are often the same, or just as far below the best as is allowed.
ODDS = st.integers(-8, 16).map(lambda quarters: quarters / 4)
Spelled = list[tuple[list[int], float]]


def assigned(tokens: list[Spelled]) -> list[list[int]]:
    spelled = [one for own in tokens for one in own]
    listed = np.asarray([[*names, *[NONE] * MOST_NAMES][:MOST_NAMES] for names, _ in spelled], dtype=np.int16).reshape(
        -1, MOST_NAMES
    )
    starts = np.cumsum([0, *map(len, tokens)])
    odds = np.asarray([own for _, own in spelled], dtype=np.float32)
    out = np.full((2 * len(tokens), MOST_NAMES), NONE, dtype=np.int16)
    asked = (np.arange(len(tokens)) * 2, starts, np.arange(len(spelled)))
    assign_names(asked, odds, listed, (LEAST, MARGIN), np.empty(MOST_NAMES), out)
    assert (out[1::2] == NONE).all()
    return [[number for number in row if number != NONE] for row in out[::2].tolist()]


def expected(spelled: Spelled) -> list[int]:
    found: dict[int, float] = {}
    for names, own in spelled:
        for number in names:
            found[number] = max(own, found.get(number, -np.inf))
    best = max(found.values(), default=-np.inf)
    near = sorted((-own, number) for number, own in found.items() if own >= best - MARGIN)
    return [number for _, number in near[:MOST_NAMES]] if best >= LEAST else []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.tuples(NAMES, ODDS), max_size=10), max_size=4))
def test_names_are_those_of_the_likeliest_spellings_best_first(tokens: list[Spelled]) -> None:
    assert assigned(tokens) == list(map(expected, tokens))


@pytest.fixture(scope="module")
def long() -> str:
    """A token whose skeleton fills its row."""
    text = "bakadafagalamanarabakadafaga"
    assert len(skeleton_symbols(text)) == SKELETON_WIDTH
    return text


@pytest.fixture(scope="module")
def model(long: str) -> LikenessModel:
    """The committed model, which knows `long` for a spelling of the name with number 7."""
    codes = likeness().codes([long])
    codes = codes._replace(common=np.full_like(codes.common, NONE))
    codes.common[0, 0] = 7
    spellings = CommonSpellings({skeleton_symbols(long): (0, 1)}, codes)
    return replace(likeness(), spellings=lambda: spellings)


def test_a_skeleton_that_was_cut_is_not_taken_for_the_whole(model: LikenessModel, long: str) -> None:
    common = model.codes([long, long + "h", long + "ba", "bakada"]).common
    assert common[0].tolist() == [7, NONE, NONE]
    assert (common[1:] == NONE).all()
    assert (model.codes([long + "a"]).common[0] == [7, NONE, NONE]).all()


def test_tokens_of_two_letters_and_known_spellings_are_left_as_they_are(model: LikenessModel) -> None:
    known = likeness().codes(["mohamed"]).common[0].tolist()
    assert known[0] != NONE
    assert model.codes(["mohamed", "bk", ""]).common.tolist() == [known, [NONE] * 3, [NONE] * 3]
