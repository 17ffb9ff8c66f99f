"""The lists, one list, what changed in it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue import queries
from tahaluf.web.catalogue.changes import ADDED, AMENDED, REMOVED, Difference, detail, difference, made_by
from tahaluf.web.catalogue.forms import DifferenceForm, UploadForm
from tahaluf.web.catalogue.models import Collection, ListSource, ListVersion
from tahaluf.web.catalogue.pages import rows_of
from tahaluf.web.catalogue.pending import WORK
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.services import LIVE

ROWS = 25
MOST_JOBS = 5
WHAT = (ADDED, AMENDED, REMOVED)


@requires(Permission.SEE_LISTS)
@require_safe
def show_lists(request: Request) -> HttpResponse:
    told = {
        "sources": queries.sources(),
        "pending": queries.pending(),
        "collections": Collection.objects.select_related("current").order_by("pk"),
        "form": UploadForm(),
        "jobs": Job.objects.filter(kind__in=WORK, state__in=LIVE).order_by("-created_at")[:MOST_JOBS],
        "may_import": request.user.may(Permission.IMPORT_LISTS),
        "may_manage": request.user.may(Permission.MANAGE_LISTS),
    }
    return render(request, "catalogue/lists.html", told)


@requires(Permission.SEE_LISTS)
@require_safe
def show_list(request: Request, slug: str) -> HttpResponse:
    source = get_object_or_404(ListSource.objects.select_related("current"), slug=slug)
    versions = source.versions.filter(ready=True).order_by("-number")
    told = {
        "source": source,
        "page": Paginator(versions, ROWS).get_page(request.GET.get("page")),
        "form": DifferenceForm(source),
        "fetches": settings.ENVIRONMENT.updates,
        "may_import": request.user.may(Permission.IMPORT_LISTS),
        "may_manage": request.user.may(Permission.MANAGE_LISTS),
    }
    return render(request, "catalogue/list.html", told)


@requires(Permission.SEE_LISTS)
@require_safe
def show_version(request: Request, slug: str, number: int) -> HttpResponse:
    source = get_object_or_404(ListSource, slug=slug)
    version = get_object_or_404(ListVersion.objects.select_related("source"), source=source, number=number, ready=True)
    before = ListVersion.objects.filter(source=source, number=number - 1, ready=True).first()
    told = {"source": source, "version": version, "before": before}
    return _show_changes(request, "catalogue/version.html", made_by(version), told)


@requires(Permission.SEE_LISTS)
@require_safe
def show_difference(request: Request, slug: str) -> HttpResponse:
    source = get_object_or_404(ListSource, slug=slug)
    form = DifferenceForm(source, request.GET)
    if not form.is_valid():
        return render(request, "catalogue/difference.html", {"source": source, "form": form}, status=400)
    old, new = form.ordered()
    told = {"source": source, "form": form, "old": old, "new": new}
    return _show_changes(request, "catalogue/difference.html", difference(source, old.number, new.number), told)


def _show_changes(request: Request, template: str, lines: Difference, told: Mapping[str, Any]) -> HttpResponse:
    chosen = request.GET.get("what", "")
    if chosen not in ("", *WHAT):
        raise Http404
    page = Paginator(lines.only(chosen) if chosen else lines, ROWS).get_page(request.GET.get("page"))
    told = {
        **told, "counts": [(what, lines.counts[what]) for what in WHAT], "total": len(lines), "what": chosen,
        "page": page, "rows": rows_of(detail(page.object_list)),
    }  # fmt: skip
    return render(request, template, told)
