"""Vectors of what members say and who may have it: canonical bytes, markings, records, the registry, egress."""

from datetime import UTC, datetime
from typing import Any

from exchange_vectors.cast import (
    AUTHOR,
    ENTITY_ID,
    EXPIRES,
    LATER,
    LISTING_ID,
    NOW,
    OTHER,
    RECEIVER,
    START,
    Table,
    fixed,
    marking,
    registry,
)
from tahaluf.exchange.canonical import write_canonical
from tahaluf.exchange.commitment import commit
from tahaluf.exchange.egress import Line, Release, Sending, may_send
from tahaluf.exchange.marking import Audience, Marking, Onward, Purpose, Tlp
from tahaluf.exchange.record import Draft, Record, write_record, write_withdrawal
from tahaluf.exchange.registry import write_registry


def canonical_vectors() -> Table:
    good: list[Any] = [
        {},
        [],
        "",
        0,
        -(2**53 - 1),
        [True, False, None],
        {"b": 1, "a": {"Z": [], "z": {}}},
        '\u0000\u0008\t\n\u000b\f\r\u001f "\\/\u007f€\u2028\U0001f600 é e\u0301 محمد\u200f',
    ]
    refused = {
        "white space": '{"a": 1}',
        "order": '{"b":1,"a":2}',
        "twice": '{"a":1,"a":1}',
        "fraction": "1.0",
        "exponent": "1e2",
        "minus zero": "-0",
        "54 bits": "9007199254740992",
        "escape of a letter": '"\\u0061"',
        "escaped slash": '"\\/"',
        "capital escape": '"\\u000B"',
        "surrogate": '"\\ud800"',
        "name not ASCII": '{"é":1}',
        "empty name": '{"":1}',
        "byte order mark": "\ufeff{}",
        "line feed after": "{}\n",
        "two values": "{}{}",
        "NaN": "NaN",
        "17 deep": "[" * 17 + "]" * 17,
    }
    return {
        "canonical": [{"hex": write_canonical(value).hex(), "value": value} for value in good],
        "refused": [{"why": why, "hex": text.encode().hex()} for why, text in refused.items()],
    }


def marking_vectors() -> Table:
    good = [
        marking(),
        marking(expires_at=None, tlp=Tlp.RED),
        marking(Audience((OTHER,), ("sahel@1",)), tlp=Tlp.GREEN, onward=Onward.AUDIENCE),
    ]
    fields: Table = marking().fields()
    bad: dict[str, Table] = {
        "empty audience": {"members": [], "groups": []},
        "originator in members": {"members": [AUTHOR]},
        "unsorted members": {"members": [RECEIVER, OTHER]},
        "member twice": {"members": [OTHER, OTHER]},
        "red to a group": {"tlp": "red", "groups": ["sahel@1"]},
        "red onward": {"tlp": "red", "onward": "audience"},
        "amber+strict onward": {"tlp": "amber+strict", "onward": "audience"},
        "unknown tlp": {"tlp": "white"},
        "unknown purpose": {"purposes": ["borders", "sport"]},
        "no purpose": {"purposes": []},
        "withdrawal as purpose": {"purposes": ["withdrawal"]},
        "version 0": {"groups": ["sahel@0"]},
        "version with a zero": {"groups": ["sahel@01"]},
        "group without version": {"groups": ["sahel"]},
        "capital member": {"members": ["Finance.belmor.example"]},
        "date only": {"expires_at": "2027-11-20"},
        "leap day": {"expires_at": "2027-02-29T00:00:00Z"},
        "field added": {"note": "x"},
        "null tlp": {"tlp": None},
    }
    return {
        "good": [
            {
                "marking": item.fields(),
                "audience": item.audience.canonical().decode(),
                "audience_id": item.audience.id,
                "definition": item.definition()["id"],
            }
            for item in good
        ],
        "unknown": [{"why": why, "marking": fields | change} for why, change in bad.items()],
    }


def records() -> list[tuple[str, Record, bytes]]:
    """Each with its name and salt, in the order of the log."""

    def salted(name: str, record: Record) -> tuple[str, Record, bytes]:
        return name, record, fixed(f"salt of {name}")

    person: Table = {
        "id": "az-7f31",
        "schema": "Person",
        "properties": {"name": ["عبد الرحمن ولد سيدي", "Abderrahmane Ould Sidi"], "birthDate": ["1985-04-02"]},
    }
    own: Table = {"identity_class": "individual", "name": "عبد الرحمن ولد سيدي"}
    entity = salted("entity", write_record(Draft("entity", [person], own, marking()), NOW, ENTITY_ID))
    sanction: Table = {
        "id": "az-7f31-s",
        "schema": "Sanction",
        "properties": {"authority": ["Azmar"], "reason": ["Order 12/2026"], "endDate": ["2027-05-20"]},
    }
    grouping: Table = {"context": "watch-listing", "name": "Azmar watch list", "object_refs": [ENTITY_ID]}
    listing = salted("listing", write_record(Draft("listing", [sanction], grouping, marking()), NOW, LISTING_ID))
    again = Draft("entity", [person | {"caption": "Abderrahmane Ould Sidi"}], own, marking())
    superseding = salted("superseding", write_record(again, LATER, before=(entity[1], commitment_of(entity))))
    withdrawn = salted(
        "withdrawal",
        write_withdrawal((superseding[1], commitment_of(superseding)), "contested", LATER.replace(hour=11)),
    )
    return [entity, listing, superseding, withdrawn]


