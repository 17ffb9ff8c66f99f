"""Birth dates as people write them: ISO, day/month/year, a year, a month's name, Excel days, Arabic digits, Hijri.

The answer is a tuple of partial ISO dates (alternatives, the best counts), or None where the text is not understood.
A year from 1300 to 1500 is lunar Hijri; for Afghans and Iranians it may be solar, and `solar_years` gives those. Where
day and month can be told from no value of the column (`dateorder`), the day comes first.
"""

import re
from datetime import date, timedelta

from hijridate import Hijri

from tahaluf.messages.table.fold import fold_heading
from tahaluf.messages.table.headings import table

EXPECTED = "YYYY-MM-DD, DD/MM/YYYY, YYYY"
YEARS = range(1850, 2101)
HIJRI_YEARS = range(1300, 1501)
LAST_SOLAR = 1420
_DIGITS = {ord(char): str(ord(char) & 15) for char in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
TRIPLE = re.compile(r"(\d{1,4})\s*[/.\-،,\\]\s*(\d{1,2})\s*[/.\-،,\\]\s*(\d{1,4})")
_MONTH_YEAR = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,4})")
_SPAN = re.compile(r"(\d{4})\s*(?:[-–—/]|to|à|إلى|and|et|و)\s*(\d{4})")
_CIRCA = re.compile(r"^(?:c|ca|circa|about|approx|approximately|around|vers|env|environ|حوالي|نحو|قرابة)\b\.?\s*", re.I)
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}.*$")
_SUFFIX = re.compile(r"\s*(?:هـ?|م|[Aa]\.?[Hh]\.?|[Hh])\s*$")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|er)?[\s\-./]+)?([^\W\d_][^\d]*?)[\s\-./,]+(?:(\d{1,2})[,\s]+)?(\d{4})")
_EXCEL_EPOCH = date(1899, 12, 30)


def plain_digits(text: str) -> str:
    """The text with European digits, and nothing around it."""
    return text.translate(_DIGITS).strip()


def solar_years(text: str) -> tuple[str, ...]:
    """The years of a date in the solar Hijri calendar, whose year begins in March; none if it is no such date."""
    plain = plain_digits(text)
    found = re.search(r"(?<!\d)(1[34]\d\d)(?!\d)", plain)
    if not found or int(found[1]) > LAST_SOLAR:
        return ()
    year = int(found[1]) + 621
    month = re.fullmatch(r"1[34]\d\d\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*\d{1,2})?", plain)
    if month and 1 <= int(month[1]) <= 9:
        return (f"{year}",)
    return (f"{year + 1}",) if month and int(month[1]) > 10 else (f"{year}", f"{year + 1}")


def is_hijri(text: str) -> bool:
    """Whether a date that is understood is read in the Hijri calendar, by its year."""
    years = re.findall(r"(?<!\d)1[3-5]\d\d(?!\d)", plain_digits(text))
    return any(int(year) in HIJRI_YEARS for year in years)


def parse_birth_date(text: str, *, month_first: bool = False) -> tuple[str, ...] | None:
    """The date or dates that a cell may mean, earliest first."""
    plain = _SUFFIX.sub("", _TIME.sub("", plain_digits(text)))
    circa = _CIRCA.match(plain)
    if circa:
        years = _plain_date(plain[circa.end() :], month_first=month_first)
        near = {int(year[:4]) + step for year in years or () for step in (-1, 0, 1)}
        return tuple(f"{year:04d}" for year in sorted(near)) or None
    return _plain_date(plain, month_first=month_first)


def _plain_date(text: str, *, month_first: bool) -> tuple[str, ...] | None:
    if text.isdecimal():
        return _number(text)
    if triple := TRIPLE.fullmatch(text):
        return _three_numbers(triple[1], triple[2], triple[3], month_first=month_first)
    if span := _SPAN.fullmatch(text):
        return _years(int(span[1]), int(span[2]))
    if pair := _MONTH_YEAR.fullmatch(text):
        year, month = (pair[1], pair[2]) if len(pair[1]) == 4 else (pair[2], pair[1])
        return _date(int(year), int(month), 0) if len(year) == 4 else None
    if words := _WORDS.fullmatch(text):
        month_number = table("months").get(fold_heading(words[2]))
        return _date(int(words[4]), int(month_number), int(words[1] or words[3] or 0)) if month_number else None
    return _number(text.removesuffix(".0")) if text.endswith(".0") else None


def _number(text: str) -> tuple[str, ...] | None:
    if len(text) == 4:
        return _date(int(text), 0, 0)
    if len(text) == 8:
        return _date(int(text[:4]), int(text[4:6]), int(text[6:])) or _date(
            int(text[4:]), int(text[2:4]), int(text[:2])
        )
    if len(text) == 5:
        return ((_EXCEL_EPOCH + timedelta(days=int(text))).isoformat(),) if int(text) < 75_000 else None
    return None


def _three_numbers(first: str, second: str, third: str, *, month_first: bool) -> tuple[str, ...] | None:
    if len(first) >= 3:
        return _date(int(first), int(second), int(third)) if int(third) <= 31 else None
    day, month = (second, first) if month_first else (first, second)
    if int(month) > 12:
        day, month = month, day
    years = [int(third)] if len(third) == 4 else _short_year(int(third)) if len(third) == 2 else []
    found = [text for year in years for text in _date(year, int(month), int(day)) or ()]
    return tuple(sorted(found)) or None


def _short_year(year: int) -> list[int]:
    """Two digits leave the century open where both are possible for someone alive."""
    return [1900 + year, 2000 + year] if year <= 30 else [1900 + year]


def _years(start: int, end: int) -> tuple[str, ...] | None:
    if start in YEARS and end in YEARS and 0 <= end - start <= 20:
        return tuple(f"{year:04d}" for year in range(start, end + 1))
    return None


def _date(year: int, month: int, day: int) -> tuple[str, ...] | None:
    """A partial date; a month or day of 0 is unknown, as passports write it."""
    if year in HIJRI_YEARS:
        return _from_hijri(year, month, day)
    if year not in YEARS or not 0 <= month <= 12 or (month == 0 and day):
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return (f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else ""),)


def _from_hijri(year: int, month: int, day: int) -> tuple[str, ...] | None:
    """Exact where the Umm al-Qura table reaches (1343-1500); else, and for a year alone, the years that it spans."""
    if not 0 <= month <= 12 or not 0 <= day <= 30 or (month == 0 and day):
        return None
    if year not in range(1343, 1501) or not month:
        first = int((year - 1) * 0.970229 + 622.54)
        last = int(year * 0.970229 + 622.54)
        return tuple(f"{number:04d}" for number in range(first, last + 1))
    try:
        if day:
            return (Hijri(year, month, day).to_gregorian().isoformat(),)
        start = Hijri(year, month, 1)
        end = Hijri(year, month, start.month_length())
    except ValueError:
        return None
    return tuple(dict.fromkeys(point.to_gregorian().isoformat()[:7] for point in (start, end)))
