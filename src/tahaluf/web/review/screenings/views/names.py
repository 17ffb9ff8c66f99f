"""One name: tried while it is typed, recorded when asked. Names travel in the body of requests, never in addresses."""

import time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tahaluf.domain import TahalufError
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.screenings.forms import NameForm
from tahaluf.web.review.screenings.services import screen_one, try_name
from tahaluf.web.review.screenings.showing import show_hits
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening

PAGE = "review/screenings/screen.html"
FOUND = "review/screenings/found.html"
TRIED = "names_tried"
TRIED_SECONDS = 3600


@requires(Permission.SCREEN)
@require_GET
def show_form(request: Request) -> HttpResponse:
    """An empty form, for the purpose that was last chosen."""
    form = NameForm(language=_language())
    form.initial = {"purpose": request.session.get("purpose", ""), "kind": "Person"}
    return render(request, PAGE, {"form": form, "purposes": Purpose.objects.filter(active=True)})


@requires(Permission.SCREEN)
@require_POST
@never_cache
def try_names(request: Request) -> HttpResponse:
    """What screening would find; stores nothing. For whoever has no script, the whole page."""
    form = NameForm(request.POST, language=_language())
    told: dict[str, Any] = {"form": form}
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        _note(request, purpose)
        try:
            tried = try_name(purpose, form.subject())
            told |= {"hits": show_hits(tried.hits), "near": show_hits(tried.near), "purpose": purpose, "is_tried": True}
        except TahalufError as refused:
            told["problem"] = refused.problem
    return render(request, FOUND if request.htmx else PAGE, told)


@requires(Permission.SCREEN)
@require_POST
def record_name(request: Request) -> HttpResponse:
    """Screens for the record; a hit raises an alert."""
    form = NameForm(request.POST, language=_language())
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    try:
        outcome = screen_one(request.user, form.cleaned_data["purpose"], form.subject())
    except TahalufError as refused:
        return render(request, PAGE, {"form": form, "problem": refused.problem}, status=503)
    request.session["purpose"] = form.cleaned_data["purpose"].slug
    _tell(request, outcome.screening)
    return redirect("review:screening", outcome.screening.pk)


def _tell(request: Request, screening: Screening) -> None:
    if screening.alerts_made:
        messages.warning(request, _("The screening is recorded and has raised an alert, which a person decides on."))
        return
    messages.success(request, _("The screening is recorded; it raised no alert."))
    if count := screening.exempted:
        said = ngettext(
            "%(count)d hit was left out as a remembered false positive.",
            "%(count)d hits were left out as remembered false positives.",
            count,
        )
        messages.info(request, said % {"count": count})


def _note(request: Request, purpose: Purpose) -> None:
    """One entry in the audit log for each person, session, purpose and hour, not for each letter that is typed."""
    now, noted = time.time(), dict(request.session.get(TRIED, {}))
    if now - noted.get(purpose.slug, 0) < TRIED_SECONDS:
        return
    record(request.user, "name.tried", ("purpose", purpose.slug))
    request.session[TRIED] = {**noted, purpose.slug: now}
    request.session["purpose"] = purpose.slug


def _language() -> str:
    return get_language() or "en"
