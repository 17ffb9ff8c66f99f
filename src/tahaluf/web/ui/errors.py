"""The pages for what went wrong, in the reader's language; they say what to do.

Nothing of what was sent is read for them (as Django's `requires_csrf_token` would): it may be large, or a stranger's.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tahaluf.web.common.logs import REQUEST_ID
from tahaluf.web.common.marks import public
from tahaluf.web.ui.formatting import number

MEGABYTE = 1 << 20


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    text = _("What was sent could not be understood. Go back, reload the page and try again.")
    return _page(request, 400, _("This request cannot be read"), text)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("Your roles do not include this page. An administrator can give you the role that does.")
    return _page(request, 403, _("Not for your role"), text)


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django calls it where a form's CSRF token is missing or old."""
    text = _("The page had been open for too long, or cookies are blocked. Go back, reload the page and send it again.")
    return _page(request, 403, _("This form is out of date"), text)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("There is nothing at this address. It may have been deleted when its time was over, or the link is wrong.")
    return _page(request, 404, _("Not found"), text)


@public
def not_so(request: HttpRequest) -> HttpResponse:
    text = _("This address does not take what was sent to it. Go back to the page that you came from.")
    return _page(request, 405, _("Not in this way"), text)


@public
def too_large(request: HttpRequest) -> HttpResponse:
    """What was sent is above a bound, which is told: of a file, or of the rest of a form."""
    if not request.user.is_authenticated:
        return _page(request, 413, _("Too large"), _("Sign in first: nothing of this size is taken before."))
    bounds = {
        "file": number(max(1, settings.ENVIRONMENT.upload_bytes // MEGABYTE)),
        "form": number(settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE),
    }
    text = _(
        "A file may have %(file)s MB at most, everything else in a form %(form)s MB. Split the file, or ask whoever "
        "runs the desk to raise the bound."
    )
    return _page(request, 413, _("Too large"), text % bounds)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Of a fault of ours: a page that needs nothing that may be broken, and the number that the log has it under."""
    return HttpResponse(render_to_string("500.html", {"number": REQUEST_ID.get()}), status=500)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    told = {"title": title, "text": text, "request_number": REQUEST_ID.get()}
    return render(request, "ui/error.html", told, status=status)
