"""How much was raised and decided in a span of days, how often in vain, how quickly; counted by the database.

Reach for `count`; nothing of it is personal. Alerts that are deleted count as before, also in how long decisions took
on average; how they were spread around that is forgotten with them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.review.tables.alerts import Alert, AlertState, Disposition
from tahaluf.web.review.tables.counts import DeletedCount
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin

LONGEST = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Group:
    """What was decided of some alerts, in how many `seconds` together; `half` and `nine_tenths` of those that are not
    deleted took at most so many."""

    name: str
    by: Counter[str]
    seconds: int
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

    @property
    def average(self) -> int | None:
        """The seconds of a decision, of deleted alerts too."""
        return round(self.seconds / self.decided) if self.decided else None

    @property
    def times(self) -> tuple[int | None, int | None, int | None]:
        """The seconds of a decision: on average, of half of them, of nine of ten."""
        return self.average, self.half, self.nine_tenths


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


@dataclass(frozen=True, slots=True)
class _Closed:
    """Alerts that were closed in the span: those that there are, and the counts of those that are deleted."""

    alerts: QuerySet[Alert]
    deleted: QuerySet[DeletedCount]

    def by(self, field: str, deleted_field: str) -> dict[str, Counter[str]]:
        """How many with each disposition, by the values of a field."""
        found: dict[str, Counter[str]] = {}
        present = self.alerts.order_by().values_list(field, "disposition").annotate(n=Count("pk"))
        gone = self.deleted.order_by().values_list(deleted_field, "disposition").annotate(n=Sum("number"))
        for value, disposition, number in [*present, *gone]:
            found.setdefault(value, Counter())[disposition] += number
        return found

    def seconds(self, field: str, deleted_field: str) -> Counter[str]:
        """How long they took together, by the values of a field."""
        found: Counter[str] = Counter()
        present = self.alerts.order_by().values_list(field).annotate(n=Sum("decided_after"))
        gone = self.deleted.order_by().values_list(deleted_field).annotate(n=Sum("seconds"))
        for value, seconds in [*present, *gone]:
            found[value] += seconds or 0
        return found


def count(since: date, until: date) -> Statistics:
    """Both days included; a span longer than two years is cut at its beginning."""
    since = max(since, until - LONGEST)
    begin, end = _moment(since), _moment(until + timedelta(days=1))
    alerts = Alert.objects.filter(state=AlertState.CLOSED, decided_at__gte=begin, decided_at__lt=end)
    deleted = DeletedCount.objects.filter(day__gte=since, day__lte=until)
    closed = _Closed(alerts, deleted.exclude(disposition=""))
    raised = _by_day(Alert.objects.filter(created_at__gte=begin, created_at__lt=end), "created_at")
    raised += _deleted_by_day(deleted.filter(disposition=""))
    decided = _by_day(alerts, "decided_at") + _deleted_by_day(closed.deleted)
    days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    purposes, seconds = closed.by("purpose", "purpose"), closed.seconds("purpose", "purpose")
    return Statistics(
        since=since,
        until=until,
        days=days,
        raised=[raised[day] for day in days],
        decided=[decided[day] for day in days],
        waiting=Alert.objects.exclude(state=AlertState.CLOSED).count(),
        whole=_group(_("All"), alerts, sum(purposes.values(), Counter()), seconds.total()),
        lists=_lists(closed),
        purposes=_purposes(closed, purposes, seconds),
        origins=_origins(closed),
    )


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _by_day(alerts: QuerySet[Alert], field: str) -> Counter[date]:
    days = alerts.annotate(day=TruncDate(field)).order_by().values("day").annotate(n=Count("pk"))
    return Counter(dict(days.values_list("day", "n")))


def _deleted_by_day(deleted: QuerySet[DeletedCount]) -> Counter[date]:
    return Counter(dict(deleted.order_by().values_list("day").annotate(n=Sum("number"))))


def _lists(closed: _Closed) -> list[Group]:
    titles = dict(ListSource.objects.values_list("slug", "title"))
    took, seconds = closed.seconds("lists", "lists"), Counter[str]()
    by: dict[str, Counter[str]] = {}
    for lists, counted in closed.by("lists", "lists").items():
        for slug in lists.strip(",").split(","):
            by.setdefault(slug, Counter()).update(counted)
            seconds[slug] += took[lists]
    return _ordered(
        _group(titles.get(slug, slug), closed.alerts.filter(lists__contains=f",{slug},"), counted, seconds[slug])
        for slug, counted in by.items()
    )


def _purposes(closed: _Closed, by: Mapping[str, Counter[str]], seconds: Counter[str]) -> list[Group]:
    language = get_language() or "en"
    titles = {purpose.pk: purpose.title(language) for purpose in Purpose.objects.all()}
    return _ordered(
        _group(titles[int(key)], closed.alerts.filter(purpose=int(key)), counted, seconds[key])
        for key, counted in by.items()
    )


def _origins(closed: _Closed) -> list[Group]:
    seconds = closed.seconds("screening__origin", "origin")
    return _ordered(
        _group(str(Origin(key).label), closed.alerts.filter(screening__origin=key), counted, seconds[key])
        for key, counted in closed.by("screening__origin", "origin").items()
    )


def _ordered(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (-group.decided, group.name))


def _group(name: str, alerts: QuerySet[Alert], by: Counter[str], seconds: int) -> Group:
    took = alerts.exclude(decided_after=None).order_by("decided_after").values_list("decided_after", flat=True)
    total = took.count()
    return Group(name, by, seconds, _at(took, total, 0.5), _at(took, total, 0.9))


def _at(took: "QuerySet[Alert, int | None]", total: int, part: float) -> int | None:
    """The value that this part of all is at most."""
    if not total:
        return None
    place = max(math.ceil(total * part) - 1, 0)
    return next(iter(took[place : place + 1]), None)
