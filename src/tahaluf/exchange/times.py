"""Times in the one spelling that signed texts have: UTC, whole seconds or milliseconds, `Z`."""

import re
from datetime import UTC, datetime

from tahaluf.exchange.errors import refuse

SECONDS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
MILLISECONDS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


def parse_seconds(text: object, code: str, field: str) -> datetime:
    """`2026-11-20T09:30:00Z` → an aware time; ExchangeError (`code`) for any other spelling, or a time before 1970."""
    return parsed(text, SECONDS, code, field)


def parse_milliseconds(text: object, code: str, field: str) -> datetime:
    """`2026-11-20T09:30:00.000Z` → an aware time; ExchangeError (`code`) for any other spelling, or before 1970."""
    return parsed(text, MILLISECONDS, code, field)


def parsed(text: object, form: re.Pattern[str], code: str, field: str) -> datetime:
    if isinstance(text, str) and form.fullmatch(text):
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            at = None  # the 30th of February, the 61st minute
        if at is not None and at.year >= 1970:
            return at
    raise refuse(code, "a time in UTC, from 1970 on, in the page's spelling", text, field)


def write_seconds(at: datetime) -> str:
    """An aware time as whole seconds of UTC, cut off; ValueError for a naive one."""
    return utc(at).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_milliseconds(at: datetime) -> str:
    """An aware time as milliseconds of UTC, cut off; ValueError for a naive one."""
    at = utc(at)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a time without its offset from UTC")
    return at.astimezone(UTC)
