"""Canonical bytes are those of RFC 8785, and only they are taken in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.canonical import parse_canonical, write_canonical
from tahaluf.exchange.canonical.profile import DEPTH
from tahaluf.exchange.canonical.reference import write_slowly
from tests.exchange.vectors import refused, vectors

NAMES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=20)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**53 - 1), 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
).filter(lambda value: depth_of(value) <= DEPTH)


def depth_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    return 1 + max(map(depth_of, value), default=0) if isinstance(value, list) else 1


@given(VALUES)
def test_the_fast_writer_writes_what_the_slow_one_does(value: object) -> None:
    assert write_canonical(value) == write_slowly(value)


@given(VALUES)
def test_what_is_written_is_read_back_whole(value: object) -> None:
    data = write_canonical(value)
    assert parse_canonical(data, len(data)) == value
    assert json.loads(data) == value


@given(VALUES, st.data())
def test_one_byte_changed_is_refused_or_is_another_value(value: object, data: st.DataObject) -> None:
    whole = bytearray(write_canonical(value))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    try:
        found = parse_canonical(bytes(whole), len(whole))
    except Exception as error:
        assert type(error).__name__ == "ExchangeError"
    else:
        assert write_slowly(found) == bytes(whole)
        assert found != value or type(found) is not type(value)


@pytest.mark.parametrize("case", vectors("canonical")["canonical"], ids=lambda case: case["hex"][:12])
def test_a_vector_has_its_bytes(case: dict[str, object]) -> None:
    data = bytes.fromhex(str(case["hex"]))
    assert write_canonical(case["value"]) == data
    assert parse_canonical(data, len(data)) == case["value"]


@pytest.mark.parametrize("case", vectors("canonical")["refused"], ids=lambda case: case["why"])
def test_bytes_that_are_not_canonical_are_refused(case: dict[str, str]) -> None:
    with refused("exchange.canonical"):
        parse_canonical(bytes.fromhex(case["hex"]), 1000)


def test_bytes_over_the_bound_are_refused_before_they_are_parsed() -> None:
    with refused("exchange.canonical"):
        parse_canonical(b"[1]", 2)


@pytest.mark.parametrize(
    "value",
    [1.0, 2**53, -(2**53), "\ud800", {"é": 1}, {"": 1}, {"a\x7f": 1}, {"a" * 251: 1}, {1: 1}, (1,), b"x", {"a": {1}}],
    ids=repr,
)
def test_values_outside_the_profile_have_no_bytes(value: object) -> None:
    with refused("exchange.canonical"):
        write_canonical(value)


def test_a_value_may_stand_sixteen_deep_and_no_deeper() -> None:
    value: list[object] = []
    for _ in range(DEPTH - 1):
        value = [value]
    assert write_canonical(value) == b"[" * DEPTH + b"]" * DEPTH
    with refused("exchange.canonical"):
        write_canonical([value])


def test_names_are_sorted_as_rfc_8785_shows() -> None:
    """The ASCII names of the example in its section 3.2.3, and letters of two cases."""
    assert write_canonical({"b": 1, "1": 2, "\\": 3, "</script>": 4, "B": 5}) == (
        b'{"1":2,"</script>":4,"B":5,"\\\\":3,"b":1}'
    )
