"""Feeds of changes, for programs: for whoever is signed in, or by a token (`Authorization: Bearer …`, or as the
password of basic authentication, which feed readers can send)."""

import base64
import binascii
import hashlib

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import tahaluf
from tahaluf.web.accounts.guards import public
from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.accounts.tokens import find_token
from tahaluf.web.catalogue.feeds import atom_feed, json_feed, newest_of, page_of
from tahaluf.web.catalogue.models import ListSource

FORMS = ("atom", "json")


@public
@require_safe
def feed(request: HttpRequest, form: str, slug: str = "") -> HttpResponse:
    """Atom or JSON Feed of one list, or of all."""
    if refusal := _refusal(request):
        return refusal
    source = get_object_or_404(ListSource, slug=slug) if slug else None
    etag, last = _state(request, source)
    response = get_conditional_response(request, etag, last)
    if response is None:
        response = _render(request, form, source)
    if response.status_code in (200, 304):
        response["ETag"] = etag
        if last is not None:
            response["Last-Modified"] = http_date(last)
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
    return response


def _state(request: HttpRequest, source: ListSource | None) -> tuple[str, int | None]:
    """The entity tag of what would be answered, and when that last changed: a reader who has it is not sent it again,
    and nothing is looked up for it."""
    digest, newest = newest_of(source)
    told = (tahaluf.__version__, digest, request.build_absolute_uri(), get_language())
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"', int(newest.timestamp()) if newest else None


def _render(request: HttpRequest, form: str, source: ListSource | None) -> HttpResponse:
    try:
        page = page_of(source, request.GET.get("from", ""))
    except ValueError:
        raise Http404 from None
    if form == "json":
        return JsonResponse(json_feed(request, source, page), content_type="application/feed+json")
    return HttpResponse(atom_feed(request, source, page), content_type="application/atom+xml; charset=utf-8")


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """None where whoever asks may see lists."""
    if request.user.is_authenticated:
        allowed = request.user.may(Permission.SEE_LISTS)
        return None if allowed else HttpResponse(_("Not for your role"), status=403, content_type="text/plain")
    token = find_token(_secret(request.headers.get("Authorization", "")))
    if token is None:
        text = _("Send a token that may read lists.")
        refused = HttpResponse(text, status=401, content_type="text/plain; charset=utf-8")
        refused["WWW-Authenticate"] = 'Basic realm="Tahaluf", charset="UTF-8"'
        return refused
    if Scope.READ not in token.scopes or not token.owner.may(Permission.SEE_LISTS):
        return HttpResponse(_("The token may not read lists."), status=403, content_type="text/plain; charset=utf-8")
    return None


def _secret(header: str) -> str:
    scheme, _space, value = header.partition(" ")
    if scheme.lower() != "basic":
        return value.strip() if scheme.lower() == "bearer" else ""
    try:
        name, _colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    return password or name
