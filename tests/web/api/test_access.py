"""Tokens: who comes in, who may what, how often; what no request may hold."""

import pytest
from django.test import Client

from tahaluf.web.accounts.models import Scope, User
from tahaluf.web.accounts.services import make_token, revoke_token
from tahaluf.web.api.limits import Buckets
from tahaluf.web.catalogue.models import Edition
from tests.web.api.conftest import Program

QUERY = {"queries": {"a": {"schema": "Person", "properties": {"name": ["Abdelkader Salem Benzeroual"]}}}}
JSON = "application/json"


@pytest.mark.parametrize("scheme", ["Bearer", "ApiKey", "apikey", "BEARER"])
def test_a_token_comes_by_either_scheme(program: Program, analyst: User, sample: Edition, scheme: str) -> None:
    assert program(analyst, scheme=scheme).post("/match/default", QUERY, content_type=JSON).status_code == 200


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic thl_abc", "Bearer thl_" + "a" * 43, "Bearer \u00e9"]
)
def test_without_a_valid_token_nobody_comes_in(client: Client, db: None, header: str) -> None:
    answer = client.post("/match/default", QUERY, content_type=JSON, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert list(answer.json()) == ["detail"]
    ours = client.get("/api/v1/alerts", headers={"Authorization": header})
    assert (ours.status_code, ours.json()["error"]["code"]) == (401, "api.token")


def test_a_token_may_what_its_scopes_say(program: Program, analyst: User, sample: Edition) -> None:
    reading, matching = program(analyst, Scope.READ), program(analyst, Scope.MATCH)
    assert reading.post("/match/default", QUERY, content_type=JSON).status_code == 403
    assert matching.post("/match/default", QUERY, content_type=JSON).status_code == 200
    assert matching.get("/entities/demo-001").status_code == 200
    assert matching.get("/api/v1/alerts").json()["error"]["code"] == "api.scope"
    recording = matching.post("/match/default?record=true", QUERY, content_type=JSON)
    assert (recording.status_code, "write" in recording.json()["detail"]) == (403, True)


def test_a_token_is_never_more_than_its_owner(
    program: Program, analyst: User, administrator: User, sample: Edition
) -> None:
    assert program(administrator).post("/match/default", QUERY, content_type=JSON).status_code == 403
    assert program(administrator).get("/api/v1/alerts").json()["error"]["code"] == "api.permission"
    assert program(analyst).post("/updatez").status_code == 403
    assert program(administrator).post("/updatez").json() == {"status": "ok"}


def test_a_revoked_token_opens_nothing(analyst: User, client: Client) -> None:
    token, secret = make_token(analyst, "reader", [Scope.READ], 1)
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/lists", headers=headers).status_code == 200
    revoke_token(token, analyst)
    assert client.get("/api/v1/lists", headers=headers).status_code == 401


def test_a_session_is_no_token(browse: object, analyst: User, sample: Edition) -> None:
    client = browse(analyst)  # type: ignore[operator]
    assert client.post("/match/default", QUERY, content_type=JSON).status_code == 401


def test_too_many_requests_are_told_when_to_come_again(
    program: Program, analyst: User, sample: Edition, settings: object
) -> None:
    settings.API_RATE, settings.API_BURST = 0.5, 2  # type: ignore[attr-defined]
    client = program(analyst)
    assert [client.get("/catalog").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/api/v1/lists")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    assert program(analyst).get("/catalog").status_code == 200


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    assert [buckets.take("a", 2, 3) for _ in range(4)] == [0, 0, 0, 0.5]
    now[0] = 0.5
    assert buckets.take("a", 2, 3) == 0
    assert buckets.take("a", 2, 3) == 0.5
    now[0] = 100
    assert [buckets.take("a", 2, 3) for _ in range(4)] == [0, 0, 0, 0.5]


@pytest.mark.parametrize(
    "path", ["/entities/a%00b", "/search/default?q=%00", "/api/v1/lists?cursor=%00", "/api/v1/jobs/%00"]
)
def test_what_no_database_keeps_is_refused(program: Program, analyst: User, sample: Edition, path: str) -> None:
    assert program(analyst).get(path).status_code == 422


def test_the_wrong_method_is_told_which_is_right(program: Program, analyst: User) -> None:
    client = program(analyst)
    for path, allowed in (("/match/default", "POST"), ("/catalog", "GET, HEAD")):
        answer = client.delete(path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    assert client.get("/updatez").status_code == 405
    ours = client.delete("/api/v1/lists")
    assert (ours.status_code, ours.json()["error"]["code"]) == (405, "api.method")
    assert client.get("/api/v1/nothing").json()["error"]["code"] == "api.path"
    assert client.get("/api/v1/").json()["error"]["code"] == "api.path"
