"""The compiled likeness is the likeness by the book."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tahaluf.names.fold import fold
from tahaluf.names.likeness import kernel
from tahaluf.names.likeness.model import LikenessModel, likeness
from tahaluf.names.romanize import romanize
from tahaluf.screening.kernel.align import new_work
from tahaluf.screening.kernel.join import joined_gain
from tahaluf.screening.reference.align import joined_odds
from tahaluf.screening.reference.likeness import Likeness, best_writing, edit_likeness
from tests.screening.tiny_model import MODELS, arabic_tokens, latin_tokens, tiny_model, tokens

HARDLY = -1e8  # what no writing within the band gives; rounding hides the rest
DESK, WORK = kernel.new_desk(), new_work()
few = settings(max_examples=60, deadline=None)


@pytest.fixture(params=MODELS, scope="module")
def model(request: pytest.FixtureRequest) -> LikenessModel:
    return MODELS[request.param]()


@pytest.fixture(scope="module")
def slow(model: LikenessModel) -> Likeness:
    return Likeness(model)


def same_odds(fast: float, slow: float) -> bool:
    return fast == pytest.approx(slow, abs=1e-4) or (fast < HARDLY and slow < HARDLY)


@few
@given(a=tokens, b=latin_tokens)
def test_the_best_writing_is_the_one_of_the_whole_table(model: LikenessModel, slow: Likeness, a: str, b: str) -> None:
    codes, own, its = model.codes([a, b]), slow.spelling(a), slow.spelling(b)
    t = model.tables
    fast = (t.cross_ops, t.cross_costs, t.cross_insert) if own.arabic else (t.latin_ops, t.latin_costs, t.latin_insert)
    table = slow.cross if own.arabic else slow.latin
    found = kernel.best_writing(codes.source[0], codes.sizes[0, 0], codes.target[1], codes.sizes[1, 1], *fast, DESK)
    assert same_odds(float(found), best_writing(own.source, its.letters, table))
    assert float(codes.alone[1]) == pytest.approx(its.alone, abs=1e-4)


@few
@given(a=arabic_tokens, b=arabic_tokens)
def test_the_likeness_of_arabic_tokens_counts_their_edits(a: str, b: str) -> None:
    codes, slow = tiny_model().codes([a, b]), Likeness(tiny_model())
    found = kernel.edit_likeness(codes.target[0], codes.sizes[0, 1], codes.target[1], codes.sizes[1, 1], DESK.masks)
    assert found == pytest.approx(edit_likeness(slow.spelling(a).letters, slow.spelling(b).letters))


@few
@given(a=tokens, b=tokens, bare_a=st.none() | tokens, bare_b=st.none() | tokens)
def test_two_tokens_are_as_alike_as_their_best_forms(
    model: LikenessModel, slow: Likeness, a: str, b: str, bare_a: str | None, bare_b: str | None
) -> None:
    bare = {number: text for number, text in enumerate([bare_a, bare_b]) if text}
    codes = model.codes([a, b], bare)
    found = float(kernel.compare_tokens(codes, 0, codes, 1, model.tables, DESK))
    assert same_odds(found, slow.compare_tokens(slow.spelling(a, bare_a or ""), slow.spelling(b, bare_b or "")))


COMMON = ("mohamed", "mohammad", "mahmoud", "khadidja", "aicha", "محمد", "محمود", "m", "ح", "1985", "salem", "saleem")


@pytest.mark.parametrize("a", COMMON)
def test_common_names_initials_and_numbers_compare_alike(model: LikenessModel, slow: Likeness, a: str) -> None:
    codes = model.codes(COMMON)
    for number, b in enumerate(COMMON):
        found = float(kernel.compare_tokens(codes, COMMON.index(a), codes, number, model.tables, DESK))
        assert same_odds(found, slow.compare_tokens(slow.spelling(a), slow.spelling(b))), (a, b)


@few
@given(text=st.sampled_from(["Mohamadou", "Mouhamed", "Youssouffe", "Abdelaziz", "Fathima", "Khaalid"]) | latin_tokens)
def test_a_spelling_is_assigned_to_the_same_common_names(text: str) -> None:
    token = romanize(fold(text))
    assigned = [number for number in likeness().codes([token]).common[0].tolist() if number >= 0]
    assert tuple(assigned) == Likeness(likeness()).spelling(token).common


@few
@given(a=tokens, b=tokens, whole=tokens)
def test_neighbours_written_together_compare_alike(
    model: LikenessModel, slow: Likeness, a: str, b: str, whole: str
) -> None:
    first, second, one = slow.spelling(a), slow.spelling(b), slow.spelling(whole)
    assume(first.arabic == second.arabic)
    codes = model.codes([a, b, whole])
    found = float(joined_gain(codes, 0, 1, codes, 2, model.tables, WORK))
    assert same_odds(found, joined_odds(first, second, one, slow))
