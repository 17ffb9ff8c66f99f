"""Sending a list's file, and how far its import is."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tahaluf.domain import TahalufError
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue import services
from tahaluf.web.catalogue.forms import UploadForm
from tahaluf.web.catalogue.jobs import ACCEPTABLE, IMPORT, REBUILD, version_made_by
from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.catalogue.pending import PATIENCE
from tahaluf.web.catalogue.queries import pending, source_of
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.services import cancel
from tahaluf.web.common.uploads import keep_upload
from tahaluf.web.ui.templatetags.desk import problem

HALTED = 286  # htmx stops asking


@requires(Permission.IMPORT_LISTS)
@require_POST
def upload_list(request: Request) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "catalogue/upload.html", {"form": form}, status=400)
    try:
        kept = keep_upload(form.cleaned_data["file"])
    except TahalufError as error:
        form.add_error("file", problem(error.problem))
        return render(request, "catalogue/upload.html", {"form": form}, status=400)
    source = form.cleaned_data["list"]
    return _to_job(services.ask_import(kept, by=request.user, slug=source.slug if source else ""))


@requires(Permission.IMPORT_LISTS)
@require_safe
def show_import(request: Request, pk: uuid.UUID) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk, kind__startswith="catalogue.")
    told = {"job": job, "acceptable": _acceptable(job), **_become_of(job)}
    if request.htmx:
        return render(request, "catalogue/import_state.html", told, status=HALTED if told["halted"] else 200)
    return render(request, "catalogue/import.html", told)


@requires(Permission.IMPORT_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def accept_import(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Asks once more, saying what would be replaced; then the same file again, whatever speaks against it."""
    job = get_object_or_404(Job, pk=pk, kind=IMPORT)
    if not _acceptable(job):
        messages.error(request, _("There is nothing to accept here."))
        return _to_job(job)
    if request.method != "POST":
        slug = str(job.payload.get("slug") or "")
        told = {"job": job, "source": source_of(slug) if slug else None}
        return render(request, "catalogue/accept.html", told)
    return _to_job(services.ask_again(job, by=request.user))


@requires(Permission.IMPORT_LISTS)
@require_POST
def cancel_import(request: Request, pk: uuid.UUID) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk, kind=IMPORT)
    cancel(job)
    return _to_job(job)


@requires(Permission.IMPORT_LISTS)
@require_POST
def fetch_list(request: Request, slug: str) -> HttpResponse:
    """Fetch a list from its publisher now."""
    source = get_object_or_404(ListSource, slug=slug)
    return _to_job(services.ask_update(source, by=request.user))


def _acceptable(job: Job) -> bool:
    return job.kind == IMPORT and job.state == "failed" and (job.problem or {}).get("code") in ACCEPTABLE


def _become_of(job: Job) -> dict[str, Any]:
    """What the job brought, and whether that is screened against: `waiting` where it is not compiled, `failed` the
    compiling that failed, `halted` where no more news is to be expected soon."""
    result = job.result or {}
    made = version_made_by(job)
    slug = made.source.slug if made else result.get("list")
    number = made.number if made else result.get("version")
    waiting = bool(number) and slug in pending()
    failed = None
    if waiting:
        since = Job.objects.filter(kind=REBUILD, created_at__gte=job.created_at, problem__isnull=False)
        failed = since.order_by("-created_at").first()
    lately = job.finished_at is None or job.finished_at > timezone.now() - PATIENCE
    return {
        "source": source_of(slug) if slug else None, "number": number, "waiting": waiting, "failed": failed,
        "halted": job.is_over and not (waiting and lately),
    }  # fmt: skip


def _to_job(job: Job) -> HttpResponseRedirect:
    return redirect(reverse("catalogue:import", args=[job.pk]))
