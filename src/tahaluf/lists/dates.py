"""Dates as publishers write them: ISO, `10 Dec 1948`, `Aug 1953`, `1936`, `circa 1951`, `1955 to 1958`,
`01/08/2026`.

Guarantee: a day is only given where it is certain. `01/08/2026` is the month before the day only where the caller says
that its publisher writes so (OFAC); elsewhere it may be either: no date, but a span that holds both readings.
"""

import re

from tahaluf.domain import DateSpan, PartialDate

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ][0-9:.]+)?(?:Z|[+-]\d\d:\d\d)?")
WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s.-]+)?([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
CIRCA = re.compile(r"(?:circa|approximately|approx\.?|about|ca\.?|c\.)\s+", re.IGNORECASE)
SPAN = re.compile(r"(?:between\s+)?(.+?)(?:\s+(?:to|and|-)\s+|(?<=\b\d{4})[-–](?=\d{4}\b))(.+)", re.IGNORECASE)


def parse_date(text: str, *, circa: bool = False, american: bool = False) -> PartialDate | None:
    """One date, or None where the text is none or may be more than one (the caller keeps the text)."""
    text = " ".join(text.split()).rstrip(".")
    shortened = CIRCA.sub("", text, count=1) if CIRCA.match(text) else text
    circa = circa or shortened != text
    try:
        if match := ISO.fullmatch(shortened):
            month, day = (int(text) if text else None for text in match.groups()[1:])
            return None if 0 in (month, day) else PartialDate(int(match[1]), month, day, circa)
        if match := WORDS.fullmatch(shortened):
            month, day = MONTHS.get(match[2].casefold()), int(match[1]) if match[1] else None
            return PartialDate(int(match[3]), month, day, circa) if month and day != 0 else None
        if match := SLASHED.fullmatch(shortened):
            readings = read_slashed(match, circa)
            return readings[-1] if readings and (american or len(set(readings)) == 1) else None
    except ValueError:
        return None
    return None


def read_slashed(match: re.Match[str], circa: bool) -> list[PartialDate]:
    """What `05/04/1965` may mean: day first, then month first; ValueError where it is no day."""
    first, second, year = map(int, match.groups())
    orders = ((first, second), (second, first))
    return [PartialDate(year, month, day, circa) for day, month in orders if day and 1 <= month <= 12]


def span_readings(match: re.Match[str], circa: bool) -> DateSpan | None:
    """From the earlier to the later of two readings."""
    try:
        readings = sorted(read_slashed(match, circa))
    except ValueError:
        return None
    return DateSpan(readings[0], readings[-1]) if readings else None


def parse_span(text: str, *, circa: bool = False, american: bool = False) -> DateSpan | None:
    """One date or a span between two; None where the text is neither."""
    text = " ".join(text.split())
    shortened = CIRCA.sub("", text, count=1) if CIRCA.match(text) else text
    circa = circa or shortened != text
    if date := parse_date(shortened, circa=circa, american=american):
        return DateSpan(date)
    if match := SLASHED.fullmatch(shortened):
        return span_readings(match, circa)
    if match := SPAN.fullmatch(shortened):
        end = parse_date(match[2], circa=circa, american=american)
        start = parse_date(match[1], circa=circa, american=american)
        if start is None and end is not None and (month := MONTHS.get(match[1].rstrip(".").casefold())):
            start = PartialDate(end.year, month, None, circa)
        if start and end and start <= end:
            return DateSpan(start, end)
    return None
