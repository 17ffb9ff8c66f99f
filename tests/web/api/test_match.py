"""`/match` answers as yente does: its documented requests and responses, limits and refusals."""

import re
from typing import Any

import orjson
import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tahaluf.web.accounts.models import ApiToken, User
from tahaluf.web.api.match.recording import COUNTS, Counts
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening
from tests.web.api.conftest import Program

# The forms of yente's own tests: one value without a list, a country in words, a number, names in several scripts.
EXAMPLE: dict[str, Any] = {
    "schema": "Person",
    "properties": {"name": ["Abdelkader Salem Benzeroual"], "birthDate": ["1979"], "country": "Algeria"},
}
MANY_NAMES: dict[str, Any] = {
    "schema": "Person",
    "properties": {"name": ["Abd al-Qadir Salim bin Zarwal", "عبد القادر سالم بن زروال", "Кадер Бензеруаль"]},
}
ENTITY = {
    "id", "caption", "schema", "properties", "datasets", "referents", "target", "first_seen", "last_seen",
    "last_change",
}  # fmt: skip


@pytest.fixture
def client_(program: Program, analyst: User, sample: Edition) -> Client:
    return program(analyst)


def ask(client: Client, queries: Any, path: str = "/match/default", **body: Any) -> Any:
    return client.post(path, orjson.dumps({"queries": queries, **body}), content_type="application/json")


def results(answer: Any, key: str = "q") -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["responses"][key]["results"]
    return found


def test_a_response_has_yente_s_form(client_: Client) -> None:
    answer = ask(client_, {"vv": EXAMPLE, "xx": EXAMPLE | {"id": "own"}})
    assert answer.headers["x-batch-size"] == "2"
    told = answer.json()
    assert set(told) == {"responses", "limit"}
    assert told["limit"] == 5
    one = told["responses"]["vv"]
    assert set(one) == {"status", "results", "total", "query"}
    assert (one["status"], one["total"]) == (200, {"value": 1, "relation": "eq"})
    assert one["query"] == {
        "id": None, "schema": "Person",
        "properties": {"name": ["Abdelkader Salem Benzeroual"], "birthDate": ["1979"], "country": ["dz"]},
    }  # fmt: skip
    assert told["responses"]["xx"]["query"]["id"] == "own"
    result = one["results"][0]
    assert set(result) == ENTITY | {"score", "match", "explanations"}
    assert (result["id"], result["schema"], result["match"], result["target"]) == ("demo-001", "Person", True, True)
    assert result["datasets"] == ["demo"]
    assert result["properties"]["topics"] == ["sanction"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", result["last_change"])
    for feature in result["explanations"].values():
        assert set(feature) == {"detail", "score", "query", "candidate"}
    assert {"name_match", "birth_date"} <= set(result["explanations"])
    assert result["explanations"]["birth_date"]["score"] > 0


def test_a_batch_answers_what_each_query_alone_is_answered(client_: Client) -> None:
    queries = {"a": EXAMPLE, "b": MANY_NAMES, "c": {"schema": "Person", "properties": {"name": ["Jane Roe"]}}}
    together = ask(client_, queries).json()["responses"]
    alone = {key: ask(client_, {key: query}).json()["responses"][key] for key, query in queries.items()}
    assert together == alone
    assert together["b"]["results"][0]["id"] == "demo-001"
    assert together["c"]["results"] == []


def test_a_passport_s_number_alone_finds_its_bearer(client_: Client) -> None:
    query = {"schema": "Person", "properties": {"passportNumber": ["DZ4410982"]}}
    assert [each["id"] for each in results(ask(client_, {"q": query}))] == ["demo-001"]


def test_parts_make_a_name_where_none_is_given_whole(client_: Client) -> None:
    query = {
        "schema": "Person",
        "properties": {"firstName": "Abdelkader", "middleName": "Salem", "lastName": "Benzeroual"},
    }
    assert results(ask(client_, {"q": query}))[0]["id"] == "demo-001"


def test_what_contradicts_lowers_the_score(client_: Client) -> None:
    other = {
        "schema": "Person",
        "properties": EXAMPLE["properties"] | {"birthDate": ["1950-01-01"], "gender": "female"},
    }
    scores = [
        results(ask(client_, {"q": query}, "/match/default?threshold=0.01"))[0]["score"] for query in (EXAMPLE, other)
    ]
    assert scores[0] > scores[1]


def test_values_of_another_kind_are_passed_over(client_: Client) -> None:
    odd = EXAMPLE["properties"] | {
        "birthDate": ["yesterday", None, {"a": 1}],
        "unheard": ["x"],
        "gender": "?",
        "country": 5,
    }
    told = ask(client_, {"q": {"schema": "Person", "properties": odd}}).json()["responses"]["q"]
    assert told["query"]["properties"] == {"name": ["Abdelkader Salem Benzeroual"]}
    assert told["results"][0]["id"] == "demo-001"


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ("", 1), ("fuzzy=false&unheard=1", 1), ("algorithm=best", 1), ("exclude_dataset=demo", 0),
        ("include_dataset=demo", 1), ("include_dataset=other", 0), ("include_dataset=demo&exclude_dataset=demo", 0),
        ("exclude_schema=Person", 0), ("exclude_schema=LegalEntity", 0), ("exclude_schema=Vessel", 1),
        ("include_schema=Organization", 0), ("include_schema=LegalEntity", 1), ("topics=crime.cyber", 0),
        ("topics=sanction&topics=role.pep", 1), ("exclude_entity_ids=demo-001", 0), ("changed_since=2099-01-01", 0),
        ("changed_since=2001-01-01T00:00", 1), ("limit=0", 0), ("threshold=1", 0), ("cutoff=0.9&threshold=1", 1),
    ],
)  # fmt: skip
def test_the_query_string_decides_what_is_found(client_: Client, parameters: str, found: int) -> None:
    assert len(results(ask(client_, {"q": EXAMPLE}, f"/match/default?{parameters}"))) == found


