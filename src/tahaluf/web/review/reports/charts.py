"""The charts of the statistics page."""

from django.utils.translation import gettext as _

from tahaluf.web.review.reports.statistics import Group, Statistics
from tahaluf.web.review.tables.alerts import Disposition
from tahaluf.web.ui.charts import Chart, Series, bars, line
from tahaluf.web.ui.formatting import long_date

MOST_BARS = 12
HOUR = 3600


def charts_of(statistics: Statistics) -> list[Chart]:
    """Those that have something to show."""
    drawn = [
        _volume(statistics),
        _shares("by-list", _("Decisions by list"), _("How alerts of each list were decided."), statistics.lists),
        _shares("by-purpose", _("Decisions by purpose"), _("How alerts were decided by purpose."), statistics.purposes),
        _shares("by-origin", _("Decisions by origin"), _("How alerts were decided by where the screening came from."),
                statistics.origins),
        _rates(statistics.lists),
        _times(statistics.lists),
    ]  # fmt: skip
    return [chart for chart in drawn if not chart.is_empty]


def _volume(statistics: Statistics) -> Chart:
    days = [long_date(day) for day in statistics.days]
    series = [Series(_("raised"), statistics.raised), Series(_("decided"), statistics.decided)]
    return line("volume", _("Alerts by day"), _("How many alerts were raised and decided each day."), days, series)


def _shares(key: str, title: str, description: str, groups: list[Group]) -> Chart:
    shown = groups[:MOST_BARS]
    order = (Disposition.FALSE_POSITIVE, Disposition.INCONCLUSIVE, Disposition.TRUE_MATCH)
    series = [Series(str(each.label), [group.by[each] for group in shown]) for each in order]
    return bars(key, title, description, [group.name for group in shown], series)


def _rates(groups: list[Group]) -> Chart:
    shown = groups[:MOST_BARS]
    series = [Series(_("False-positive rate"), [group.rate for group in shown])]
    description = _("The part of the decided alerts of each list that were false positives.")
    title = _("False-positive rate by list")
    return bars("rate", title, description, [group.name for group in shown], series, as_shares=True)


def _times(groups: list[Group]) -> Chart:
    shown = groups[:MOST_BARS]
    series = [Series(_("Hours"), [None if group.half is None else group.half / HOUR for group in shown])]
    description = _("The hours within which half of the decided alerts of each list were decided.")
    return bars("times", _("Time to decide by list (hours)"), description, [group.name for group in shown], series)
