"""Alignments and their features are those of the plain loops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tahaluf.domain import Alias, Kind, Listing
from tahaluf.names.likeness.brief import are_far
from tahaluf.names.likeness.model import LikenessModel
from tahaluf.screening.kernel import align as fast
from tahaluf.screening.kernel.join import join_neighbours
from tahaluf.screening.kernel.measure import FEATURES, N_FEATURES
from tahaluf.screening.kernel.measure import measure as measure_fast
from tahaluf.screening.reference import align as slow
from tahaluf.screening.reference.align import Step, WeighedName
from tahaluf.screening.reference.likeness import Likeness
from tahaluf.screening.reference.measure import measure
from tests.screening.compared import Compared, new_memory
from tests.screening.tiny_model import MODELS, pairs_of_names, tiny_model, tokens

few = settings(max_examples=30, deadline=None)
BOTH = pytest.mark.parametrize("model", MODELS)
HARDLY = -1000.0  # under it the odds say only that no writing within the band was found
odds_values = st.sampled_from([-9.0, -3.0, -2.0, -0.4, 0.0, 0.7, 1.5, 4.0, 5.0])
weight_values = st.sampled_from([0.0, 0.5, 1.25, 3.0, 8.0])


def as_steps(pairs: NDArray[np.float32], count: int) -> list[Step]:
    rows = ([int(value) for value in row[:4]] + [float(row[4])] for row in pairs[:count])
    return [
        Step(tuple(k for k in (i, i2) if k >= 0), tuple(k for k in (j, j2) if k >= 0), odds)
        for i, i2, j, j2, odds in rows
    ]


def places(steps: list[Step]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(step.subject, step.listing) for step in steps]


class Pair:
    """One subject's name and one listed one, in both forms."""

    def __init__(self, subject: str, listing: str, model: LikenessModel) -> None:
        both = Compared([Listing("", Kind.PERSON, "invented", (Alias(listing),))], model)
        self.model, self.book = model, both.slow
        asked = both.ask([subject])
        self.subject, self.listing = both.slow.asked(subject)[1], both.slow.names[0].name
        self.sides = (asked.codes, asked.tokens, both.index.codes, both.index.name_tokens)
        self.weights = (asked.weights, both.index.name_weights)
        self.work = fast.new_work()
        self.sizes = (len(asked.tokens), len(both.index.name_tokens))
        if self.sizes[0]:
            fast.start_subject(asked.codes, asked.tokens, self.work)
            fast.likelihoods(*self.sides, model.tables, *new_memory(1 << 10), self.work)

    def joined(self) -> tuple[NDArray[np.float32], int]:
        found = np.zeros((16, 4), np.float32)
        return found, join_neighbours(*self.sides, self.model.tables, self.work, found)

    def aligned(self) -> tuple[NDArray[np.float32], int]:
        pairs = np.zeros((fast.WIDEST, 6), np.float32)
        return pairs, fast.assign(*self.weights, *self.joined(), self.work, pairs)


@BOTH
@few
@given(names=pairs_of_names)
def test_names_are_weighed_joined_and_aligned_as_by_the_book(model: str, names: tuple[str, str]) -> None:
    pair = Pair(*names, MODELS[model]())
    assert pair.weights[0].tolist() == pytest.approx(pair.subject.weights, abs=1e-4)
    assert pair.weights[1].tolist() == pytest.approx(pair.listing.weights, abs=1e-4)
    book = slow.all_odds(pair.subject, pair.listing, pair.book.likeness)
    for row, own in zip(pair.work.odds.tolist(), book, strict=False):
        assert [max(odds, HARDLY) for odds in row[: len(own)]] == pytest.approx(
            [max(odds, HARDLY) for odds in own], abs=1e-3
        )
    joined, count = pair.joined()
    steps = slow.joined_steps(pair.subject, pair.listing, book, pair.book.likeness)
    assert joined[:count, 0].tolist() == pytest.approx([step.odds for step in steps], abs=1e-3)
    assert joined[:count, 1:3].tolist() == [[step.subject[0], step.listing[0]] for step in steps]
    pairs, count = pair.aligned()
    taken = slow.assign(book, steps, pair.subject, pair.listing)
    assert places(as_steps(pairs, count)) == places(taken)
    weights = [slow.lighter(step, pair.subject, pair.listing) for step in taken]
    assert pairs[:count, 5].tolist() == pytest.approx(weights, abs=1e-4)


@BOTH
@few
@given(names=pairs_of_names, chain=st.integers(0, 3))
def test_every_feature_is_the_one_by_the_book(model: str, names: tuple[str, str], chain: int) -> None:
    pair = Pair(*names, MODELS[model]())
    pairs, count = pair.aligned()
    out = np.zeros(N_FEATURES, np.float32)
    codes, rows, listed, its_rows = pair.sides
    own, its = pair.weights
    measure_fast(codes, rows, own, listed, its_rows, its, pairs, count, chain, pair.work, out)
    book = measure(as_steps(pairs, count), pair.subject, pair.listing, chain, weak=False)
    assert dict(zip(FEATURES, out.tolist(), strict=True)) == pytest.approx(book, abs=1e-3)


@few
@given(data=st.data(), nq=st.integers(1, 6), nt=st.integers(1, 6))
def test_the_assignment_takes_the_most_evidence_first_whatever_the_odds(data: st.DataObject, nq: int, nt: int) -> None:
    odds = data.draw(st.lists(st.lists(odds_values, min_size=nt, max_size=nt), min_size=nq, max_size=nq))
    wq = data.draw(st.lists(weight_values, min_size=nq, max_size=nq))
    wt = data.draw(st.lists(weight_values, min_size=nt, max_size=nt))
    joins = data.draw(st.lists(joins_of(nq, nt), max_size=4)) if nq + nt > 2 else []
    token = Likeness(tiny_model()).spelling("salem")
    subject, listing = WeighedName((token,) * nq, tuple(wq)), WeighedName((token,) * nt, tuple(wt))
    work, rows = fast.new_work(), np.zeros((16, 4), np.float32)
    work.odds[:nq, :nt] = odds
    for k, step in enumerate(joins):
        rows[k] = (step.odds, step.subject[0], step.listing[0], len(step.listing) - 1)
    pairs, weights = np.zeros((fast.WIDEST, 6), np.float32), (np.asarray(wq, np.float32), np.asarray(wt, np.float32))
    count = fast.assign(*weights, rows, len(joins), work, pairs)
    assert places(as_steps(pairs, count)) == places(slow.assign(odds, joins, subject, listing))


def joins_of(nq: int, nt: int) -> st.SearchStrategy[Step]:
    """Any two neighbours of one side against a token of the other."""
    left = [((i, i + 1), (j,)) for i in range(nq - 1) for j in range(nt)]
    right = [((i,), (j, j + 1)) for i in range(nq) for j in range(nt - 1)]
    return st.builds(lambda at, odds: Step(*at, odds), st.sampled_from(left + right), st.sampled_from([0.6, 1.1, 4.5]))


@few
@given(a=tokens, b=tokens)
def test_far_tokens_are_far_for_both(a: str, b: str) -> None:
    codes, book = tiny_model().codes([a, b]), Likeness(tiny_model())
    work = fast.new_work()
    assert fast.forms_far(codes, 0, codes, 1, work) == slow.is_far(book.spelling(a), book.spelling(b))
    assert not are_far(*codes.brief) or fast.forms_far(codes, 0, codes, 1, work)
