"""Dates of the lunar and the solar Hijri calendar written where a Gregorian one was expected.

A year of 1250 to 1500 in a birth date is no Gregorian one. `gregorian_readings` gives the days that it may mean; lunar
days after 1924 are by the Umm al-Qura tables, earlier and solar ones by arithmetic. Any may be a day off:
whoever compares allows for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from hijridate import Hijri

from tahaluf.domain import PartialDate

FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR = 1250, 1500
_TABLE_YEARS = range(1343, 1501)
_MEAN_YEAR, _MEAN_MONTH = 354.36708, 29.530589
_EPOCH = date(622, 7, 18).toordinal()
_SOLAR_NEW_YEAR = (3, 21)
_LONG_SOLAR_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, proleptic Gregorian ordinals, both included."""

    first: int
    last: int


def is_hijri_year(year: int) -> bool:
    """Whether a birth year can only be of a Hijri calendar."""
    return FIRST_HIJRI_YEAR <= year <= LAST_HIJRI_YEAR


@lru_cache(maxsize=1 << 14)
def gregorian_readings(written: PartialDate) -> tuple[Days, ...]:
    """What a date with a Hijri year may mean: as lunar, then as solar; days of the whole month or year if partial."""
    return (Days(_lunar(written, last=False), _lunar(written, last=True)), _solar(written))


def _lunar(written: PartialDate, *, last: bool) -> int:
    month = written.month or (12 if last else 1)
    day = written.day or (29 if last else 1)
    if written.year in _TABLE_YEARS:
        # Counted on from the first: a day may be written that the tables' month, of 28 to 30 days, does not have.
        return Hijri(written.year, month, 1).to_gregorian().toordinal() + day - 1
    return _EPOCH + round((written.year - 1) * _MEAN_YEAR + (month - 1) * _MEAN_MONTH) + day - 1


def _solar(written: PartialDate) -> Days:
    start = date(written.year + 621, *_SOLAR_NEW_YEAR)
    if written.month is None:
        return Days(start.toordinal(), start.toordinal() + 365)
    passed = written.month - 1
    first = start + timedelta(days=31 * min(passed, _LONG_SOLAR_MONTHS) + 30 * max(passed - _LONG_SOLAR_MONTHS, 0))
    if written.day is None:
        return Days(first.toordinal(), first.toordinal() + 30)
    day = first.toordinal() + written.day - 1
    return Days(day, day)
