"""Purposes and their thresholds, shown to all; changed by whoever may, who first sees what it would have made."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.review.purposes.drawing import draw_past
from tahaluf.web.review.purposes.forms import NewPurposeForm, PurposeForm, ThresholdForm
from tahaluf.web.review.purposes.preview import past_of
from tahaluf.web.review.purposes.services import change_purpose, make_purpose
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.ui import formatting

PAGE = "review/purposes/purpose.html"


@requires(Permission.SEE_PURPOSES)
@require_GET
def show_purposes(request: Request) -> HttpResponse:
    told = {
        "purposes": Purpose.objects.all(),
        "may_delete": request.user.may(Permission.MANAGE_RETENTION),
        "may_manage": request.user.may(Permission.MANAGE_PURPOSES),
    }
    return render(request, "review/purposes/purposes.html", told)


@requires(Permission.MANAGE_PURPOSES)
@require_http_methods(["GET", "POST"])
def new_purpose(request: Request) -> HttpResponse:
    form = NewPurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = make_purpose(form.cleaned_data["slug"], request.user, form.values(), form.cleaned_data["because"])
        messages.success(request, _("The purpose is made; whoever screens may choose it."))
        return redirect("review:purpose", made.slug)
    return render(request, "review/purposes/new.html", {"form": form}, status=422 if form.is_bound else 200)


@requires(Permission.SEE_PURPOSES)
@require_GET
def show_purpose(request: Request, slug: str) -> HttpResponse:
    """What it says, what was changed, and what its files would have given at other thresholds."""
    return _page(request, get_object_or_404(Purpose, slug=slug))


@requires(Permission.SEE_PURPOSES)
@require_GET
def preview(request: Request, slug: str) -> HttpResponse:
    """How many alerts another threshold would have made."""
    purpose = get_object_or_404(Purpose, slug=slug)
    return render(request, "review/purposes/preview.html", _preview(purpose, request.GET))


@requires(Permission.MANAGE_PURPOSES)
@require_POST
def set_threshold(request: Request, slug: str) -> HttpResponse:
    purpose = get_object_or_404(Purpose, slug=slug)
    form = ThresholdForm(request.POST)
    if not form.is_valid():
        return _page(request, purpose, threshold_form=form)
    values = {"threshold": float(form.cleaned_data["threshold"])}
    return _changed(request, purpose, values, form.cleaned_data["because"])


@requires(Permission.MANAGE_PURPOSES)
@require_POST
def edit_purpose(request: Request, slug: str) -> HttpResponse:
    purpose = get_object_or_404(Purpose, slug=slug)
    form = PurposeForm(request.POST, instance=get_object_or_404(Purpose, slug=slug))
    if not form.is_valid():
        return _page(request, purpose, purpose_form=form)
    return _changed(request, purpose, form.values(), form.cleaned_data["because"])


def _changed(request: Request, purpose: Purpose, values: dict[str, Any], because: str) -> HttpResponse:
    if change_purpose(purpose, request.user, values, because) is None:
        messages.info(request, _("Nothing was different, so nothing was changed."))
    else:
        messages.success(request, _("The purpose is changed. Screenings begun before keep what they were begun with."))
    return redirect("review:purpose", purpose.slug)


def _page(
    request: Request, purpose: Purpose, *, threshold_form: ThresholdForm | None = None,
    purpose_form: PurposeForm | None = None,
) -> HttpResponse:  # fmt: skip
    has_errors = bool(threshold_form or purpose_form)
    initial = {"threshold": f"{purpose.threshold:.2f}"}
    told = {
        "purpose": purpose,
        "changes": [
            (change, [(_name_of(field), *map(_shown, values)) for field, values in change.changes.items()])
            for change in purpose.changes.all()[:50]
        ],
        "may_manage": request.user.may(Permission.MANAGE_PURPOSES),
        "threshold_form": threshold_form or ThresholdForm(initial=initial),
        "purpose_form": purpose_form or PurposeForm(instance=purpose),
        **_preview(purpose, {}),
    }
    return render(request, PAGE, told, status=422 if has_errors else 200)


def _preview(purpose: Purpose, asked: Any) -> dict[str, Any]:
    past = past_of(purpose)
    form = ThresholdForm({"threshold": asked.get("threshold", f"{purpose.threshold:.2f}"), "because": "-"})
    told: dict[str, Any] = {"purpose": purpose, "past": past, "chart": draw_past(past)}
    if form.is_valid():
        tried = float(form.cleaned_data["threshold"])
        at, now = past.at(tried), past.at(purpose.threshold)
        told |= {"tried": tried, "at": at, "now": now}
        if at is not None and now is not None:
            told |= {"more": max(at - now, 0), "fewer": max(now - at, 0)}
    return told


def _shown(value: Any) -> str:
    """A value that was changed, as the reader writes numbers."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return formatting.threshold(value)
    return formatting.number(value) if isinstance(value, int) else str(value)


def _name_of(field: str) -> str:
    return str(Purpose._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