def test_a_list_is_a_dataset(client_: Client) -> None:
    assert len(results(ask(client_, {"q": EXAMPLE}, "/match/demo"))) == 1
    assert ask(client_, {"q": EXAMPLE}, "/match/banana").json() == {"detail": "No such dataset."}


def test_below_the_threshold_a_result_is_no_match_and_not_counted(client_: Client) -> None:
    told = ask(client_, {"q": EXAMPLE}, "/match/default?threshold=1&cutoff=0.5").json()["responses"]["q"]
    assert told["total"]["value"] == 0
    assert [each["match"] for each in told["results"]] == [False]


@pytest.mark.parametrize(
    ("status", "path", "body"),
    [
        (400, "", {"queries": {}}),
        (400, "", {"queries": {str(i): EXAMPLE for i in range(101)}}),
        (400, "", {"queries": {"q": {"schema": "xxx", "properties": {"name": "Banana"}}}}),
        (400, "", {"queries": {"q": {"schema": "Address", "properties": {"full": "Rabat"}}}}),
        (422, "", {"queries": {"q": {"properties": {"name": "Banana"}}}}),
        (422, "", {"queries": {"q": {"schema": "Person"}}}),
        (422, "", {"queries": {"q": {"schema": "Person", "properties": []}}}),
        (422, "", {"queries": {"q": {"schema": ["Person"], "properties": {}}}}),
        (422, "", {"queries": ["q"]}), (422, "", {}), (422, "", []), (422, "", "x"), (422, "", None),
        (400, "", {"queries": {"q": EXAMPLE}, "config": {"invalid_option": 0.4}}),
        (400, "", {"queries": {"q": EXAMPLE}, "weights": {"name_match": 2}}),
        (422, "", {"queries": {"q": EXAMPLE}, "config": 1}),
        (400, "?algorithm=neural-net", {"queries": {"q": EXAMPLE}}),
        (400, "?exclude_schema=Banana", {"queries": {"q": EXAMPLE}}),
        (403, "?purpose=none", {"queries": {"q": EXAMPLE}}),
        (422, "?limit=501", {"queries": {"q": EXAMPLE}}), (422, "?limit=x", {"queries": {"q": EXAMPLE}}),
        (422, "?limit=٥", {"queries": {"q": EXAMPLE}}), (422, "?threshold=nan", {"queries": {"q": EXAMPLE}}),
        (422, "?threshold=2", {"queries": {"q": EXAMPLE}}), (422, "?threshold=-1", {"queries": {"q": EXAMPLE}}),
        (422, "?changed_since=yesterday", {"queries": {"q": EXAMPLE}}),
        (422, "?" + "&".join(f"exclude_entity_ids={i}" for i in range(51)), {"queries": {"q": EXAMPLE}}),
        (400, "", {"queries": {"q": {"schema": "Person", "properties": {"name": ["a"] * 101}}}}),
        (400, "", {"queries": {"q": {"schema": "Person", "properties": {"name": ["عبد " * 2500]}}}}),
    ],
)  # fmt: skip
def test_what_cannot_be_screened_is_refused(client_: Client, status: int, path: str, body: Any) -> None:
    answer = client_.post(f"/match/default{path}", orjson.dumps(body), content_type="application/json")
    assert answer.status_code == status
    assert set(answer.json()) == {"detail"}
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b""), (400, b"{"), (400, b"\xff\xfe"), (400, b"NaN"), (400, b'{"queries": {"q": "\\ud800"}}'),
        (400, b"[" * 100_000), (400, b'{"a":' * 5000 + b"1" + b"}" * 5000),
        (400, b'{"queries": {"q": ' + b"[" * 40 + b"]" * 40 + b"}}"), (413, b" " * (3 << 20)),
        (422, b"123456789012345678901234567890"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_hostile_json_is_refused(client_: Client, status: int, body: bytes) -> None:
    assert client_.post("/match/default", body, content_type="application/json").status_code == status


@pytest.mark.parametrize(
    "name", ["\x00", "Ali\x00Hassan", "\u202eAli", "😀" * 300, "'; DROP TABLE--", " ", "=1+1", "a" * 1000]
)
def test_odd_names_are_screened_like_others(client_: Client, name: str) -> None:
    assert ask(client_, {"q": {"schema": "Person", "properties": {"name": [name]}}}).status_code == 200


def test_nothing_is_kept_of_a_query_but_its_number(client_: Client, analyst: User) -> None:
    for _ in range(3):
        ask(client_, {"a": EXAMPLE, "b": EXAMPLE})
    day = Screening.objects.get()
    assert (day.origin, day.purpose.slug, day.done_rows, day.hits) == ("api", "payment", 6, 6)
    assert day.legal_basis == day.purpose.legal_basis != ""
    assert "Benzeroual" not in str(Screening.objects.values().get())
    assert AuditEntry.objects.filter(action="api.matched").count() == 1
    assert Alert.objects.count() == 0


def test_counts_that_wait_are_written_together(client_: Client, settings: Any) -> None:
    ask(client_, {"a": EXAMPLE})
    settings.API_RECORD_SECONDS = 3600
    for _ in range(4):
        ask(client_, {"a": EXAMPLE})
    assert Screening.objects.get().done_rows == 1
    COUNTS.write()
    COUNTS.write()
    assert Screening.objects.get().done_rows == 5


def test_alerts_are_raised_where_the_request_asks(client_: Client) -> None:
    queries = {"a": EXAMPLE, "b": {"schema": "Person", "properties": {"name": ["Jane Roe"]}}}
    told = ask(client_, queries, "/match/default?record=true&purpose=border").json()
    kept = Screening.objects.get(pk=told["screening"]["id"])
    assert (kept.purpose.slug, kept.done_rows, kept.alerts_made, told["screening"]["alerts"]) == ("border", 2, 1, 1)
    alert = Alert.objects.get()
    assert (alert.caption, alert.place, alert.row) == ("Abdelkader Salem Benzeroual", {"query": "a"}, 1)


def test_the_alert_of_each_query_is_named_by_the_query_s_key(client_: Client) -> None:
    queries = {"none": {"schema": "Person", "properties": {"name": ["Jane Roe"]}}, "hit": EXAMPLE}
    told = ask(client_, queries, "/match/default?record=true").json()
    assert told["screening"]["raised"] == {"hit": Alert.objects.get().pk}
    assert "screening" not in ask(client_, queries).json()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"schema": "Thing", "properties": {}}, 400), ({"properties": {}}, 422), ({"schema": "Person"}, 422),
     ({"schema": "Person", "properties": {"name": ["x" * 2000]}}, 400)],
)  # fmt: skip
def test_of_many_queries_the_one_that_is_refused_is_named(client_: Client, wrong: Any, status: int) -> None:
    for language, word in (("en", "Query"), ("fr", "Requête"), ("ar", "الاستعلام")):
        answer = client_.post(
            "/match/default", orjson.dumps({"queries": {"good": EXAMPLE, "seat-7": wrong}}), "application/json",
            headers={"Accept-Language": language},
        )  # fmt: skip
        detail = answer.json()["detail"]
        assert answer.status_code == status
        assert word in detail and "seat-7" in detail and "good" not in detail


