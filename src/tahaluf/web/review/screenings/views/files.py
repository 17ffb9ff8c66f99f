"""A file: taken in, shown as it was understood, confirmed or discarded."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tahaluf.domain import Kind, Problem, TahalufError
from tahaluf.messages import READABLE
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.screenings.mapping import ConfirmForm
from tahaluf.web.review.screenings.places import data_path
from tahaluf.web.review.screenings.queries import screened_before
from tahaluf.web.review.screenings.recognizing import Look, look
from tahaluf.web.review.screenings.services import discard, open_file, start
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening, ScreeningState

DRAFT = "review/screenings/draft.html"


@requires(Permission.SCREEN)
@require_GET
def show_upload(request: Request) -> HttpResponse:
    return _upload_page(request)


@requires(Permission.SCREEN)
@require_POST
def upload(request: Request) -> HttpResponse:
    """Takes the file in and goes on to what was understood of it."""
    purpose = get_object_or_404(Purpose, slug=request.POST.get("purpose", ""), active=True)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _upload_page(request, Problem("web.upload.none"))
    try:
        screening = open_file(request.user, purpose, file)
    except TahalufError as refused:
        return _upload_page(request, refused.problem)
    request.session["purpose"] = purpose.slug
    return redirect("review:screening", screening.pk)


@requires(Permission.SCREEN)
@require_POST
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """Looks again with what was chosen, begins, or forgets the file."""
    screening = get_object_or_404(Screening.objects.select_related("purpose"), pk=pk)
    if screening.state != ScreeningState.DRAFT:
        return redirect("review:screening", pk)
    if "discard" in request.POST:
        discard(screening, request.user)
        messages.success(request, _("The file is forgotten; nobody was screened."))
        return redirect("review:screen-file")
    form = ConfirmForm(request.POST, screening=screening, seen=_look(screening), language=_language())
    if not form.is_valid():
        return show_draft(request, screening, form)
    screening.mapping, kind = form.chosen_mapping(), form.chosen_kind()
    screening.kind = kind.value if kind else ""
    screening.purpose = form.cleaned_data["purpose"]
    if "start" not in request.POST:
        screening.save(update_fields=["mapping", "kind", "purpose"])
        return redirect("review:screening", pk)
    return _begin(request, screening, form, kind)


def _begin(request: Request, screening: Screening, form: ConfirmForm, kind: Kind | None) -> HttpResponse:
    """What was screened before is begun only by who says that it shall be screened once more."""
    if "again" not in request.POST and screened_before(screening.file_digest, screening.purpose):
        return show_draft(request, screening, form, status=409)
    try:
        start(screening, request.user, screening.mapping, kind, screening.purpose)
    except TahalufError as refused:
        return show_draft(request, screening, form, refused.problem)
    return redirect("review:screening", screening.pk)


def show_draft(
    request: Request, screening: Screening, form: ConfirmForm | None = None, problem: Problem | None = None, *,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """What was understood of a file, to be confirmed; and whether it was screened before."""
    seen = _look(screening)
    form = form or ConfirmForm(screening=screening, seen=seen, language=_language())
    record(request.user, "screening.seen", ("screening", screening.pk), part="file")
    columns = [(heading, seen.part_of(number)) for number, heading in enumerate(_headings(seen))]
    told = {
        "screening": screening, "seen": seen, "form": form, "columns": columns, "problem": problem or seen.problem,
        "before": screened_before(screening.file_digest, screening.purpose), "asks": status == 409,
    }  # fmt: skip
    return render(request, DRAFT, told, status=422 if problem else status)


def _headings(seen: Look) -> list[str]:
    return seen.headings or [str(number) for number in range(1, max(map(len, seen.rows), default=0) + 1)]


def _look(screening: Screening) -> Look:
    try:
        return look(data_path(screening.file), screening.title, screening.mapping)
    except TahalufError as refused:
        return Look(screening.format, problem=refused.problem)


def _upload_page(request: Request, problem: Problem | None = None) -> HttpResponse:
    told = {
        "problem": problem,
        "purposes": [(purpose.slug, purpose.title(_language())) for purpose in Purpose.objects.filter(active=True)],
        "chosen": request.POST.get("purpose") or request.session.get("purpose"),
        "most_bytes": settings.ENVIRONMENT.upload_bytes,
        "most_rows": settings.ENVIRONMENT.upload_rows,
        "readable": READABLE,
    }
    return render(request, "review/screenings/upload.html", told, status=422 if problem else 200)


def _language() -> str:
    return get_language() or "en"
