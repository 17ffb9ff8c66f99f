"""The first page: what waits for this person, what runs, how the lists stand, and a name to screen."""

from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tahaluf.web.accounts.guards import Request, for_everyone
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission as P
from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.catalogue.queries import pending, sources
from tahaluf.web.config.navigation import address_of
from tahaluf.web.redress.queries import find_complaints
from tahaluf.web.review.alerts.queue import MINE, UNASSIGNED, Wanted, matching
from tahaluf.web.review.purposes.queries import active_purposes
from tahaluf.web.review.tables.alerts import AlertState
from tahaluf.web.review.tables.screenings import Screening, ScreeningState

MOST = 1000  # counted no further: the page is as quick with a million alerts
OLD = timedelta(days=7)
SHOWN = 8


class Waiting(NamedTuple):
    """How much of something waits, and where it is; `many` where there is more than is counted."""

    title: Promise | str
    number: int
    many: bool
    address: str
    urgent: bool = False


@for_everyone
def home(request: Request) -> HttpResponse:
    user = request.user
    told: dict[str, Any] = {
        "waiting": waiting_for(user),
        "running": running(user),
        "may_screen": user.may(P.SCREEN),
        "may_import": user.may(P.IMPORT_LISTS),
        "lists": list_rows(),
        "pending": pending(),
    }
    if told["may_screen"]:
        language = get_language() or ""
        told["purposes"] = [(each.slug, each.title(language)) for each in active_purposes()]
    return render(request, "ui/home.html", told)


def waiting_for(user: User) -> list[Waiting]:
    """What this person may take up, the most urgent first."""
    found = []
    if user.may(P.SEE_ALERTS):
        queue, second = address_of("review:queue"), AlertState.PROPOSED
        found += [
            _counted(_("Alerts overdue"), matching(Wanted(overdue=True), user), queue, urgent=True, overdue=1),
            _counted(_("Alerts assigned to me"), matching(Wanted(held=MINE), user), queue, held=MINE),
            _counted(_("Alerts nobody has taken"), matching(Wanted(held=UNASSIGNED), user), queue, held=UNASSIGNED),
        ]
        if user.may(P.REVIEW):
            mine = matching(Wanted(state=second), user).exclude(first_by=user)
            found.append(_counted(_("Alerts awaiting a second reviewer"), mine, queue, state=second))
    if user.may(P.SEE_COMPLAINTS):
        found.append(_counted(_("Complaints to be answered"), find_complaints(), address_of("redress:complaints")))
    return found


def running(user: User) -> list[Screening]:
    """Screenings that wait or run: everyone's, for whoever may see them."""
    if not user.may(P.SEE_SCREENINGS):
        return []
    states = (ScreeningState.QUEUED, ScreeningState.RUNNING)
    return list(Screening.objects.filter(state__in=states).order_by("-created_at")[:SHOWN])


def list_rows() -> list[tuple[ListSource, bool]]:
    """The lists that are screened against, each with whether it is older than it should be."""
    now = timezone.now()
    return [(each, _is_old(each, now)) for each in sources() if each.active]


def _is_old(source: ListSource, now: Any) -> bool:
    if source.current is None:
        return True
    allowed = max(timedelta(hours=2 * source.every_hours), timedelta(hours=1)) if source.every_hours else OLD
    return bool(now - (source.checked_at or source.current.imported_at) > allowed)


def _counted(
    title: Promise | str, found: "QuerySet[Any]", address: str, *, urgent: bool = False, **query: object
) -> Waiting:
    count = found.order_by()[: MOST + 1].count()
    where = f"{address}?{urlencode(query)}" if query else address
    return Waiting(title, min(count, MOST), count > MOST, where, urgent and count > 0)
