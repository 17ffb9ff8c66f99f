"""How much was raised and decided in a span of days, how often in vain, how quickly; counted by the database.

Reach for `count`; nothing of it is personal.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.review.tables.alerts import Alert, AlertState, Disposition
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin

LONGEST = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Group:
    """What was decided of some alerts; `half` and `nine_tenths` of them took at most so many seconds."""

    name: str
    by: Counter[str]
    half: int | None
    nine_tenths: int | None

    @property
    def decided(self) -> int:
        return self.by.total()

    @property
    def true_matches(self) -> int:
        return self.by[Disposition.TRUE_MATCH]

    @property
    def false_positives(self) -> int:
        return self.by[Disposition.FALSE_POSITIVE]

    @property
    def inconclusive(self) -> int:
        return self.by[Disposition.INCONCLUSIVE]

    @property
    def rate(self) -> float | None:
        """The part of the decided that was in vain."""
        return self.false_positives / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """`raised` and `decided` by day, every day of the span."""

    since: date
    until: date
    days: list[date]
    raised: list[int]
    decided: list[int]
    waiting: int
    whole: Group
    lists: list[Group]
    purposes: list[Group]
    origins: list[Group]


def count(since: date, until: date) -> Statistics:
    """Both days included; a span longer than two years is cut at its beginning."""
    since = max(since, until - LONGEST)
    begin, end = _moment(since), _moment(until + timedelta(days=1))
    closed = Alert.objects.filter(state=AlertState.CLOSED, decided_at__gte=begin, decided_at__lt=end)
    raised = _by_day(Alert.objects.filter(created_at__gte=begin, created_at__lt=end), "created_at")
    decided = _by_day(closed, "decided_at")
    days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    return Statistics(
        since=since,
        until=until,
        days=days,
        raised=[raised.get(day, 0) for day in days],
        decided=[decided.get(day, 0) for day in days],
        waiting=Alert.objects.exclude(state=AlertState.CLOSED).count(),
        whole=_group(_("All"), closed, Counter(dict(_totals(closed)))),
        lists=_lists(closed),
        purposes=_purposes(closed),
        origins=_origins(closed),
    )


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _by_day(alerts: QuerySet[Alert], field: str) -> dict[date, int]:
    days = alerts.annotate(day=TruncDate(field)).order_by().values("day").annotate(n=Count("pk"))
    return dict(days.values_list("day", "n"))


def _totals(alerts: QuerySet[Alert]) -> Iterable[tuple[str, int]]:
    return alerts.order_by().values_list("disposition").annotate(n=Count("pk"))


def _counted(alerts: QuerySet[Alert], field: str) -> Iterable[tuple[str, str, int]]:
    return alerts.order_by().values_list(field, "disposition").annotate(n=Count("pk"))


def _lists(closed: QuerySet[Alert]) -> list[Group]:
    titles = dict(ListSource.objects.values_list("slug", "title"))
    by: dict[str, Counter[str]] = {}
    for lists, disposition, number in _counted(closed, "lists"):
        for slug in lists.strip(",").split(","):
            by.setdefault(slug, Counter())[disposition] += number
    return _ordered(_group(titles.get(s, s), closed.filter(lists__contains=f",{s},"), n) for s, n in by.items())


def _purposes(closed: QuerySet[Alert]) -> list[Group]:
    language = get_language() or "en"
    titles = {purpose.pk: purpose.title(language) for purpose in Purpose.objects.all()}
    return _ordered(
        _group(titles[int(key)], closed.filter(purpose_id=int(key)), n) for key, n in _split(closed, "purpose")
    )


def _origins(closed: QuerySet[Alert]) -> list[Group]:
    found = _split(closed, "screening__origin")
    return _ordered(_group(str(Origin(key).label), closed.filter(screening__origin=key), n) for key, n in found)


def _split(closed: QuerySet[Alert], field: str) -> Iterable[tuple[str, Counter[str]]]:
    by: dict[str, Counter[str]] = {}
    for key, disposition, number in _counted(closed, field):
        by.setdefault(key, Counter())[disposition] += number
    return by.items()


def _ordered(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (-group.decided, group.name))


def _group(name: str, alerts: QuerySet[Alert], by: Counter[str]) -> Group:
    took = alerts.exclude(decided_after=None).order_by("decided_after").values_list("decided_after", flat=True)
    total = by.total()
    return Group(name, by, _at(took, total, 0.5), _at(took, total, 0.9))


def _at(took: "QuerySet[Alert, int | None]", total: int, part: float) -> int | None:
    """The value that this part of all is at most."""
    if not total:
        return None
    place = max(math.ceil(total * part) - 1, 0)
    return next(iter(took[place : place + 1]), None)
