"""`/api/v1/` put together: its routers, its errors, its documentation."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI

from tahaluf import __version__
from tahaluf.web.accounts.guards import for_everyone
from tahaluf.web.api.match.endpoints import Opened
from tahaluf.web.api.match.openapi import PATHS, SCHEMAS
from tahaluf.web.api.v1 import alerts, lists, screenings, subjects
from tahaluf.web.api.v1.answers import Bounded, Json, Token, guarded, handle
from tahaluf.web.api.v1.idempotency import LONGEST, SHORTEST
from tahaluf.web.api.v1.schemas import FaultOut

FAULTS = {
    "400": "It cannot be read", "401": "No valid token", "403": "Scope or permission lacks",
    "404": "Nothing of that name",
    "409": "Not in this state", "413": "Too large", "422": "A value is not as expected", "429": "Too many requests",
    "503": "No list is compiled, or the desk is busy",
}  # fmt: skip
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "minLength": SHORTEST, "maxLength": LONGEST, "pattern": "^[!-~]+$"},
    "description": "The same for a request that is sent again: it is done once, and answered alike for a day",
}  # fmt: skip


class DeskAPI(NinjaAPI):
    """The API with yente's routes in its description."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        components = schema.setdefault("components", {}).setdefault("schemas", {})
        components["FaultOut"] = FaultOut.model_json_schema(ref_template="#/components/schemas/{model}")
        components |= components["FaultOut"].pop("$defs", {})
        refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/FaultOut"}}}
        opened = self._opened()
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                operation.update(opened[operation["operationId"]].described)
                for status, text in FAULTS.items():
                    operation["responses"].setdefault(status, {"description": text, "content": refusal})
                if method == "post":
                    operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
        schema["paths"] |= PATHS
        components |= SCHEMAS
        return schema

    def _opened(self) -> dict[str, Opened]:
        """What opens each route, by its name."""
        return {
            str(self.get_openapi_operation_id(operation)): auth.opened_by
            for _, router in self._routers
            for path in router.path_operations.values()
            for operation in path.operations
            for auth in operation.auth_callbacks
            if isinstance(auth, Token)
        }


def make_api() -> NinjaAPI:
    """A new one: the same routers serve one only."""
    api = DeskAPI(
        title="Tahaluf", version=__version__, urls_namespace="api:v1", renderer=Json(), parser=Bounded(),
        description="Screening of names, review of alerts, watched subjects. Every answer is a proposal for a person.",
    )  # fmt: skip
    handle(api)
    for router in (lists.router, screenings.router, alerts.router, subjects.router):
        api.add_router("", router)
    return api


@guarded
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address."""
    raise Http404


def v1_urls() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The addresses, each behind the desk's guard; the page of documentation for whoever is signed in."""
    patterns, app_name, namespace = make_api().urls
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            continue
        view: Any = pattern.callback
        if pattern.name == "openapi-view":
            pattern.callback = for_everyone(_named(view))
        else:
            pattern.callback = guarded(_named(view))
    return [*patterns, re_path(r"^(?P<rest>.*)$", nothing)], app_name, namespace


def _named(view: Any) -> Any:
    """A view as a function: some of the library's are partial calls, which have no name for the guard to read."""

    def call(request: HttpRequest, *args: Any, **path: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **path)
        return response

    return call
