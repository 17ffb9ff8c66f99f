"""Asks a server as a reader would, and follows pages in the two ways there are."""

import json
from typing import Any

from hypothesis import HealthCheck, settings

from tahaluf.exchange.taxii.server import Request, Response, TaxiiServer
from tests.exchange.taxii.memory import READER

TAXII = "application/taxii+json;version=2.1"
HEADERS = {"accept": TAXII, "content-type": TAXII}
LOG = "/api/collections/log/"
# How long an example takes says nothing of the code on a machine that others use.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ask(
    server: TaxiiServer, path: str, principal: str | None = READER, method: str = "GET", body: bytes = b"", **query: Any
) -> Response:
    """The response; in names of the query `match_id` stands for `match[id]`."""
    pairs = [
        (f"match[{name.removeprefix('match_')}]" if name.startswith("match_") else name, str(value))
        for name, value in query.items()
    ]
    return server.answer(Request(method, path, pairs, HEADERS, body), principal)


def shown(response: Response, status: int = 200) -> Any:
    """The JSON of a response of that status."""
    assert response.status == status, response
    assert response.sent_headers()["Content-Type"] == TAXII
    return json.loads(response.body)


def by_next(server: TaxiiServer, path: str, name: str = "objects", **query: Any) -> list[Any]:
    """Everything, page by page, by `next`."""
    found: list[Any] = []
    while True:
        page = shown(ask(server, path, **query))
        found += page.get(name, [])
        if not page.get("more"):
            assert "next" not in page
            return found
        query["next"] = page["next"]


def by_date(server: TaxiiServer, path: str, name: str = "objects", **query: Any) -> list[Any]:
    """Everything, page by page, by the date that each page ended with."""
    found: list[Any] = []
    while True:
        response = ask(server, path, **query)
        found += shown(response).get(name, [])
        if "X-TAXII-Date-Added-Last" not in response.headers:
            return found
        query["added_after"] = response.headers["X-TAXII-Date-Added-Last"]
