"""Makes the bytes of a record, once. Whoever holds bytes already passes them on and does not come here."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from tahaluf.exchange.canonical import Json, parse_canonical, write_canonical
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.marking import TLP_DEFINITIONS, Audience, Marking
from tahaluf.exchange.record.kinds import KINDS
from tahaluf.exchange.record.parse import Record, parse_record
from tahaluf.exchange.record.shape import CODE, EXTENSION, Fields
from tahaluf.exchange.times import write_milliseconds


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be written: its kind, what it says, the STIX properties of its kind, its marking."""

    kind: str
    content: Json
    own: Fields
    marking: Marking


def new_id(kind: str) -> str:
    """A random id: nothing of it comes from a name."""
    return f"{KINDS[kind].type}--{uuid.uuid4()}"


def write_record(
    draft: Draft, now: datetime, record_id: str | None = None, before: tuple[Record, bytes] | None = None
) -> Record:
    """A first version, or the one that supersedes `before` (a record and its commitment).

    ExchangeError if the draft is not a record of its kind, or what is before it is a withdrawal or another kind's.
    """
    if before and (before[0].is_withdrawal or before[0].kind != draft.kind):
        raise refuse("exchange.withdrawal.final", "a version that can be superseded", before[0].id)
    inside: Fields = {KINDS[draft.kind].content: draft.content}
    stix = assemble(draft.kind, draft.own, inside, draft.marking, now, before)
    if before is None:
        stix["id"] = record_id or new_id(draft.kind)
    return parse_record(write_canonical(stix))


def write_withdrawal(
    before: tuple[Record, bytes], reason: str, now: datetime, audience: Audience | None = None
) -> Record:
    """The version that takes a record back for ever, without personal data; for one more audience where it is given."""
    record = before[0]
    stix_before = object_of(record)
    marking = replace(record.marking, expires_at=None, audience=audience or record.marking.audience)
    own = KINDS[record.kind].blank(stix_before)
    stix = assemble(record.kind, own, {"withdrawal": {"reason": reason}}, marking, now, before)
    stix["revoked"] = True
    return parse_record(write_canonical(stix))


def assemble(
    kind: str, own: Fields, inside: Fields, marking: Marking, now: datetime, before: tuple[Record, bytes] | None
) -> Fields:
    """The STIX object of a version."""
    extension: Fields = {
        "author": marking.originator,
        "extension_type": "property-extension",
        "format_version": 1,
        "kind": kind,
        "marking": marking.fields(),
        "revision": before[0].revision + 1 if before else 1,
        **inside,
    }
    stix: Fields = {
        **own,
        "created": write_milliseconds(before[0].created_at if before else now),
        "extensions": {EXTENSION: extension},
        "modified": write_milliseconds(now),
        "object_marking_refs": [TLP_DEFINITIONS[marking.tlp]],
        "spec_version": "2.1",
        "type": KINDS[kind].type,
    }
    if before:
        extension["supersedes"] = before[1].hex()
        stix["id"] = before[0].id
    return stix


def object_of(record: Record) -> Fields:
    """The STIX object that the bytes are."""
    value = parse_canonical(record.data, len(record.data))
    if not isinstance(value, dict):
        raise refuse(CODE, "an object", value)
    return value
