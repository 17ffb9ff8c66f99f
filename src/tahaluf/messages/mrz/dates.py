"""Six digits to a date: Doc 9303 Part 3, section 4.8. A birth is never in the future; an expiry is near the present."""

from datetime import date

UNKNOWN = ("<<", "00")
FAR = 50


def birth_date(text: str, today: date) -> str | None:
    """A partial ISO date of YYMMDD, unknown parts left out; empty where the year is unknown, None where there is no
    such date."""
    if text[:2] == "<<":
        return "" if _is_known_shape(text) else None
    this = _partial(2000, text)
    if this and this <= today.isoformat()[: len(this)]:
        return this
    return _partial(1900, text)


def expiry_date(text: str, today: date) -> str | None:
    """The same for a date of expiry: the century in which it is at most `FAR` years from today."""
    if text == "<<<<<<":
        return ""
    if not text[:2].isdecimal():
        return None
    century = 2000 if int(text[:2]) + 2000 <= today.year + FAR else 1900
    return _partial(century, text)


def _partial(century: int, text: str) -> str | None:
    """Year, month and day as far as they are known; a day without a month is no date."""
    year, month, day = text[:2], text[2:4], text[4:6]
    if not year.isdecimal():
        return None
    number = century + int(year)
    if month in UNKNOWN:
        return f"{number}" if day in UNKNOWN else None
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return None
    if day in UNKNOWN:
        return f"{number}-{month}"
    try:
        return date(number, int(month), int(day)).isoformat() if day.isdecimal() else None
    except ValueError:
        return None


def _is_known_shape(text: str) -> bool:
    return all(part == "<<" or part.isdecimal() for part in (text[2:4], text[4:6]))
