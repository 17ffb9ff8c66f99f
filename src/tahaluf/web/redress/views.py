"""Pages of complaints."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tahaluf.domain import InputError
from tahaluf.prose.problems import describe
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.letterhead import letterhead_lines
from tahaluf.web.accounts.permissions import Permission as P
from tahaluf.web.common.audit.services import record
from tahaluf.web.redress import queries, services
from tahaluf.web.redress.forms import AnswerForm, ComplaintForm, NoteForm, SendForm
from tahaluf.web.redress.letters import laid_out
from tahaluf.web.redress.models import Complaint, ComplaintState, Outcome, Route, Step
from tahaluf.web.ui.pdf import render_pdf

ON_A_PAGE = 50


@requires(P.SEE_COMPLAINTS)
@require_GET
def show_complaints(request: Request) -> HttpResponse:
    """Complaints that wait, the soonest due first."""
    state = request.GET.get("state", "")
    state = state if state in ComplaintState.values else ""
    overdue = request.GET.get("overdue") == "1"
    page = Paginator(queries.find_complaints(state=state, overdue=overdue), ON_A_PAGE).get_page(request.GET.get("page"))
    record(request.user, "complaints.seen", ("complaints", state), page=page.number)
    found = {
        "page": page, "state": state, "overdue": overdue, "states": ComplaintState.choices,
        "today": timezone.localdate(), "may_handle": request.user.may(P.HANDLE_COMPLAINTS),
    }  # fmt: skip
    return render(request, "redress/complaints.html", found)


@requires(P.HANDLE_COMPLAINTS)
def new_complaint(request: Request) -> HttpResponse:
    """Record a complaint."""
    start = {
        "received_on": timezone.localdate().isoformat(),
        "alert_number": request.GET.get("alert"),
        "dataset": request.GET.get("list", ""),
        "listing_id": request.GET.get("listing", ""),
    }
    form = ComplaintForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        complaint = services.receive(request.user, form.fields_given())
        messages.success(request, _("The complaint has the number %(reference)s.") % {"reference": complaint.reference})
        return redirect("redress:complaint", pk=complaint.pk)
    return render(request, "redress/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@requires(P.SEE_COMPLAINTS)
@require_GET
def show_complaint(request: Request, pk: int) -> HttpResponse:
    """One complaint: what it says, what was done, what can be done next."""
    complaint = get_object_or_404(Complaint.objects.select_related("alert", "handler"), pk=pk)
    record(request.user, "complaint.seen", ("complaint", pk))
    return _page(request, complaint)


def _page(request: Request, complaint: Complaint, **forms_given: forms.Form) -> HttpResponse:
    is_open = complaint.state != ComplaintState.CLOSED
    found = {
        "complaint": complaint,
        "steps": queries.steps_of(complaint),
        "may_handle": request.user.may(P.HANDLE_COMPLAINTS) and is_open,
        "has_letterhead": bool(letterhead_lines(complaint.language)),
        "may_reopen": request.user.may(P.ASSIGN) and complaint.alert_id is not None,
        "send_form": forms_given.get("send") or SendForm(initial={"route": complaint.route}, auto_id="send_%s"),
        "answer_form": forms_given.get("answer") or AnswerForm(auto_id="answer_%s"),
        "note_form": forms_given.get("note") or NoteForm(auto_id="note_%s"),
    }
    return render(request, "redress/complaint.html", found, status=422 if forms_given else 200)


@requires(P.HANDLE_COMPLAINTS)
@require_POST
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """One of: acknowledge, send, reopen, answer, note, close."""
    complaint = get_object_or_404(Complaint, pk=pk)
    if act not in ACTS:
        raise Http404
    made, do = ACTS[act]
    form = made(request.POST, auto_id=f"{act}_%s") if made else None
    if form is not None and not form.is_valid():
        return _page(request, complaint, **{act: form})
    try:
        do(complaint, request.user, form.cleaned_data if form is not None else {})
    except InputError as refused:
        messages.error(request, describe(refused.problem))
    return redirect("redress:complaint", pk=pk)


ACTS: dict[str, tuple[type[forms.Form] | None, Callable[..., Step]]] = {
    "acknowledge": (None, lambda complaint, by, _data: services.acknowledge(complaint, by)),
    "send": (SendForm, lambda complaint, by, data: services.send(complaint, by, Route(data["route"]), data["text"])),
    "reopen": (None, lambda complaint, by, _data: services.reopen_review(complaint, by)),
    "answer": (AnswerForm, lambda c, by, data: services.answer(c, by, Outcome(data["outcome"]), data["text"])),
    "note": (NoteForm, lambda complaint, by, data: services.write_note(complaint, by, data["text"])),
    "close": (None, lambda complaint, by, _data: services.close(complaint, by)),
}


@requires(P.SEE_COMPLAINTS)
@require_GET
def letter(request: Request, pk: int, step: int) -> HttpResponse:
    """A letter as it was sent, as PDF."""
    found = get_object_or_404(Step, pk=step, complaint_id=pk, letter__isnull=False)
    record(request.user, "complaint.letter_seen", ("complaint", pk), step=step)
    pdf = render_pdf("ui/plain.typ", laid_out(found), (found.letter or {})["language"], at=found.at)
    name = f"{found.complaint.reference}-{found.pk}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
