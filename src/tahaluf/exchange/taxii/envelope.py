"""Envelopes taken apart and put together as bytes: an object leaves as the very bytes that it came as.

Nothing that was signed or hashed survives being parsed and written anew, so neither side does that.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from tahaluf.exchange.canonical import Json

BLANK = re.compile(r"[ \t\n\r]*")
MOST_OBJECTS = 100_000
MOST_LETTERS = 512


class EnvelopeError(ValueError):
    """Bytes that are no envelope."""


def refuse_constant(name: str) -> NoReturn:
    raise EnvelopeError(f"{name} is no JSON")


DECODER = json.JSONDecoder(parse_constant=refuse_constant)


@dataclass(frozen=True, slots=True)
class StixObject:
    """One object of an envelope: its bytes as they came, and what the line needs of it.

    `version` is its `modified`, else its `created`, else None: then its bytes alone tell it from another.
    """

    data: bytes
    id: str
    version: str | None
    spec_version: str

    @property
    def type(self) -> str:
        return self.id.partition("--")[0]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What came: the objects in their order; those that are none, as bytes; and the other properties."""

    objects: tuple[StixObject, ...]
    properties: dict[str, Json]
    rejected: tuple[bytes, ...] = ()


def join_envelope(objects: Iterable[bytes], more: bool, following: str | None) -> bytes:
    """The bytes of an envelope of objects that are JSON already; `{}` for none and nothing to follow.

    `following` is the `next` of the page, of letters that JSON need not escape.
    """
    joined = b",".join(objects)
    if not joined and not more:
        return b"{}"
    cursor = f'"next":"{following}",'.encode() if following else b""
    return b'{"more":' + (b"true," if more else b"false,") + cursor + b'"objects":[' + joined + b"]}"


def split_envelope(data: bytes) -> Envelope:
    """The objects of an envelope with their bytes; EnvelopeError for what is no envelope.

    At most 100,000 objects. What has no id, or an id or version that is none, is put aside as `rejected`. White space
    between objects is dropped, inside them it is kept.
    """
    try:
        return read_envelope(data.decode())
    except RecursionError as error:
        raise EnvelopeError("arrays and objects stand too deep") from error
    except UnicodeError as error:
        raise EnvelopeError("text that is not UTF-8") from error
    except ValueError as error:
        raise EnvelopeError(str(error)) from error


def read_envelope(text: str) -> Envelope:
    properties: dict[str, Json] = {}
    objects: list[StixObject] = []
    rejected: list[bytes] = []
    at = expect(text, 0, "{")
    closed = peek(text, at) == "}"
    while not closed:
        name, at = DECODER.raw_decode(text, skip(text, at))
        if not isinstance(name, str) or name in properties:
            raise EnvelopeError("names of properties, none twice")
        at = expect(text, at, ":")
        if name == "objects":
            at = read_objects(text, at, objects, rejected)
            properties[name] = None
        else:
            properties[name], at = DECODER.raw_decode(text, skip(text, at))
        closed = peek(text, at) == "}"
        at = at if closed else expect(text, at, ",")
    if skip(text, expect(text, at, "}")) != len(text):
        raise EnvelopeError("nothing after the envelope")
    return Envelope(tuple(objects), properties, tuple(rejected))


def read_objects(text: str, at: int, objects: list[StixObject], rejected: list[bytes]) -> int:
    """Where the array that begins there ends; what it holds is added to the one list or to the other."""
    at = expect(text, at, "[")
    closed = peek(text, at) == "]"
    while not closed:
        begin = skip(text, at)
        value, at = DECODER.raw_decode(text, begin)
        data = text[begin:at].encode()
        found = read_object(value, data)
        if found:
            objects.append(found)
        else:
            rejected.append(data)
        if len(objects) + len(rejected) > MOST_OBJECTS:
            raise EnvelopeError(f"at most {MOST_OBJECTS} objects")
        closed = peek(text, at) == "]"
        at = at if closed else expect(text, at, ",")
    return expect(text, at, "]")


def read_object(value: Json, data: bytes) -> StixObject | None:
    """An object that has an id; one without `created` and `modified` is of STIX 2.1, as only that has such."""
    if not isinstance(value, dict):
        return None
    version = value.get("modified", value.get("created"))
    spec = value.get("spec_version", "2.1" if version is None else "2.0")
    if not is_word(value.get("id")) or not is_word(spec) or not (version is None or is_word(version)):
        return None
    return StixObject(data, str(value["id"]), None if version is None else str(version), str(spec))


def is_word(value: Json) -> bool:
    """Whether this can be an id or a version: a short text, of letters that can be written again."""
    if not isinstance(value, str) or not 0 < len(value) <= MOST_LETTERS:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def skip(text: str, at: int) -> int:
    found = BLANK.match(text, at)
    return found.end() if found else at


def peek(text: str, at: int) -> str:
    at = skip(text, at)
    return text[at : at + 1]


def expect(text: str, at: int, letter: str) -> int:
    at = skip(text, at)
    if not text.startswith(letter, at):
        raise EnvelopeError(f"{letter} at {at}")
    return at + 1
