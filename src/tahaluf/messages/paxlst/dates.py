"""Dates of PAXLST (data elements 2380 and 2379): two-digit years, days that are not known, times of flights."""

from datetime import date, datetime

BIRTH_EXPECTED = "YYMMDD, CCYYMMDD"
TIME_EXPECTED = "YYMMDDhhmm"
OLDEST = 1900
_EXPIRY_AHEAD = 50


def parse_birth(text: str, today: date) -> str | None:
    """A birth date as ISO 8601 to the year, month or day; None where it is none, or lies after `today`.

    A two-digit year is the latest that is not in the future. Day or month 00 are not known.
    """
    if text.isdecimal() and text.isascii():
        match len(text):
            case 6:
                return _latest(text, today)
            case 8:
                return _not_after(_partial(int(text[:4]), text[4:6], text[6:]), today)
            case 4:
                return _not_after(_partial(int(text), "00", "00"), today)
            case _:
                return None
    return None


def parse_expiry(text: str, today: date) -> str | None:
    """An expiry date: a two-digit year is the one within fifty years of `today`, rather ahead."""
    if not (text.isdecimal() and text.isascii() and len(text) in (6, 8)):
        return None
    if len(text) == 8:
        return _partial(int(text[:4]), text[4:6], text[6:])
    century = today.year // 100 * 100
    year = century + int(text[:2])
    if year < today.year - _EXPIRY_AHEAD:
        year += 100
    elif year >= today.year + _EXPIRY_AHEAD:
        year -= 100
    return _partial(year, text[2:4], text[4:])


def parse_time(text: str, form: str = "") -> str | None:
    """The local time of a flight as ISO 8601; years of two digits are of this century. None where it is none."""
    if not (text.isdecimal() and text.isascii()):
        return None
    patterns = {6: "%y%m%d", 8: "%Y%m%d", 10: "%y%m%d%H%M", 12: "%Y%m%d%H%M"}
    pattern = patterns.get(len(text))
    if pattern is None:
        return None
    if len(text) == 12 and form == "202":
        pattern = "%y%m%d%H%M%S"
    try:
        moment = datetime.strptime(text, pattern)  # noqa: DTZ007 (local time, no zone is given)
    except ValueError:
        return None
    return moment.date().isoformat() if len(text) < 10 else moment.isoformat(timespec="minutes")


def parse_day(text: str) -> date | None:
    """The day of a time `[CC]YYMMDD…`; None where it is none."""
    digits = text.partition(":")[0]
    moment = parse_time(digits[: 8 if len(digits) in (8, 12) else 6])
    return date.fromisoformat(moment) if moment else None


def _latest(text: str, today: date) -> str | None:
    if text == "000000":
        return None
    year = today.year // 100 * 100 + int(text[:2])
    this = _not_after(_partial(year, text[2:4], text[4:]), today)
    return this or _partial(year - 100, text[2:4], text[4:])


def _partial(year: int, month: str, day: str) -> str | None:
    if month == "00":
        return f"{year:04d}" if day == "00" and year else None
    try:
        date(year, int(month), int(day) or 1)
    except ValueError:
        return None
    return f"{year:04d}-{month}" if day == "00" else f"{year:04d}-{month}-{day}"


def _not_after(text: str | None, today: date) -> str | None:
    """The date where it is plausible: not before `OLDEST`, not begun after today."""
    if text is None or int(text[:4]) < OLDEST:
        return None
    return text if text <= today.isoformat()[: len(text)] else None
