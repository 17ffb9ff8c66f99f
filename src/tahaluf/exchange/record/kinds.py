"""What a kind of record gives: its STIX type and properties, and what it takes for valid. A new kind is one more entry.

A kind's projection into tables is the receiver's own and stands where the tables are.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import split_origin
from tahaluf.exchange.record.entities import check_entities
from tahaluf.exchange.record.shape import CODE, HEX, UUID4, Fields, array, fields_of, formed, one_of, text, whole
from tahaluf.exchange.times import parse_seconds

NAME = 1_024
MOST_ENTITIES = 64
PARTIES = ("Person", "Organization", "Company", "LegalEntity", "PublicBody", "Vessel", "Airplane")
IDENTITY = re.compile(rf"identity--{UUID4}")
ANY_ID = re.compile(rf"(?:identity|grouping|note)--{UUID4}")


@dataclass(frozen=True, slots=True)
class RecordKind:
    """`own` are its STIX properties; `content` the one property of the extension that holds what it says.

    `check` raises ExchangeError for an object and content that do not fit; `blank` gives a withdrawal's own properties.
    """

    name: str
    type: str
    own: frozenset[str]
    content: str
    check: Callable[[Fields, Json], None]
    blank: Callable[[Fields], Fields]


def check_party(stix: Fields, content: Json) -> None:
    entities = check_entities(content, 1, MOST_ENTITIES)
    schema = one_of(entities[0]["schema"], "entities.schema", *PARTIES)
    one_of(stix["identity_class"], "identity_class", "individual" if schema == "Person" else "organization")
    text(stix["name"], "name", NAME)


def check_listing(stix: Fields, content: Json) -> None:
    [entity] = check_entities(content, 1, 1)
    one_of(entity["schema"], "entities.schema", "Sanction")
    one_of(stix["context"], "context", "watch-listing")
    formed(array(stix["object_refs"], "object_refs", 1, 1)[0], "object_refs", IDENTITY)
    text(stix["name"], "name", NAME)


def check_receipt(stix: Fields, content: Json) -> None:
    receipt = fields_of(content, "receipt", {"commitment", "number", "origin", "taken_at"})
    formed(receipt["commitment"], "receipt.commitment", HEX)
    whole(receipt["number"], "receipt.number", 0)
    split_origin(text(receipt["origin"], "receipt.origin", 255))
    parse_seconds(receipt["taken_at"], CODE, "receipt.taken_at")
    one_of(stix["content"], "content", "receipt")
    formed(array(stix["object_refs"], "object_refs", 1, 1)[0], "object_refs", ANY_ID)


def no_withdrawal(_stix: Fields) -> Fields:
    raise refuse(CODE, "a kind that can be withdrawn", "receipt", "revoked")


def blank_party(_stix: Fields) -> Fields:
    return {"identity_class": "unspecified", "name": "withdrawn"}


def blank_listing(stix: Fields) -> Fields:
    formed(array(stix.get("object_refs"), "object_refs", 1, 1)[0], "object_refs", IDENTITY)
    return {"context": "watch-listing", "name": "withdrawn", "object_refs": stix["object_refs"]}


KINDS: Mapping[str, RecordKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            RecordKind(
                "entity", "identity", frozenset({"identity_class", "name"}), "entities", check_party, blank_party
            ),
            RecordKind(
                "listing",
                "grouping",
                frozenset({"context", "name", "object_refs"}),
                "entities",
                check_listing,
                blank_listing,
            ),
            RecordKind(
                "receipt", "note", frozenset({"content", "object_refs"}), "receipt", check_receipt, no_withdrawal
            ),
        )
    }
)
