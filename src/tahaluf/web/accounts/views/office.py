"""What the office is called and where it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tahaluf.web.accounts.forms import LetterheadForm
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.letterhead import current_letterhead, save_letterhead
from tahaluf.web.accounts.permissions import Permission


@requires(Permission.MANAGE_OFFICE)
@require_http_methods(["GET", "POST"])
def letterhead(request: Request) -> HttpResponse:
    """The letterhead, to be filled in."""
    form = LetterheadForm(request.POST or None, instance=current_letterhead())
    if request.method == "POST" and form.is_valid():
        save_letterhead(request.user, **form.cleaned_data)
        messages.success(request, _("The letterhead was saved."))
        return redirect("accounts:letterhead")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/letterhead.html", {"form": form}, status=status)
