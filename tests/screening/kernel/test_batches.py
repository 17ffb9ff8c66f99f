"""A subject's results are its own: neither the batch it comes in nor what came before it changes them."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tahaluf.domain import Alias, Kind, Listing
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.kernel.screen import Found
from tahaluf.screening.weighed import weighed_tokens
from tests.screening.compared import Compared, screenings
from tests.screening.tiny_model import names, respelled

few = settings(max_examples=15, deadline=None)
MOST, SHORTLIST = 3, 36


@st.composite
def batches(draw: st.DrawFn) -> tuple[list[Listing], list[str]]:
    """Listings, and a batch of names of which some are like theirs and some alike."""
    listed, first = draw(screenings())
    others = draw(st.lists(names | respelled(first), max_size=7))
    tokens = {(token.text, token.bare) for name in (first, *others) for token in weighed_tokens(name)}
    assume(len(tokens) == len({text for text, _ in tokens}))  # a token in two forms has tests of its own below
    return listed, [first, *others]


def rows_of(found: Found) -> list[Any]:
    """All that is found of each name, as plain values."""
    rows = []
    for row in range(len(found.listing)):
        counts = found.pair_counts[row].tolist()
        pairs = [found.pairs[row, place, :count].tolist() for place, count in enumerate(counts)]
        rows.append((found.listing[row].tolist(), found.name[row].tolist(), found.logit[row].tolist(), pairs))
    return rows


def alone(listed: list[Listing], subject: str) -> Any:
    """What a fresh engine finds for one name."""
    return rows_of(Compared(listed, likeness()).screen([subject], MOST, SHORTLIST))[0]


@few
@given(batch=batches())
def test_a_batch_finds_what_its_names_find_alone(batch: tuple[list[Listing], list[str]]) -> None:
    listed, subjects = batch
    together = rows_of(Compared(listed, likeness()).screen(subjects, MOST, SHORTLIST))
    assert together == [alone(listed, subject) for subject in subjects]


@few
@given(batch=batches(), random=st.randoms(use_true_random=False))
def test_the_order_of_a_batch_changes_nothing(batch: tuple[list[Listing], list[str]], random: Any) -> None:
    listed, subjects = batch
    order = list(range(len(subjects)))
    random.shuffle(order)
    straight = rows_of(Compared(listed, likeness()).screen(subjects, MOST, SHORTLIST))
    shuffled = rows_of(Compared(listed, likeness()).screen([subjects[at] for at in order], MOST, SHORTLIST))
    assert shuffled == [straight[at] for at in order]


@few
@given(batch=batches(), cut=st.integers(0, 8))
def test_one_table_for_many_batches_finds_what_one_batch_finds(
    batch: tuple[list[Listing], list[str]], cut: int
) -> None:
    listed, subjects = batch
    whole = rows_of(Compared(listed, likeness()).screen(subjects, MOST, SHORTLIST))
    kept = Compared(listed, likeness())
    parts = [kept.screen(part, MOST, SHORTLIST) for part in (subjects[:cut], subjects[cut:], subjects)]
    assert [row for part in parts for row in rows_of(part)] == whole + whole


@few
@given(batch=batches())
def test_a_small_memory_of_comparisons_changes_nothing(batch: tuple[list[Listing], list[str]]) -> None:
    listed, subjects = batch
    small = Compared(listed, likeness(), memory=4).screen(subjects, MOST, SHORTLIST)
    assert rows_of(small) == rows_of(Compared(listed, likeness()).screen(subjects, MOST, SHORTLIST))


FORMS = [("النور الطارقي", "نور الطارقي"), ("Alnurdin Kantaroui", "Alnur Din Kantaroui")]


@pytest.mark.parametrize("pair", FORMS)
def test_a_token_with_and_without_a_glued_article_keeps_its_own_forms(pair: tuple[str, str]) -> None:
    listed = [Listing("a", Kind.PERSON, "invented", (Alias("Alnour Attarqi"), Alias("Nourdine Qantarawi")))]
    expected = [alone(listed, subject) for subject in pair]
    assert rows_of(Compared(listed, likeness()).screen(pair, MOST, SHORTLIST)) == expected
    assert rows_of(Compared(listed, likeness()).screen(pair[::-1], MOST, SHORTLIST)) == expected[::-1]
