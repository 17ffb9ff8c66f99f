"""Charts: right numbers, right direction, nothing inline."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tahaluf.web.ui.charts import Series, bars, line

LISTS = ["List <A>", "قائمة ب"]
DECIDED = [Series("false positive", [30, 10]), Series("true match", [10, None])]


def test_bars_fill_their_share_one_after_the_other(reading: Callable[..., Any]) -> None:
    with reading("en"):
        drawn = bars("k", "T", "D", LISTS, DECIDED)
    assert [(m.x, m.width) for m in drawn.rectangles] == [(0, 75), (75, 25), (0, 25), (25, 0)]


def test_bars_grow_from_the_right_in_arabic(reading: Callable[..., Any]) -> None:
    with reading("ar"):
        drawn = bars("k", "T", "D", LISTS, DECIDED)
    assert [(m.x, m.width) for m in drawn.rectangles] == [(25, 75), (0, 25), (75, 25), (75, 0)]
    assert drawn.texts[0].anchor == "end" and drawn.texts[0].x == 100


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_time_runs_from_the_left_in_every_language(reading: Callable[..., Any], language: str) -> None:
    with reading(language):
        ((_style, points),) = line("k", "T", "D", ["1", "2", "3"], [Series("n", [0, 5, 10])]).lines
    assert points == "0.00,200.00 50.00,100.00 100.00,0.00"


def test_a_gap_in_the_numbers_is_a_gap_in_the_line() -> None:
    drawn = line("k", "T", "D", list("12345"), [Series("n", [1, 2, None, 4, None])])
    assert len(drawn.lines) == 2
    assert drawn.lines[1][1].split()[0] == drawn.lines[1][1].split()[1]


@pytest.mark.parametrize("values", [[], [None], [0], [0, 0]])
def test_without_numbers_it_says_so(draw: Callable[..., str], values: list[float | None]) -> None:
    labels = [str(index) for index in range(len(values))]
    for make in (bars, line):
        drawn = draw("{% chart c %}", c=make("k", "T", "D", labels, [Series("n", values)]))
        assert "<svg" not in drawn and 'class="muted"' in drawn


def test_a_chart_is_named_described_and_told_again_as_a_table(
    draw: Callable[..., str], reading: Callable[..., Any]
) -> None:
    with reading("ar"):
        drawn = draw("{% chart c %}", c=bars("k", "T", "D", LISTS, DECIDED))
    assert 'role="img" aria-labelledby="k-title k-desc"' in drawn
    assert "List &lt;A&gt;" in drawn and "<A>" not in drawn
    assert drawn.count("<td") == 5 and "–" in drawn
    assert not re.search(r"style=|<style|<script|on\w+=", drawn)
    assert not re.search(r'(?:x|y|width)="[^"]*,', drawn)  # decimals of markup are points
    assert "\u2068List" in drawn
