"""Describing lists, switching them on and off, collections, compiling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue import services
from tahaluf.web.catalogue.forms import CollectionForm, SourceForm
from tahaluf.web.catalogue.models import Collection, ListSource


@requires(Permission.MANAGE_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_list(request: Request, slug: str) -> HttpResponse:
    source = get_object_or_404(ListSource, slug=slug)
    form = SourceForm(request.POST or None, instance=source)
    if request.method == "POST" and form.is_valid():
        services.save_source(form.save(commit=False), form.changed_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("catalogue:list", slug)
    return render(request, "catalogue/edit.html", {"source": source, "form": form}, status=400 if form.errors else 200)


@requires(Permission.MANAGE_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_collections(request: Request) -> HttpResponse:
    form = CollectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_collection(form.save(commit=False), form.cleaned_data["sources"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("catalogue:collections")
    return _collections(request, form, None)


@requires(Permission.MANAGE_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_collection(request: Request, slug: str) -> HttpResponse:
    collection = get_object_or_404(Collection.objects.exclude(slug="default"), slug=slug)
    form = CollectionForm(request.POST or None, instance=collection)
    if request.method == "POST" and form.is_valid():
        services.save_collection(form.save(commit=False), form.cleaned_data["sources"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("catalogue:collections")
    return _collections(request, form, collection)


@requires(Permission.MANAGE_LISTS)
@require_POST
def rebuild_all(request: Request) -> HttpResponse:
    job = services.ask_rebuild("", by=request.user)
    return redirect("catalogue:import", job.pk)


def _collections(request: Request, form: CollectionForm, edited: Collection | None) -> HttpResponse:
    every = Collection.objects.select_related("current").prefetch_related("sources").order_by("pk")
    told = {"form": form, "collections": every, "edited": edited}
    return render(request, "catalogue/collections.html", told, status=400 if form.errors else 200)
