"""Dates, numbers and scores as a reader's language, region and digits have them, by CLDR; plain text.

Templates use the filters of `templatetags/desk.py`; whoever writes a PDF, a sheet or a letter reaches for this.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, format_timedelta, get_datetime_format
from babel.numbers import format_decimal

from tahaluf.web.common.preferences import Preferences, current

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
LATIN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@cache
def locale_of(language: str, region: str) -> Locale:
    """`ar` in `MA` is ar_MA; where CLDR knows no such pair, the language as it is written internationally."""
    for name in (f"{language}_{region}", "en_001" if language == "en" else language):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_001")


def number(value: float, least: int = 0, most: int = 3, *, reader: Preferences | None = None) -> str:
    """A number with between `least` and `most` decimals."""
    reader = reader or current()
    pattern = "#,##0" + ("." + "0" * least + "#" * (most - least) if most else "")
    system = "arab" if _in_arabic_digits(reader) else "latn"
    locale = locale_of(reader.language, reader.region)
    return _digits(format_decimal(value, format=pattern, locale=locale, numbering_system=system), reader)


def score(value: float, *, reader: Preferences | None = None) -> str:
    """Three decimals, as the command line has it; what is not quite 1 is never shown as 1."""
    shown = round(value, 3)
    return number(min(shown, 0.999) if value < 1 else shown, 3, 3, reader=reader)


def threshold(value: float, *, reader: Preferences | None = None) -> str:
    """A cut as people set it: two decimals, a third where there is one."""
    return number(value, 2, 3, reader=reader)


def share(value: float, *, reader: Preferences | None = None) -> str:
    """A part of 1 as a percentage, with a decimal where it matters."""
    reader = reader or current()
    small = 0 < abs(value) < 0.1
    sign = "٪" if _in_arabic_digits(reader) else "%"
    space = "\u202f" if reader.language == "fr" else ""
    return number(value * 100, 0, 1 if small else 0, reader=reader) + space + sign


def in_language(told: Mapping[str, str], *, reader: Preferences | None = None) -> str:
    """What is told in each language, in the reader's."""
    return told.get((reader or current()).language) or next(iter(told.values()), "")


def long_date(value: date | datetime | str, *, reader: Preferences | None = None) -> str:
    """`23 November 2026`; of a partial date (`1967-03`, `1967`) what is known; what is no date stays."""
    reader = reader or current()
    if isinstance(value, datetime):
        value = local(value, reader).date()
    day, pattern = _day_and_pattern(value)
    if day is None:
        return str(value)
    locale = locale_of(reader.language, reader.region)
    return _digits(format_date(day, pattern, locale=locale), reader)


def moment(value: datetime, *, reader: Preferences | None = None) -> str:
    """Day and time, in the reader's time zone."""
    reader = reader or current()
    locale, there = locale_of(reader.language, reader.region), local(value, reader)
    day, time = format_date(there.date(), "long", locale=locale), format_time(there, "HH:mm", locale=locale)
    joined = str(get_datetime_format("medium", locale=locale)).replace("'", "")
    return _digits(joined.replace("{0}", time).replace("{1}", day), reader)


def age(value: datetime, now: datetime | None = None, *, reader: Preferences | None = None) -> str:
    """How long ago (`3 hr`), or how long until (`in 3 hr`)."""
    reader = reader or current()
    passed = (now or datetime.now(UTC)) - value
    return duration(passed, reader=reader) if passed >= timedelta() else _ahead(-passed, reader)


def duration(value: timedelta, *, reader: Preferences | None = None) -> str:
    """A length of time in its largest unit."""
    reader = reader or current()
    locale = locale_of(reader.language, reader.region)
    return _digits(format_timedelta(value, threshold=1.0, format="short", locale=locale), reader)


def local(value: datetime, reader: Preferences) -> datetime:
    """The moment on the reader's clock; one without a zone is taken as UTC."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(ZoneInfo(reader.time_zone or "UTC"))


def _ahead(value: timedelta, reader: Preferences) -> str:
    locale = locale_of(reader.language, reader.region)
    return _digits(format_timedelta(value, threshold=1.0, add_direction=True, format="short", locale=locale), reader)


def _day_and_pattern(value: date | str) -> tuple[date | None, str]:
    if isinstance(value, date):
        return value, "long"
    parts = value.split("-")
    try:
        year, month, day = (*(int(part) for part in parts), 1, 1)[:3]
        if len(parts) > 3:
            return None, ""
        return date(year, month, day), {1: "y", 2: "LLLL y", 3: "long"}[len(parts)]
    except ValueError:
        return None, ""


def _in_arabic_digits(reader: Preferences) -> bool:
    return reader.arabic_digits and reader.language == "ar"


def _digits(text: str, reader: Preferences) -> str:
    # CLDR's direction marks fit one direction of the text around; we isolate instead.
    plain = text.translate(LATIN_DIGITS).replace("\u200f", "").replace("\u200e", "")
    return plain.translate(ARABIC_DIGITS) if _in_arabic_digits(reader) else plain
