"""Hijri years and months: every one that may be written has a reading, near the one before it."""

from calendar import monthrange
from datetime import date
from itertools import pairwise

import pytest
from hijridate import Hijri

from tahaluf.domain import DateSpan, PartialDate
from tahaluf.screening.attributes.birth_date import compare_birth_dates
from tahaluf.screening.attributes.calendars import FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR, gregorian_readings

YEARS = range(FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR + 1)
MONTHS = [PartialDate(year, month) for year in YEARS for month in range(1, 13)]


def test_every_year_is_as_long_as_a_year_and_follows_the_one_before() -> None:
    readings = [gregorian_readings(PartialDate(year)) for year in YEARS]
    for lunar, solar in readings:
        assert 352 <= lunar.last - lunar.first <= 356
        assert 364 <= solar.last - solar.first <= 366
    for before, after in pairwise(readings):
        assert all(abs(b.first - a.last - 1) <= 2 for a, b in zip(before, after, strict=True))


def test_every_month_is_as_long_as_a_month_and_follows_the_one_before() -> None:
    readings = [gregorian_readings(month) for month in MONTHS]
    assert all(27 <= days.last - days.first <= 30 for both in readings for days in both)
    for before, after in pairwise(readings):
        assert all(abs(b.first - a.last - 1) <= 2 for a, b in zip(before, after, strict=True))


def test_every_day_that_may_be_written_is_one_day_and_lies_in_its_month() -> None:
    for month in MONTHS:
        whole = gregorian_readings(month)
        assert month.month is not None
        for day in range(1, monthrange(month.year, month.month)[1] + 1):
            read = gregorian_readings(PartialDate(month.year, month.month, day))
            for days, own in zip(read, whole, strict=True):
                assert days.first == days.last
                assert days.first - own.first == day - 1


def test_the_days_of_the_tables_are_theirs() -> None:
    for month in MONTHS:
        if month.year >= 1343 and month.month is not None:
            first = Hijri(month.year, month.month, 1).to_gregorian().toordinal()
            assert gregorian_readings(month)[0].first == first


@pytest.mark.parametrize("written", ["1343-09", "1345-08", "1348-12", "1349-10", "1364-08", "1348"])
def test_a_short_month_does_not_stop_the_comparison(written: str) -> None:
    day = date.fromordinal(gregorian_readings(PartialDate.from_iso(written))[0].first)
    effect = compare_birth_dates(
        (PartialDate.from_iso(written),), (DateSpan(PartialDate(day.year, day.month, day.day)),)
    )
    assert effect is not None
    assert effect.reason == "birth_date.hijri_about"


def test_a_bare_solar_year_agrees_with_the_gregorian_year_it_began_in() -> None:
    effect = compare_birth_dates((PartialDate(1348),), (DateSpan(PartialDate(1969)),))
    assert effect is not None
    assert effect.effect > 0
