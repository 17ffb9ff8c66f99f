"""Bytes → record, strictly: what is not named by the page is refused, and the bytes are kept as they came."""

import re
from dataclasses import dataclass
from datetime import datetime

from tahaluf.exchange.canonical import Json, parse_canonical
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import is_member_id
from tahaluf.exchange.marking import TLP_DEFINITIONS, Marking, parse_marking
from tahaluf.exchange.payload import MOST
from tahaluf.exchange.record.kinds import KINDS, RecordKind
from tahaluf.exchange.record.shape import CODE, EXTENSION, HEX, UUID4, Fields, fields_of, formed, one_of, text, whole
from tahaluf.exchange.times import parse_milliseconds

COMMON = {"created", "extensions", "id", "modified", "object_marking_refs", "spec_version", "type"}
INSIDE = {"author", "extension_type", "format_version", "kind", "marking", "revision"}
REASONS = ("contested", "court", "delisted", "error", "expired", "other")


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was read: what log, egress and receiver need of it, its content, and its bytes as they came.

    `withdrawal` is the reason of one, else None. `content` is absent on a withdrawal. `supersedes` is a commitment.
    """

    data: bytes
    id: str
    kind: str
    author: str
    revision: int
    created_at: datetime
    modified_at: datetime
    marking: Marking
    supersedes: bytes | None = None
    withdrawal: str | None = None
    content: Json = None

    @property
    def is_withdrawal(self) -> bool:
        return self.withdrawal is not None


def parse_record(data: bytes) -> Record:
    """The record; ExchangeError for any other form.

    `exchange.record.size`, `exchange.canonical`, `exchange.record.version`, `.kind`, `.shape`, `.marking`, `.author`,
    `exchange.withdrawal.personal`.
    """
    if len(data) > MOST:
        raise refuse("exchange.record.size", f"at most {MOST} bytes", str(len(data)))
    stix = parse_canonical(data, MOST)
    inside, kind = find_kind(stix)
    whole_object = fields_of(stix, "", COMMON | kind.own, frozenset({"revoked"}))
    withdrawn = "revoked" in whole_object
    check_common(whole_object, kind)
    content = read_content(whole_object, inside, kind, withdrawn=withdrawn)
    marking = read_marking(whole_object, inside, withdrawn=withdrawn)
    created, modified = (parse_milliseconds(whole_object[name], CODE, name) for name in ("created", "modified"))
    if modified < created:
        raise refuse(CODE, "modified not before created", whole_object["modified"], "modified")
    revision = whole(inside["revision"], "revision", 2 if "supersedes" in inside else 1)
    if "supersedes" not in inside and revision != 1:
        raise refuse(CODE, "what revision 1 has", "no supersedes", "supersedes")
    return Record(
        data=data,
        id=str(whole_object["id"]),
        kind=kind.name,
        author=str(inside["author"]),
        revision=revision,
        created_at=created,
        modified_at=modified,
        marking=marking,
        supersedes=bytes.fromhex(formed(inside["supersedes"], "supersedes", HEX)) if "supersedes" in inside else None,
        withdrawal=str(content) if withdrawn else None,
        content=None if withdrawn else content,
    )


def find_kind(stix: Json) -> tuple[Fields, RecordKind]:
    """The extension, and the kind that says what else must be there."""
    extensions = stix.get("extensions") if isinstance(stix, dict) else None
    inside = fields_of(extensions, "extensions", {EXTENSION})[EXTENSION]
    if not isinstance(inside, dict) or type(inside.get("format_version")) is not int:
        raise refuse(CODE, "a format version", inside, "format_version")
    if inside["format_version"] != 1:
        raise refuse("exchange.record.version", "1", inside["format_version"], "format_version")
    name = text(inside.get("kind"), "kind", 64)
    if name not in KINDS:
        raise refuse("exchange.record.kind", " or ".join(KINDS), name, "kind")
    return inside, KINDS[name]


def check_common(stix: Fields, kind: RecordKind) -> None:
    """What every object has, of the form that every object has it in."""
    one_of(stix["type"], "type", kind.type)
    one_of(stix["spec_version"], "spec_version", "2.1")
    formed(stix["id"], "id", re.compile(rf"{kind.type}--{UUID4}"))
    if "revoked" in stix:
        one_of(stix["revoked"], "revoked", True)


def read_content(stix: Fields, inside: Fields, kind: RecordKind, *, withdrawn: bool) -> Json:
    """The content that the kind has checked, or the reason of a withdrawal that tells of nobody."""
    name = "withdrawal" if withdrawn else kind.content
    needed = INSIDE | {name} | ({"supersedes"} if withdrawn else set())
    fields_of(inside, "extensions", needed, frozenset({"supersedes"}))
    one_of(inside["extension_type"], "extension_type", "property-extension")
    if not withdrawn:
        kind.check(stix, inside[name])
        return inside[name]
    blank = kind.blank(stix)
    if {own: stix[own] for own in kind.own} != blank:
        raise refuse("exchange.withdrawal.personal", "blank properties", "others", "name")
    return one_of(fields_of(inside[name], name, {"reason"})["reason"], "withdrawal.reason", *REASONS)


def read_marking(stix: Fields, inside: Fields, *, withdrawn: bool) -> Marking:
    """The marking, whose originator is the author and whose TLP the object repeats for other tools."""
    marking = parse_marking(inside["marking"])
    if not is_member_id(inside["author"]) or marking.originator != inside["author"]:
        raise refuse("exchange.record.author", "the originator", inside["author"], "author")
    if withdrawn and marking.expires_at is not None:
        raise refuse("exchange.record.marking", "a withdrawal that does not expire", "one that does", "expires_at")
    if stix["object_marking_refs"] != [TLP_DEFINITIONS[marking.tlp]]:
        raise refuse("exchange.record.marking", TLP_DEFINITIONS[marking.tlp], "another", "object_marking_refs")
    return marking
