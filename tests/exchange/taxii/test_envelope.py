"""Objects of an envelope keep their bytes, and what is no envelope is refused."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.taxii.envelope import EnvelopeError, join_envelope, split_envelope
from tests.exchange.taxii.asking import unhurried
from tests.exchange.taxii.memory import identity

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.fixed_dictionaries({"id": st.just("note--1"), "x": VALUES}), max_size=5)
BLANKS = st.text(" \t\r\n", max_size=2)


@unhurried
@given(OBJECTS, st.booleans(), BLANKS, st.booleans())
def test_every_object_comes_out_with_the_very_bytes_that_went_in(
    objects: list[dict[str, Any]], ascii: bool, blank: str, first: bool
) -> None:
    spelled = [json.dumps(each, ensure_ascii=ascii, separators=(f" ,{blank}", f"{blank}: ")) for each in objects]
    array = f"[{blank}{f'{blank},{blank}'.join(spelled)}{blank}]"
    parts = ['"more":false', f'"objects"{blank}:{blank}{array}'][:: 1 if first else -1]
    found = split_envelope(f"{blank}{{{f' ,{blank}'.join(parts)}{blank}}}{blank}".encode())
    assert [each.data for each in found.objects] == [text.encode() for text in spelled]
    assert found.properties["more"] is False


def test_a_joined_envelope_is_split_into_the_same_bytes() -> None:
    objects = [identity(number).data for number in range(3)]
    data = join_envelope(objects, True, "AAAA")
    found = split_envelope(data)
    assert [each.data for each in found.objects] == objects
    assert (found.properties["more"], found.properties["next"]) == (True, "AAAA")
    assert json.loads(data)["objects"] == [json.loads(each) for each in objects]


def test_an_empty_page_is_an_empty_object_unless_more_follows() -> None:
    assert join_envelope([], False, None) == b"{}"
    assert json.loads(join_envelope([], True, "AAAA")) == {"more": True, "next": "AAAA", "objects": []}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"null", b"{", b'{"objects":[}', b'{"objects":{}}', b'{"objects":[],"objects":[]}',
        b'{"objects":[],}', b'{"objects":[]} x', b"{1:[]}",
        b'{"objects":[{"id":"a","x":NaN}]}', b'{"objects":[{"id":"a","x":Infinity}]}',
        b'{"objects":[{"id":"a"},]}', b'{"objects":[{"id":"\xff"}]}', b"\xef\xbb\xbf{}",
        b'{"objects":' + b"[" * 100_000,
        b'{"objects":[{"id":"a","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}]}",
        b'{"objects":[{"id":"a","x":"\xed\xa0\x80"}]}', b'{"objects":[{"id":"a","x":' + b"1" * 10_000 + b"}]}",
    ],
)  # fmt: skip
def test_what_is_no_envelope_is_refused_as_such(data: bytes) -> None:
    with pytest.raises(EnvelopeError):
        split_envelope(data)


@pytest.mark.parametrize(
    "spelled",
    ["1", "null", "[]", '"a"', "{}", '{"id": 1}', '{"id": ""}', '{"id": "\\ud800"}', '{"id": "a", "modified": 1}',
     '{"id": "a", "created": ""}', '{"id": "a", "modified": "\\udfff"}', '{"id": "a", "spec_version": 2.1}',
     '{"id": "' + "a" * 513 + '"}'],
)  # fmt: skip
def test_what_is_no_object_is_put_aside_and_the_rest_is_read(spelled: str) -> None:
    long = '{"id":"' + "a" * 512 + '"}'
    found = split_envelope(f'{{"objects":[{long},{spelled} ,{{"id":"b"}}]}}'.encode())
    assert [each.data for each in found.objects] == [long.encode(), b'{"id":"b"}']
    assert found.rejected == (spelled.encode(),)


def test_an_envelope_of_too_many_objects_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tahaluf.exchange.taxii.envelope.MOST_OBJECTS", 2)
    assert len(split_envelope(join_envelope([b'{"id":"a"}'] * 2, False, None)).objects) == 2
    with pytest.raises(EnvelopeError):
        split_envelope(join_envelope([b'{"id":"a"}'] * 3, False, None))


def test_an_object_without_times_of_its_own_is_of_stix_21_and_has_no_version() -> None:
    plain, older, newer = split_envelope(
        b'{"objects":[{"id":"url--1"},{"id":"note--1","created":"c"},'
        b'{"id":"note--1","created":"c","modified":"m","spec_version":"2.1"}]}'
    ).objects
    assert (plain.version, plain.spec_version, plain.type) == (None, "2.1", "url")
    assert (older.version, older.spec_version) == ("c", "2.0")
    assert (newer.version, newer.spec_version) == ("m", "2.1")


@unhurried
@given(st.binary(max_size=60))
def test_any_bytes_are_an_envelope_or_refused(data: bytes) -> None:
    with contextlib.suppress(EnvelopeError):
        split_envelope(data)
