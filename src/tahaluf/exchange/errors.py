"""What the exchange refuses, as one kind of error with a stable code: reach for `refuse` where a page says MUST refuse.

The codes are those of the pages under `spec/exchange/`, each under "Refusals".
"""

from tahaluf.domain import Problem, TahalufError, Where

SHOWN = 80


class ExchangeError(TahalufError):
    """Bytes or a statement that a format page refuses."""


class LineError(ExchangeError):
    """The line or the other side failed (`exchange.sync.line`): it may be tried again, after `retry_after` seconds if
    the other side said so."""

    def __init__(self, found: str, retry_after: int | None = None) -> None:
        super().__init__(Problem("exchange.sync.line", Where(), "a reply", found[:SHOWN]))
        self.retry_after = retry_after


def refuse(code: str, expected: str, found: object, field: str | None = None) -> ExchangeError:
    """The error to raise: `found` is shortened, so that no error carries a record into a log file."""
    text = found if isinstance(found, str) else repr(found)
    return ExchangeError(Problem(code, Where(field=field), expected, text[:SHOWN]))
