"""What surrounds every route of `/api/v1/`: tokens, the one shape of an error, JSON in and out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.security.base import AuthBase

from tahaluf.domain import TahalufError
from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.api.access import Caller, admit, check_text, is_text
from tahaluf.web.api.body import read_json
from tahaluf.web.api.faults import Refused, refused_by, told
from tahaluf.web.api.match.endpoints import Opened, broken

JSON = "application/json"


class Token(AuthBase):
    """The token in the header `Authorization: Bearer TOKEN`."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: Scope, *any_of: Permission) -> None:
        super().__init__()
        self.opened_by = Opened((scope,), any_of)

    def __call__(self, request: HttpRequest) -> Caller:
        return admit(request, *self.opened_by)


class Json(BaseRenderer):
    """Answers."""

    media_type = JSON

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


class Bounded(Parser):
    """Bodies, within bounds; texts in them are ones that a database can hold."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = read_json(request)
        if b"\\u0000" in request.body and not all(map(is_text, _texts(body))):
            raise Refused(422, "api.text", field="body")
        return body


def fault(refusal: Refused) -> HttpResponse:
    """The answer to a request that is not done."""
    body = orjson.dumps({"error": told(refusal, get_language() or "en")})
    return HttpResponse(body, JSON, refusal.status, headers=refusal.headers)


def refusal_of(error: Exception) -> Refused:  # noqa: PLR0911 (one for each kind)
    """What an error means to whoever asked."""
    cause = error.__cause__ if isinstance(error, HttpError) else error
    match cause:
        case Refused():
            return cause
        case TahalufError():
            return refused_by(cause)
        case PermissionDenied():
            return Refused(403, "api.permission")
        case Http404():
            return Refused(404, "api.path")
        case ValidationError():
            return _invalid(cause)
    if isinstance(error, HttpError):
        return Refused(error.status_code, "api.json" if error.status_code == 400 else "api.value", found=error.message)
    return broken(error)


def handle(api: NinjaAPI) -> None:
    """Every error leaves the API in the one shape."""

    def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        return fault(refusal_of(error if isinstance(error, Exception) else error()))

    for kind in (Exception, HttpError, ValidationError, Http404):
        api.add_exception_handler(kind, answer)


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the API as the desk's guard lets it pass: it checks tokens by itself. What goes wrong before the
    API sees the request has the one shape, too."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **path: Any) -> HttpResponse:
        try:
            check_text(request)
            response = view(request, *args, **path)
        except Exception as error:
            return fault(refusal_of(error))
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            return fault(
                Refused(405, "api.method", expected=allowed, found=str(request.method), headers={"Allow": allowed})
            )
        return response

    answer.is_public = True  # type: ignore[attr-defined]
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _invalid(error: ValidationError) -> Refused:
    first = error.errors[0]
    place = ".".join(str(part) for part in first.get("loc", ())[1:] if not str(part).startswith("__"))
    return Refused(422, "api.value", field=place[:100], expected=str(first.get("msg", ""))[:200])


def _texts(value: Any) -> list[str]:
    texts, left = [], [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, dict):
            left += [*one, *one.values()]
        elif isinstance(one, list):
            left += one
    return texts
