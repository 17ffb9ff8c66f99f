"""Birth dates as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import PartialDate
from tahaluf.messages.table.dates import parse_birth_date, solar_years


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1984-03-12", ("1984-03-12",)),
        ("1984-03-12T00:00:00Z", ("1984-03-12",)),
        ("12/03/1984", ("1984-03-12",)),
        ("12.3.1984", ("1984-03-12",)),
        ("12-03-1984", ("1984-03-12",)),
        ("1984/03/12", ("1984-03-12",)),
        ("٢٣/١١/١٩٨٤", ("1984-11-23",)),
        ("١٩٨٤", ("1984",)),
        ("1984", ("1984",)),
        ("03/1984", ("1984-03",)),
        ("1984-03", ("1984-03",)),
        ("00/00/1984", ("1984",)),
        ("00/03/1984", ("1984-03",)),
        ("12 mars 1984", ("1984-03-12",)),
        ("12 Mar 1984", ("1984-03-12",)),
        ("March 12, 1984", ("1984-03-12",)),
        ("12 غشت 1984", ("1984-08-12",)),
        ("12 كانون الثاني 1984", ("1984-01-12",)),
        ("1er août 1984", ("1984-08-01",)),
        ("19840312", ("1984-03-12",)),
        ("30753", ("1984-03-12",)),
        ("31/12/84", ("1984-12-31",)),
        ("31/12/12", ("1912-12-31", "2012-12-31")),
        ("12/25/1984", ("1984-12-25",)),
        ("vers 1984", ("1983", "1984", "1985")),
        ("circa 1984", ("1983", "1984", "1985")),
        ("1980-1983", ("1980", "1981", "1982", "1983")),
        ("1405/06/15", ("1985-03-06",)),
        ("15/06/1405 هـ", ("1985-03-06",)),
        ("1405", ("1984", "1985")),
        ("1320", ("1902", "1903")),
    ],
)
def test_a_date_is_understood(text: str, dates: tuple[str, ...]) -> None:
    assert parse_birth_date(text) == dates


@pytest.mark.parametrize(
    "text", ["", "31/02/1984", "99/99/99", "unknown", "1984-13-01", "12/03", "3000", "1700", "12345678"]
)
def test_what_is_no_date_is_not_guessed_at(text: str) -> None:
    assert parse_birth_date(text) is None


def test_a_date_that_can_be_read_both_ways_is_read_as_the_column_says() -> None:
    assert parse_birth_date("03/04/1984") == ("1984-04-03",)
    assert parse_birth_date("03/04/1984", month_first=True) == ("1984-03-04",)


def test_solar_years_are_those_that_the_date_spans() -> None:
    assert solar_years("1345") == ("1966", "1967")
    assert solar_years("1345/05/02") == ("1966",)
    assert solar_years("1345/12/02") == ("1967",)
    assert solar_years("1984") == ()


@given(st.text(max_size=24))
def test_any_text_gives_partial_dates_or_none(text: str) -> None:
    for date in parse_birth_date(text) or ():
        assert PartialDate.from_iso(date).isoformat() == date


@given(st.dates(min_value=__import__("datetime").date(1900, 1, 1)))
def test_an_iso_date_within_the_years_of_the_living_is_itself(day: "__import__('datetime').date") -> None:
    if day.year <= 2100:
        assert parse_birth_date(day.isoformat()) == (day.isoformat(),)
