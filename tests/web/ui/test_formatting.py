"""Numbers and dates as each reader writes them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tahaluf.web.ui import formatting

NOON = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "region", "digits", "said"),
    [
        ("ar", "MA", False, "23 نونبر 2026"),
        ("ar", "SY", False, "23 تشرين الثاني 2026"),
        ("ar", "TN", False, "23 نوفمبر 2026"),
        ("ar", "SY", True, "٢٣ تشرين الثاني ٢٠٢٦"),
        ("fr", "MA", True, "23 novembre 2026"),
        ("en", "MA", False, "23 November 2026"),
        ("en", "US", False, "November 23, 2026"),
        ("ar", "ZZ", False, "23 نوفمبر 2026"),
    ],
)
def test_months_are_those_of_the_readers_region(
    reading: Callable[..., Any], language: str, region: str, digits: bool, said: str
) -> None:
    with reading(language, region, digits):
        assert formatting.long_date(NOON) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [("1967", "1967"), ("1967-03", "March 1967"), ("1967-03-09", "9 March 1967"), ("about 1967", "about 1967"),
     ("1967-13", "1967-13"), ("1967-02-30", "1967-02-30"), ("1-2-3-4", "1-2-3-4")],
)  # fmt: skip
def test_of_a_partial_date_what_is_known_is_said(reading: Callable[..., Any], given: str, said: str) -> None:
    with reading("en"):
        assert formatting.long_date(given) == said


def test_a_moment_is_on_the_readers_clock(reading: Callable[..., Any]) -> None:
    with reading("en", zone="Africa/Casablanca"):
        assert formatting.moment(NOON).endswith("13:05")
    with reading("en", zone="Asia/Damascus"):
        assert formatting.moment(datetime(2026, 11, 23, 22, 30, tzinfo=UTC)) == "24 November 2026, 01:30"


def test_no_direction_marks_are_left_in_dates(reading: Callable[..., Any]) -> None:
    for region in ("MA", "SY", "EG", "LY", "DZ"):
        with reading("ar", region):
            assert not set(formatting.moment(NOON) + formatting.long_date(NOON)) & set("\u200e\u200f")


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.9312, "0.931"), (0.9996, "0.999"), (0.999999, "0.999"), (1.0, "1.000"), (0.0, "0.000"), (0.0006, "0.001")],
)
def test_only_a_score_of_one_is_shown_as_one(reading: Callable[..., Any], value: float, said: str) -> None:
    with reading("en"):
        assert formatting.score(value) == said


@pytest.mark.parametrize(("value", "said"), [(0.7, "0.70"), (0.625, "0.625"), (1.0, "1.00")])
def test_a_threshold_is_shown_as_it_was_set(reading: Callable[..., Any], value: float, said: str) -> None:
    with reading("en"):
        assert formatting.threshold(value) == said


def test_numbers_have_the_marks_of_the_region(reading: Callable[..., Any]) -> None:
    said = []
    for language, region, digits in (("ar", "MA", False), ("ar", "SY", True), ("fr", "FR", False), ("en", "GB", True)):
        with reading(language, region, digits):
            said.append(formatting.number(12345.67, most=2))
    assert said == ["12.345,67", "١٢٬٣٤٥٫٦٧", "12\u202f345,67", "12,345.67"]


def test_percentages_keep_a_decimal_where_it_matters(reading: Callable[..., Any]) -> None:
    with reading("en"):
        assert [formatting.share(v) for v in (0.874, 0.0123, 0, 1)] == ["87%", "1.2%", "0%", "100%"]
    with reading("fr"):
        assert formatting.share(0.87) == "87\u202f%"
    with reading("ar", "SY", True):
        assert formatting.share(0.87) == "٨٧٪"


def test_an_age_looks_back_and_a_due_time_ahead(reading: Callable[..., Any]) -> None:
    with reading("en"):
        assert formatting.age(NOON - timedelta(hours=3), NOON) == "3 hrs"
        assert formatting.age(NOON + timedelta(days=2), NOON) == "in 2 days"
    with reading("ar"):
        assert "2" not in formatting.age(NOON - timedelta(days=2), NOON)  # the dual has no digit
