"""The page of the audit log and its export. Looking into the log is itself in the log."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tahaluf.web.common.audit import queries
from tahaluf.web.common.audit.exporting import csv_lines, json_lines
from tahaluf.web.common.audit.forms import AuditForm
from tahaluf.web.common.audit.services import record
from tahaluf.web.common.audit.words import THINGS
from tahaluf.web.common.marks import SEE_AUDIT, needs

TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
MOST = 2**63 - 1


@needs(SEE_AUDIT)
@require_safe
def show_audit(request: HttpRequest) -> HttpResponse:
    form = AuditForm(request.GET)
    asked = form.wanted()
    page = queries.find(asked, before=_sequence(request.GET.get("before", ""))) if form.is_valid() else None
    record(request.user, "audit.searched", ("", ""), **asked.told())
    query = request.GET.copy()
    query.pop("before", None)
    following = ""
    if page and page.next:
        following = f"{query.urlencode()}&before={page.next}"
    told = {
        "form": form, "page": page, "query": query.urlencode(), "following": following,
        "actions": queries.actions(), "things": sorted(THINGS),
    }  # fmt: skip
    return render(request, "common/audit.html", told)


@needs(SEE_AUDIT)
@require_safe
def export_audit(request: HttpRequest, form: str) -> HttpResponseBase:
    asked = AuditForm(request.GET)
    if not asked.is_valid():
        return HttpResponseBadRequest()
    wanted = asked.wanted()
    record(request.user, "audit.exported", ("", ""), form=form, **wanted.told())
    entries = queries.walk(wanted)
    lines: Iterator[str] | Iterator[bytes] = csv_lines(entries) if form == "csv" else json_lines(entries)
    name = f"audit-{timezone.now():%Y-%m-%d}.{form}"
    return StreamingHttpResponse(
        lines, content_type=TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _sequence(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) <= MOST else None
