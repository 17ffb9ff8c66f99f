"""What other apps add to an alert: each registers a function, in `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise

from tahaluf.web.review.tables.alerts import Alert


class Concern(NamedTuple):
    """A complaint about an alert or its subject: what it is quoted by, how it stands, since when, its page."""

    reference: str
    state: str | Promise
    since: date
    address: str


CONCERNS: list[Callable[[Alert], Iterable[Concern]]] = []


def concerns_of(alert: Alert) -> list[Concern]:
    """All of them, the newest first."""
    found = [concern for function in CONCERNS for concern in function(alert)]
    return sorted(found, key=lambda concern: (concern.since, concern.reference), reverse=True)
