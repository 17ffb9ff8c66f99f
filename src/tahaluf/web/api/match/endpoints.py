"""What every view of this package is wrapped in: method, token, refusals as `{"detail": …}`, JSON out.

@endpoint("GET", (Scope.READ,), (Permission.SEARCH,))
def catalog(request: HttpRequest, caller: Caller) -> Answer: ...
"""

import logging
import traceback
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from tahaluf.domain import TahalufError
from tahaluf.web.accounts.guards import public
from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.api.access import admit
from tahaluf.web.api.faults import Refused, refused_by, say

JSON = "application/json"
READ = (Scope.MATCH, Scope.READ)
LOG = logging.getLogger(__name__)


class Answer(NamedTuple):
    """What a view gives back: a value that is written as JSON, and headers."""

    value: Any
    headers: Mapping[str, str] = MappingProxyType({})
    status: int = 200


class Opened(NamedTuple):
    """What opens a route: one of the scopes of a token, and one of its owner's permissions."""

    scopes: tuple[Scope, ...]
    permissions: tuple[Permission, ...]

    @property
    def described(self) -> dict[str, list[str]]:
        """As the description of the API has it."""
        return {"x-scopes": [*map(str, self.scopes)], "x-permissions": [*map(str, self.permissions)]}


View = Callable[..., Answer]


def endpoint(
    method: str, scopes: Collection[Scope], permissions: Collection[Permission]
) -> Callable[[View], Callable[..., HttpResponse]]:
    """A view for programs. It is `public` to the desk's guard: the token is checked here."""
    methods = ("GET", "HEAD") if method == "GET" else (method,)

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @public
        @wraps(view)
        def answer(request: HttpRequest, **path: str) -> HttpResponse:
            try:
                if request.method not in methods:
                    allowed = ", ".join(methods)
                    raise Refused(
                        405, "api.method", expected=allowed, found=str(request.method), headers={"Allow": allowed}
                    )
                value, headers, status = view(request, admit(request, scopes, permissions), **path)
            except Refused as refusal:
                return refuse(refusal)
            except TahalufError as error:
                return refuse(refused_by(error))
            except PermissionDenied:
                return refuse(Refused(403, "api.permission"))
            except Exception as error:
                return refuse(broken(error))
            return HttpResponse(orjson.dumps(value), JSON, status, headers=dict(headers))

        answer.opened_by = Opened(tuple(scopes), tuple(permissions))  # type: ignore[attr-defined]
        return answer

    return wrap


def broken(error: Exception) -> Refused:
    """A fault of ours, noted by its kind and place: its text may hold a name, and goes nowhere."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    LOG.error("api.internal: %s in %s, line %s", type(error).__name__, last.filename, last.lineno)
    return Refused(500, "api.internal")


def refuse(refusal: Refused) -> HttpResponse:
    """The answer to a request that is not done."""
    body = orjson.dumps({"detail": say(refusal, get_language() or "en")})
    return HttpResponse(body, JSON, refusal.status, headers=refusal.headers)
