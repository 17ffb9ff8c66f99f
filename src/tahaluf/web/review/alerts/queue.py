"""The queue: which alerts, in which order, one page after another, with a constant number of queries.

A page is found by the values of the alert that it begins behind, not by a number: the thousandth costs what the first
does, and nothing is skipped while others decide. Keys are found first, from an index alone, then their rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tahaluf.names.fold import fold
from tahaluf.web.accounts.models import User
from tahaluf.web.review.tables.alerts import Alert, AlertHit, AlertState

PAGE = 50
DUE, SCORE, NEWEST = "due", "score", "newest"
# What each order is by, and whether it falls.
ORDERS = {DUE: ("due_at", False), SCORE: ("score", True), NEWEST: ("pk", True)}
MINE, UNASSIGNED = "mine", "unassigned"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which alerts: `held` by whom (mine, unassigned), `text` words of the subject's names."""

    state: str = AlertState.OPEN
    held: str = ""
    purpose: int | None = None
    dataset: str = ""
    least: float | None = None
    overdue: bool = False
    text: str = ""
    order: str = DUE


class Place(NamedTuple):
    """Where an alert stands in an order."""

    value: datetime | float | int
    key: int


class Page(NamedTuple):
    """Some alerts of the queue, and whether there are more on either side."""

    alerts: list[Alert]
    before: Place | None
    after: Place | None


def read_page(wanted: Wanted, reader: User, *, after: Place | None = None, before: Place | None = None) -> Page:
    """The page behind (or the one that ends in front of) a place; two queries."""
    back = before is not None and after is None
    keys = list(_keys(wanted, reader, before if back else after, back=back)[: PAGE + 1])
    more = len(keys) > PAGE
    keys = keys[:PAGE][::-1] if back else keys[:PAGE]
    alerts = _rows(keys)
    if not alerts:
        return Page([], None, None)
    first, last = place_of(alerts[0], wanted.order), place_of(alerts[-1], wanted.order)
    ahead, behind = (more, True) if back else (after is not None, more)
    return Page(alerts, first if ahead else None, last if behind else None)


def best_names(alerts: Sequence[Alert]) -> dict[int, str]:
    """By alert, the name of the listing that its score is of; one query."""
    best = AlertHit.objects.filter(alert__in=[alert.pk for alert in alerts], rank=1)
    return dict(best.values_list("alert_id", "caption"))


def neighbors(wanted: Wanted, reader: User, alert: Alert) -> tuple[int | None, int | None]:
    """The keys of the alerts before and after this one in the queue, wherever it stands by now."""
    place = place_of(alert, wanted.order)
    before = _keys(wanted, reader, place, back=True).first()
    return before, _keys(wanted, reader, place).first()


def first_keys(wanted: Wanted, reader: User, count: int) -> list[int]:
    """The first of the queue."""
    return list(_keys(wanted, reader, None)[:count])


def count_states(most: int) -> dict[str, int]:
    """How many alerts are in each state, counted no further than one more than `most`."""
    return {
        state: Alert.objects.filter(state=state)
        .order_by("due_at")[: most + 1]
        .values("pk")
        .aggregate(n=Count("*"))["n"]
        for state in AlertState.values
    }


def place_of(alert: Alert, order: str) -> Place:
    """Where an alert stands."""
    return Place(getattr(alert, ORDERS[order][0]), alert.pk)


def matching(wanted: Wanted, reader: User) -> QuerySet[Alert]:
    """All alerts that are wanted, in no order."""
    found = Alert.objects.filter(state=wanted.state)
    if wanted.held:
        found = found.filter(assigned_to=reader.pk if wanted.held == MINE else None)
    if wanted.purpose is not None:
        found = found.filter(purpose=wanted.purpose)
    if wanted.dataset:
        found = found.filter(lists__contains=f",{wanted.dataset},")
    if wanted.least is not None:
        found = found.filter(score__gte=wanted.least)
    if wanted.overdue:
        found = found.filter(due_at__lt=timezone.now())
    for word in fold(wanted.text).split():
        found = found.filter(words__contains=word)
    return found


def _keys(wanted: Wanted, reader: User, place: Place | None, *, back: bool = False) -> "QuerySet[Alert, int]":
    name, falls = ORDERS[wanted.order]
    down = falls != back
    found = matching(wanted, reader)
    if place is not None:
        found = found.filter(_beyond(name, place, down=down, back=back))
    order = [("-" if down else "") + name] + ([] if name == "pk" else ["-pk" if back else "pk"])
    return found.order_by(*order).values_list("pk", flat=True)


def _beyond(name: str, place: Place, *, down: bool, back: bool) -> Q:
    side = "lt" if down else "gt"
    if name == "pk":
        return Q(**{f"pk__{side}": place.key})
    tied = Q(pk__lt=place.key) if back else Q(pk__gt=place.key)
    # The first condition is what an index is entered by.
    return Q(**{f"{name}__{side}e": place.value}) & (Q(**{f"{name}__{side}": place.value}) | tied)


def _rows(keys: Sequence[int]) -> list[Alert]:
    rows = Alert.objects.select_related("purpose", "assigned_to").defer("subject", "place", "because").in_bulk(keys)
    return [rows[key] for key in keys if key in rows]
