"""One alert, and what is done to it. After a decision the next alert of the same queue is shown."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tahaluf.domain import InputError, Problem
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.alerts import queue, services
from tahaluf.web.review.alerts.casefile import Case, read_alert, read_case
from tahaluf.web.review.alerts.filters import read_asked
from tahaluf.web.review.alerts.forms import ActForm, DecisionForm, NoteForm, ReopenForm, SecondForm
from tahaluf.web.review.alerts.telling import told_of
from tahaluf.web.review.alerts.views.queue import alert_address, queue_address
from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertState, Note
from tahaluf.web.ui.templatetags.desk import problem

STATE = "web.alert.state"


@requires(Permission.SEE_ALERTS)
@require_safe
def show_alert(request: Request, pk: int) -> HttpResponse:
    alert = find(pk)
    # Before its page is made, so that this viewing is in the trail that it shows.
    record(request.user, "alert.seen", ("alert", alert.pk))
    return _page(request, alert)


@requires(Permission.ADJUDICATE)
@require_POST
def adjudicate(request: Request, pk: int) -> HttpResponse:
    alert = find(pk)
    form = DecisionForm(alert, list(alert.hits.filter(withdrawn_at=None).order_by("rank")), request.POST)

    def decide() -> Adjudication:
        told = form.decision()
        return services.adjudicate(alert, request.user, told.pop("disposition"), **told)

    return _act(request, alert, form, "decision", decide)


@requires(Permission.REVIEW)
@require_POST
def second(request: Request, pk: int) -> HttpResponse:
    alert, form = find(pk), SecondForm(request.POST)
    return _act(request, alert, form, "second", lambda: services.second(alert, request.user, **form.decision()))


@requires(Permission.REVIEW)
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    alert, form = find(pk), ReopenForm(request.POST)
    return _act(
        request, alert, form, "reopening", lambda: services.reopen(alert, request.user, **form.cleaned_data), stay=True
    )


@requires(Permission.ADJUDICATE)
@require_POST
def note(request: Request, pk: int) -> HttpResponse:
    alert, form = find(pk), NoteForm(request.POST)
    return _act(
        request, alert, form, "noting", lambda: services.write_note(alert, request.user, **form.cleaned_data), stay=True
    )


@requires(Permission.ADJUDICATE)
@require_POST
def hold(request: Request, pk: int) -> HttpResponse:
    """Take the alert, or give it back."""
    alert = find(pk)
    to = None if alert.assigned_to_id == request.user.pk else request.user
    if not services.assign([alert], to, request.user):
        messages.error(request, _("Somebody else has it by now."))
    return redirect(alert_address(pk, read_asked(request.GET)))


def find(pk: int) -> Alert:
    try:
        return read_alert(pk)
    except (Alert.DoesNotExist, OverflowError) as missing:
        raise Http404 from missing


def _act(
    request: Request, alert: Alert, form: ActForm, name: str, act: Callable[[], Adjudication | Note], *,
    stay: bool = False,
) -> HttpResponse:  # fmt: skip
    """Do it and go on to the next alert; where something is wrong, show the page again with what was filled in."""
    if not form.is_valid():
        return _page(request, alert, 422, form={name: form})
    try:
        made = act()
    except InputError as fault:
        return _refused(request, alert, fault.problem, form, name)
    asked = read_asked(request.GET)
    messages.success(request, told_of(alert, made))
    if stay:
        return redirect(alert_address(alert.pk, asked))
    _before, after = queue.neighbors(asked.wanted, request.user, alert)
    return redirect(alert_address(after, asked) if after else queue_address(request))


def _refused(request: Request, alert: Alert, fault: Problem, form: ActForm, name: str) -> HttpResponse:
    """The page again: what is wrong stands at the field that would be mended, or on top where there is none."""
    status = 409 if fault.code == STATE else 422
    if place := form.place(fault.where.field):
        form.add_error(place, problem(fault))
        return _page(request, find(alert.pk), status, form={name: form})
    return _page(request, find(alert.pk), status, fault=fault, form={name: form})


def _page(
    request: Request,
    alert: Alert,
    status: int = 200,
    *,
    fault: Problem | None = None,
    form: dict[str, ActForm] | None = None,
) -> HttpResponse:
    asked = read_asked(request.GET)
    before, after = queue.neighbors(asked.wanted, request.user, alert)
    case = read_case(alert)
    told = {
        "case": case,
        "alert": alert,
        "purpose": alert.purpose.title(get_language() or "en"),
        "asked": asked,
        "previous": alert_address(before, asked) if before else "",
        "next": alert_address(after, asked) if after else "",
        "fault": problem(fault) if fault else "",
        "is_refused": status != 200 and fault is None,
        "may_export": request.user.may(Permission.EXPORT),
        "sees_complaints": request.user.may(Permission.SEE_COMPLAINTS),
        "is_mine": alert.assigned_to_id == request.user.pk,
        **_forms(request, alert, case),
        **(form or {}),
    }
    return render(request, "review/alerts/alert.html", told, status=status)


def _forms(request: Request, alert: Alert, case: Case) -> dict[str, Any]:
    """What this person may do to the alert as it is."""
    decides, reviews = request.user.may(Permission.ADJUDICATE), request.user.may(Permission.REVIEW)
    standing = [each.hit for each in case.hits if each.hit.withdrawn_at is None]
    proposed = alert.state == AlertState.PROPOSED
    return {
        "decision": DecisionForm(alert, standing) if decides and alert.state == AlertState.OPEN else None,
        "second": SecondForm() if reviews and proposed and case.may_second(request.user) else None,
        "is_first": proposed and reviews and not case.may_second(request.user),
        "reopening": ReopenForm() if reviews and alert.state == AlertState.CLOSED else None,
        "noting": NoteForm() if decides else None,
        "holds": decides and alert.state != AlertState.CLOSED,
    }
