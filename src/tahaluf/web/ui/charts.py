"""Charts drawn on the server as plain SVG: bars, stacked bars, lines; a template shows them with `{% chart drawing %}`.

    drawing = bars("by-list", _("Alerts by list"), _("How many alerts each list raised."), names, [Series(…)])

Nothing in them needs a style attribute or a script. Places are percentages of the width, so that text keeps its size on
a phone. Bars grow in the direction of reading; time runs from left to right in every language, as in the press.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from tahaluf.web.common.preferences import current
from tahaluf.web.ui import formatting

ROW, BAR, PLOT = 46, 16, 200
MOST_LABELS = 3


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, one for each label; None where there is none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle or a text: `x` and `width` in percent, `y` in pixels; `style` is a class of the style sheet."""

    x: float
    y: float
    width: float = 0
    text: str = ""
    style: str = ""
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template needs; `key` makes the ids on the page unique."""

    key: str
    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[Series]
    height: int
    as_shares: bool = False
    rectangles: list[Mark] = field(default_factory=list)
    texts: list[Mark] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The same numbers, for the table."""
        return [
            (name, [_said(series.values[index], self.as_shares) for series in self.series])
            for index, name in enumerate(self.labels)
        ]

    @property
    def is_empty(self) -> bool:
        return not any(value for series in self.series for value in series.values)


def bars(
    key: str, title: str, description: str, labels: Sequence[str], series: Sequence[Series], *, as_shares: bool = False
) -> Chart:
    """A bar for each label, under its label; of several series one after the other in the same bar. A share is one of
    the whole width, a number one of the largest."""
    made = Chart(key, title, description, labels, series, ROW * max(len(labels), 1), as_shares)
    totals = [sum(each.values[index] or 0 for each in series) for index in range(len(labels))]
    whole = 1 if as_shares else max(totals, default=0) or 1
    turned = _is_turned()
    for index, name in enumerate(labels):
        top = index * ROW
        start, end = ("end", "start") if turned else ("start", "end")
        made.texts.append(Mark(100 if turned else 0, top + 15, text=_isolated(name), anchor=start))
        total = _said(totals[index], as_shares)
        made.texts.append(Mark(0 if turned else 100, top + 15, text=_isolated(total), style="tick", anchor=end))
        before = 0.0
        for which, each in enumerate(series, 1):
            width = 100 * (each.values[index] or 0) / whole
            x = 100 - before - width if turned else before
            made.rectangles.append(Mark(round(x, 3), top + 21, round(width, 3), style=f"series-{which}"))
            before += width
    return made


def line(
    key: str, title: str, description: str, labels: Sequence[str], series: Sequence[Series], *, as_shares: bool = False
) -> Chart:
    """Lines over time, the first label at the left."""
    made = Chart(key, title, description, labels, series, PLOT + 34, as_shares)
    top = _round_up(max((value or 0 for each in series for value in each.values), default=0))
    for tick in (0.0, top / 2, top):
        y = 10 + PLOT * (1 - tick / top)
        made.rules.append(y)
        made.texts.append(Mark(0, y - 4, text=_isolated(_said(tick, as_shares)), style="tick"))
    for which, each in enumerate(series, 1):
        made.lines.extend((f"series-{which}", points) for points in _runs(each.values, top, len(labels)))
    shown = _spread(len(labels))
    for index in shown:
        anchor = "start" if index == 0 and len(labels) > 1 else "end" if index == len(labels) - 1 else "middle"
        at = _across(index, len(labels))
        made.texts.append(Mark(at, PLOT + 30, text=_isolated(labels[index]), style="tick", anchor=anchor))
    return made


def _runs(values: Sequence[float | None], top: float, count: int) -> list[str]:
    """The points of each stretch without a gap, in a plot of 100 × PLOT."""
    runs: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{_across(index, count):.2f},{PLOT * (1 - value / top):.2f}")
    # One point alone is drawn as a short stroke.
    return [" ".join(run) if len(run) > 1 else f"{run[0]} {run[0]}" for run in runs if run]


def _across(index: int, count: int) -> float:
    return 100 * index / (count - 1) if count > 1 else 50


def _spread(count: int) -> list[int]:
    if count <= MOST_LABELS:
        return list(range(count))
    return sorted({round(index * (count - 1) / (MOST_LABELS - 1)) for index in range(MOST_LABELS)})


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 …, so that ticks are round."""
    if value <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)


def _said(value: float | None, as_shares: bool) -> str:
    if value is None:
        return "–"
    return formatting.share(value) if as_shares else formatting.number(value, most=1)


def _isolated(text: str) -> str:
    return f"\u2068{text}\u2069"


def _is_turned() -> bool:
    return current().language == "ar"
