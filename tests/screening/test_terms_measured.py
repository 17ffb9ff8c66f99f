"""The terms of many pairs at once are those of one pair at a time, as `reference.terms` defines them."""

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.domain import Kind
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.index.build import build_names
from tahaluf.screening.matcher import Matcher, answering
from tahaluf.screening.reasons import Candidate, steps_of
from tahaluf.screening.reference.terms import align_pair, score_terms
from tahaluf.screening.terms import Terms, tell_terms, write_terms
from tests.screening.test_screener import LISTINGS, OTHERS
from tests.screening.test_terms import ASKED, MORE

INDEX = build_names((*LISTINGS, *MORE, *OTHERS), likeness())
MATCHER = Matcher(INDEX)
NONE = np.zeros(0, np.int64)
PARTS = sorted({word for name in ASKED for word in name.split()} | {"محمد", "ولد", "Dr", "X"})


def check(names: list[str]) -> int:
    found, asked = MATCHER.match_names(names, [answering(Kind.UNKNOWN)] * len(names), 10)
    rows, places = np.nonzero(found.listing >= 0)
    logits = found.logit[rows, places]
    effects = Terms(INDEX).measure(asked, found, rows, places, logits)
    told = tell_terms(effects)
    chosen = [
        Candidate(float(logit), int(row), int(place), int(found.name[row, place]))
        for row, place, logit in zip(rows, places, logits, strict=True)
    ]
    steps, starts = steps_of(found, chosen)
    for number, (one, terms) in enumerate(zip(chosen, told, strict=True)):
        pair = align_pair(asked, one.row, INDEX, one.name, steps[starts[number] : starts[number + 1]])
        slow = {term.term: term.effect for term in score_terms(pair, one.logit)}
        fast = {term.term: term.effect for term in terms}
        for term in slow.keys() | fast.keys():
            assert fast.get(term, 0.0) == pytest.approx(slow.get(term, 0.0), abs=2e-3), (names[one.row], term)
        assert sum(fast.values()) == pytest.approx(one.logit, abs=2e-4)
    return len(chosen)


def test_of_every_invented_traveler() -> None:
    assert check([name for name in ASKED if name.strip("?")]) > 30


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=5))
def test_of_words_in_any_order(names: list[str]) -> None:
    check(names)


def test_written_terms_are_the_told_ones_as_json() -> None:
    found, asked = MATCHER.match_names(["Zubair Khatri compte", "Amina"], [answering(Kind.UNKNOWN)] * 2, 5)
    rows, places = np.nonzero(found.listing >= 0)
    effects = Terms(INDEX).measure(asked, found, rows, places, found.logit[rows, places])
    assert len(effects)
    assert write_terms(effects) == [orjson.dumps(terms) for terms in tell_terms(effects)]


def test_of_nothing_there_is_nothing() -> None:
    found, asked = MATCHER.match_names(["Amina"], [answering(Kind.UNKNOWN)], 5)
    assert tell_terms(Terms(INDEX).measure(asked, found, NONE, NONE, np.zeros(0))) == []
    assert write_terms(Terms(INDEX).measure(asked, found, NONE, NONE, np.zeros(0))) == []
