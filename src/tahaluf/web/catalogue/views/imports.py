"""Sending a list's file, and how far its import is."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tahaluf.domain import TahalufError
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue import services
from tahaluf.web.catalogue.forms import UploadForm
from tahaluf.web.catalogue.jobs import ACCEPTABLE, IMPORT
from tahaluf.web.catalogue.models import ListSource
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
    source, accept = form.cleaned_data["list"], form.cleaned_data["accept"]
    job = services.ask_import(kept, by=request.user, slug=source.slug if source else "", accept=accept)
    return _to_job(job)


@requires(Permission.IMPORT_LISTS)
@require_safe
def show_import(request: Request, pk: uuid.UUID) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk, kind__startswith="catalogue.")
    told = {"job": job, "acceptable": _acceptable(job), "source": _source_of(job)}
    if request.htmx:
        return render(request, "catalogue/import_state.html", told, status=HALTED if job.is_over else 200)
    return render(request, "catalogue/import.html", told)


@requires(Permission.IMPORT_LISTS)
@require_POST
def accept_import(request: Request, pk: uuid.UUID) -> HttpResponse:
    """The same file again, whatever speaks against it."""
    job = get_object_or_404(Job, pk=pk, kind=IMPORT)
    if not _acceptable(job):
        messages.error(request, _("There is nothing to accept here."))
        return _to_job(job)
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


def _source_of(job: Job) -> ListSource | None:
    slug = (job.result or {}).get("list")
    return ListSource.objects.filter(slug=slug).select_related("current").first() if slug else None


def _to_job(job: Job) -> HttpResponseRedirect:
    return redirect(reverse("catalogue:import", args=[job.pk]))
