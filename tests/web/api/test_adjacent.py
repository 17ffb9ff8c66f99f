"""What hangs on an entity: nested in it, or property by property; links in both directions."""

from typing import Any

import pytest
from django.test import Client

from tahaluf.web.accounts.models import User
from tahaluf.web.api.match import nesting
from tahaluf.web.api.match.schemata import LINKING
from tests.web.api.conftest import Program


@pytest.fixture
def client_(program: Program, analyst: User, rich: None) -> Client:
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
    assert set(told) == {"entity", "adjacent", "limit", "offset"}
    assert told["adjacent"]["unknownLinkTo"]["total"] == {"value": 2, "relation": "eq"}
    assert len(told["adjacent"]["unknownLinkTo"]["results"]) == 1
    one = client_.get("/entities/rich-1/adjacent/unknownLinkTo?offset=1").json()
    assert (len(one["results"]), one["offset"], one["limit"]) == (1, 1, 10)


def test_who_is_linked_to_an_entity_comes_with_it(client_: Client) -> None:
    properties = client_.get("/entities/rich-1").json()["properties"]
    links = properties["unknownLinkFrom"]
    assert [link["properties"]["role"] for link in links] == [["funds"], ["owned by"]]
    for link in links:
        assert (link["schema"], set(link["properties"])) == ("UnknownLink", {"role", "subject"})
        assert [end["id"] for end in link["properties"]["subject"]] == ["rich-3"]
        assert link["properties"]["subject"][0]["caption"] == "Atlas Relief"
    assert "unknownLinkFrom" not in client_.get("/entities/rich-3").json()["properties"]
    assert "unknownLinkFrom" not in client_.get("/entities/rich-1?nested=false").json()["properties"]


def test_a_link_is_seen_from_either_end(client_: Client) -> None:
    there = client_.get("/entities/rich-1").json()["properties"]["unknownLinkTo"]
    back = client_.get("/entities/rich-2").json()["properties"]["unknownLinkFrom"]
    brothers = [link for link in back if link["properties"]["role"] == ["brother of"]]
    assert [link["id"] for link in brothers] == [
        link["id"] for link in there if link["properties"]["role"] == ["brother of"]
    ]
    assert {link["properties"]["subject"][0]["id"] for link in back} == {"rich-1", "rich-3"}


def test_links_from_others_come_by_property_page_by_page(client_: Client) -> None:
    told = client_.get("/entities/rich-1/adjacent").json()["adjacent"]["unknownLinkFrom"]
    assert told["total"] == {"value": 2, "relation": "eq"}
    page = client_.get("/entities/rich-1/adjacent/unknownLinkFrom?limit=1&offset=1").json()
    assert page["results"] == told["results"][1:]


def test_where_more_lead_to_an_entity_than_are_shown_the_total_says_so(
    client_: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nesting, "MOST_LEADING", 1)
    told = client_.get("/entities/rich-2/adjacent").json()["adjacent"]["unknownLinkFrom"]
    assert told["total"] == {"value": 1, "relation": "gte"}


@pytest.mark.parametrize(
    ("sort", "roles"), [("caption", ["funds", "owned by"]), ("caption:desc", ["owned by", "funds"])]
)
def test_what_hangs_on_an_entity_comes_in_the_order_that_is_asked_for(
    client_: Client, sort: str, roles: list[str]
) -> None:
    for told in (
        client_.get(f"/entities/rich-1/adjacent?sort={sort}").json()["adjacent"]["unknownLinkFrom"],
        client_.get(f"/entities/rich-1/adjacent/unknownLinkFrom?sort={sort}").json(),
    ):
        assert [link["properties"]["role"][0] for link in told["results"]] == roles


@pytest.mark.parametrize(
    ("status", "path"),
    [(404, "adjacent/banana"), (404, "adjacent/name"), (400, "adjacent?sort=banana"), (422, "adjacent?limit=501")],
)
def test_a_property_by_which_nothing_hangs_is_refused(client_: Client, status: int, path: str) -> None:
    answer = client_.get(f"/entities/rich-1/{path}")
    assert (answer.status_code, list(answer.json())) == (status, ["detail"])


def test_a_property_of_which_nothing_hangs_here_is_an_empty_page(client_: Client) -> None:
    told = client_.get("/entities/rich-1/adjacent/ownershipOwner").json()
    assert (told["results"], told["total"]["value"]) == ([], 0)


def test_the_properties_by_which_entities_hang_are_those_of_followthemoney() -> None:
    from followthemoney import model

    from tahaluf.domain import Kind

    schemata = [model.get(kind.value) for kind in Kind]
    assert {
        prop.name for schema in schemata if schema for prop in schema.properties.values() if prop.type.name == "entity"
    } == LINKING


def test_a_new_version_of_a_list_brings_its_own_links(client_: Client, tmp_path: Any) -> None:
    from dataclasses import replace

    from tahaluf.domain import Link
    from tahaluf.lists.ftm.write import write_entities
    from tahaluf.web.catalogue.services import import_file
    from tests.web.api.rich import LEADS, ONE, OTHER

    client_.get("/entities/rich-1")
    path = tmp_path / "new.ftm.json"
    with path.open("wb") as stream:
        leads = replace(LEADS, links=LEADS.links[1:2])
        write_entities([ONE, replace(OTHER, links=(Link("works for", "rich-3"),)), leads], stream)
    import_file(path, file_name="rich.ftm.json", by=None, slug="rich")
    assert "unknownLinkFrom" not in client_.get("/entities/rich-1").json()["properties"]
    links = client_.get("/entities/rich-2").json()["properties"]["unknownLinkFrom"]
    assert {link["properties"]["subject"][0]["id"] for link in links} == {"rich-1", "rich-3"}
    into = client_.get("/entities/rich-3").json()["properties"]["unknownLinkFrom"]
    assert [link["properties"]["role"] for link in into] == [["works for"]]
