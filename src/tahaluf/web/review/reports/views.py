"""Case files, spreadsheets, the statistics page."""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.alerts.casefile import read_case
from tahaluf.web.review.alerts.filters import read_asked
from tahaluf.web.review.alerts.queue import matching
from tahaluf.web.review.alerts.views.alert import find
from tahaluf.web.review.alerts.views.queue import queue_address
from tahaluf.web.review.reports import sheets, statistics
from tahaluf.web.review.reports.case import case_pdf
from tahaluf.web.review.reports.charts import charts_of
from tahaluf.web.ui.formatting import duration

SPAN = timedelta(days=29)
EARLIEST = date(2000, 1, 1)
DAY = forms.TextInput({"dir": "ltr", "inputmode": "numeric", "size": "10"})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGES = ("ar", "fr", "en")
TIMES = (
    gettext_lazy("for a decision on average"), gettext_lazy("or less for half of the decisions"),
    gettext_lazy("or less for nine of ten"),
)  # fmt: skip


class SpanForm(forms.Form):
    """The days, both included; written as ISO 8601, since a browser's own field speaks the browser's language."""

    since = forms.DateField(
        label=gettext_lazy("From (YYYY-MM-DD)"), input_formats=["%Y-%m-%d"], required=False, widget=DAY
    )
    until = forms.DateField(
        label=gettext_lazy("To (YYYY-MM-DD)"), input_formats=["%Y-%m-%d"], required=False, widget=DAY
    )

    def span(self) -> tuple[date, date]:
        """What was asked for, as far as it makes sense; else the last thirty days."""
        self.is_valid()
        today = timezone.localdate()
        until = min(max(self.cleaned_data.get("until") or today, EARLIEST), today)
        since = self.cleaned_data.get("since") or until - SPAN
        return min(since, until), until


@requires(Permission.EXPORT)
@require_safe
def case(request: Request, pk: int) -> HttpResponse:
    """The case file, in the reader's language or in the one asked for."""
    alert = find(pk)
    wanted = request.GET.get("language", "")
    record(request.user, "alert.exported", ("alert", alert.pk))
    with translation.override(wanted if wanted in LANGUAGES else translation.get_language()):
        content = case_pdf(read_case(alert), request.user.get_username())
    return _file(content, "application/pdf", f"alert-{alert.pk}.pdf")


@requires(Permission.EXPORT)
@require_safe
def queue_sheet(request: Request) -> HttpResponse:
    asked = read_asked(request.GET)
    most = sheets.MOST
    if matching(asked.wanted, request.user).order_by()[: most + 1].count() > most:
        words = ngettext(
            "More than %(count)s alert: narrow the filters.", "More than %(count)s alerts: narrow the filters.", most
        )
        messages.error(request, words % {"count": most})
        return redirect(queue_address(request))
    content, count = sheets.queue_sheet(asked.wanted, request.user)
    record(request.user, "alerts.exported", query=asked.query, alerts=count)
    return _file(content, XLSX, f"alerts-{timezone.localdate().isoformat()}.xlsx")


@requires(Permission.SEE_STATISTICS)
@require_safe
def show_statistics(request: Request) -> HttpResponse:
    form = SpanForm(request.GET)
    found = statistics.count(*form.span())
    told = {
        "form": SpanForm(initial={"since": found.since.isoformat(), "until": found.until.isoformat()}),
        "statistics": found,
        "charts": charts_of(found),
        "times": zip(TIMES, map(_time, found.whole.times), strict=True),
        "tables": [
            (title, [(group, [*map(_time, group.times)]) for group in groups])
            for title, groups in (
                (_("By list"), found.lists),
                (_("By purpose"), found.purposes),
                (_("By origin"), found.origins),
            )
        ],
        "query": request.GET.urlencode(),
    }
    return render(request, "review/reports/statistics.html", told)


@requires(Permission.SEE_STATISTICS)
@require_safe
def statistics_sheet(request: Request) -> HttpResponse:
    since, until = SpanForm(request.GET).span()
    content = sheets.statistics_sheet(statistics.count(since, until))
    return _file(content, XLSX, f"statistics-{since.isoformat()}-{until.isoformat()}.xlsx")


def _time(seconds: int | None) -> str:
    return "" if seconds is None else duration(timedelta(seconds=seconds))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
