"""Search, entities, the catalog: in yente's form."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from django.test import Client

from tahaluf.lists.ftm.write import write_entities
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild
from tests.web.api.conftest import Program
from tests.web.api.rich import ONE, OTHER


@pytest.fixture
def client_(program: Program, analyst: User, rich: None) -> Client:
    return program(analyst)


@pytest.mark.parametrize(
    "path", ["/entities/banana", "/entities/banana/adjacent", "/entities/" + "x" * 300, "/search/banana"]
)
def test_what_is_not_there_is_told(client_: Client, path: str) -> None:
    answer = client_.get(path)
    assert (answer.status_code, list(answer.json())) == (404, ["detail"])


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("q=Idriss Testouri&limit=1", ["rich-1"]), ("q=إدريس التستوري&limit=1", ["rich-1"]), ("q=T123456", ["rich-1"]),
        ("q=RX.001", ["rich-1"]), ("q=Testouri&countries=tn", ["rich-1"]), ("q=Testouri&countries=ke", []),
        ("q=Testouri&countries=ke&countries=tn", ["rich-1"]),
        ("q=Testouri&filter_op=AND&countries=ke&countries=tn", []),
        ("q=Idriss Testouri&schema=Vessel", []), ("q=T123456&topics=sanction", ["rich-1"]),
        ("q=T123456&exclude_dataset=rich", []),
        ("q=T123456&target=false", []), ("q=T123456&datasets=demo", []),
        ("q=T123456&changed_since=2099-01-01T00:00", []),
        ("q=T123456&offset=100", []), ("q=T123456&limit=0", []), ("q=invalid/query:*", []),
    ],
)  # fmt: skip
def test_search_finds_and_filters(client_: Client, query: str, ids: list[str]) -> None:
    answer = client_.get(f"/search/rich?{query}")
    assert answer.status_code == 200
    assert [each["id"] for each in answer.json()["results"]] == ids


def test_search_without_a_text_goes_through_everything(client_: Client) -> None:
    told = client_.get("/search/default?limit=500&facets=schema&facets=datasets&facets=names").json()
    assert (told["total"], len(told["results"])) == ({"value": 69, "relation": "eq"}, 69)
    counts = {each["name"]: each["count"] for each in told["facets"]["datasets"]["values"]}
    assert counts == {"demo": 66, "rich": 3}
    assert told["facets"]["names"]["values"] == []
    page = client_.get("/search/default?limit=60&offset=60").json()
    assert len(page["results"]) == 9
    assert set(page["facets"]) == {"countries", "topics", "datasets"}
    assert set(page["facets"]["countries"]["values"][0]) == {"name", "label", "count"}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("sort=id", ["rich-1", "rich-2", "rich-3"]), ("sort=canonical_id:desc", ["rich-3", "rich-2", "rich-1"]),
        ("sort=caption", ["rich-3", "rich-1", "rich-2"]), ("sort=caption:up", ["rich-3", "rich-1", "rich-2"]),
        ("sort=schema:desc&sort=id:desc", ["rich-2", "rich-1", "rich-3"]),
        ("sort=countries", ["rich-3", "rich-1", "rich-2"]), ("sort=countries:desc", ["rich-1", "rich-3", "rich-2"]),
        ("sort=id:desc&limit=1&offset=1", ["rich-2"]), ("q=Testouri&sort=caption:desc", ["rich-2", "rich-1"]),
        ("sort=last_change&sort=id", ["rich-1", "rich-2", "rich-3"]), ("sort=first_seen:desc&sort=topics&sort=id",
        ["rich-1", "rich-2", "rich-3"]),
    ],
)  # fmt: skip
def test_search_sorts_and_what_lacks_the_field_comes_last(client_: Client, query: str, ids: list[str]) -> None:
    answer = client_.get(f"/search/rich?{query}")
    assert [each["id"] for each in answer.json()["results"]] == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("filter=properties.nationality:tn", ["rich-1"]), ("filter=properties.passportNumber:T123456", ["rich-1"]),
        ("filter=properties.passportNumber:T12345", []), ("filter=countries:TN", ["rich-1"]),
        ("filter=topics:sanction", ["rich-1"]), ("filter=schema:Organization", ["rich-3"]),
        ("filter=schema:LegalEntity", []), ("filter=datasets:demo", []), ("filter=schema:Person&filter=countries:tn",
        ["rich-1"]),
        ("filter=properties.nationality:tn&filter=properties.nationality:ke", ["rich-1"]),
        ("filter=properties.nationality:tn&filter=properties.nationality:ke&filter_op=AND", []),
        ("q=Testouri&filter=properties.nationality:tn", ["rich-1"]),
    ],
)  # fmt: skip
def test_search_filters_by_a_field_s_value(client_: Client, query: str, ids: list[str]) -> None:
    answer = client_.get(f"/search/rich?sort=id&{query}")
    assert [each["id"] for each in answer.json()["results"]] == ids


def test_numbers_and_genders_are_counted_where_that_is_asked(client_: Client) -> None:
    told = client_.get("/search/rich?facets=identifiers&facets=genders").json()["facets"]
    assert [each["name"] for each in told["identifiers"]["values"]] == ["T123456"]
    assert told["genders"]["values"] == []
    genders = client_.get("/search/demo?facets=genders").json()["facets"]["genders"]["values"]
    assert {each["name"] for each in genders} <= {"male", "female", "other"} != set()


@pytest.mark.parametrize(
    ("status", "query"),
    [
        (422, "limit=10000"), (422, "offset=99999"), (422, "facets=banana"), (422, "filter_op=XOR"),
        (400, "schema=Banana"), (400, "sort=banana"), (400, "sort=:desc"), (400, "filter=name:a"),
        (400, "filter=topics"),
        (422, "sort=id&" * 11), (422, "filter=topics:a&" * 51), (400, "filter=properties.notes:a"),
        (400, "filter=a:b"), (422, "target=perhaps"),
    ],
)  # fmt: skip
def test_search_refuses_what_it_does_not_know(client_: Client, status: int, query: str) -> None:
    assert client_.get(f"/search/default?{query}").status_code == status


def test_the_catalog_names_lists_and_collections(client_: Client) -> None:
    told = client_.get("/catalog").json()
    datasets = {each["name"]: each for each in told["datasets"]}
    assert (datasets["rich"]["version"], datasets["rich"]["index_version"], datasets["rich"]["index_current"]) == (
        "1",
        "1",
        True,
    )
    assert datasets["default"]["children"] == ["demo", "rich"]
    assert set(told["current"]) == {"demo", "rich", "default"}
    assert told["outdated"] == []


def test_the_engine_is_the_best_algorithm(client_: Client) -> None:
    told = client_.get("/algorithms").json()
    assert (told["default"], told["best"], [each["name"] for each in told["algorithms"]]) == (
        "tahaluf",
        "tahaluf",
        ["tahaluf"],
    )


def test_statements_are_not_offered(client_: Client) -> None:
    assert client_.get("/statements").status_code == 501


def test_a_new_version_of_a_list_is_answered_from(client_: Client, tmp_path: Path) -> None:
    from tahaluf.web.api.match import datasets

    query = orjson.dumps({"queries": {"q": {"schema": "Person", "properties": {"name": ["Salim Testouri"]}}}})

    def notes() -> Any:
        answer = client_.post("/match/rich", query, content_type="application/json").json()
        return [each["properties"].get("notes") for each in answer["responses"]["q"]["results"]]

    assert notes()[0] is None
    from dataclasses import replace

    path = tmp_path / "new.ftm.json"
    with path.open("wb") as stream:
        write_entities([ONE, replace(OTHER, remarks=("changed",))], stream)
    import_file(path, file_name="rich.ftm.json", by=None, slug="rich")
    rebuild(ensure_default())
    datasets.forget()
    assert notes()[0] == ["changed"]
