"""Date, currency and amount of fields 30, 32A, 32B, 33B, 61, read tolerantly: a decimal point is as good as a comma."""

import re
from datetime import date
from functools import lru_cache

_VALUE = re.compile(
    r"(?P<day>\d{6})?\s*(?P<currency>[A-Z]{3})\s*(?P<amount>[\d.,]*\d[\d.,]*)", re.ASCII | re.IGNORECASE
)
_DAY = re.compile(r"(\d\d)(\d\d)(\d\d)", re.ASCII)
# Two-digit years from here on are of the last century (SWIFT's own rule for dates of value).
PIVOT = 80


@lru_cache(maxsize=1 << 10)
def read_day(text: str) -> str | None:
    """YYMMDD as ISO 8601; nothing where there is no such day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    try:
        return date(year + (1900 if year >= PIVOT else 2000), month, day).isoformat()
    except ValueError:
        return None


def read_money(text: str) -> tuple[str | None, str | None]:
    """The day as ISO 8601 and the amount as "USD 1814.28"; either may be missing."""
    found = _VALUE.match(text.strip()[:40])
    if found is None:
        return read_day(text.strip()[:6]), None
    day, currency, amount = found.groups()
    return read_day(day) if day else None, f"{currency.upper()} {plain_amount(amount)}"


def plain_amount(text: str) -> str:
    """An amount with a point for decimals and none of the marks that part thousands."""
    at = max(text.rfind(","), text.rfind("."))
    whole, decimals = (text[:at], text[at + 1 :]) if at >= 0 else (text, "")
    whole = whole.replace(",", "").replace(".", "") or "0"
    return f"{whole}.{decimals}" if decimals else whole
