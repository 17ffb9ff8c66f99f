"""False positives that are remembered: which, until when, and ending one before its time."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.alerts import services
from tahaluf.web.review.alerts.exempting import causes
from tahaluf.web.review.alerts.forms import ExemptionFilter
from tahaluf.web.review.tables.alerts import Exemption

PAGE = 50
SOON = timedelta(days=30)


@requires(Permission.SEE_ALERTS)
@require_safe
def show_exemptions(request: Request) -> HttpResponse:
    form = ExemptionFilter(request.GET)
    given = form.cleaned_data
    page = Paginator(_found(given.get("show", ""), given.get("text", "")), PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        record(request.user, "exemptions.listed", exemptions=[each.pk for each in page.object_list])
    told = {
        "form": form,
        "page": page,
        "causes": causes(),
        "soon": timezone.localdate() + SOON,
        "may_end": request.user.may(Permission.END_EXEMPTIONS),
        "is_asked": bool(given.get("show") or given.get("text")),
    }
    return render(request, "review/alerts/exemptions.html", told)


@requires(Permission.END_EXEMPTIONS)
@require_POST
def end_exemption(request: Request, pk: int) -> HttpResponse:
    exemption = get_object_or_404(Exemption, pk=pk)
    services.end_exemption(exemption, request.user)
    messages.success(request, _("It is no longer remembered; the next screening raises an alert again."))
    return redirect("review:exemptions")


def _found(show: str, text: str) -> QuerySet[Exemption]:
    today = timezone.localdate()
    live = Exemption.objects.filter(ended_at=None, expires_on__gte=today).order_by("expires_on", "pk")
    found = {
        "soon": live.filter(expires_on__lte=today + SOON),
        "ended": (Exemption.objects.exclude(ended_at=None) | Exemption.objects.filter(expires_on__lt=today)).order_by(
            "-expires_on", "-pk"
        ),
    }.get(show, live)
    for word in text.split():
        found = found.filter(subject_caption__icontains=word) | found.filter(listing_caption__icontains=word)
    return found.select_related("purpose", "alert")
