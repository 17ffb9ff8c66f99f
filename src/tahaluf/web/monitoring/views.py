"""Pages of watched subjects and of what monitoring did."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tahaluf.domain import TahalufError
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission as P
from tahaluf.web.common.audit.services import record
from tahaluf.web.common.uploads import keep_upload
from tahaluf.web.monitoring import queries
from tahaluf.web.monitoring.events import body_of
from tahaluf.web.monitoring.forms import FileForm, SubjectForm
from tahaluf.web.monitoring.importing import ask_import
from tahaluf.web.monitoring.models import RegisterFile, WatchedSubject
from tahaluf.web.monitoring.services import unwatch, watch

ON_A_PAGE = 50
IN_FEED = 500


@requires(P.SEE_SUBJECTS)
@require_GET
def show_subjects(request: Request) -> HttpResponse:
    """The watched subjects of a register, or of all."""
    register, text = request.GET.get("register", "")[:60], request.GET.get("q", "").strip()[:200]
    with_hits = request.GET.get("hits") == "1"
    pages = Paginator(queries.find_subjects(register=register, text=text, with_hits=with_hits), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    record(request.user, "subjects.seen", ("register", register), page=page.number)
    found = {
        "page": page, "registers": queries.registers(), "with_hits": with_hits, "register": register, "text": text,
        "may_manage": request.user.may(P.MANAGE_SUBJECTS),
    }  # fmt: skip
    return render(request, "monitoring/subjects.html", found)


@requires(P.SEE_SUBJECTS)
@require_GET
def show_subject(request: Request, pk: int) -> HttpResponse:
    """One watched subject with its hits."""
    subject = get_object_or_404(WatchedSubject.objects.select_related("purpose"), pk=pk)
    record(request.user, "subject.seen", ("watched", pk))
    found = {"subject": subject, "hits": queries.hits_of(subject), "may_manage": request.user.may(P.MANAGE_SUBJECTS)}
    return render(request, "monitoring/subject.html", found)


@requires(P.MANAGE_SUBJECTS)
def add_subject(request: Request) -> HttpResponse:
    """Watch one subject, filled in by hand."""
    form = SubjectForm(request.POST or None, initial={"register": request.GET.get("register", "")})
    if request.method == "POST" and form.is_valid():
        watch(request.user, form.cleaned_data["register"], form.cleaned_data["purpose"], [form.subject()])
        messages.success(request, _("The subject is watched; it is being screened."))
        return redirect("monitoring:subjects")
    return render(
        request,
        "monitoring/add.html",
        {"form": form, "upload": FileForm(auto_id="upload_%s"), "files": queries.files_read()},
    )


@requires(P.MANAGE_SUBJECTS)
@require_POST
def upload(request: Request) -> HttpResponse:
    """Watch the subjects of a file."""
    form = FileForm(request.POST, request.FILES, auto_id="upload_%s")
    if not form.is_valid():
        return render(request, "monitoring/add.html", {"form": SubjectForm(), "upload": form}, status=422)
    try:
        kept = keep_upload(form.cleaned_data["file"])
    except TahalufError as refused:
        context = {"form": SubjectForm(), "upload": form, "problem": refused.problem}
        return render(request, "monitoring/add.html", context, status=422)
    register = form.cleaned_data["register"]
    made = ask_import(request.user, register, form.cleaned_data["purpose"], kept)
    messages.success(request, _("The file is being read; this page says what became of it."))
    return redirect("monitoring:file", pk=made.pk)


@requires(P.MANAGE_SUBJECTS)
@require_GET
def show_file(request: Request, pk: int) -> HttpResponse:
    """What became of a file of subjects."""
    return render(request, "monitoring/file.html", {"file": get_object_or_404(RegisterFile, pk=pk)})


@requires(P.MANAGE_SUBJECTS)
@require_GET
def rejects(request: Request, pk: int) -> HttpResponse:
    """The rows of a file that were not taken, and why."""
    file = get_object_or_404(RegisterFile, pk=pk)
    record(request.user, "subjects.rejects_taken", ("register", file.register))
    answer = HttpResponse(file.rejects, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejects-{file.pk}.csv"'
    return answer


@requires(P.MANAGE_SUBJECTS)
@require_POST
def stop_watching(request: Request, pk: int) -> HttpResponse:
    """Watch a subject no longer."""
    subject = get_object_or_404(WatchedSubject, pk=pk)
    unwatch(request.user, subject.register, [subject.external_id])
    messages.success(request, _("The subject is watched no longer."))
    return redirect("monitoring:subjects")


@requires(P.SEE_SUBJECTS)
@require_GET
def show_monitoring(request: Request) -> HttpResponse:
    """What monitoring did: the changes of lists that it applied, the latest events."""
    found = {"sweeps": queries.latest_sweeps(), "events": queries.latest_events(ON_A_PAGE)}
    return render(request, "monitoring/monitoring.html", found)


@requires(P.SEE_SUBJECTS)
@require_GET
def feed(request: Request) -> HttpResponse:
    """Events after a number, in their order: `{"items": […], "next": number}`."""
    text = request.GET.get("after", "0")
    after = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    events = queries.events_after(after, IN_FEED)
    last = events[-1].pk if events else after
    return JsonResponse({"items": [body_of(event) for event in events], "next": last})
