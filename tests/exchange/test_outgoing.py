"""The second check reads the bytes themselves, and says no to whatever it does not understand."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.marking import Audience
from tahaluf.exchange.outgoing import releases
from tahaluf.exchange.record import Draft, write_record, write_withdrawal
from tests.exchange.making import NOW, OTHER, RECEIVER, marking

NOBODY: dict[str, frozenset[str]] = {}
ENTITY: Json = {"id": "p-1", "properties": {"name": ["Tamezlit Ag Ouhet"]}, "schema": "Person"}
OWN: dict[str, Json] = {"name": "Tamezlit Ag Ouhet", "identity_class": "individual"}


def record_for(audience: Audience, **changes: object) -> bytes:
    return write_record(Draft("entity", [ENTITY], dict(OWN), marking(audience, **changes)), NOW).data


def test_a_record_goes_to_whom_its_marking_names_and_to_nobody_else() -> None:
    data = record_for(Audience(members=(RECEIVER,)))
    assert releases(data, RECEIVER, NOBODY, NOW)
    assert not releases(data, OTHER, NOBODY, NOW)
    assert not releases(data, OTHER, {"sahel@1": frozenset({OTHER})}, NOW), "the group is not named"


def test_a_record_for_a_group_goes_to_who_has_it_now() -> None:
    data = record_for(Audience(groups=("sahel@1",)))
    assert releases(data, OTHER, {"sahel@1": frozenset({OTHER})}, NOW)
    assert not releases(data, OTHER, {"sahel@2": frozenset({OTHER})}, NOW)
    assert not releases(data, OTHER, NOBODY, NOW)


def test_what_has_expired_goes_to_nobody() -> None:
    ends = NOW + timedelta(days=1)
    data = record_for(Audience(members=(RECEIVER,)), expires_at=ends)
    assert releases(data, RECEIVER, NOBODY, ends - timedelta(seconds=1))
    assert not releases(data, RECEIVER, NOBODY, ends)


def test_a_withdrawal_goes_if_it_tells_of_nobody() -> None:
    record = write_record(Draft("entity", [ENTITY], dict(OWN), marking(expires_at=NOW + timedelta(days=1))), NOW)
    data = write_withdrawal((record, bytes(32)), "error", NOW).data
    assert releases(data, RECEIVER, NOBODY, NOW + timedelta(days=900))
    told = json.loads(data)
    told["name"] = "Tamezlit Ag Ouhet"
    assert not releases(json.dumps(told).encode(), RECEIVER, NOBODY, NOW)


@given(st.binary(max_size=64) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("marking") | st.just(RECEIVER),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["extensions", "marking", "members", "groups", "expires_at", "x"]), inner, max_size=3),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_whatever_is_no_record_goes_nowhere(data: bytes) -> None:
    found = releases(data, RECEIVER, NOBODY, NOW)
    if found:
        [extension] = json.loads(data)["extensions"].values()
        assert RECEIVER in extension["marking"]["members"] and extension["marking"]["expires_at"] is None


@pytest.mark.parametrize("field", ["members", "groups", "expires_at"])
def test_a_marking_with_a_field_missing_releases_nothing(field: str) -> None:
    told = json.loads(record_for(Audience(members=(RECEIVER,))))
    [extension] = told["extensions"].values()
    del extension["marking"][field]
    assert not releases(json.dumps(told).encode(), RECEIVER, NOBODY, NOW)
