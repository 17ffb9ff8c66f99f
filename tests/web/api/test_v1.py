"""`/api/v1/`: lists, screenings, alerts, decisions, watched subjects; pages, errors, requests that come twice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tahaluf.web.accounts.models import Scope, User
from tahaluf.web.api.models import RememberedRequest
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.catalogue.services import import_file
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.monitoring.models import WatchedSubject
from tahaluf.web.review.tables.alerts import Alert, Disposition
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening
from tests.web.api.conftest import Program

V1 = "/api/v1"
JSON = "application/json"
QUERY = {"schema": "Person", "properties": {"name": ["Abdelkader Salem Benzeroual"], "birthDate": ["1979-03-14"]}}


@pytest.fixture
def desk(program: Program, analyst: User, sample: Edition) -> Client:
    return program(analyst)


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """A file of a list of people: id=name for each."""

    def make(**people: str) -> Path:
        path = tmp_path / "long.json"
        told = ({"id": key, "schema": "Person", "properties": {"name": [name]}} for key, name in people.items())
        path.write_bytes(b"\n".join(map(orjson.dumps, told)) + b"\n")
        return path

    return make


@pytest.fixture
def alert(desk: Client) -> Alert:
    desk.post("/match/default?record=true", {"queries": {"q": QUERY}}, content_type=JSON)
    return Alert.objects.get()


def send(client: Client, path: str, body: Any, **headers: str) -> Any:
    return client.post(f"{V1}{path}", orjson.dumps(body), content_type=JSON, headers=headers)


def test_lists_their_versions_and_listings_are_told(desk: Client) -> None:
    told = desk.get(f"{V1}/lists").json()
    assert [(each["slug"], each["version"], each["listings"]) for each in told["items"]] == [("demo", 1, 66)]
    assert desk.get(f"{V1}/lists/demo/versions").json()["items"][0]["added"] == 66
    assert desk.get(f"{V1}/lists/demo/changes?since=1").json() == {"items": [], "next": None}
    listing = desk.get(f"{V1}/lists/demo/listings/demo-001").json()
    assert (listing["caption"], listing["content"]["kind"]) == ("Abdelkader Salem Benzeroual", "Person")


def test_of_a_long_difference_a_page_is_read_and_no_more(desk: Client, listed: Callable[..., Path]) -> None:
    many = {f"id{number:03}": f"Invented Person {chr(65 + number % 26)}{number}" for number in range(120)}
    first = dict([*many.items()][:60])
    for listings in (first, many):
        import_file(listed(**listings), file_name="long.json", by=None, slug="long", accept=True)
    address, seen, cursor = f"{V1}/lists/long/changes?since=1&until=2&limit=25", [], ""
    while cursor is not None:
        with CaptureQueriesContext(connection) as caught:
            told = desk.get(f"{address}&cursor={cursor}").json()
        read = [query["sql"] for query in caught if "listingstate" in query["sql"] and "COUNT" not in query["sql"]]
        assert read and all("LIMIT" in sql or " IN (" in sql for sql in read)
        seen += [item["listing_id"] for item in told["items"]]
        cursor = told["next"]
    assert sorted(seen) == sorted(many.keys() - first.keys()) and len(set(seen)) == 60


def test_codes_are_told_in_the_language_of_whoever_asks(desk: Client) -> None:
    told = [desk.get(f"{V1}/codes", headers={"Accept-Language": language}).json() for language in ("en", "fr", "ar")]
    for codes in told:
        assert {each["code"] for each in codes["dispositions"]} == set(Disposition.values)
        assert codes["reasons"].keys() == {*Disposition.values, "disagreeing", "reopening"}
        assert [each["code"] for each in codes["purposes"]] == ["border", "payment", "vetting"]
    assert len({codes["reasons"]["false_positive"][0]["text"] for codes in told}) == 3


def test_pages_follow_each_other_by_their_cursors(desk: Client) -> None:
    for number in range(5):
        query = {"queries": {str(number): QUERY}}
        desk.post("/match/default?record=true", query, content_type=JSON)
    seen, cursor, pages = [], "", 0
    while cursor is not None:
        told = desk.get(f"{V1}/alerts?limit=2&cursor={cursor}").json()
        seen += [each["id"] for each in told["items"]]
        cursor, pages = told["next"], pages + 1
    assert (len(seen), len(set(seen)), pages) == (5, 5, 3)
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize(
    "cursor", ["x", "%%%", "YWxlcnRzOi0x", "bGlzdHM6MQ", "YWxlcnRzOjk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "é"]
)
def test_a_cursor_of_another_kind_is_refused(desk: Client, cursor: str) -> None:
    answer = desk.get(f"{V1}/alerts?cursor={cursor}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "api.cursor")


def test_an_error_has_one_shape(desk: Client) -> None:
    answers = [
        desk.get(f"{V1}/alerts/999"), desk.get(f"{V1}/alerts/0"), desk.get(f"{V1}/jobs/x"), desk.get(f"{V1}/nothing"),
        desk.get(f"{V1}/lists?limit=0"), Client().get(f"{V1}/lists"), desk.delete(f"{V1}/lists"),
        send(desk, "/registers/staff/subjects", {"purpose": "payment"}), desk.get(f"{V1}/lists/demo/changes?since=9"),
        desk.post(f"{V1}/registers/staff/subjects", b"{", content_type=JSON),
        desk.post(f"{V1}/registers/staff/subjects", b"[" * 5000, content_type=JSON),
    ]  # fmt: skip
    for answer in answers:
        assert 400 <= answer.status_code < 500
        assert list(answer.json()) == ["error"]
        error = answer.json()["error"]
        assert set(error) == {"code", "message", "expected", "found", "where", "what_to_do"}
        assert error["message"]
        assert error["what_to_do"]


def test_an_error_is_told_in_the_language_of_whoever_asks(desk: Client) -> None:
    for path in ("/alerts/999", "/lists?limit=0"):
        told = [
            desk.get(f"{V1}{path}", headers={"Accept-Language": language}).json()["error"]
            for language in ("en", "fr", "ar")
        ]
        assert len({error["message"] for error in told}) == 3
        assert len({error["what_to_do"] for error in told}) == 3
        assert len({error["code"] for error in told}) == 1


def test_an_alert_is_shown_with_its_reasons_and_that_is_noted(desk: Client, alert: Alert, analyst: User) -> None:
    listed = desk.get(f"{V1}/alerts?state=open&purpose=payment&list=demo&screening={alert.screening_id}").json()[
        "items"
    ]
    assert [each["id"] for each in listed] == [alert.pk]
    assert desk.get(f"{V1}/alerts?list=other").json()["items"] == []
    told = desk.get(f"{V1}/alerts/{alert.pk}").json()
    assert told["subject"]["names"] == ["Abdelkader Salem Benzeroual"]
    assert told["hits"][0]["listing_id"] == "demo-001"
    assert told["explanations"][0]["tokens"]
    seen = AuditEntry.objects.get(action="alert.seen")
    assert (seen.actor, seen.target_id) == (analyst.get_username(), str(alert.pk))


@pytest.mark.parametrize(
    "path", ["/alerts?state=shut", "/alerts?disposition=maybe", "/alerts?screening=x", "/screenings?state=over"]
)
def test_a_state_that_there_is_not_is_refused_and_not_answered_with_nothing(desk: Client, path: str) -> None:
    answer = desk.get(f"{V1}{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "api.value")


def test_a_true_match_needs_two_people_by_token_too(
    desk: Client, alert: Alert, program: Program, analyst: User, reviewer: User
) -> None:
    first = {"disposition": "true_match", "reasons": ["same_birth"]}
    made = send(desk, f"/alerts/{alert.pk}/adjudicate", first)
    assert (made.status_code, made.json()["hits"]) == (201, [["demo", "demo-001"]])
    again = send(desk, f"/alerts/{alert.pk}/adjudicate", first)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "web.alert.state")
    assert send(desk, f"/alerts/{alert.pk}/second", {"agrees": True}).status_code == 403
    other = program(reviewer)
    assert send(other, f"/alerts/{alert.pk}/second", {"agrees": True}).status_code == 201
    assert desk.get(f"{V1}/alerts/{alert.pk}").json()["state"] == "closed"


def test_who_proposed_a_true_match_cannot_agree_with_it(program: Program, alert: Alert, reviewer: User) -> None:
    alone = program(reviewer)
    send(alone, f"/alerts/{alert.pk}/adjudicate", {"disposition": "true_match", "reasons": ["same_birth"]})
    refused = send(alone, f"/alerts/{alert.pk}/second", {"agrees": True})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "web.alert.same_person")


@pytest.mark.parametrize(
    "body",
    [
        {"disposition": "perhaps"}, {"disposition": "false_positive"},
        {"disposition": "false_positive", "reasons": ["x"]},
        {"disposition": "false_positive", "reasons": ["name_only"], "remember_days": 10_000}, {"unknown": 1},
        {"disposition": "true_match", "reasons": ["same_birth"], "hits": [["demo", "demo-002"]]},
        {"disposition": "inconclusive", "reasons": ["too_little_known"], "text": "a\x00b"}, [], "x", None,
    ],
)  # fmt: skip
def test_a_decision_that_is_none_is_refused(desk: Client, alert: Alert, body: Any) -> None:
    assert send(desk, f"/alerts/{alert.pk}/adjudicate", body).status_code == 422
    alert.refresh_from_db()
    assert alert.state == "open"


def test_decisions_are_followed_from_where_one_was(desk: Client, alert: Alert) -> None:
    start = desk.get(f"{V1}/decisions").json()
    assert start["items"] == []
    send(desk, f"/alerts/{alert.pk}/adjudicate", {"disposition": "false_positive", "reasons": ["name_only"]})
    told = desk.get(f"{V1}/decisions?since={start['next']}").json()
    assert [each["disposition"] for each in told["items"]] == ["false_positive"]
    assert desk.get(f"{V1}/decisions?since={told['next']}").json()["items"] == []


def test_a_request_that_comes_twice_is_done_once(desk: Client, alert: Alert) -> None:
    body = {"disposition": "false_positive", "reasons": ["name_only"]}
    key = {"Idempotency-Key": "a-key-of-mine"}
    first = send(desk, f"/alerts/{alert.pk}/adjudicate", body, **key)
    second = send(desk, f"/alerts/{alert.pk}/adjudicate", body, **key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second.headers["Idempotent-Replayed"] == "true"
    other = send(desk, f"/alerts/{alert.pk}/adjudicate", body | {"text": "x"}, **key)
    assert (other.status_code, other.json()["error"]["code"]) == (409, "api.key_reused")
    assert alert.adjudications.count() == 1


def test_a_refused_request_may_be_mended_under_its_key(desk: Client, alert: Alert) -> None:
    key = {"Idempotency-Key": "another-key"}
    assert send(desk, f"/alerts/{alert.pk}/adjudicate", {"disposition": "false_positive"}, **key).status_code == 422
    body = {"disposition": "false_positive", "reasons": ["name_only"]}
    assert send(desk, f"/alerts/{alert.pk}/adjudicate", body, **key).status_code == 201
    assert send(desk, f"/alerts/{alert.pk}/adjudicate", body, **{"Idempotency-Key": "short"}).status_code == 422


def test_a_request_that_is_worked_on_is_not_begun_again(desk: Client, alert: Alert, analyst: User) -> None:
    body = {"disposition": "false_positive", "reasons": ["name_only"]}
    send(desk, f"/alerts/{alert.pk}/adjudicate", body, **{"Idempotency-Key": "running-key"})
    RememberedRequest.objects.update(status=0)
    answer = send(desk, f"/alerts/{alert.pk}/adjudicate", body, **{"Idempotency-Key": "running-key"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "api.key_running")


def upload(client: Client, content: bytes, **fields: str) -> Any:
    file = SimpleUploadedFile("travelers.csv", content, "text/csv")
    headers = {"Idempotency-Key": fields.pop("key")} if "key" in fields else {}
    return client.post(f"{V1}/screenings", {"file": file, "purpose": "border", **fields}, headers=headers)


def test_a_file_is_screened_and_its_hits_fetched(desk: Client, request: pytest.FixtureRequest) -> None:
    content = b"id,name,birth date\n1,Abdelkader Salem Benzeroual,1979-03-14\n2,Jane Roe,1980-01-01\n3,,1980-01-01\n"
    made = upload(desk, content, key="file-key-1")
    assert made.status_code == 201, made.content
    again = upload(desk, content, key="file-key-1")
    assert again.json()["id"] == made.json()["id"]
    assert Screening.objects.filter(origin="api", title="travelers.csv").count() == 1
    job = desk.get(f"{V1}/jobs/{made.json()['job']}").json()
    assert job["state"] == "queued"
    path = f"{V1}/screenings/{made.json()['id']}"
    assert desk.get(f"{path}/hits").status_code == 404
    request.getfixturevalue("work_off")()
    done = desk.get(path).json()
    assert (done["state"], done["rows"], done["alerts"], done["rejected"]) == ("done", 2, 1, 1)
    lines = b"".join(desk.get(f"{path}/hits")).splitlines()
    assert [orjson.loads(line)["entity_id"] for line in lines] == ["demo-001"]
    assert b"travelers" in b"".join(desk.get(f"{path}/rejects")) or done["rejected"]
    assert [each["id"] for each in desk.get(f"{V1}/screenings?purpose=border").json()["items"]] == [done["id"]]


def test_a_file_that_was_screened_before_is_screened_again_only_when_that_is_said(desk: Client) -> None:
    first = upload(desk, b"name\nJane Roe\n").json()["id"]
    refused = upload(desk, b"name\nJane Roe\n", name="other.csv", key="another-key")
    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["found"]) == (409, "api.screened_before", first)
    assert Screening.objects.count() == 1
    assert upload(desk, b"name\nJane Roe\n", again="true", key="another-key").status_code == 201
    assert upload(desk, b"name\nJane Roe\n", purpose="payment").status_code == 201
    assert upload(desk, b"name\nJane Roe and others\n").status_code == 201


@pytest.mark.parametrize(
    "fields", [{"purpose": "not a name"}, {"kind": "Thing"}, {"mapping": "[]"}, {"mapping": '{"name": 1}'}]
)
def test_a_file_with_wrong_fields_is_refused(desk: Client, fields: dict[str, str]) -> None:
    assert upload(desk, b"name\nJane Roe\n", **fields).status_code == 422
    assert Screening.objects.count() == 0


def test_files_and_watched_subjects_are_for_the_token_s_purposes_alone(
    program: Program, analyst: User, sample: Edition
) -> None:
    client, blind = program(analyst, purpose="vetting", others=()), program(analyst, "write", purpose="", others=())
    body: dict[str, Any] = {"subjects": [{"id": "E-1", **QUERY}]}
    for asked in ("border", "payment", "none"):
        refused = upload(client, b"name\nJane Roe\n", purpose=asked)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "api.purpose")
        assert send(client, "/registers/staff/subjects", body | {"purpose": asked}).status_code == 403
    assert upload(blind, b"name\nJane Roe\n").json()["error"]["code"] == "api.no_purpose"
    assert not Screening.objects.exists()
    assert not WatchedSubject.objects.exists()
    file = SimpleUploadedFile("t.csv", b"name\nJane Roe\n", "text/csv")
    made = client.post(f"{V1}/screenings", {"file": file})
    assert (made.status_code, made.json()["purpose"]) == (201, "vetting")
    assert send(client, "/registers/staff/subjects", body).json()["added"] == 1
    Purpose.objects.update(active=False)
    assert upload(client, b"name\nJane Roe\n", purpose="vetting").json()["error"]["code"] == "api.purpose_over"


def test_a_file_that_is_none_is_refused(desk: Client) -> None:
    answer = upload(desk, b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    assert (answer.status_code, bool(answer.json()["error"]["message"])) == (422, True)


def test_a_screening_that_waits_is_stopped(desk: Client) -> None:
    made = upload(desk, b"name\nJane Roe\n").json()
    assert send(desk, f"/screenings/{made['id']}/cancel", {}).json()["state"] in ("cancelled", "queued")
    assert Job.objects.get(pk=made["job"]).state == "cancelled"


def test_a_job_is_told_to_whoever_asked_for_it_only(desk: Client, program: Program, reviewer: User) -> None:
    made = upload(desk, b"name\nJane Roe\n").json()
    assert program(reviewer).get(f"{V1}/jobs/{made['job']}").status_code == 404


def test_subjects_are_watched_and_let_go(desk: Client, program: Program, auditor: User) -> None:
    body = {
        "purpose": "vetting",
        "subjects": [{"id": "E-1", **QUERY}, {"id": "E-2", "properties": {"name": ["Jane Roe"]}}],
    }
    assert send(desk, "/registers/staff/subjects", body).json() == {"added": 2, "changed": 0, "same": 0, "unusable": 0}
    assert send(desk, "/registers/staff/subjects", body).json()["same"] == 2
    told = desk.get(f"{V1}/registers/staff/subjects").json()["items"]
    assert {each["id"] for each in told} == {"E-1", "E-2"}
    assert desk.delete(f"{V1}/registers/staff/subjects/E-1").status_code == 204
    assert desk.delete(f"{V1}/registers/staff/subjects/E-9").status_code == 404
    assert [each["id"] for each in desk.get(f"{V1}/registers/staff/subjects").json()["items"]] == ["E-2"]
    assert send(program(auditor), "/registers/staff/subjects", body).status_code == 403
    assert desk.get(f"{V1}/events").json()["items"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "not a name"},
        {"subjects": []},
        {"subjects": [{"id": "", **QUERY}]},
        {"subjects": [{"id": "1", **QUERY, "x": 1}]},
    ],
)
def test_a_subject_that_is_none_is_refused(desk: Client, change: dict[str, Any]) -> None:
    body = {"purpose": "vetting", "subjects": [{"id": "E-1", **QUERY}], **change}
    assert send(desk, "/registers/staff/subjects", body).status_code == 422


@pytest.mark.parametrize(
    ("path", "scopes"),
    [
        ("/alerts", (Scope.WRITE,)),
        ("/screenings", (Scope.MATCH,)),
        ("/lists", (Scope.MATCH,)),
        ("/decisions", (Scope.MATCH,)),
    ],
)
def test_every_route_asks_for_its_scope(program: Program, analyst: User, path: str, scopes: tuple[str, ...]) -> None:
    assert program(analyst, *scopes).get(f"{V1}{path}").status_code == 403


def test_roles_are_asked_for_beside_scopes(program: Program, person: Callable[..., User]) -> None:
    manager = program(person("programme_manager"))
    assert manager.get(f"{V1}/lists").status_code == 200
    assert manager.get(f"{V1}/alerts").status_code == 403
    assert manager.get(f"{V1}/registers/staff/subjects").status_code == 403
