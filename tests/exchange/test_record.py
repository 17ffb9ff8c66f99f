"""Records: read strictly, kept as they came, superseded and withdrawn for good."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from tahaluf.exchange.canonical import write_canonical
from tahaluf.exchange.commitment import commit
from tahaluf.exchange.marking import TLP_DEFINITIONS, Audience, Tlp
from tahaluf.exchange.record import Draft, Record, follows, parse_record, write_record, write_withdrawal
from tahaluf.exchange.record.shape import EXTENSION
from tests.exchange.making import NOW, OTHER, RECEIVER, marking
from tests.exchange.vectors import refused, vectors

PERSON = {
    "id": "p-1",
    "schema": "Person",
    "properties": {"name": ["نادر سالم", "Nader Salem"], "passportNumber": ["X1234567"]},
}
OWN = {"identity_class": "individual", "name": "Nader Salem"}
DRAFT = Draft("entity", [PERSON], OWN, marking())
FIRST = write_record(DRAFT, NOW, "identity--3f0c2b8e-5d0e-4b8f-9b3c-0f6d0a3f7c11")
HASH = bytes(32)
DAY = timedelta(days=1)
RECEIPT = {
    "commitment": "0" * 64,
    "number": 4,
    "origin": f"{OTHER}/log/1/{'0' * 64}",
    "taken_at": "2026-11-20T09:30:00Z",
}


def object_of(record: Record) -> dict[str, Any]:
    return json.loads(record.data)  # type: ignore[no-any-return]


def changed(record: Record, *path: str, to: Any = None, drop: bool = False) -> bytes:
    """The record's bytes with one property set or left out; `x.` begins inside the extension."""
    whole = object_of(record)
    place = whole["extensions"][EXTENSION] if path[0] == "x" else whole
    *way, last = path[1:] if path[0] == "x" else path
    for name in way:
        place = place[int(name) if isinstance(place, list) else name]
    if drop:
        del place[last]
    else:
        place[last] = to
    return write_canonical(whole)


@pytest.mark.parametrize("case", vectors("records")["records"], ids=lambda case: case["name"])
def test_a_vectors_record_is_read(case: dict[str, Any]) -> None:
    data = case["record"].encode()
    found = parse_record(data)
    assert commit(bytes.fromhex(case["salt"]), data).hex() == case["commitment"]
    assert found.data == data
    read = {
        "id": found.id,
        "kind": found.kind,
        "revision": found.revision,
        "withdrawal": found.withdrawal,
        "audience": found.marking.audience.id,
    }
    assert {name: case[name] for name in read} == read


def test_a_records_id_is_random_and_its_entities_are_verbatim() -> None:
    assert len({write_record(DRAFT, NOW).id for _ in range(20)}) == 20
    assert parse_record(FIRST.data).content == [PERSON]


def test_a_listing_and_a_receipt_are_kinds() -> None:
    sanction = {"id": "s-1", "schema": "Sanction", "properties": {"authority": ["Azmar"]}}
    own = {"context": "watch-listing", "name": "Azmar watch list", "object_refs": [FIRST.id]}
    assert write_record(Draft("listing", [sanction], own, marking()), NOW).kind == "listing"
    receipt = write_record(Draft("receipt", RECEIPT, {"content": "receipt", "object_refs": [FIRST.id]}, marking()), NOW)
    assert receipt.content == RECEIPT
    with refused("exchange.record.shape"):
        write_withdrawal((receipt, HASH), "error", NOW + DAY)


@pytest.mark.parametrize("name", sorted(object_of(FIRST)))
def test_no_property_of_the_object_may_be_missing(name: str) -> None:
    with refused("exchange.record."):
        parse_record(changed(FIRST, name, drop=True))


@pytest.mark.parametrize("name", sorted(object_of(FIRST)["extensions"][EXTENSION]))
def test_no_property_of_the_extension_may_be_missing(name: str) -> None:
    with refused("exchange.record."):
        parse_record(changed(FIRST, "x", name, drop=True))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("description",), "x"), (("x", "note"), "x"), (("x", "entities", "0", "note"), "x"),
        (("x", "entities", "0", "caption"), ""),
        (("x", "entities"), []), (("x", "entities"), [PERSON] * 65), (("x", "entities"), {}),
        (("x", "entities", "0", "schema"), "Sanction"),
        (("x", "entities", "0", "properties", "name"), []), (("x", "entities", "0", "properties", "name"), [7]),
        (("x", "entities", "0", "properties", "name"), ["a"] * 513),
        (("x", "entities", "0", "properties", "a b"), ["x"]),
        (("x", "entities", "0", "properties"), []), (("x", "entities", "0", "datasets"), "x"),
        (("x", "entities", "0", "id"), "x" * 256),
        (("id",), FIRST.id.upper()), (("id",), "identity--00000000-0000-1000-8000-000000000000"),
        (("id",), "grouping" + FIRST.id[8:]),
        (("name",), ""), (("name",), "x" * 1025), (("name",), None), (("identity_class",), "organization"),
        (("type",), "grouping"),
        (("spec_version",), "2.0"), (("created",), "2026-11-20T09:30:00Z"), (("created",), "2026-11-21T09:30:00.000Z"),
        (("modified",), "2026-02-30T09:30:00.000Z"), (("modified",), "1969-12-31T23:59:59.000Z"),
        (("x", "revision"), 0),
        (("x", "revision"), True), (("x", "revision"), 2), (("x", "supersedes"), "0" * 64),
        (("x", "extension_type"), "new-sdo"),
        (("revoked",), False), (("revoked",), True), (("extensions", "other"), {}), (("x", "format_version"), True),
        (("x", "kind"), 7),
    ],
)  # fmt: skip
def test_another_shape_is_refused(path: tuple[str, ...], value: Any) -> None:
    with refused("exchange.record.shape"):
        parse_record(changed(FIRST, *path, to=value))


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("x", "format_version"), 2, "exchange.record.version"), (("x", "kind"), "pledge", "exchange.record.kind"),
        (("x", "author"), OTHER, "exchange.record.author"), (("x", "author"), 7, "exchange.record.author"),
        (("x", "marking", "tlp"), "white", "exchange.record.marking"),
        (("x", "marking", "members"), [], "exchange.record.marking"),
        (("x", "marking", "tlp"), "red", "exchange.record.marking"),
        (("object_marking_refs",), [], "exchange.record.marking"),
        (("object_marking_refs",), [TLP_DEFINITIONS[Tlp.CLEAR]], "exchange.record.marking"),
    ],
)  # fmt: skip
def test_version_kind_author_and_marking_are_refused_by_name(path: tuple[str, ...], value: Any, code: str) -> None:
    with refused(code):
        parse_record(changed(FIRST, *path, to=value))


