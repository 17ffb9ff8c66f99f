"""The tries find what the patterns of `names.letters` find: the longest group is the first that the patterns try."""

from collections.abc import Iterable
from itertools import combinations

import pytest

from tahaluf.names.letters import ARABIC_SKELETON, ARABIC_UNITS, LATIN_SKELETON, LATIN_UNITS, RESPELLED
from tahaluf.names.likeness.tries import LETTERS, NOWHERE, tries

GROUPS = {
    "respelled": list(RESPELLED),
    "latin units": LATIN_UNITS,
    "latin skeleton": list(LATIN_SKELETON),
    "arabic units": ARABIC_UNITS,
    "arabic skeleton": list(ARABIC_SKELETON),
}


@pytest.mark.parametrize("groups", GROUPS.values(), ids=list(GROUPS))
def test_no_group_stands_before_a_longer_one_that_it_begins(groups: Iterable[str]) -> None:
    assert not [(first, later) for first, later in combinations(groups, 2) if later.startswith(first)]


@pytest.mark.parametrize("groups", GROUPS.values(), ids=list(GROUPS))
def test_every_letter_of_a_group_has_a_number(groups: Iterable[str]) -> None:
    assert set("".join(groups)) <= set(LETTERS)
    assert len(set(LETTERS)) == len(LETTERS)


def test_what_is_no_letter_leads_nowhere() -> None:
    forest = tries()
    assert not forest.steps[NOWHERE].any()
    assert not forest.steps[:, 0].any()
    assert len(set(forest.roots.ravel().tolist()) - {NOWHERE}) == forest.roots.size
