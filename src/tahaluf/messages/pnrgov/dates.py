"""Dates as reservations write them: `12JUL64`, `120764` (day, month, year), `2012-09-20`; times as four or six digits.

Two-digit years are open: of a birth, every century counts in which the traveler is born before the journey and not
older than `OLDEST`; of an expiry or an issue, the one nearest to the journey.
"""

import re
from datetime import UTC, date, datetime
from functools import lru_cache

OLDEST = 110
REMEMBERED = 1 << 14
MONTHS = {
    "JAN": 1, "FEB": 2, "MAR": 3, "APR": 4, "MAY": 5, "JUN": 6, "JUL": 7, "AUG": 8, "SEP": 9, "OCT": 10, "NOV": 11,
    "DEC": 12,
}  # fmt: skip
_WORDS = re.compile(r"(\d{1,2})[ -]?([A-Z]{3})[ -]?(\d{4}|\d{2})", re.ASCII)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII)
_TIME = re.compile(r"(\d{2}):?(\d{2})(?::?\d{2})?", re.ASCII)


def today() -> date:
    """The day of reading: what two-digit years are read by where a message has no flight."""
    return datetime.now(UTC).date()


@lru_cache(maxsize=REMEMBERED)
def parse_birth(text: str, journey: date, *, infant: bool = False) -> tuple[str, ...]:
    """The ISO dates that a birth date may mean, latest first; none where it is no date, or lies after `journey`."""
    day, month, year = _parts(text)
    if len(year) == 4:
        years = [int(year)]
    elif len(year) == 2:
        centuries = [2000 + int(year), 1900 + int(year)]
        years = centuries[:1] if infant else centuries
    else:
        return ()
    found = (_date(value, month, day) for value in years)
    oldest = journey.year - OLDEST
    return tuple(value.isoformat() for value in found if value and value <= journey and value.year >= oldest)


@lru_cache(maxsize=REMEMBERED)
def parse_near(text: str, journey: date) -> str:
    """The ISO date of an expiry, an issue or a flight, in the century nearest to `journey`; empty where it is none."""
    day, month, year = _parts(text)
    if not year:
        return ""
    century = journey.year // 100 * 100
    years = [int(year)] if len(year) == 4 else [century + shift + int(year) for shift in (-100, 0, 100)]
    value = _date(min(years, key=lambda number: abs(number - journey.year)), month, day)
    return value.isoformat() if value else ""


def parse_time(text: str) -> str:
    """`0915` as `09:15`; empty where it is no time of day."""
    match = _TIME.fullmatch(text.strip())
    return f"{match[1]}:{match[2]}" if match and int(match[1]) < 24 and int(match[2]) < 60 else ""


def moment(day: str, time: str, journey: date) -> str:
    """Day and time as ISO 8601, local; the day alone where there is no time."""
    iso, clock = parse_near(day, journey), parse_time(time)
    return f"{iso}T{clock}" if iso and clock else iso


def _parts(text: str) -> tuple[int, int, str]:
    """Day, month, and year as written: two or four digits; an empty year where the text is no date."""
    plain = text.strip().upper()
    if words := _WORDS.fullmatch(plain):
        return int(words[1]), MONTHS.get(words[2], 0), words[3]
    if digits := _DIGITS.fullmatch(plain):
        return int(digits[1]), int(digits[2]), digits[3]
    if iso := _ISO.fullmatch(plain):
        return int(iso[3]), int(iso[2]), iso[1]
    return 0, 0, ""


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
