"""The short way to yente's routes: whatever is sent, it answers byte for byte what the way through every middleware
would answer."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tahaluf.web.accounts.models import ApiToken, User
from tahaluf.web.accounts.services import forget_tokens, make_token
from tahaluf.web.api import direct
from tahaluf.web.api.limits import BUCKETS
from tahaluf.web.review.purposes.services import ensure_defaults

SHORT = "tahaluf.web.api.direct.Direct"
GOOD = orjson.dumps({"queries": {"q": {"schema": "Person", "properties": {"name": ["Abdelkader Salem Benzeroual"]}}}})
JSON = "application/json"
# A page's policy lets it load what is the desk's own, while an answer loads nothing.
OWN = {"Content-Security-Policy", "Vary"}
Ways = Callable[..., HttpResponse]


def clean() -> None:
    BUCKETS.clear()
    forget_tokens()


@pytest.fixture
def secret(analyst: User, rich: None) -> str:
    ensure_defaults()
    return make_token(analyst, "n", ["match", "read"], 1, purpose="payment", other_purposes=["border"])[1]


@pytest.fixture
def both(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ways]:
    """Sends a request both ways, holds the answers together, and gives them back."""
    taken: list[str] = []
    find = direct.Direct._find

    def finding(self: direct.Direct, path: str) -> Any:
        match = find(self, path)
        taken.append(path if match else "")
        return match

    monkeypatch.setattr(direct.Direct, "_find", finding)
    whole = list(settings.MIDDLEWARE)
    assert SHORT in whole

    def send(method: str, path: str, body: bytes = b"", kind: str = JSON, **more: Any) -> HttpResponse:
        short: bool = more.pop("short", True)
        answers = []
        for middleware in (whole, [each for each in whole if each != SHORT]):
            settings.MIDDLEWARE = middleware
            client = Client(raise_request_exception=False)
            client.cookies.load(more.get("cookies", {}))
            for _ in range(more.get("times", 1)):
                answer = client.generic(
                    method, path, body, content_type=kind, secure=more.get("secure", False),
                    headers={"X-Request-ID": "the-same-for-both", **more.get("headers", {})},
                )  # fmt: skip
            answers.append(answer)
            clean()
        assert (len(taken) == more.get("times", 1), bool(taken[-1])) == (True, short)
        taken.clear()
        hold(*answers)
        return answers[0]

    yield send
    settings.MIDDLEWARE = whole


def hold(short: HttpResponse, ordinary: HttpResponse) -> None:
    assert (short.status_code, bare(short)) == (ordinary.status_code, bare(ordinary))
    told = [{name: value for name, value in each.headers.items() if name not in OWN} for each in (short, ordinary)]
    assert told[0] == told[1]
    assert set(short.cookies) == set(ordinary.cookies)


def bare(answer: HttpResponse) -> bytes:
    """The body; of a page, without what is drawn by lot for each."""
    if not answer.headers["Content-Type"].startswith("text/html"):
        return answer.content
    return re.sub(rb'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', rb"\1", answer.content)


def by(secret: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}", **more}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/match/default", 200), ("POST", "/match/rich?limit=0", 200),
        ("POST", "/match/default?purpose=border", 200),
        ("POST", "/match/default?purpose=vetting", 403), ("POST", "/match/banana", 404),
        ("POST", "/match/de%66ault", 200), ("POST", "/match/%D8%A8", 404), ("POST", "/match/default?limit=x", 422),
        ("POST", "/match/default?algorithm=x", 400), ("POST", "/match/default?q=%00", 422),
        ("POST", "/match/a%00b", 422), ("POST", "/match/default?record=true", 403),
        ("GET", "/match/default", 405), ("HEAD", "/match/default", 405), ("PUT", "/match/default", 405),
        ("OPTIONS", "/match/default", 405), ("DELETE", "/catalog", 405), ("BREW", "/catalog", 405),
        ("GET", "/search/default?q=Testouri", 200), ("GET", "/search/default?limit=3&sort=id", 200),
        ("GET", "/search/default?schema=Banana", 400), ("GET", "/entities/rich-1", 200),
        ("GET", "/entities/rich-1?nested=false", 200), ("GET", "/entities/banana", 404),
        ("GET", "/entities/rich-1/adjacent", 200), ("GET", "/entities/rich-1/adjacent/sanctions", 200),
        ("GET", "/entities/rich-1/adjacent/banana", 404), ("GET", "/catalog", 200), ("HEAD", "/catalog", 200),
        ("GET", "/algorithms", 200), ("GET", "/statements", 501), ("GET", "/readyz", 200), ("POST", "/readyz", 405),
        ("POST", "/updatez", 403),
    ],
)  # fmt: skip
def test_every_route_answers_alike(both: Ways, secret: str, method: str, path: str, status: int) -> None:
    body = GOOD if method in {"POST", "PUT"} else b""
    assert both(method, path, body, headers=by(secret)).status_code == status


@pytest.mark.parametrize("path", ["/match/default/", "/match", "/match/a/b", "/matches/default", "/entities/a/b", "/x"])
def test_what_is_no_route_of_yente_s_goes_the_ordinary_way(both: Ways, secret: str, path: str) -> None:
    assert both("POST", path, GOOD, headers=by(secret), short=False).status_code in {302, 403, 404}


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic {}", "Token {}", "Bearer {}x", "{}", "Bearer thl_\u00e9", "ApiKey  {} "]
)
def test_a_token_that_is_none_is_refused_alike(both: Ways, secret: str, header: str) -> None:
    answer = both("POST", "/match/default", GOOD, headers={"Authorization": header.format(secret)})
    assert answer.status_code == (200 if header.startswith("ApiKey") else 401)


def test_a_token_that_is_over_is_refused_alike(both: Ways, secret: str) -> None:
    ApiToken.objects.update(expires_at="2001-01-01T00:00:00Z")
    assert both("POST", "/match/default", GOOD, headers=by(secret)).status_code == 401


def test_too_many_requests_are_refused_alike(both: Ways, secret: str, settings: Any) -> None:
    settings.API_RATE, settings.API_BURST = 0.01, 2
    answer = both("POST", "/match/default", GOOD, headers=by(secret), times=3)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "100")
    assert both("POST", "/match/default", GOOD, headers=by(secret), times=2).status_code == 200


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b""), (400, b"{"), (400, b"\xff\xfe"), (400, b"NaN"), (400, b'{"queries": {"q": "\\ud800"}}'),
        (400, b"[" * 100_000), (413, b" " * (3 << 20)), (422, b"[]"), (400, b'{"queries": {}}'),
        (422, b'{"queries": {"q": {}}}'), (400, b'{"queries": {"q": {"schema": "x", "properties": {}}}}'),
        (400, b"queries=1&x=2"),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_a_body_that_is_none_is_refused_alike(both: Ways, secret: str, status: int, body: bytes) -> None:
    assert both("POST", "/match/default", body, headers=by(secret)).status_code == status


@pytest.mark.parametrize(
    "kind",
    [JSON, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream",
     "multipart/form-data; boundary=x", "application/json; charset=latin-1", "application/json; charset=nothing",
     "\u00e9"],
)  # fmt: skip
def test_the_type_of_the_body_changes_nothing(both: Ways, secret: str, kind: str) -> None:
    assert both("POST", "/match/default", GOOD, kind, headers=by(secret)).status_code == 200
    assert both("POST", "/match/default", b"a=1", kind, headers=by(secret)).status_code == 400


@pytest.mark.parametrize("language", ["ar", "fr", "en", "fr-MA,ar;q=0.5", "de", "*", "x" * 500, ""])
def test_a_refusal_is_told_in_the_same_language(both: Ways, secret: str, language: str) -> None:
    headers = by(secret, **{"Accept-Language": language})
    assert both("POST", "/match/default", b"{", headers=headers).status_code == 400
    both("POST", "/match/default", b"{", headers=by(secret), cookies={"django_language": language[:2]})


def test_a_host_that_is_not_ours_is_refused_alike(both: Ways, secret: str) -> None:
    assert both("POST", "/match/default", GOOD, headers=by(secret, Host="evil.example")).status_code == 400
    assert both("GET", "/readyz", headers={"Host": "evil.example"}).status_code == 400


def test_over_https_an_answer_insists_on_it_alike(both: Ways, secret: str, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 1000
    answer = both("POST", "/match/default", GOOD, headers=by(secret), secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=1000"
    assert "Strict-Transport-Security" not in both("POST", "/match/default", GOOD, headers=by(secret)).headers


def test_an_answer_lets_nothing_be_loaded_and_depends_on_the_language(client: Client, secret: str) -> None:
    answer = client.get("/catalog", headers=by(secret))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Vary"] == "Accept-Language"


def test_a_fault_of_ours_is_told_alike(both: Ways, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a name that nobody may read")

    monkeypatch.setattr("tahaluf.web.api.match.matching.screen", fail)
    answer = both("POST", "/match/default", GOOD, headers=by(secret))
    assert (answer.status_code, b"nobody" in answer.content) == (500, False)


def test_the_short_way_asks_the_database_for_nothing(
    client: Client, secret: str, settings: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.API_RECORD_SECONDS = 3600
    for _ in range(2):
        client.post("/match/default", GOOD, content_type=JSON, headers=by(secret))
    with django_assert_num_queries(0):
        client.post("/match/default", GOOD, content_type=JSON, headers=by(secret))


values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["q", "schema", "id"]), inner, max_size=3)
    ),
    max_leaves=6,
)
bodies = st.binary(max_size=40) | st.builds(lambda told: orjson.dumps({"queries": {"q": told}}), values)


def test_whatever_is_sent_is_answered_alike(both: Ways, secret: str) -> None:
    @given(
        bodies,
        st.sampled_from(["", "?limit=1", "?threshold=0.5", "?cutoff=2", "?topics=x"]),
        st.sampled_from([JSON, "a/b"]),
    )
    @bounds(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def run(body: bytes, query: str, kind: str) -> None:
        both("POST", f"/match/default{query}", body, kind, headers=by(secret))

    run()
