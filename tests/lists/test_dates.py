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
        ("25/04/1965", PartialDate(1965, 4, 25)), ("04/25/1965", PartialDate(1965, 4, 25)),
        ("05/05/1965", PartialDate(1965, 5, 5)),
        ("circa 1951", PartialDate(1951, circa=True)), ("approximately Aug 1953", PartialDate(1953, 8, circa=True)),
    ],
)  # fmt: skip
def test_a_date_is_read_as_far_as_it_is_given(text: str, expected: PartialDate) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unknown",
        "1971-00-01",
        "00/05/1965",
        "31/02/1965",
        "1971-13-01",
        "31 Feb 1971",
        "10 Foo 1948",
        "0000",
        "13/13/2026",
        "30-35 years old",
    ],
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
    for form in ("%Y-%m-%d", "%d %b %Y", "%d %B %Y"):
        assert parse_date(day.strftime(form)) == expected
    assert parse_date(day.strftime("%m/%d/%Y"), american=True) == expected


@given(DATES)
def test_a_slashed_date_is_never_read_wrong(day: date) -> None:
    expected = PartialDate(day.year, day.month, day.day)
    for form in ("%d/%m/%Y", "%m/%d/%Y"):
        text = day.strftime(form)
        assert parse_date(text) in (None, expected)
        span = parse_span(text)
        assert span is not None
        assert span.start <= expected <= (span.end or span.start)


def test_a_slashed_date_that_may_be_two_is_a_span_of_both() -> None:
    assert parse_date("05/04/1965") is None
    assert parse_span("05/04/1965") == DateSpan(PartialDate(1965, 4, 5), PartialDate(1965, 5, 4))
    assert parse_date("05/04/1965", american=True) == PartialDate(1965, 5, 4)


@given(st.text(max_size=40))
def test_any_text_may_be_asked_for_a_date(text: str) -> None:
    span = parse_span(text)
    assert span is None or span.end is None or span.start <= span.end
