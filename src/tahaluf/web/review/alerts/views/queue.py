"""The queue, and what is done to several alerts at once."""

from functools import cache
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tahaluf.domain import InputError
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import MATRIX, Permission
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.alerts import queue, services
from tahaluf.web.review.alerts.filters import Asked, read_asked
from tahaluf.web.review.tables.alerts import Alert, AlertState, Disposition
from tahaluf.web.ui.templatetags.desk import age, problem

MOST_COUNTED = 9_999
CANDIDATES = 20
LOOKS: dict[str, str] = {
    AlertState.OPEN: "warn",
    AlertState.PROPOSED: "info",
    Disposition.TRUE_MATCH: "bad",
    Disposition.FALSE_POSITIVE: "good",
}


class Row(NamedTuple):
    """A line of the queue; `listing` is the name of the best hit, `look` the badge of the state."""

    alert: Alert
    listing: str
    purpose: str
    lists: list[str]
    look: str
    label: str
    age: SafeString | str
    due: SafeString | str
    is_overdue: bool


@requires(Permission.SEE_ALERTS)
@require_safe
def show_queue(request: Request) -> HttpResponse:
    asked = read_asked(request.GET)
    page = queue.read_page(asked.wanted, request.user, after=asked.after, before=asked.before)
    if page.alerts:
        # Names are shown: whose, is told by the alerts' keys.
        record(request.user, "alerts.listed", alerts=[alert.pk for alert in page.alerts])
    told = {
        "asked": asked,
        "form": asked.form,
        "rows": _rows(page.alerts),
        "previous_page": asked.at("before", page.before),
        "next_page": asked.at("after", page.after),
        "tabs": _tabs(asked),
        "people": deciders() if request.user.may(Permission.ASSIGN) else [],
        "may_take": request.user.may(Permission.ADJUDICATE),
        "may_export": request.user.may(Permission.EXPORT),
    }
    return render(request, "review/alerts/queue.html", told)


@requires(Permission.ASSIGN)
@require_POST
def assign_alerts(request: Request) -> HttpResponse:
    """Give the alerts that are ticked to the person that is chosen (none: to nobody)."""
    keys = [int(key) for key in request.POST.getlist("alert") if key.isdecimal() and len(key) < 19]
    to = next((each for each in deciders() if str(each.pk) == request.POST.get("to")), None)
    try:
        count = services.assign([Alert(pk=key) for key in keys], to, request.user)
    except InputError as fault:
        messages.error(request, problem(fault.problem))
    else:
        words = ngettext("%(count)s alert was assigned.", "%(count)s alerts were assigned.", count)
        messages.success(request, words % {"count": count})
    return redirect(queue_address(request))


@requires(Permission.ADJUDICATE)
@require_POST
def take_next(request: Request) -> HttpResponse:
    """The first alert of the queue that nobody has; whoever holds one already is led to that."""
    asked = read_asked(request.GET)
    own = queue.first_keys(_held(asked, queue.MINE), request.user, 1)
    if own:
        return redirect(alert_address(own[0], asked))
    free = queue.first_keys(_held(asked, queue.UNASSIGNED), request.user, CANDIDATES)
    taken = services.take(free, request.user)
    if taken is None:
        messages.info(request, _("Nothing is left that nobody has."))
        return redirect(queue_address(request))
    return redirect(alert_address(taken.pk, asked))


def queue_address(request: Request) -> str:
    return reverse("review:queue") + read_asked(request.GET).query


def alert_address(key: int, asked: Asked) -> str:
    """An alert's page, which goes on in the queue that was asked for."""
    return reverse("review:alert", args=[key]) + asked.query


def deciders() -> list[User]:
    """Those who decide on alerts."""
    roles = [role for role, may in MATRIX.items() if Permission.ADJUDICATE in may]
    found = User.objects.filter(is_active=True, grants__role__in=roles).distinct().order_by("username")
    return list(found.prefetch_related("grants"))


def _rows(alerts: list[Alert]) -> list[Row]:
    now, language = timezone.now(), get_language() or "en"
    # Alerts of one screening came within a minute: what is said of a minute is made once.
    said = cache(age)
    names = queue.best_names(alerts)
    return [
        Row(
            alert,
            names.get(alert.pk, ""),
            alert.purpose.title(language),
            alert.lists.strip(",").split(","),
            LOOKS.get(alert.disposition if alert.state == AlertState.CLOSED else alert.state, "quiet"),
            str(alert.get_disposition_display() if alert.state == AlertState.CLOSED else alert.get_state_display()),
            said(alert.created_at.replace(second=0, microsecond=0)),
            said(alert.due_at.replace(second=0, microsecond=0)),
            alert.state != AlertState.CLOSED and alert.due_at < now,
        )
        for alert in alerts
    ]


def _held(asked: Asked, held: str) -> queue.Wanted:
    wanted = asked.wanted
    return queue.Wanted(
        wanted.state, held, wanted.purpose, wanted.dataset, wanted.least, wanted.overdue, wanted.text, wanted.order
    )


def _tabs(asked: Asked) -> list[dict[str, object]]:
    counts = queue.count_states(MOST_COUNTED)
    return [
        {
            "label": AlertState(state).label,
            "address": asked.of_state(state) or "?",
            "count": min(counts[state], MOST_COUNTED),
            "more": counts[state] > MOST_COUNTED,
            "is_current": asked.wanted.state == state,
        }
        for state in AlertState.values
    ]
