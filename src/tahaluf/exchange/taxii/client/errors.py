"""What can go wrong on the way: what may be tried again, and when; and what needs a person."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tahaluf.exchange.errors import ExchangeError, LineError, refuse

AGAIN = (408, 425, 429, 500, 502, 503, 504)
MOST_WAIT = 3_600


def refused(expected: str, found: object) -> ExchangeError:
    """Not asked again without a person."""
    return refuse("exchange.sync.refused", expected, found)


def failure(status: int, headers: Mapping[str, str], now: datetime) -> ExchangeError:
    """The error of a reply that is no success."""
    if status in AGAIN:
        return LineError(f"status {status}", retry_after(headers.get("retry-after", ""), now))
    return refused("status 200", f"status {status}")


def retry_after(text: str, now: datetime) -> int | None:
    """Seconds, of either form of the header; None where it says nothing that can be read."""
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return min(int(text), MOST_WAIT)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(int((at - now).total_seconds()), 0), MOST_WAIT)
