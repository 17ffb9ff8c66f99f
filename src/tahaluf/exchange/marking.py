"""The handling label of a record: who may have it, for what, until when. See `spec/exchange/marking.md`.

`parse_marking` is the one way in: what it refuses is an unknown marking, and nothing under an unknown marking is sent,
shown or exported.
"""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from tahaluf.exchange.canonical import Json, write_canonical
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import is_group_version, is_member_id
from tahaluf.exchange.times import parse_seconds, write_seconds

CODE = "exchange.record.marking"
FIELDS = {"expires_at", "groups", "members", "onward", "originator", "purposes", "tlp"}
MOST_MEMBERS = 256
MOST_GROUPS = 64
NAMESPACE = uuid.UUID("a2c8de3c-61c6-4a96-a35b-2d1d5bbfb1f6")
Choice = TypeVar("Choice", bound=StrEnum)
EXTENSION = "extension-definition--7f8909a9-fe32-415b-84a4-ca5e303ce9f7"


class Tlp(StrEnum):
    """FIRST's Traffic Light Protocol 2.0, from the widest to the narrowest."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"


class Purpose(StrEnum):
    """What a record may be used for. `WITHDRAWAL` is asked of the egress rule only and stands in no marking."""

    BORDERS = "borders"
    COMMUNICATIONS = "communications"
    COORDINATION = "coordination"
    FINANCE = "finance"
    INVESTIGATION = "investigation"
    WITHDRAWAL = "withdrawal"


class Onward(StrEnum):
    """Who may carry a record on: only its author, or whoever of the audience holds it, within the audience."""

    NONE = "none"
    AUDIENCE = "audience"


TLP_DEFINITIONS = {
    Tlp.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Tlp.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}


@dataclass(frozen=True, slots=True)
class Audience:
    """An exact release set: member ids and groups at a version, each sorted and without repetition."""

    members: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_set(self.members, is_member_id, MOST_MEMBERS, "members")
        check_set(self.groups, is_group_version, MOST_GROUPS, "groups")
        if not self.members and not self.groups:
            raise refuse(CODE, "a member or a group", "an empty audience", "members")

    def canonical(self) -> bytes:
        """The bytes that its id is the hash of, and that stand beside its log."""
        return write_canonical({"groups": list(self.groups), "members": list(self.members)})

    @property
    def id(self) -> str:
        """64 hexadecimal digits."""
        return hashlib.sha256(b"tahaluf audience 1\n" + self.canonical()).hexdigest()


@dataclass(frozen=True, slots=True)
class Marking:
    """A whole and consistent marking; making an inconsistent one raises ExchangeError (`exchange.record.marking`)."""

    tlp: Tlp
    audience: Audience
    purposes: tuple[Purpose, ...]
    originator: str
    onward: Onward = Onward.NONE
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        check_set(self.purposes, lambda purpose: isinstance(purpose, Purpose), len(Purpose) - 1, "purposes")
        if not self.purposes or Purpose.WITHDRAWAL in self.purposes:
            raise refuse(CODE, "purposes of a record", self.purposes, "purposes")
        if not is_member_id(self.originator) or self.originator in self.audience.members:
            raise refuse(CODE, "a member outside the audience", self.originator, "originator")
        if self.expires_at and (self.expires_at.utcoffset() is None or self.expires_at.microsecond):
            raise refuse(CODE, "a time in whole seconds with its offset", self.expires_at, "expires_at")
        if self.tlp in (Tlp.RED, Tlp.AMBER_STRICT) and self.onward is not Onward.NONE:
            raise refuse(CODE, f"no onward sharing of {self.tlp}", self.onward, "onward")
        if self.tlp is Tlp.RED and self.audience.groups:
            raise refuse(CODE, "named members for red", self.audience.groups, "groups")

    def fields(self) -> dict[str, Json]:
        """The marking as it stands in a record."""
        return {
            "expires_at": write_seconds(self.expires_at) if self.expires_at else None,
            "groups": list(self.audience.groups),
            "members": list(self.audience.members),
            "onward": self.onward.value,
            "originator": self.originator,
            "purposes": [purpose.value for purpose in self.purposes],
            "tlp": self.tlp.value,
        }

    def definition(self) -> dict[str, Json]:
        """The STIX marking definition for tools that know no other."""
        name = write_canonical(self.fields()).decode()
        given = {
            field: value for field, value in self.fields().items() if value not in (None, [])
        }  # STIX has no empty ones
        return {
            "created": "2026-01-01T00:00:00.000Z",
            "extensions": {EXTENSION: {"extension_type": "property-extension", **given}},
            "id": f"marking-definition--{uuid.uuid5(NAMESPACE, name)}",
            "spec_version": "2.1",
            "type": "marking-definition",
        }


def parse_marking(value: Json) -> Marking:
    """A marking out of a record; ExchangeError (`exchange.record.marking`) for one that is unknown."""
    if not isinstance(value, dict) or set(value) != FIELDS:
        raise refuse(CODE, "the seven fields of a marking", sorted(value) if isinstance(value, dict) else value)
    expires = value["expires_at"]
    return Marking(
        tlp=member_of(Tlp, value["tlp"], "tlp"),
        audience=Audience(texts(value["members"], "members"), texts(value["groups"], "groups")),
        purposes=tuple(member_of(Purpose, text, "purposes") for text in texts(value["purposes"], "purposes")),
        originator=text_of(value["originator"], "originator"),
        onward=member_of(Onward, value["onward"], "onward"),
        expires_at=None if expires is None else parse_seconds(expires, CODE, "expires_at"),
    )


def parse_audience(value: Json) -> Audience:
    """An audience out of the file beside a log; ExchangeError (`exchange.record.marking`) for any other form."""
    if not isinstance(value, dict) or set(value) != {"groups", "members"}:
        raise refuse(CODE, "groups and members", value)
    return Audience(texts(value["members"], "members"), texts(value["groups"], "groups"))


def check_set(items: Sequence[str], fits: Callable[[object], bool], most: int, field: str) -> None:
    """Sorted by bytes, none twice, each of its form, not too many."""
    if len(items) > most or list(items) != sorted(set(items)) or not all(fits(item) for item in items):
        raise refuse(CODE, f"at most {most}, sorted, none twice, in the page's form", items, field)


def texts(value: Json, field: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise refuse(CODE, "an array of strings", value, field)
    return tuple(text_of(item, field) for item in value)


def text_of(value: Json, field: str, code: str = CODE) -> str:
    if not isinstance(value, str):
        raise refuse(code, "a string", value, field)
    return value


def member_of(kind: type[Choice], value: Json, field: str, code: str = CODE) -> Choice:
    """The one of a closed vocabulary; ExchangeError (`code`) for anything else."""
    try:
        return kind(text_of(value, field, code))
    except ValueError as error:
        raise refuse(code, " or ".join(kind), value, field) from error
