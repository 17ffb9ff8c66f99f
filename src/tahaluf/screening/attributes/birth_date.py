"""Compare birth dates as they are given: partial, several, as a span, about, slipped, or of another calendar.

The best pair counts. 1 January stands for "day unknown" wherever it is written, as registrars use it. Two dates of one
calendar compare alike whichever side they stand on. A year outside the plausible ones says nothing, and says so.
"""

from collections.abc import Sequence
from datetime import date

from tahaluf.domain import AttributeEffect, DateSpan, PartialDate
from tahaluf.screening.attributes.calendars import Days, gregorian_readings, is_hijri_year
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig

ATTRIBUTE = "birth_date"
MOST_DATES = 50
_DAYS_A_YEAR = 366
Judgment = tuple[float, str]


def compare_birth_dates(
    subject: Sequence[PartialDate], listing: Sequence[DateSpan], config: AttributeConfig = DEFAULT_CONFIG
) -> AttributeEffect | None:
    """The effect of the best pair of dates, the first `MOST_DATES` of each side; None where a side has none."""
    best: tuple[float, str, PartialDate, DateSpan] | None = None
    for mine in subject[:MOST_DATES]:
        for theirs in listing[:MOST_DATES]:
            effect, reason = _compare(mine, theirs, config)
            if best is None or effect > best[0]:
                best = effect, reason, mine, theirs
    if best is None:
        return None
    effect, reason, mine, theirs = best
    return AttributeEffect(ATTRIBUTE, f"{ATTRIBUTE}.{reason}", effect, write_date(mine), write_span(theirs))


def write_date(written: PartialDate) -> str:
    """`YYYY[-MM[-DD]]`, with `~` before an approximate one."""
    return "~" + written.isoformat() if written.circa else written.isoformat()


def write_span(span: DateSpan) -> str:
    """A date, or two with `/` between."""
    return write_date(span.start) if span.end is None else f"{write_date(span.start)}/{write_date(span.end)}"


def _compare(mine: PartialDate, theirs: DateSpan, config: AttributeConfig) -> Judgment:
    if theirs.end is None:
        return _compare_dates(mine, theirs.start, config)
    if not _is_plausible(mine, config):
        return 0.0, "implausible"
    return max(_compare_span(days, theirs.start, theirs.end, config) for days in _readings(mine))


def _compare_dates(a: PartialDate, b: PartialDate, config: AttributeConfig) -> Judgment:
    if not (_is_plausible(a, config) and _is_plausible(b, config)):
        return 0.0, "implausible"
    if is_hijri_year(a.year) != is_hijri_year(b.year):
        lunar_or_solar, other = (a, b) if is_hijri_year(a.year) else (b, a)
        return _compare_calendars(lunar_or_solar, other, config)
    if _has_day(a) and _has_day(b) and not (a.circa or b.circa):
        return _compare_days(a, b, config)
    return _compare_years(a, b, config)


def _compare_years(a: PartialDate, b: PartialDate, config: AttributeConfig) -> Judgment:
    slack = config.circa_years if a.circa or b.circa else 0
    gap = abs(a.year - b.year)
    if slack and gap <= slack:
        return config.date_in_span, "about"
    if gap == 0 and _has_month(a) and _has_month(b):
        if a.month == b.month:
            return config.date_same_month, "same_month"
        return config.date_same_year_other_day, "same_year_other_month"
    return _by_gap(max(gap - slack, 0), config)


def _compare_days(a: PartialDate, b: PartialDate, config: AttributeConfig) -> Judgment:
    if a == b:
        return config.date_same_day, "same_day"
    if a.year == b.year and a.month == b.day and a.day == b.month:
        return config.date_swapped, "day_month_swapped"
    if a.month == b.month and a.day == b.day and abs(a.year - b.year) == 100:
        return config.date_century, "century_slip"
    if _is_slip(a.isoformat(), b.isoformat()):
        return config.date_slip, "digit_slip"
    if a.year == b.year:
        return config.date_same_year_other_day, "same_year_other_day"
    return _by_gap(abs(a.year - b.year), config)


def _compare_calendars(hijri: PartialDate, other: PartialDate, config: AttributeConfig) -> Judgment:
    theirs = _days_of(other)
    exact = _has_day(hijri) and _has_day(other) and not (hijri.circa or other.circa)
    judged = []
    for days in _readings(hijri):
        distance = max(days.first - theirs.last, theirs.first - days.last)
        if exact and distance <= 1:
            return config.date_hijri, "hijri"
        if distance <= 1:
            judged.append((config.date_in_span, "hijri_about"))
        else:
            judged.append(_by_gap(distance // _DAYS_A_YEAR + 1, config))
    return max(judged)


def _compare_span(days: Days, start: PartialDate, end: PartialDate, config: AttributeConfig) -> Judgment:
    if start.year > end.year:
        start, end = end, start
    first, last = _days_of(start).first, _days_of(end).last
    slack = _DAYS_A_YEAR * (config.circa_years if start.circa or end.circa else 0)
    distance = max(days.first - last, first - days.last) - slack
    if distance > 0:
        return _by_gap(distance // _DAYS_A_YEAR + 1, config)
    if end.year - start.year <= config.narrow_span_years and not slack:
        return config.date_same_year, "in_narrow_span"
    return config.date_in_span, "in_span"


def _by_gap(years: int, config: AttributeConfig) -> Judgment:
    if years == 0:
        return config.date_same_year, "same_year"
    if years == 1:
        return config.date_one_year, "one_year_off"
    if years == 2:
        return config.date_two_years, "two_years_off"
    if years <= config.few_years:
        return config.date_few_years, "few_years_off"
    if years <= config.many_years:
        return config.date_many_years, "many_years_off"
    return config.date_contradicted, "contradicted"


def _is_plausible(written: PartialDate, config: AttributeConfig) -> bool:
    return config.earliest_year <= written.year <= config.latest_year or is_hijri_year(written.year)


def _has_day(written: PartialDate) -> bool:
    return written.day is not None and not (written.month == 1 and written.day == 1)


def _has_month(written: PartialDate) -> bool:
    return written.month is not None and not (written.month == 1 and written.day == 1)


def _readings(written: PartialDate) -> tuple[Days, ...]:
    return gregorian_readings(written) if is_hijri_year(written.year) else (_days_of(written),)


def _days_of(written: PartialDate) -> Days:
    """All the days that a Gregorian date may mean."""
    if written.month is None or not _has_month(written):
        return Days(date(written.year, 1, 1).toordinal(), date(written.year, 12, 31).toordinal())
    first = date(written.year, written.month, written.day or 1).toordinal()
    return Days(first, first if written.day else first + 30)


def _is_slip(a: str, b: str) -> bool:
    """Whether one digit differs, or two neighbors are exchanged."""
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(wrong) == 1:
        return True
    first, last = wrong[0], wrong[-1]
    return (
        len(wrong) == 2 and a[first] == b[last] and a[last] == b[first] and (last - first == 1 or a[first + 1] == "-")
    )
