"""Times of TAXII: any spelling of RFC 3339 in, six digits of UTC out, and no two entries with one date."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.taxii.times import TICK, date_after, parse_timestamp, write_timestamp
from tests.exchange.taxii.asking import unhurried

AWARE = st.datetimes(timezones=st.just(UTC))


@unhurried
@given(AWARE)
def test_a_written_time_is_read_as_the_same(at: datetime) -> None:
    assert parse_timestamp(write_timestamp(at)) == at


@unhurried
@given(AWARE, AWARE)
def test_written_times_sort_as_the_times_do(one: datetime, other: datetime) -> None:
    assert (write_timestamp(one) < write_timestamp(other)) == (one < other)


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("2026-11-20T09:30:00Z", 0),
        ("2026-11-20t09:30:00.5z", 500_000),
        ("2026-11-20T10:30:00.000001+01:00", 1),
        ("2026-11-20T09:30:00.1234569Z", 123_456),
        ("2026-11-20T09:30:00.123456999999Z", 123_456),
    ],
)
def test_every_spelling_of_rfc_3339_is_read_and_cut_to_microseconds(text: str, micros: int) -> None:
    assert parse_timestamp(text) == datetime(2026, 11, 20, 9, 30, 0, micros, UTC)


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-20", "2026-11-20 09:30:00Z", "2026-11-20T09:30:00", "2026-02-30T09:30:00Z", "2026-11-20T25:00:00Z",
     "2026-11-20T09:30:00.Z", "٢٠٢٦-11-20T09:30:00Z", "0001-01-01T00:00:00+01:00", "2026-11-20T09:30:00Z\n"],
)  # fmt: skip
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"RFC 3339|year|month|day|hour|range"):
        parse_timestamp(text)


def test_a_time_without_its_offset_is_not_written() -> None:
    with pytest.raises(ValueError, match="offset"):
        write_timestamp(datetime(2026, 11, 20, 9, 30))  # noqa: DTZ001


@unhurried
@given(st.lists(AWARE, min_size=1, max_size=30))
def test_dates_strictly_increase_whatever_the_clock_does(clock: list[datetime]) -> None:
    dates: list[datetime] = []
    for now in clock:
        if dates and dates[-1] > datetime.max.replace(tzinfo=UTC) - TICK:
            break
        dates.append(date_after(now, dates[-1] if dates else None))
    assert all(one < other for one, other in pairwise(dates))
    assert all(date >= now for date, now in zip(dates, clock, strict=False))


def test_a_date_is_of_utc() -> None:
    now = datetime(2026, 11, 20, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    assert date_after(now, None).utcoffset() == timedelta(0)
