"""The pages for what went wrong, in the reader's language; they say what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from tahaluf.web.common.marks import public


@public
@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("What was sent could not be understood. Go back, reload the page and try again.")
    return _page(request, 400, _("This request cannot be read"), text)


@public
@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("Your roles do not include this page. An administrator can give you the role that does.")
    return _page(request, 403, _("Not for your role"), text)


@public
@requires_csrf_token
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django calls it where a form's CSRF token is missing or old."""
    text = _("The page had been open for too long, or cookies are blocked. Go back, reload the page and send it again.")
    return _page(request, 403, _("This form is out of date"), text)


@public
@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("There is nothing at this address. It may have been deleted when its time was over, or the link is wrong.")
    return _page(request, 404, _("Not found"), text)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "ui/error.html", {"title": title, "text": text}, status=status)