@pytest.mark.parametrize(
    ("others", "asked", "slug"),
    [((), "", "vetting"), ((), "?purpose=", "vetting"), ((), "?purpose=vetting", "vetting"),
     (("border",), "?purpose=border", "border"), (("border",), "", "vetting")],
)  # fmt: skip
def test_what_is_screened_is_recorded_under_the_token_s_purpose_or_another_of_its_own(
    program: Program, analyst: User, sample: Edition, others: tuple[str, ...], asked: str, slug: str
) -> None:
    Purpose.objects.filter(slug=slug).update(threshold=0.123)
    client = program(analyst, purpose="vetting", others=others)
    assert ask(client, {"q": EXAMPLE}, f"/match/default{asked}").status_code == 200
    kept = Screening.objects.get()
    assert (kept.purpose.slug, kept.threshold, kept.legal_basis) == (slug, 0.123, kept.purpose.legal_basis)


@pytest.mark.parametrize(
    "asked", ["threshold=1", "limit=1", "cutoff=1", "exclude_dataset=demo", "exclude_schema=Person", "topics=nothing"]
)
def test_what_a_request_asks_to_see_does_not_decide_what_is_reviewed(client_: Client, asked: str) -> None:
    told = ask(client_, {"q": EXAMPLE}, f"/match/default?record=true&{asked}").json()
    assert told["screening"]["alerts"] == 1
    kept = Screening.objects.get(pk=told["screening"]["id"])
    assert kept.threshold == kept.purpose.threshold
    assert all(hit.score >= kept.threshold for hit in kept.alerts.get().hits.all())