def commitment_of(named: tuple[str, Record, bytes]) -> bytes:
    return commit(named[2], named[1].data)


def record_vectors() -> Table:
    return {
        "records": [
            {
                "name": named[0],
                "record": named[1].data.decode(),
                "salt": named[2].hex(),
                "commitment": commitment_of(named).hex(),
                "id": named[1].id,
                "kind": named[1].kind,
                "revision": named[1].revision,
                "withdrawal": named[1].withdrawal,
                "audience": named[1].marking.audience.id,
            }
            for named in records()
        ]
    }


def registry_vectors() -> Table:
    return {"registry": write_registry(registry()).decode()}


def egress_vectors() -> Table:
    """One question a row of the page's table that can be asked of this registry."""
    group = marking(Audience((), ("sahel@1",)), tlp=Tlp.GREEN, onward=Onward.AUDIENCE)
    delta = "observatory.delta.example"
    cases: list[tuple[Marking | None, str, str, Purpose, Line, datetime, bool, bool]] = [
        (marking(), AUTHOR, RECEIVER, Purpose.FINANCE, Line.SYNC, NOW, False, False),
        (None, AUTHOR, RECEIVER, Purpose.FINANCE, Line.SYNC, NOW, False, False),
        (marking(), AUTHOR, AUTHOR, Purpose.FINANCE, Line.SYNC, NOW, False, False),
        (marking(), AUTHOR, "nobody.example", Purpose.FINANCE, Line.SYNC, NOW, False, False),
        (marking(), AUTHOR, RECEIVER, Purpose.WITHDRAWAL, Line.SYNC, NOW, False, True),
        (marking(), OTHER, RECEIVER, Purpose.WITHDRAWAL, Line.SYNC, NOW, True, True),
        (group, AUTHOR, OTHER, Purpose.WITHDRAWAL, Line.SYNC, LATER, True, True),
        (marking(), AUTHOR, RECEIVER, Purpose.WITHDRAWAL, Line.SYNC, NOW, True, False),
        (group, AUTHOR, OTHER, Purpose.WITHDRAWAL, Line.SYNC, LATER, True, False),
        (group, AUTHOR, OTHER, Purpose.BORDERS, Line.SYNC, START.replace(year=2025), False, False),
        (group, AUTHOR, OTHER, Purpose.BORDERS, Line.SYNC, datetime(2026, 7, 15, tzinfo=UTC), False, False),
        (group, AUTHOR, OTHER, Purpose.BORDERS, Line.SYNC, LATER, False, True),
        (marking(), AUTHOR, RECEIVER, Purpose.FINANCE, Line.SYNC, EXPIRES, False, False),
        (marking(), AUTHOR, RECEIVER, Purpose.COMMUNICATIONS, Line.SYNC, NOW, False, False),
        (marking(), AUTHOR, RECEIVER, Purpose.BORDERS, Line.SYNC, NOW, False, False),
        (marking(Audience((delta,))), AUTHOR, delta, Purpose.BORDERS, Line.SYNC, NOW, False, False),
        (group, OTHER, RECEIVER, Purpose.FINANCE, Line.SYNC, datetime(2026, 7, 15, tzinfo=UTC), False, False),
        (marking(), OTHER, RECEIVER, Purpose.FINANCE, Line.SYNC, NOW, False, False),
        (marking(tlp=Tlp.RED), AUTHOR, RECEIVER, Purpose.FINANCE, Line.OPEN, NOW, False, False),
        (group, AUTHOR, RECEIVER, Purpose.FINANCE, Line.TAXII, NOW, False, False),
        (group, OTHER, RECEIVER, Purpose.FINANCE, Line.SEALED, datetime(2026, 6, 15, tzinfo=UTC), False, False),
    ]
    return {
        "author": AUTHOR,
        "registry": write_registry(registry()).decode(),
        "questions": [
            {
                "marking": item.fields() if item else None,
                "sender": sender,
                "receiver": receiver,
                "purpose": purpose.value,
                "line": line.value,
                "now": now.isoformat(),
                "withdrawn": withdrawn,
                "served": served,
                "reason": (
                    found := may_send(
                        Release(AUTHOR, item, withdrawn),
                        receiver,
                        purpose,
                        now,
                        Sending(sender, line, registry(), served),
                    )
                ).reason.value,
                "allowed": found.allowed,
            }
            for item, sender, receiver, purpose, line, now, withdrawn, served in cases
        ],
    }
