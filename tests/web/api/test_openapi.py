"""The description of the API: whole, local, and kept by every route."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.test.client import ClientHandler

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.accounts.services import make_token
from tahaluf.web.catalogue.models import Edition

Browse = Callable[[User], Client]
# TAHALUF_LONG asks for as many as are worth an evening.
EXAMPLES = 25 * (40 if os.environ.get("TAHALUF_LONG") else 1)


@pytest.fixture
def description(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


def test_it_holds_yente_s_routes_and_ours(description: dict[str, Any]) -> None:
    paths = set(description["paths"])
    assert {"/match/{dataset}", "/search/{dataset}", "/entities/{entity_id}", "/catalog", "/algorithms"} <= paths
    assert {"/api/v1/alerts/{alert_id}/adjudicate", "/api/v1/screenings", "/api/v1/decisions"} <= paths


def test_it_says_what_opens_each_route(description: dict[str, Any]) -> None:
    told = {
        f"{method} {path}": (operation.get("x-scopes"), operation.get("x-permissions"))
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
    }
    assert told.pop("get /readyz") == (None, None)
    assert all(scopes for scopes, _ in told.values())
    assert told["post /match/{dataset}"] == (["match"], ["screen"])
    assert told["get /entities/{entity_id}"][0] == ["match", "read"]
    assert told["post /api/v1/alerts/{alert_id}/second"] == (["write"], ["review"])
    assert told["get /api/v1/jobs/{job_id}"] == (["read"], [])


def test_every_reference_in_it_leads_somewhere(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    assert [name for name in references(description) if name not in schemas] == []


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(target := value.get("$ref"), str):
            yield target.removeprefix("#/components/schemas/")
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_its_page_is_for_whoever_is_signed_in_and_asks_nothing_from_outside(
    client: Client, browse: Browse, analyst: User
) -> None:
    assert client.get("/api/v1/docs").status_code == 302
    page = browse(analyst).get("/api/v1/docs")
    assert page.status_code == 200
    assert b"//" not in page.content.replace(b"<!DOCTYPE", b"")
    assert b"<script>" not in page.content


def test_no_request_that_it_describes_ends_in_a_fault_of_the_server(
    sample: Edition, person: Callable[..., User], settings: Any, description: dict[str, Any]
) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase
    from hypothesis import settings as bounds

    settings.API_RATE, settings.API_BURST = 1e6, 1e6
    settings.ALLOWED_HOSTS = ["*"]
    owner = person(Role.SUPERVISOR, Role.ADMINISTRATOR, name="everything")
    _, secret = make_token(owner, "everything", ["match", "read", "write"], 1, purpose="payment")
    schema = schemathesis.openapi.from_dict(description)
    faults, asked = [], 0
    for result in schema.get_all_operations():
        operation = result.ok()
        strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE) | operation.as_strategy(
            generation_mode=schemathesis.GenerationMode.NEGATIVE
        )

        def check(case: Any) -> None:
            nonlocal asked
            with suppress(UnicodeEncodeError):  # what no client can send
                status, body = call(case, secret)
                asked += 1
                if status >= 500 and status not in (501,):
                    faults.append((case.method, case.formatted_path, status, body[:200]))

        run = bounds(
            max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.generate], derandomize=True,
            suppress_health_check=list(HealthCheck),
        )(given_with(strategy)(check))  # fmt: skip
        run()
    assert faults == []
    assert asked > 300


def given_with(strategy: Any) -> Callable[[Any], Any]:
    from hypothesis import given

    return given(case=strategy)


def call(case: Any, secret: str) -> tuple[int, bytes]:
    """A request straight into the application, as a server hands it over."""
    from requests import Request

    kwargs = case.as_transport_kwargs(base_url="http://testserver", headers={"Authorization": f"Bearer {secret}"})
    with suppress(Exception):
        kwargs.pop("cookies", None)
    prepared = Request(
        **{k: v for k, v in kwargs.items() if k in ("method", "url", "headers", "params", "data", "json", "files")}
    ).prepare()
    body = prepared.body.encode() if isinstance(prepared.body, str) else bytes(prepared.body or b"")
    path, _, query = prepared.path_url.partition("?")
    from urllib.parse import unquote_to_bytes

    environ: dict[str, Any] = {
        "REQUEST_METHOD": prepared.method, "PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query,
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body), "wsgi.errors": BytesIO(), "CONTENT_LENGTH": str(len(body)),
    }  # fmt: skip
    for name, value in prepared.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    environ["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    response = handler()(environ)
    return response.status_code, b"" if response.streaming else response.content


_HANDLER: list[ClientHandler] = []


def handler() -> ClientHandler:
    """The application, without the closing of connections that would end the test's transaction."""
    if not _HANDLER:
        _HANDLER.append(ClientHandler(enforce_csrf_checks=True))
    return _HANDLER[0]
