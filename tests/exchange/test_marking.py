"""Markings: what is not wholly known is unknown, and an empty audience is nobody."""

import uuid
from typing import Any

import pytest

from tahaluf.exchange.canonical import write_canonical
from tahaluf.exchange.ids import is_group_version, is_member_id, split_group_version
from tahaluf.exchange.marking import Audience, Onward, Purpose, Tlp, parse_audience, parse_marking
from tests.exchange.making import AUDIENCE, AUTHOR, NOW, OTHER, RECEIVER, marking
from tests.exchange.vectors import refused, vectors


@pytest.mark.parametrize("case", vectors("markings")["good"], ids=lambda case: case["marking"]["tlp"])
def test_a_vectors_marking_is_read_and_written(case: dict[str, Any]) -> None:
    found = parse_marking(case["marking"])
    assert found.fields() == case["marking"]
    assert found.audience.canonical().decode() == case["audience"]
    assert found.audience.id == case["audience_id"]
    assert found.definition()["id"] == case["definition"]
    assert (
        parse_audience({"groups": list(found.audience.groups), "members": list(found.audience.members)})
        == found.audience
    )


@pytest.mark.parametrize("case", vectors("markings")["unknown"], ids=lambda case: case["why"])
def test_what_is_not_wholly_known_is_an_unknown_marking(case: dict[str, Any]) -> None:
    with refused("exchange.record.marking"):
        parse_marking(case["marking"])


@pytest.mark.parametrize("name", list(marking().fields()))
def test_no_field_may_be_missing_or_of_another_type(name: str) -> None:
    fields = marking().fields()
    with refused("exchange.record.marking"):
        parse_marking({key: value for key, value in fields.items() if key != name})
    for value in (7, [7], {}, "", "x", False):
        with refused("exchange.record.marking"):
            parse_marking({**fields, name: value})


@pytest.mark.parametrize("value", [None, [], "marking", 1, {}])
def test_anything_else_is_an_unknown_marking(value: Any) -> None:
    for parse in (parse_marking, parse_audience):
        with refused("exchange.record.marking"):
            parse(value)


@pytest.mark.parametrize("text", ["abc", "a-b.example", "a" * 63, "1.2.3", "a--b.c"])
def test_a_member_id_is_taken(text: str) -> None:
    assert is_member_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ab",
        "a" * 64,
        "A.example",
        "a..b",
        ".abc",
        "abc.",
        "-abc",
        "abc-",
        "a_b",
        "a b",
        "ábc",
        "abc\n",
        "abc/x",
        None,
        7,
    ],
)
def test_another_form_is_no_member_id(text: object) -> None:
    assert not is_member_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "sahel@0",
        "sahel@01",
        "sahel",
        "sahel@",
        "@1",
        "sahel@1000000",
        "s@1",
        "a" * 33 + "@1",
        "sahel@1\n",
        "sahel@1@2",
        "-s@1",
        None,
    ],
)
def test_another_form_is_no_group_at_a_version(text: object) -> None:
    assert not is_group_version(text)


def test_a_group_at_a_version_is_split() -> None:
    assert split_group_version("sahel@999999") == ("sahel", 999_999)
    assert is_group_version("a" * 32 + "@1")
    with refused("exchange.record.marking"):
        split_group_version("sahel")


def test_two_release_sets_never_have_one_id() -> None:
    sets = [
        AUDIENCE, Audience((OTHER,)), Audience((OTHER, RECEIVER)), Audience((), ("sahel@1",)),
        Audience((), ("sahel@2",)),
        Audience((RECEIVER,), ("sahel@1",)),
    ]  # fmt: skip
    assert len({audience.id for audience in sets}) == len(sets)


def test_too_many_members_or_groups_are_refused() -> None:
    members = tuple(f"member{number:04}" for number in range(257))
    groups = tuple(f"group{number:04}@1" for number in range(65))
    assert Audience(members[:256], groups[:64])
    for wrong in ((members, ()), ((), groups)):
        with refused("exchange.record.marking"):
            Audience(*wrong)


@pytest.mark.parametrize(
    "changes",
    [
        {"expires_at": NOW.replace(tzinfo=None)}, {"expires_at": NOW.replace(microsecond=1)}, {"purposes": ()},
        {"purposes": (Purpose.FINANCE, Purpose.BORDERS)}, {"purposes": (Purpose.WITHDRAWAL,)}, {"originator": RECEIVER},
        {"originator": "x"}, {"tlp": Tlp.RED, "onward": Onward.AUDIENCE},
        {"tlp": Tlp.AMBER_STRICT, "onward": Onward.AUDIENCE},
        {"tlp": Tlp.RED, "audience": Audience((), ("sahel@1",))},
    ],
)  # fmt: skip
def test_a_marking_that_contradicts_itself_is_not_made(changes: dict[str, Any]) -> None:
    with refused("exchange.record.marking"):
        marking(**changes)


def test_the_definition_for_other_tools_has_nothing_empty() -> None:
    """STIX 2.1 forbids null and empty arrays; stix2-validator refuses them."""
    [extension] = marking(expires_at=None).definition()["extensions"].values()
    assert set(extension) == {"extension_type", "members", "onward", "originator", "purposes", "tlp"}
    [extension] = marking(Audience((), ("sahel@1",)), expires_at=NOW).definition()["extensions"].values()
    assert set(extension) == {"expires_at", "extension_type", "groups", "onward", "originator", "purposes", "tlp"}


def test_the_definition_for_other_tools_has_an_id_of_the_markings_content() -> None:
    found = marking().definition()
    assert uuid.UUID(str(found["id"]).removeprefix("marking-definition--")).version == 5
    assert found["id"] != marking(tlp=Tlp.GREEN).definition()["id"]
    assert AUTHOR in write_canonical(found).decode()
