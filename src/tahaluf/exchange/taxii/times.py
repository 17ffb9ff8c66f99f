"""Times as TAXII has them: read in any spelling of RFC 3339, written in UTC with six digits."""

import re
from datetime import UTC, datetime, timedelta

SPELLING = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,30})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
TICK = timedelta(microseconds=1)


def parse_timestamp(text: str) -> datetime:
    """An aware time in UTC, cut off to the microsecond; ValueError for any other spelling, or for no real time."""
    if not SPELLING.fullmatch(text):
        raise ValueError("a time as RFC 3339 has it")
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a time between the years 1 and 9999") from error


def write_timestamp(at: datetime) -> str:
    """An aware time as `2026-11-20T09:30:00.000000Z`; ValueError for a naive one."""
    if at.utcoffset() is None:
        raise ValueError("a time without its offset from UTC")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def date_after(now: datetime, before: datetime | None) -> datetime:
    """The `date_added` of an entry: now, or a microsecond after that of the entry before, whichever is later.

    So no two entries of a collection have one date, and who pages by date loses nothing.
    """
    now = now.astimezone(UTC)
    return now if before is None else max(now, before + TICK)
