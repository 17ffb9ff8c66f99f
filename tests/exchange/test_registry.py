"""The registry: read strictly, answers for a time, and never rewritten."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tahaluf.exchange.canonical import write_canonical
from tahaluf.exchange.marking import Audience, Purpose
from tahaluf.exchange.notes import SigningKey
from tahaluf.exchange.registry import (
    Group,
    GroupTerm,
    Key,
    KeyUse,
    Member,
    Registry,
    Role,
    Term,
    check_history,
    parse_registry,
    write_registry,
)
from tests.exchange.making import AUTHOR, NOW, OTHER, RECEIVER
from tests.exchange.vectors import refused, vectors

TEXT = vectors("registry")["registry"]
REGISTRY = parse_registry(TEXT.encode())
START, JULY, AUGUST, SEPTEMBER = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7, 8, 9))


def public(words: str) -> bytes:
    return SigningKey("x", hashlib.sha256(words.encode()).digest()).verifying.public


def member(name: str = "one.example", *keys: Key, **changes: Any) -> Member:
    return Member(**{"id": name, "role": Role.MEMBER, "purposes": (), "terms": (Term(START),), "keys": keys} | changes)


def changed(*path: str | int, to: Any) -> bytes:
    whole = json.loads(TEXT)
    place = whole
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = to
    return write_canonical(whole)


def test_the_vectors_registry_is_read_and_written() -> None:
    assert write_registry(REGISTRY) == TEXT.encode()
    assert [found.id for found in REGISTRY.members] == sorted([AUTHOR, OTHER, RECEIVER, "observatory.delta.example"])


def test_a_suspension_is_a_term_of_its_own() -> None:
    found = REGISTRY.by_id[OTHER]
    standing = {at.month: found.term(at) for at in (START, JULY, AUGUST)}
    assert {month: term and term.suspended for month, term in standing.items()} == {1: False, 7: True, 8: False}
    assert found.term(datetime(2025, 12, 31, tzinfo=UTC)) is None


def test_who_left_a_group_has_no_version_of_it_and_who_joined_no_older_one() -> None:
    one, two = Audience((), ("sahel@1",)), Audience((), ("sahel@2",))
    assert REGISTRY.has_audience(OTHER, one, JULY)
    assert not REGISTRY.has_audience(OTHER, one, SEPTEMBER)
    assert not REGISTRY.has_audience(OTHER, two, JULY)
    assert REGISTRY.has_audience(RECEIVER, two, SEPTEMBER)
    assert REGISTRY.has_audience(OTHER, Audience((OTHER,), ("sahel@1",)), SEPTEMBER)
    for text in ("sahel@3", "nowhere@1"):
        assert not REGISTRY.has_audience(RECEIVER, Audience((), (text,)), NOW)


def test_keys_are_good_for_their_use_and_time() -> None:
    old, new = public("old"), public("new")
    found = member(
        "one.example",
        Key(KeyUse.LOG, old, START, JULY),
        Key(KeyUse.LOG, new, JULY),
        Key(KeyUse.COSIGN, public("c"), START),
    )
    assert found.publics(KeyUse.LOG, START) == (old,)
    assert found.publics(KeyUse.LOG, JULY) == (new,)
    assert found.publics(KeyUse.COSIGN, JULY) == (public("c"),)
    assert found.publics(KeyUse.SEAL, JULY) == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format_version",), 2), (("format_version",), True), (("format_version",), "1"), (("more",), 1),
        (("members",), {}), (("members", 0, "id"), "A"),
        (("members", 0, "role"), "chair"), (("members", 0, "purposes"), ["withdrawal"]),
        (("members", 1, "purposes"), ["finance", "borders"]),
        (("members", 0, "terms", 0, "suspended"), None), (("members", 0, "terms", 0, "until"), "2026-09-01T00:00:00Z"),
        (("members", 0, "terms", 0, "until"), "2026-01-01T00:00:00Z"), (("members", 0, "terms", 0, "until"), None),
        (("members", 0, "keys", 0, "use"), "any"), (("members", 0, "id"), "zzz.example"),
        (("members", 0, "id"), RECEIVER),
        (("groups", 0, "versions", 0, "version"), 2), (("groups", 0, "versions", 0, "members"), ["nobody.example"]),
        (("groups", 0, "versions"), []),
        (("groups", 0, "versions", 0, "members"), []), (("groups", 0, "versions", 0, "members"), [RECEIVER, OTHER]),
        (("groups", 0, "terms", 0, "member"), "nobody.example"), (("groups", 0, "terms", 1, "member"), OTHER),
        (("groups", 0, "id"), "S"),
        (("groups", 0, "terms", 0, "from"), "2026-01-01"),
        (("groups", 0, "versions", 0, "members"), [RECEIVER, RECEIVER]),
    ],
)  # fmt: skip
def test_another_form_or_order_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    with refused("exchange.registry.form"):
        parse_registry(changed(*path, to=value))


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(32), b"\x01" + bytes(31), b"\xff" * 32])
def test_a_key_that_is_none_is_refused(key: bytes) -> None:
    with refused("exchange."):
        member("one.example", Key(KeyUse.LOG, key, START))


def test_a_sealing_key_has_32_bytes() -> None:
    assert member("one.example", Key(KeyUse.SEAL, b"\x09" + bytes(31), START)).keys
    for key in (b"short", bytes(32)):
        with refused("exchange.registry.key"):
            member("one.example", Key(KeyUse.SEAL, key, START))


def test_one_key_is_for_one_use_of_one_member() -> None:
    one = public("shared")
    again = (Key(KeyUse.LOG, one, START, JULY), Key(KeyUse.LOG, one, AUGUST))
    assert Registry((member("one.example", *again),))
    two_uses = member("one.example", Key(KeyUse.LOG, one, START), Key(KeyUse.COSIGN, one, START))
    two_members = (
        member("one.example", Key(KeyUse.LOG, one, START)),
        member("two.example", Key(KeyUse.LOG, one, START)),
    )
    for members in ((two_uses,), two_members):
        with refused("exchange.registry.key"):
            Registry(members)


KEPT = Registry(
    (
        member("one.example", Key(KeyUse.LOG, public("one"), START)),
        member("two.example", terms=(Term(START, JULY), Term(AUGUST))),
    ),
    (Group("sahel", (frozenset({"one.example"}),), (GroupTerm("one.example", START),)),),
)
ONE, TWO = KEPT.members
[SAHEL] = KEPT.groups


def test_what_is_added_or_given_an_end_is_taken() -> None:
    ended = replace(ONE, keys=(Key(KeyUse.LOG, public("one"), START, JULY), Key(KeyUse.LOG, public("new"), JULY)))
    left = replace(TWO, terms=(Term(START, JULY), Term(AUGUST, SEPTEMBER)))
    group = Group("sahel", (*SAHEL.versions, frozenset({"two.example"})), (GroupTerm("one.example", START, JULY),))
    check_history(KEPT, KEPT)
    check_history(KEPT, Registry((ended, left, member("zed.example")), (group,)))
    check_history(KEPT, Registry((replace(ONE, role=Role.OBSERVER, purposes=(Purpose.BORDERS,)), TWO), KEPT.groups))


@pytest.mark.parametrize(
    "new",
    [
        Registry((ONE,), KEPT.groups), Registry((ONE, TWO)), Registry((replace(ONE, keys=()), TWO), KEPT.groups),
        Registry((replace(ONE, keys=(Key(KeyUse.LOG, public("other"), START),)), TWO), KEPT.groups),
        Registry((replace(ONE, keys=(Key(KeyUse.COSIGN, public("one"), START),)), TWO), KEPT.groups),
        Registry((ONE, replace(TWO, terms=(Term(AUGUST),))), KEPT.groups),
        Registry((ONE, replace(TWO, terms=(Term(START),))), KEPT.groups),
        Registry((ONE, replace(TWO, terms=(Term(START, JULY, suspended=True), Term(AUGUST)))), KEPT.groups),
        Registry(KEPT.members, (replace(SAHEL, versions=(frozenset({"two.example"}),)),)),
        Registry(KEPT.members, (replace(SAHEL, terms=()),)),
    ],
)  # fmt: skip
def test_what_is_taken_back_is_refused_however_it_is_signed(new: Registry) -> None:
    with refused("exchange.registry.history"):
        check_history(KEPT, new)
