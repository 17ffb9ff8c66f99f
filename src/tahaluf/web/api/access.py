"""Who asks, and whether they may: the token of a request, its scopes, what its owner may, how often.

    caller = admit(request, (Scope.READ,), (Permission.SEE_ALERTS,))

A token is never more than its owner: both the scope and one of the permissions are needed.
"""

from collections.abc import Collection
from typing import NamedTuple

from django.http import HttpRequest

from tahaluf.web.accounts.models import ApiToken, Scope, User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.accounts.services import find_token
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.limits import limit

SCHEMES = ("bearer", "apikey")
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="tahaluf"'}
STRANGERS = "strangers"


class Caller(NamedTuple):
    """A program, by its token, and the person whose token it is."""

    token: ApiToken
    user: User


def admit(request: HttpRequest, scopes: Collection[Scope], permissions: Collection[Permission]) -> Caller:
    """The caller; Refused with 401, 403 or 429. One of the scopes and one of the permissions is enough."""
    check_text(request)
    caller = identify(request)
    limit(str(caller.token.pk))
    if not any(scope in caller.token.scopes for scope in scopes):
        raise Refused(403, "api.scope", expected=", ".join(scopes), found=", ".join(caller.token.scopes))
    if permissions and not caller.user.may(*permissions):
        raise Refused(403, "api.permission", expected=", ".join(permissions))
    return caller


def identify(request: HttpRequest) -> Caller:
    """Whose token the request carries: `Authorization: Bearer …`, or `ApiKey …` as OpenSanctions' clients send."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = find_token(secret.strip()) if scheme.lower() in SCHEMES else None
    if token is None:
        # Whoever tries keys is slowed down, all of them together.
        limit(STRANGERS)
        raise Refused(401, "api.token", headers=CHALLENGE)
    return Caller(token, token.owner)


def check_text(request: HttpRequest) -> None:
    """Refused where the address holds what no database keeps: NUL, or halves of characters."""
    if "%" not in request.META.get("QUERY_STRING", "") and request.path.isprintable():
        return
    for name, values in request.GET.lists():
        if not all(is_text(value) for value in (name, *values)):
            raise Refused(422, "api.text", field=name if is_text(name) else "?")
    if not is_text(request.path):
        raise Refused(422, "api.text", field="path")


def is_text(text: str) -> bool:
    """Whether every database can hold the text."""
    return "\0" not in text and (text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text))
