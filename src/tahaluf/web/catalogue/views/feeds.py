"""Feeds of changes, for programs: for whoever is signed in, or by a token (`Authorization: Bearer …`, or as the
password of basic authentication, which feed readers can send)."""

import base64
import binascii

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tahaluf.web.accounts.guards import public
from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.accounts.tokens import find_token
from tahaluf.web.catalogue.feeds import atom_feed, items, json_feed
from tahaluf.web.catalogue.models import ListSource

FORMS = ("atom", "json")


@public
@require_safe
def feed(request: HttpRequest, form: str, slug: str = "") -> HttpResponse:
    """Atom or JSON Feed of one list, or of all."""
    if refusal := _refusal(request):
        return refusal
    source = get_object_or_404(ListSource, slug=slug) if slug else None
    found = items(source)
    if form == "json":
        return JsonResponse(json_feed(request, source, found), content_type="application/feed+json")
    return HttpResponse(atom_feed(request, source, found), content_type="application/atom+xml; charset=utf-8")


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
