"""Whatever fails in between, nothing is lost, nothing leaks, nothing comes back, and all end in the same state."""

import pytest

from tests.exchange.node.simulation import live

SEEDS, TOGETHER = 300, 25


@pytest.mark.parametrize("first", range(0, SEEDS, TOGETHER))
def test_lives_of_four_nodes_end_well(first: int) -> None:
    lives = [live(seed) for seed in range(first, first + TOGETHER)]
    assert sum(life.crashes for life in lives) >= TOGETHER and sum(life.cuts for life in lives) >= TOGETHER
    assert sum(said.withdrawn for life in lives for said in life.said) >= TOGETHER
