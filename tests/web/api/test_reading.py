"""Search, entities, the catalog: in yente's form."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from django.test import Client

from tahaluf.domain import Address, Alias, AliasKind, Designation, Document, Kind, Link, Listing, PartialDate
from tahaluf.lists.ftm.write import write_entities
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild
from tests.web.api.conftest import Program

ONE = Listing(
    "rich-1", Kind.PERSON, "rich", (Alias("Idriss Testouri", AliasKind.PRIMARY), Alias("إدريس التستوري")),
    reference="RX.001",
    designations=(Designation("Council", "1267", "a reason", PartialDate(2019, 3)),), nationalities=("tn",),
    documents=(Document("T123456", "passport", "tn"),),
    addresses=(Address("1 Rue X, Tunis", city="Tunis", country="tn"),),
    links=(Link("brother of", "rich-2", "family"), Link("seen with", "gone-1")),
)  # fmt: skip
OTHER = Listing("rich-2", Kind.PERSON, "rich", (Alias("Salim Testouri", AliasKind.PRIMARY),))


@pytest.fixture
def client_(program: Program, analyst: User, sample: Edition, tmp_path: Path) -> Client:
    path = tmp_path / "rich.ftm.json"
    with path.open("wb") as stream:
        write_entities([ONE, OTHER], stream)
    import_file(path, file_name="rich.ftm.json", by=None, slug="rich")
    rebuild(ensure_default())
    return program(analyst)


def test_an_entity_comes_with_all_that_hangs_on_it(client_: Client) -> None:
    told = client_.get("/entities/rich-1").json()
    properties = told["properties"]
    assert properties["sanctions"][0]["schema"] == "Sanction"
    assert properties["sanctions"][0]["properties"]["program"] == ["1267"]
    assert "entity" not in properties["sanctions"][0]["properties"]
    assert properties["identification"][0]["schema"] == "Passport"
    assert properties["addressEntity"][0]["properties"]["city"] == ["Tunis"]
    ends = [link["properties"]["object"][0] for link in properties["unknownLinkTo"]]
    assert [end if isinstance(end, str) else end["caption"] for end in ends] == ["Salim Testouri", "gone-1"]
    flat = client_.get("/entities/rich-1?nested=false").json()
    assert "sanctions" not in flat["properties"]
    assert flat["properties"]["topics"] == ["sanction"]


def test_every_part_of_an_entity_is_one_that_followthemoney_knows(client_: Client) -> None:
    from followthemoney import model

    def judge(entity: Any) -> None:
        schema = model.get(entity["schema"])
        assert schema is not None
        for name, values in entity["properties"].items():
            assert name in schema.properties, (entity["schema"], name)
            for value in values:
                if isinstance(value, dict):
                    judge(value)

    judge(client_.get("/entities/rich-1").json())


def test_what_hangs_on_an_entity_comes_by_property_too(client_: Client) -> None:
    told = client_.get("/entities/rich-1/adjacent?limit=1").json()
    assert set(told) == {"entity", "adjacent"}
    assert told["adjacent"]["unknownLinkTo"]["total"] == {"value": 2, "relation": "eq"}
    assert len(told["adjacent"]["unknownLinkTo"]["results"]) == 1
    one = client_.get("/entities/rich-1/adjacent/unknownLinkTo?offset=1").json()
    assert (len(one["results"]), one["offset"], one["limit"]) == (1, 1, 10)


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
    assert (told["total"], len(told["results"])) == ({"value": 68, "relation": "eq"}, 68)
    counts = {each["name"]: each["count"] for each in told["facets"]["datasets"]["values"]}
    assert counts == {"demo": 66, "rich": 2}
    assert told["facets"]["names"]["values"] == []
    page = client_.get("/search/default?limit=60&offset=60").json()
    assert len(page["results"]) == 8
    assert set(page["facets"]) == {"countries", "topics", "datasets"}
    assert set(page["facets"]["countries"]["values"][0]) == {"name", "label", "count"}


@pytest.mark.parametrize(
    ("status", "query"),
    [
        (422, "limit=10000"), (422, "offset=99999"), (422, "facets=banana"), (422, "filter_op=XOR"),
        (400, "schema=Banana"),
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
