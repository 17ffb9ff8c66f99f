"""The registry as values, and what it says of a member at a time. Making an inconsistent one raises ExchangeError."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import is_group_id, is_member_id, split_group_version
from tahaluf.exchange.marking import Audience, Purpose
from tahaluf.exchange.notes import VerifyingKey

CODE = "exchange.registry.form"


class Role(StrEnum):
    """What a member may receive at all: anything, what is clear or green, or only sealed bundles to carry."""

    MEMBER = "member"
    OBSERVER = "observer"
    COURIER = "courier"


class KeyUse(StrEnum):
    """What a key is for; none is for two."""

    LOG = "log"
    COSIGN = "cosign"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Term:
    """A time of belonging: `start` is in it, `end` is not; `suspended` is a time of suspension."""

    start: datetime
    end: datetime | None = None
    suspended: bool = False

    def covers(self, now: datetime) -> bool:
        return self.start <= now and (self.end is None or now < self.end)


@dataclass(frozen=True, slots=True)
class GroupTerm:
    """A member's time in a group."""

    member: str
    start: datetime
    end: datetime | None = None

    def covers(self, now: datetime) -> bool:
        return self.start <= now and (self.end is None or now < self.end)


@dataclass(frozen=True, slots=True)
class Key:
    """A public key of 32 bytes, what it is for, and since when and until when."""

    use: KeyUse
    public: bytes
    start: datetime
    end: datetime | None = None

    def covers(self, now: datetime) -> bool:
        return self.start <= now and (self.end is None or now < self.end)


@dataclass(frozen=True, slots=True)
class Member:
    """An organization of the coalition, past or present."""

    id: str
    role: Role
    purposes: tuple[Purpose, ...]
    terms: tuple[Term, ...]
    keys: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        if not is_member_id(self.id):
            raise refuse(CODE, "a member id", self.id)
        if list(self.purposes) != sorted(set(self.purposes)) or Purpose.WITHDRAWAL in self.purposes:
            raise refuse(CODE, "purposes of a record, sorted", self.purposes, self.id)
        check_terms(self.terms, self.id)
        check_ends(self.keys, self.id)
        for key in self.keys:
            if key.use is not KeyUse.SEAL:
                VerifyingKey(self.id, key.public)  # refuses a key of small order
            elif len(key.public) != 32 or not any(key.public):
                raise refuse("exchange.registry.key", "an X25519 key", key.public.hex(), self.id)

    def term(self, now: datetime) -> Term | None:
        """The term that covers a time, if there is one."""
        return next((term for term in self.terms if term.covers(now)), None)

    def publics(self, use: KeyUse, now: datetime) -> tuple[bytes, ...]:
        """The keys for a use that are good at a time."""
        return tuple(key.public for key in self.keys if key.use is use and key.covers(now))


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its versions (exact sets, the first at place 0), and who was in it when."""

    id: str
    versions: tuple[frozenset[str], ...]
    terms: tuple[GroupTerm, ...]

    def __post_init__(self) -> None:
        if not is_group_id(self.id) or not self.versions or not all(self.versions):
            raise refuse(CODE, "a group id, and versions that hold someone", self.id)
        for member in {term.member for term in self.terms}:
            check_terms([term for term in self.terms if term.member == member], self.id)

    def has(self, member: str, version: int, now: datetime) -> bool:
        """Whether a member has the group at a version at a time: it stands in the set, and in the group now."""
        if not 1 <= version <= len(self.versions) or member not in self.versions[version - 1]:
            return False
        return any(term.member == member and term.covers(now) for term in self.terms)


@dataclass(frozen=True)
class Registry:
    """All members and groups."""

    members: tuple[Member, ...]
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        for ids in ([member.id for member in self.members], [group.id for group in self.groups]):
            if ids != sorted(set(ids)):
                raise refuse(CODE, "ids sorted, none twice", ids)
        named = {name for group in self.groups for version in group.versions for name in version}
        named |= {term.member for group in self.groups for term in group.terms}
        if unknown := named - self.by_id.keys():
            raise refuse(CODE, "members of groups among the members", sorted(unknown))
        publics = [(key.public, member.id, key.use) for member in self.members for key in member.keys]
        if len({public for public, _, _ in publics}) < len(set(publics)):
            raise refuse("exchange.registry.key", "a key for one use of one member", "one for two")

    @cached_property
    def by_id(self) -> dict[str, Member]:
        return {member.id: member for member in self.members}

    @cached_property
    def groups_by_id(self) -> dict[str, Group]:
        return {group.id: group for group in self.groups}

    def has_audience(self, member: str, audience: Audience, now: datetime) -> bool:
        """Whether a member stands in an audience at a time, by name or by a group at its version."""
        return member in audience.members or any(self.has_group(member, text, now) for text in audience.groups)

    def having_groups(self, now: datetime) -> dict[str, frozenset[str]]:
        """Of each group at each version (`sahel@4`) the members who have it at a time."""
        return {
            f"{group.id}@{version}": frozenset(name for name in members if group.has(name, version, now))
            for group in self.groups
            for version, members in enumerate(group.versions, 1)
        }

    def has_group(self, member: str, text: str, now: datetime) -> bool:
        name, version = split_group_version(text)
        group = self.groups_by_id.get(name)
        return group is not None and group.has(member, version, now)


def check_terms(terms: Sequence[Term | GroupTerm], where: str) -> None:
    """In order, each ending after it begins, none over another."""
    check_ends(terms, where)
    if any(before.end is None or before.end > after.start for before, after in pairwise(terms)):
        raise refuse(CODE, "terms in order that do not overlap", where)


def check_ends(spans: Sequence[Term | GroupTerm | Key], where: str) -> None:
    if any(span.end is not None and span.end <= span.start for span in spans):
        raise refuse(CODE, "an end after its beginning", where)
