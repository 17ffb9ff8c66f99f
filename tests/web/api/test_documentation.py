"""Every example of docs/how-to/api.md runs, in order, and answers what the page shows."""

import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.test import Client

from tahaluf.web.accounts.models import User
from tahaluf.web.api import urls
from tahaluf.web.api.match.matching import MOST_QUERIES
from tahaluf.web.api.match.parameters import MOST_EXCLUDED
from tahaluf.web.api.match.subjects import LONGEST_NAME
from tahaluf.web.api.sentences import SENTENCES
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.config.environment import API_BURST, API_RATE
from tahaluf.web.review.tables.alerts import Alert
from tests.conftest import ROOT
from tests.web.api.conftest import Program

REFERENCE = ROOT / "docs" / "reference" / "api.md"
PAGE = (ROOT / "docs" / "how-to" / "api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```http\n(.*?)^```\n(?:\n```json\n(.*?)^```)?", re.MULTILINE | re.DOTALL)


def test_every_example_answers_what_the_page_shows(
    program: Program, analyst: User, sample: Edition, work_off: Callable[[], Any]
) -> None:
    client, run = program(analyst), 0
    for request, shown in EXAMPLE.findall(PAGE):
        if "/api/v1/events" in request:
            work_off()
        answer = send(client, request.replace("ALERT", latest_alert()))
        assert answer.status_code < 300 or '"error"' in shown, (request, answer.content)
        assert holds(answer.json(), orjson.loads(shown.replace("ALERT", latest_alert()))), (request, answer.json())
        run += 1
    assert run == PAGE.count("```http") > 8


def latest_alert() -> str:
    return str(getattr(Alert.objects.last(), "pk", 0))


def send(client: Client, text: str) -> Any:
    head, _, body = text.partition("\n\n")
    first, *lines = head.splitlines()
    method, path = first.split()
    headers = dict(line.split(": ", 1) for line in lines)
    assert headers.pop("Authorization") == "Bearer TOKEN"
    kind = headers.pop("Content-Type", "application/json")
    return client.generic(method, path, body.encode(), content_type=kind, headers=headers)


def holds(told: Any, shown: Any) -> bool:
    """Whether an answer holds what a page shows of it; `…` stands for any text."""
    if isinstance(shown, dict):
        return isinstance(told, dict) and all(key in told and holds(told[key], value) for key, value in shown.items())
    if isinstance(shown, list):
        return isinstance(told, list) and len(told) == len(shown) and all(map(holds, told, shown))
    return (isinstance(told, str) and bool(told)) if shown == "…" else bool(told == shown)


@pytest.mark.parametrize(
    ("told", "shown", "fits"),
    [({"a": 1, "b": 2}, {"a": 1}, True), ({"a": 1}, {"a": 2}, False), ([1], [], False), ({"a": ""}, {"a": "…"}, False)],
)
def test_an_answer_holds_what_is_shown_or_not(told: Any, shown: Any, fits: bool) -> None:
    assert holds(told, shown) is fits


def test_the_page_states_the_limits_that_there_are() -> None:
    assert f"Up to {MOST_QUERIES} queries" in PAGE
    assert f"({MOST_EXCLUDED} at most)" in PAGE
    assert f"longer than {LONGEST_NAME:,} characters" in PAGE
    assert f"{API_RATE:.0f} requests a second" in PAGE
    assert f"first {API_BURST:,}" in PAGE


@pytest.fixture
def sections(client: Client) -> dict[str, str]:
    """What the reference says of each route that the API describes, by method and path."""
    parts = re.split(r"^##+ ", REFERENCE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.partition("\n")[0].strip("`"): part for part in parts}


def routes(client: Client) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, operations in client.get("/api/v1/openapi.json").json()["paths"].items()
        for method, operation in operations.items()
    ]


def test_the_reference_names_every_route_with_its_parameters_and_what_opens_it(
    client: Client, sections: dict[str, str]
) -> None:
    found = routes(client)
    assert len(found) > 25
    for name, operation in found:
        told = sections[name]
        for parameter in operation.get("parameters", []):
            assert f"| `{parameter['name']}` | {parameter['in']} |" in told, (name, parameter)
        for word in (*operation.get("x-scopes", []), *operation.get("x-permissions", [])):
            assert f"`{word}`" in told.partition("Answers")[0], (name, word)


def test_the_reference_tells_of_no_route_that_is_not_there(client: Client, sections: dict[str, str]) -> None:
    told = {name for name in sections if re.match(r"(GET|POST|PUT|PATCH|DELETE) /", name)}
    assert told == {name for name, _ in routes(client)}


def test_every_route_for_programs_is_described(client: Client) -> None:
    """Also those that stand in `urls.py` alone; `/statements` is not offered, and says so."""
    described = {name.partition(" ")[2] for name, _ in routes(client)}
    plain = {f"/{pattern.pattern}" for pattern in urls.PLAIN}
    assert {re.sub(r"<\w+:(\w+)>", r"{\1}", path) for path in plain} - described == {"/statements"}


def test_the_reference_names_every_refusal() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert [code for code in SENTENCES if f"| `{code}` |" not in text] == []


def test_the_reference_is_as_the_program_would_write_it() -> None:
    script = ROOT / "scripts" / "build_api_reference.py"
    run = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "")
