"""Dates as publishers write them: ISO, `10 Dec 1948`, `Aug 1953`, `1936`, `circa 1951`, `1955 to 1958`,
`01/08/2026`."""

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
AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
CIRCA = re.compile(r"(?:circa|approximately|approx\.?|about|ca\.?|c\.)\s+", re.IGNORECASE)
SPAN = re.compile(r"(?:between\s+)?(.+?)(?:\s+(?:to|and|-)\s+|(?<=\b\d{4})[-–](?=\d{4}\b))(.+)", re.IGNORECASE)


def parse_date(text: str, *, circa: bool = False) -> PartialDate | None:
    """One date, or None where the text is none (the caller keeps the text)."""
    text = " ".join(text.split()).rstrip(".")
    shortened = CIRCA.sub("", text, count=1) if CIRCA.match(text) else text
    circa = circa or shortened != text
    try:
        if match := ISO.fullmatch(shortened):
            year, month_text, day = match.groups()
            return PartialDate(int(year), int(month_text) if month_text else None, int(day) if day else None, circa)
        if match := WORDS.fullmatch(shortened):
            month = MONTHS.get(match[2].casefold())
            return PartialDate(int(match[3]), month, int(match[1]) if match[1] else None, circa) if month else None
        if match := AMERICAN.fullmatch(shortened):
            return PartialDate(int(match[3]), int(match[1]), int(match[2]), circa)
    except ValueError:
        return None
    return None


def parse_span(text: str, *, circa: bool = False) -> DateSpan | None:
    """One date or a span between two; None where the text is neither."""
    text = " ".join(text.split())
    shortened = CIRCA.sub("", text, count=1) if CIRCA.match(text) else text
    circa = circa or shortened != text
    if date := parse_date(shortened, circa=circa):
        return DateSpan(date)
    if match := SPAN.fullmatch(shortened):
        end = parse_date(match[2], circa=circa)
        start = parse_date(match[1], circa=circa)
        if start is None and end is not None and (month := MONTHS.get(match[1].rstrip(".").casefold())):
            start = PartialDate(end.year, month, None, circa)
        if start and end and start <= end:
            return DateSpan(start, end)
    return None
