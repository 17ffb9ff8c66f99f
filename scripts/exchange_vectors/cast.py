"""The invented members, people, keys and times that all vectors of the exchange are made of: the same in every run."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from tahaluf.exchange.marking import Audience, Marking, Purpose, Tlp
from tahaluf.exchange.notes import CosigningKey, SigningKey
from tahaluf.exchange.registry import Group, GroupTerm, Key, KeyUse, Member, Registry, Role, Term

Table = dict[str, Any]
AUTHOR = "interior.azmar.example"
RECEIVER = "finance.belmor.example"
OTHER = "customs.caldera.example"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=UTC)
EXPIRES = datetime(2027, 11, 20, tzinfo=UTC)
AUDIENCE = Audience(members=(RECEIVER,))
ENTITY_ID = "identity--3f0c2b8e-5d0e-4b8f-9b3c-0f6d0a3f7c11"
LISTING_ID = "grouping--b1c7a1a2-8d0c-4a53-8f35-6f2a0c1d9e42"


def fixed(words: str) -> bytes:
    """32 bytes that anyone can make again. Never for a key that guards anything."""
    return hashlib.sha256(f"tahaluf test vector {words}".encode()).digest()


def log_key(member: str, origin: str) -> SigningKey:
    return SigningKey(origin, fixed(f"log key of {member}"))


def cosign_key(member: str) -> CosigningKey:
    return CosigningKey(member, fixed(f"cosign key of {member}"))


def marking(audience: Audience = AUDIENCE, **changes: Any) -> Marking:
    given: Table = {"tlp": Tlp.AMBER, "purposes": (Purpose.BORDERS, Purpose.FINANCE), "expires_at": EXPIRES} | changes
    return Marking(audience=audience, originator=AUTHOR, **given)


def registry() -> Registry:
    """Three members, one of whom left a group and is suspended for a month, and one observer."""

    def member(name: str, role: Role, purposes: tuple[Purpose, ...], terms: tuple[Term, ...]) -> Member:
        log = SigningKey(name, fixed(f"log key of {name}")).verifying.public
        keys = (Key(KeyUse.COSIGN, cosign_key(name).verifying.public, START), Key(KeyUse.LOG, log, START))
        return Member(name, role, purposes, terms, keys)

    july, august = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
    broken = (Term(START, july), Term(july, august, suspended=True), Term(august))
    members = (
        member(OTHER, Role.MEMBER, (Purpose.BORDERS,), broken),
        member(RECEIVER, Role.MEMBER, (Purpose.FINANCE,), (Term(START),)),
        member(AUTHOR, Role.MEMBER, (Purpose.BORDERS, Purpose.FINANCE), (Term(START),)),
        member("observatory.delta.example", Role.OBSERVER, (Purpose.BORDERS,), (Term(START),)),
    )
    group = Group(
        "sahel",
        (frozenset({OTHER, RECEIVER}), frozenset({RECEIVER})),
        (GroupTerm(OTHER, START, datetime(2026, 9, 1, tzinfo=UTC)), GroupTerm(RECEIVER, START)),
    )
    return Registry(members, (group,))