def test_a_request_that_asks_for_everything_raises_no_more_than_the_purpose_does(client_: Client) -> None:
    hits = []
    for asked in ("", "&threshold=0&cutoff=0&limit=100"):
        told = ask(client_, {"q": EXAMPLE}, f"/match/default?record=true{asked}").json()
        hits.append(Screening.objects.get(pk=told["screening"]["id"]).hits)
    assert hits[0] == hits[1] > 0


def test_a_count_that_cannot_be_written_waits_and_takes_no_other_with_it(
    client_: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Counts._write
    failing = ["border"]

    def write(self: Counts, count: Any) -> None:
        if count.purpose.slug in failing:
            raise OperationalError("database is locked")
        written(self, count)

    monkeypatch.setattr(Counts, "_write", write)
    for purpose in ("border", "payment"):
        assert ask(client_, {"q": EXAMPLE}, f"/match/default?purpose={purpose}").status_code == 200
    assert [one.purpose.slug for one in Screening.objects.all()] == ["payment"]
    failing.clear()
    COUNTS.write()
    assert dict(Screening.objects.values_list("purpose__slug", "done_rows")) == {"payment": 1, "border": 1}


@pytest.mark.parametrize("asked", ["border", "payment", "none", "VETTING", "vetting border"])
def test_a_purpose_that_is_not_the_token_s_is_refused_and_nothing_screened(
    program: Program, analyst: User, sample: Edition, asked: str
) -> None:
    client = program(analyst, purpose="vetting", others=("border",) if asked != "border" else ())
    answer = ask(client, {"q": EXAMPLE}, f"/match/default?purpose={asked}&record=true")
    assert (answer.status_code, "vetting" in answer.json()["detail"]) == (403, True)
    assert not Screening.objects.exists()


def test_nothing_is_screened_for_a_purpose_that_is_no_longer_in_use(client_: Client) -> None:
    Purpose.objects.filter(slug="payment").update(active=False)
    assert ask(client_, {"q": EXAMPLE}).status_code == 409
    assert ask(client_, {"q": EXAMPLE}, "/match/default?purpose=border").status_code == 200
    assert [each.purpose.slug for each in Screening.objects.all()] == ["border"]


def test_a_token_whose_purposes_were_taken_away_screens_nothing(client_: Client) -> None:
    ApiToken.objects.update(purpose="")
    assert ask(client_, {"q": EXAMPLE}, "/match/default?purpose=border").status_code == 403
    assert not Screening.objects.exists()


def test_a_request_that_follows_another_costs_no_query(
    client_: Client, settings: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(client_, {"a": EXAMPLE})
    settings.API_RECORD_SECONDS = 3600
    ask(client_, {"a": EXAMPLE})
    with django_assert_num_queries(0):
        ask(client_, {"a": EXAMPLE, "b": MANY_NAMES})
    COUNTS.clear()


def test_without_a_compiled_list_the_answer_is_to_come_again(program: Program, analyst: User) -> None:
    from tahaluf.web.review.purposes.services import ensure_defaults

    ensure_defaults()
    answer = ask(program(analyst), {"q": EXAMPLE})
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert Client().get("/readyz").status_code == 503


def test_refusals_are_told_in_the_language_of_whoever_asks(client_: Client) -> None:
    told = {
        language: client_.post(
            "/match/default", b"{}", content_type="application/json", headers={"Accept-Language": language}
        )
        for language in ("en", "fr", "ar")
    }
    assert len({answer.json()["detail"] for answer in told.values()}) == 3
