"""What is deleted, when, and what was: for whoever answers for it."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.review.purposes import retention
from tahaluf.web.review.tables.purposes import Deletion

SHOWN = 60
SOON = timedelta(days=30)


@requires(Permission.MANAGE_RETENTION, Permission.SEE_AUDIT)
@require_GET
def show_retention(request: Request) -> HttpResponse:
    """What is due today and soon, and every run so far."""
    today = timezone.localdate()
    told = {
        "due": _counts(today),
        "soon": _counts(today + SOON),
        "deletions": Deletion.objects.all()[:SHOWN],
        "may_manage": request.user.may(Permission.MANAGE_RETENTION),
    }
    return render(request, "review/purposes/retention.html", told)


@requires(Permission.MANAGE_RETENTION)
@require_POST
def delete_due(request: Request) -> HttpResponse:
    retention.delete_now(request.user)
    messages.info(request, _("What is past its day is being deleted now."))
    return redirect("review:retention")


def _counts(day: date) -> dict[str, int]:
    return {
        "screenings": retention.due_screenings(day).count(),
        "alerts": retention.due_alerts(day).count(),
    }
