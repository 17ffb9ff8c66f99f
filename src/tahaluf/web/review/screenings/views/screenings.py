"""Screenings that were made: all of them, how far one is, what it found, what can be taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tahaluf.domain import TahalufError
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.screenings import exporting, queries
from tahaluf.web.review.screenings.running import OPEN
from tahaluf.web.review.screenings.services import again, cancel
from tahaluf.web.review.screenings.views.files import show_draft
from tahaluf.web.review.tables.alerts import AlertState, Disposition
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState

STATES = [*AlertState.choices, *Disposition.choices]


@requires(Permission.SEE_SCREENINGS)
@require_GET
def show_screenings(request: Request) -> HttpResponse:
    """All of them, the newest first."""
    wanted = request.GET.dict()
    told = {
        "page": queries.list_screenings(wanted, request.GET.get("page")),
        "wanted": wanted,
        "states": ScreeningState.choices,
        "origins": Origin.choices,
        "purposes": [(purpose.slug, purpose.title(_language())) for purpose in Purpose.objects.all()],
        "titles": {purpose.pk: purpose.title(_language()) for purpose in Purpose.objects.all()},
    }
    return render(request, "review/screenings/screenings.html", told)


@requires(Permission.SEE_SCREENINGS)
@require_GET
def show_screening(request: Request, pk: UUID) -> HttpResponse:
    """A file to be confirmed, a run with its progress, or what it found."""
    screening = _get(pk)
    if screening.state == ScreeningState.DRAFT:
        if not request.user.may(Permission.SCREEN):
            raise Http404
        return show_draft(request, screening)
    is_seen = screening.flagged and not screening.deleted_at and screening.state not in OPEN
    if is_seen or screening.subject:
        record(request.user, "screening.seen", ("screening", screening.pk), part="results")
    wanted = request.GET.dict()
    told = {
        "screening": screening,
        "purpose_title": screening.purpose.title(_language()),
        "progress": queries.progress_of(screening),
        "is_open": screening.state in OPEN,
        "may_cancel": request.user.may(Permission.SCREEN),
        "may_see_alerts": request.user.may(Permission.SEE_ALERTS),
        "may_export": request.user.may(Permission.EXPORT),
        "page": queries.list_flagged(screening, wanted, request.GET.get("page")),
        "wanted": wanted,
        "states": STATES,
        "lists": queries.lists_of(screening),
        "can_repeat": screening.state in (ScreeningState.FAILED, ScreeningState.CANCELLED) and bool(screening.file),
    }
    return render(request, "review/screenings/screening.html", told)


@requires(Permission.SEE_SCREENINGS)
@require_GET
@never_cache
def show_progress(request: Request, pk: UUID) -> HttpResponse:
    """What a running one's page asks for again and again; when it is over, the whole page is asked for once."""
    screening = _get(pk)
    if screening.state not in OPEN:
        return HttpResponse(headers={"HX-Refresh": "true"})
    told = {"screening": screening, "progress": queries.progress_of(screening), "is_open": True}
    return render(request, "review/screenings/progress.html", told)


@requires(Permission.SCREEN)
@require_POST
def cancel_screening(request: Request, pk: UUID) -> HttpResponse:
    cancel(_get(pk), request.user)
    messages.info(request, _("The screening stops at its next piece; what it has found stays."))
    return redirect("review:screening", pk)


@requires(Permission.SCREEN)
@require_POST
def repeat_screening(request: Request, pk: UUID) -> HttpResponse:
    """The same file once more."""
    try:
        return redirect("review:screening", again(_get(pk), request.user).pk)
    except TahalufError:
        messages.error(request, _("The file is not there any more. Upload it again."))
        return redirect("review:screen-file")


@requires(Permission.EXPORT)
@require_GET
def download(request: Request, pk: UUID, what: str) -> HttpResponseBase:
    """Hits or rejects as a file."""
    screening = _get(pk)
    if what not in {*exporting.HITS, exporting.REJECTS} or screening.state in OPEN:
        raise Http404
    try:
        content = exporting.open_export(screening, what)
    except FileNotFoundError as gone:
        raise Http404 from gone
    record(request.user, "screening.exported", ("screening", screening.pk), what=what)
    kind = exporting.KINDS[what.rpartition(".")[2]]
    name = f"{str(screening.pk)[:8]}-{what}"
    return FileResponse(content, as_attachment=True, filename=name, content_type=kind)


def _get(pk: UUID) -> Screening:
    return get_object_or_404(Screening.objects.select_related("purpose", "edition", "job"), pk=pk)


def _language() -> str:
    return get_language() or "en"
