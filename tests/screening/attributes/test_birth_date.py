"""Birth dates: what agrees, what slips, what contradicts."""

from datetime import date

import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import DateSpan, PartialDate
from tahaluf.screening.attributes.birth_date import compare_birth_dates
from tahaluf.screening.attributes.config import DEFAULT_CONFIG as CONFIG

years = st.integers(1900, 2020)
full_dates = st.dates(date(1900, 1, 1), date(2020, 12, 31)).map(lambda d: PartialDate(d.year, d.month, d.day))
partial_dates = st.one_of(
    full_dates,
    st.builds(PartialDate, years, circa=st.booleans()),
    st.builds(PartialDate, years, st.integers(1, 12)),
)


def judge(mine: str, theirs: str) -> tuple[str, float]:
    start, _, end = theirs.partition("/")
    span = DateSpan(read(start), read(end) if end else None)
    effect = compare_birth_dates((read(mine),), (span,))
    assert effect is not None
    return effect.reason.removeprefix("birth_date."), effect.effect


def read(text: str) -> PartialDate:
    return PartialDate.from_iso(text.removeprefix("~"), circa=text.startswith("~"))


@pytest.mark.parametrize(
    ("mine", "theirs", "reason"),
    [
        ("1985-03-14", "1985-03-14", "same_day"),
        ("1985-03-04", "1985-04-03", "day_month_swapped"),
        ("1985-03-14", "1958-03-14", "digit_slip"),
        ("1985-03-14", "1985-03-15", "digit_slip"),
        ("1985-03-14", "1975-03-14", "digit_slip"),
        ("1911-05-06", "2011-05-06", "century_slip"),
        ("1950-03-04", "1850-03-04", "century_slip"),
        ("1950-03-04", "1850-04-03", "contradicted"),
        ("~1985-03", "1985-03", "about"),
        ("~1985-03-14", "1985-03-14", "about"),
        ("1985-03-14", "1985-11-27", "same_year_other_day"),
        ("1985-03", "1985-03-14", "same_month"),
        ("1985-03", "1985-04-14", "same_year_other_month"),
        ("1985", "1985-03-14", "same_year"),
        ("1985", "1985", "same_year"),
        ("1985", "1986-03-14", "one_year_off"),
        ("1985", "1987", "two_years_off"),
        ("1985", "1990", "few_years_off"),
        ("1985", "1995", "many_years_off"),
        ("1985", "1996", "contradicted"),
        ("~1985", "1987", "about"),
        ("~1985", "1988", "one_year_off"),
        ("1985", "1980/1990", "in_span"),
        ("1985", "1984/1985", "in_narrow_span"),
        ("1985", "1990/1980", "in_span"),
        ("1985", "1987/1990", "two_years_off"),
        ("1960", "1987/1990", "contradicted"),
        ("1200", "1985", "implausible"),
        ("2300", "1985", "implausible"),
        ("2300", "1980/1990", "implausible"),
    ],
)
def test_two_dates_are_judged(mine: str, theirs: str, reason: str) -> None:
    assert judge(mine, theirs)[0] == reason


def test_first_january_stands_for_an_unknown_day() -> None:
    assert judge("1985-01-01", "1985-01-01") == ("same_year", CONFIG.date_same_year)
    assert judge("1985-01-01", "1985-07-09") == ("same_year", CONFIG.date_same_year)


def test_an_implausible_year_says_nothing() -> None:
    assert judge("2300", "1985")[1] == 0.0


def test_a_hijri_date_equals_the_gregorian_day_it_means() -> None:
    assert judge("1405-06-22", "1985-03-14")[0] == "hijri"
    assert judge("1985-03-14", "1405-06-22")[0] == "hijri"


def test_a_solar_hijri_date_equals_the_gregorian_day_it_means() -> None:
    assert judge("1363-12-23", "1985-03-14")[0] == "hijri"


def test_a_hijri_year_agrees_with_the_years_it_falls_in() -> None:
    assert judge("1405", "1985-03-14") == ("hijri_about", CONFIG.date_in_span)
    assert judge("1405-06", "1985-03-14")[0] == "hijri_about"
    assert judge("1363", "1980/1990")[0] == "in_span"


def test_a_hijri_year_far_away_contradicts() -> None:
    assert judge("1405", "1950-06-02")[0] == "contradicted"


def test_an_early_hijri_year_is_reckoned_by_arithmetic() -> None:
    assert judge("1320", "1902-07-01")[0] == "hijri_about"


@given(st.dates(date(1926, 1, 1), date(2020, 12, 31)))
def test_every_day_meets_its_own_hijri_writing(day: date) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    try:
        written = PartialDate(hijri.year, hijri.month, hijri.day)
    except ValueError:
        return  # 30 Safar is no day of the Gregorian calendar
    effect = compare_birth_dates((written,), (DateSpan(PartialDate(day.year, day.month, day.day)),))
    assert effect is not None
    assert effect.effect > 0


@given(partial_dates)
def test_a_missing_date_is_neutral(known: PartialDate) -> None:
    assert compare_birth_dates((known,), ()) is None
    assert compare_birth_dates((), (DateSpan(known),)) is None


@given(partial_dates, partial_dates)
def test_sides_may_be_exchanged(mine: PartialDate, theirs: PartialDate) -> None:
    there = compare_birth_dates((mine,), (DateSpan(theirs),))
    back = compare_birth_dates((theirs,), (DateSpan(mine),))
    assert there is not None
    assert back is not None
    assert (there.effect, there.reason) == (back.effect, back.reason)


@given(years, st.integers(0, 40), st.integers(0, 40))
def test_a_wider_gap_of_years_never_raises(year: int, gap: int, more: int) -> None:
    effects = [judge(str(year), str(year + apart))[1] for apart in (gap, gap + more)]
    assert effects[0] >= effects[1]


@given(partial_dates, st.lists(partial_dates.map(DateSpan), min_size=1, max_size=4), partial_dates.map(DateSpan))
def test_one_more_published_date_never_lowers(mine: PartialDate, theirs: list[DateSpan], extra: DateSpan) -> None:
    few = compare_birth_dates((mine,), theirs)
    more = compare_birth_dates((mine,), [*theirs, extra])
    assert few is not None
    assert more is not None
    assert more.effect >= few.effect


@given(partial_dates, partial_dates)
def test_nothing_agrees_better_than_the_same_date(mine: PartialDate, theirs: PartialDate) -> None:
    effect = compare_birth_dates((mine,), (DateSpan(theirs),))
    assert effect is not None
    assert CONFIG.date_contradicted <= effect.effect <= CONFIG.date_same_day


def test_both_values_are_shown() -> None:
    effect = compare_birth_dates((read("~1960"),), (DateSpan(read("1980"), read("1982-05")),))
    assert effect is not None
    assert (effect.subject, effect.listing) == ("~1960", "1980/1982-05")
