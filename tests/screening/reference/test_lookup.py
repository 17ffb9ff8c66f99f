"""The hashes of deletions find what a look at every skeleton finds."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tahaluf.domain import Alias, Kind, Listing
from tahaluf.names.letters import SKELETON_WIDTH
from tahaluf.names.likeness.edits import SYMBOL_MASKS, edit_distance
from tahaluf.screening.index.build import build_names
from tahaluf.screening.kernel import lookup as fast
from tahaluf.screening.kernel.near import MOST, insert_best
from tahaluf.screening.reference import lookup as slow
from tahaluf.screening.reference.screen import ReferenceScreen
from tahaluf.screening.tokens import TokenTable
from tests.screening.tiny_model import MODELS, tokens

MEMORY = (np.empty(fast.MAX_KEYS, np.uint32), np.empty(SYMBOL_MASKS, np.int64))
few = settings(max_examples=80, deadline=None)
skeletons = st.text("btjs", max_size=9) | st.text(slow.SYMBOLS, max_size=SKELETON_WIDTH)


def as_word(skeleton: str) -> NDArray[np.int8]:
    numbers = [slow.SYMBOLS.index(symbol) for symbol in skeleton]
    return np.asarray(numbers + [-1] * (SKELETON_WIDTH - len(numbers)), dtype=np.int8)


def found_by_hashes(skeleton: str, listed: list[str], most: int) -> set[int]:
    words = np.stack([as_word(own) for own in listed])
    sizes = np.asarray([len(own) for own in listed], dtype=np.int8)
    keys, owners = fast.build_keys(words, sizes)
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    starts = np.append(np.searchsorted(keys, np.arange(1 << 16, dtype=np.uint64) << 16).astype(np.int64), len(keys))
    seen, found = np.full(len(listed), -1, dtype=np.int32), np.empty(200, dtype=np.int32)
    lookup = (keys, owners, starts)
    count = fast.find_near(
        as_word(skeleton), np.int8(len(skeleton)), most, lookup, words, sizes, seen, 0, found, MEMORY
    )
    return set(found[:count].tolist())


@few
@given(a=skeletons, b=skeletons)
def test_the_distance_is_the_one_by_the_book(a: str, b: str) -> None:
    assert edit_distance(as_word(a), len(a), as_word(b), len(b), MEMORY[1]) == slow.edit_distance(a, b)


@pytest.mark.parametrize(
    ("a", "b", "edits"), [("", "", 0), ("bt", "tb", 1), ("btj", "jbt", 2), ("bts", "bs", 1), ("", "bt", 2)]
)
def test_the_book_counts_swaps_of_neighbours_as_one_edit(a: str, b: str, edits: int) -> None:
    assert slow.edit_distance(a, b) == slow.edit_distance(b, a) == edits


@few
@given(skeleton=skeletons, listed=st.lists(skeletons, min_size=1, max_size=30, unique=True), most=st.integers(0, 2))
@example(skeleton="btjhxd", listed=["btjhxdrz"], most=2)
@example(skeleton="btjhxd", listed=["btjhxd"], most=0)
@example(skeleton="btjhxdr", listed=["btjhxd"], most=1)
def test_the_hashes_find_all_that_is_near_and_nothing_else(skeleton: str, listed: list[str], most: int) -> None:
    assert found_by_hashes(skeleton, listed, most) == slow.near_skeletons(skeleton, listed, most)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A skeleton and another one that is at most three slips away."""
    text = draw(skeletons)
    other = list(text)
    for _ in range(draw(st.integers(0, 3))):
        at, kind, symbol = (
            draw(st.integers(0, len(other))),
            draw(st.sampled_from("idrs")),
            draw(st.sampled_from("btjhs")),
        )
        if kind == "i":
            other.insert(at, symbol)
        elif kind == "s" and at + 1 < len(other):
            other[at], other[at + 1] = other[at + 1], other[at]
        elif at < len(other):
            other[at : at + 1] = [symbol] if kind == "r" else []
    return text, "".join(other)[:SKELETON_WIDTH]


@few
@given(pair=edited(), most=st.integers(0, 2))
def test_the_hashes_find_a_slip_wherever_it_is(pair: tuple[str, str], most: int) -> None:
    assert found_by_hashes(pair[0], [pair[1]], most) == slow.near_skeletons(pair[0], [pair[1]], most)


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=15, deadline=None)
@given(listed=st.lists(tokens, min_size=1, max_size=20, unique=True), others=st.lists(tokens, max_size=3))
def test_the_tokens_near_one_are_those_that_a_look_at_all_finds(
    model: str, listed: list[str], others: list[str]
) -> None:
    listings = [Listing("x", Kind.PERSON, "invented", tuple(map(Alias, listed)))]
    opened = MODELS[model]()
    book, table = ReferenceScreen(listings, opened, len), TokenTable(build_names(listings, opened), opened)
    for text, row in zip(listed + others, table.rows([(text, "") for text in listed + others]), strict=True):
        start, end = table.near.starts[row], table.near.starts[row + 1]
        found = dict(zip(table.near.tokens[start:end].tolist(), table.near.p[start:end].tolist(), strict=True))
        near = slow.near_tokens(book.likeness.spelling(text), book.spellings, book.likeness, 2)
        assert found == pytest.approx(dict(near), abs=1e-4)


@few
@given(entries=st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_a_list_kept_best_first_is_the_list_sorted(entries: list[int]) -> None:
    numbers, chances, count = np.zeros(MOST, dtype=np.int32), np.zeros(MOST, dtype=np.float32), 0
    for number, quarter in enumerate(entries):
        count = insert_best(numbers, chances, count, len(entries) - number, np.float32(quarter / 4))
    kept = zip(numbers[:count].tolist(), chances[:count].tolist(), strict=True)
    entries_of = [(len(entries) - number, quarter / 4) for number, quarter in enumerate(entries)]
    assert list(kept) == sorted(entries_of, key=lambda entry: (-entry[1], entry[0]))
