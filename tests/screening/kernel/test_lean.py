"""Kernels without reference counting give what plain ones give, and numba may be one that does not know how."""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit
from numba.core.cpu import CPUTargetOptions

from tahaluf.names.likeness import edits, kernel
from tahaluf.names.likeness.lean import known_options, lean_options
from tahaluf.screening.kernel import join, screen
from tahaluf.screening.kernel.align import Work, new_work
from tests.screening.tiny_model import latin_tokens, tiny_model

few = settings(max_examples=20, deadline=None)
PLAIN = {**lean_options(None), "cache": False}


def interpreted(lean: Any) -> Callable[..., Any]:
    return getattr(lean, "py_func", lean)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def plain() -> Callable[[Any], Callable[..., Any]]:
    made: dict[Any, Callable[..., Any]] = {}
    return lambda lean: made.setdefault(lean, njit(**PLAIN)(interpreted(lean)))


def test_references_are_not_counted_where_numba_knows_the_option() -> None:
    assert known_options() is CPUTargetOptions
    assert lean_options(CPUTargetOptions)["_nrt"] is False


def test_a_numba_without_the_option_compiles_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner in CPUTargetOptions.__mro__:
        if "_nrt" in vars(owner):
            monkeypatch.delattr(owner, "_nrt")
    options = lean_options(known_options())
    assert "_nrt" not in options
    compiled = njit(**{**options, "cache": False})(interpreted(edits.mask_symbols))
    masks = np.empty(edits.SYMBOL_MASKS, np.int64)
    compiled(np.asarray([3, 1, 3], np.int8), 3, masks)
    assert masks[[1, 3]].tolist() == [0b010, 0b101]


def test_a_numba_of_another_layout_compiles_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba.core.cpu", None)
    assert known_options() is None
    assert "_nrt" not in lean_options(None)


@few
@given(a=latin_tokens, b=latin_tokens)
def test_a_writing_costs_the_same_however_it_is_compiled(plain: Any, a: str, b: str) -> None:
    codes, t = tiny_model().codes([a, b]), tiny_model().tables
    costs = []
    for way in (lambda lean: lean, plain, interpreted):
        desk, sizes = kernel.new_desk(), codes.sizes.astype(int)
        way(kernel.lay_out)(codes.target[1], sizes[1, 1], t.latin_ops, t.latin_insert, desk)
        costs.append(float(way(kernel.write)(codes.source[0], sizes[0, 0], sizes[1, 1], t.latin_costs, desk)))
    assert costs[0] == costs[1] == pytest.approx(costs[2], rel=1e-6)


@few
@given(a=latin_tokens, b=latin_tokens)
def test_neighbours_are_glued_the_same_however_it_is_compiled(plain: Any, a: str, b: str) -> None:
    codes = tiny_model().codes([a, b])
    glued = []
    for way in (lambda lean: lean, plain, interpreted):
        out = new_work().glued
        way(join.glue)(codes, 0, 1, out)
        n, m, _ = out.sizes[0].tolist()
        glued.append((n, m, out.source[0, :n].tolist(), out.target[0, :m].tolist(), float(out.alone[0])))
    assert glued[0] == glued[1] == glued[2]


@few
@given(scores=st.lists(st.tuples(st.integers(0, 5), st.integers(-2, 3)), max_size=12))
def test_listings_are_kept_the_same_however_it_is_compiled(plain: Any, scores: list[tuple[int, int]]) -> None:
    kept = []
    for way in (lambda lean: lean, plain, interpreted):
        found, steps = screen.new_found(1, 3), np.zeros((12, 6), np.float32)
        for name, (listing, logit) in enumerate(scores):
            steps[:] = name
            way(screen.keep_listing)(found, 0, listing, name, float(logit), steps, name % 4)
        kept.append([array.tolist() for array in found])
    assert kept[0] == kept[1] == kept[2]


def test_memory_is_laid_out_the_same_in_compiled_and_interpreted_code() -> None:
    ours, theirs = flat(new_work()), flat(interpreted(new_work)())
    assert [(array.shape, array.dtype) for array in ours] == [(array.shape, array.dtype) for array in theirs]


def flat(work: Work | tuple[Any, ...]) -> list[Any]:
    """The arrays of nested tuples."""
    return [array for one in work for array in (flat(one) if isinstance(one, tuple) else [one])]
