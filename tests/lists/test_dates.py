"""Dates as publishers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import DateSpan, PartialDate
from tahaluf.lists.dates import parse_date, parse_span

DATES = st.dates(min_value=date(1000, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1971-03-04", PartialDate(1971, 3, 4)), ("1971-03", PartialDate(1971, 3)), ("1971", PartialDate(1971)),
        ("2015-04-07-04:00", PartialDate(2015, 4, 7)), ("2025-08-16T23:00:05.233Z", PartialDate(2025, 8, 16)),
        ("10 Dec 1948", PartialDate(1948, 12, 10)), ("Nov. 1973", PartialDate(1973, 11)),
        ("01/08/2026", PartialDate(2026, 1, 8)),
        ("circa 1951", PartialDate(1951, circa=True)), ("approximately Aug 1953", PartialDate(1953, 8, circa=True)),
    ],
)  # fmt: skip
def test_a_date_is_read_as_far_as_it_is_given(text: str, expected: PartialDate) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text", ["", "unknown", "1971-13-01", "31 Feb 1971", "10 Foo 1948", "0000", "13/13/2026", "30-35 years old"]
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_date(text) is None
    assert parse_span(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1955 to 1958", DateSpan(PartialDate(1955), PartialDate(1958))),
        ("between 1955 and 1958", DateSpan(PartialDate(1955), PartialDate(1958))),
        ("01 Jan 1956 to 31 Dec 1957", DateSpan(PartialDate(1956, 1, 1), PartialDate(1957, 12, 31))),
        ("Between Aug. and Sep. 1977", DateSpan(PartialDate(1977, 8), PartialDate(1977, 9))),
        ("circa 1955-1958", DateSpan(PartialDate(1955, circa=True), PartialDate(1958, circa=True))),
        ("1971", DateSpan(PartialDate(1971))),
    ],
)  # fmt: skip
def test_a_span_has_both_its_ends(text: str, expected: DateSpan) -> None:
    assert parse_span(text) == expected


@given(DATES)
def test_every_day_is_read_in_each_form(day: date) -> None:
    expected = PartialDate(day.year, day.month, day.day)
    for form in ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%m/%d/%Y"):
        assert parse_date(day.strftime(form)) == expected


@given(st.text(max_size=40))
def test_any_text_may_be_asked_for_a_date(text: str) -> None:
    span = parse_span(text)
    assert span is None or span.end is None or span.start <= span.end