@pytest.mark.parametrize(
    "data", [b"", b"null", b"[]", b"{}", b'{"extensions":[]}', FIRST.data + b" ", b" " + FIRST.data]
)
def test_anything_else_is_no_record(data: bytes) -> None:
    with refused("exchange."):
        parse_record(data)


def test_a_record_over_the_bound_is_refused_before_it_is_parsed() -> None:
    with refused("exchange.record.size"):
        parse_record(b"x" * 262_145)


def test_a_version_supersedes_the_one_before() -> None:
    second = write_record(DRAFT, NOW + DAY, before=(FIRST, b"\x07" * 32))
    assert (second.id, second.revision, second.supersedes) == (FIRST.id, 2, b"\x07" * 32)
    assert (second.created_at, second.modified_at) == (NOW, NOW + DAY)
    assert follows(second, FIRST)
    assert not follows(FIRST, second)
    assert not follows(second, second)


def test_a_withdrawal_tells_of_nobody() -> None:
    withdrawal = write_withdrawal((FIRST, HASH), "contested", NOW + DAY)
    for word in ("نادر", "Nader", "X1234567", "p-1", "Person", "individual"):
        assert word.encode() not in withdrawal.data
    assert (withdrawal.id, withdrawal.withdrawal, withdrawal.content) == (FIRST.id, "contested", None)
    assert withdrawal.marking.expires_at is None


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("name",), "Nader Salem", "exchange.withdrawal.personal"),
        (("identity_class",), "individual", "exchange.withdrawal.personal"),
        (("x", "entities"), [PERSON], "exchange.record.shape"),
        (("x", "withdrawal"), {"reason": "he is innocent"}, "exchange.record.shape"),
        (("x", "withdrawal"), {"reason": "error", "note": "x"}, "exchange.record.shape"),
        (("x", "marking", "expires_at"), "2027-01-01T00:00:00Z", "exchange.record.marking"),
        (("revoked",), 1, "exchange.record.shape"),
    ],
)  # fmt: skip
def test_a_withdrawal_with_anything_personal_is_refused(path: tuple[str, ...], value: Any, code: str) -> None:
    with refused(code):
        parse_record(changed(write_withdrawal((FIRST, HASH), "error", NOW + DAY), *path, to=value))


def test_a_withdrawal_may_go_to_one_who_left_by_a_log_of_its_own() -> None:
    withdrawal = write_withdrawal((FIRST, HASH), "error", NOW + DAY, Audience((OTHER,)))
    assert withdrawal.marking.audience == Audience((OTHER,))
    assert FIRST.marking.audience == Audience((RECEIVER,))


def test_nothing_follows_a_withdrawal_in_any_order_of_arrival() -> None:
    second = write_record(DRAFT, NOW + DAY, before=(FIRST, HASH))
    withdrawal = write_withdrawal((second, HASH), "delisted", NOW + 2 * DAY)
    beyond = replace(second, revision=9)
    for order in permutations([FIRST, second, withdrawal, beyond, withdrawal]):
        held: Record | None = None
        for version in order:
            if held is not None and held.is_withdrawal and not version.is_withdrawal:
                with refused("exchange.withdrawal.final"):
                    follows(version, held)
            elif follows(version, held):
                held = version
        assert held is not None
        assert held.is_withdrawal


def test_a_withdrawn_record_is_not_superseded() -> None:
    withdrawal = write_withdrawal((FIRST, HASH), "error", NOW + DAY)
    with refused("exchange.withdrawal.final"):
        write_record(DRAFT, NOW + 2 * DAY, before=(withdrawal, HASH))


def test_an_id_belongs_to_its_author_and_kind() -> None:
    with refused("exchange.withdrawal.author"):
        follows(replace(FIRST, author=OTHER, revision=2), FIRST)
    for other in (replace(FIRST, kind="listing"), replace(FIRST, created_at=NOW - DAY)):
        with refused("exchange.record.shape"):
            follows(other, FIRST)
