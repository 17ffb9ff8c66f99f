"""`registry.json`, canonical bytes ↔ values. Signatures are checked before: this module only reads what is signed."""

from datetime import datetime

from tahaluf.exchange.canonical import Json, parse_canonical, write_canonical
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.marking import Purpose, member_of
from tahaluf.exchange.notes.base64 import parse_base64, write_base64
from tahaluf.exchange.registry.roster import CODE, Group, GroupTerm, Key, KeyUse, Member, Registry, Role, Term
from tahaluf.exchange.times import parse_seconds, write_seconds

MOST = 4_194_304
Fields = dict[str, Json]


def write_registry(registry: Registry) -> bytes:
    """The canonical bytes."""
    groups: list[Json] = [group_fields(group) for group in registry.groups]
    members: list[Json] = [member_fields(member) for member in registry.members]
    return write_canonical({"format_version": 1, "groups": groups, "members": members})


def parse_registry(data: bytes) -> Registry:
    """The registry; ExchangeError (`exchange.canonical`, `exchange.registry.form`, `.key`) for any other form."""
    fields = exactly(parse_canonical(data, MOST), {"format_version", "groups", "members"})
    if fields["format_version"] != 1 or fields["format_version"] is True:
        raise refuse("exchange.registry.form", "format version 1", fields["format_version"])
    registry = Registry(
        tuple(parse_member(item) for item in items(fields["members"])),
        tuple(parse_group(item) for item in items(fields["groups"])),
    )
    if write_registry(registry) != data:
        raise refuse(CODE, "the page's order", "another")
    return registry


def parse_member(value: Json) -> Member:
    fields = exactly(value, {"id", "keys", "purposes", "role", "terms"})
    return Member(
        text_of(fields["id"]),
        member_of(Role, fields["role"], "role", CODE),
        tuple(member_of(Purpose, item, "purposes", CODE) for item in items(fields["purposes"])),
        tuple(parse_term(item) for item in items(fields["terms"])),
        tuple(parse_key(item) for item in items(fields["keys"])),
    )


def parse_term(value: Json) -> Term:
    fields = exactly(value, {"from", "suspended", "until"})
    if not isinstance(fields["suspended"], bool):
        raise refuse(CODE, "true or false", fields["suspended"], "suspended")
    return Term(start_of(fields), end_of(fields), fields["suspended"])


def parse_key(value: Json) -> Key:
    fields = exactly(value, {"from", "key", "until", "use"})
    public = parse_base64(text_of(fields["key"]), "exchange.registry.key", 32)
    return Key(member_of(KeyUse, fields["use"], "use", CODE), public, start_of(fields), end_of(fields))


def parse_group(value: Json) -> Group:
    fields = exactly(value, {"id", "terms", "versions"})
    versions = [exactly(item, {"members", "version"}) for item in items(fields["versions"])]
    if [item["version"] for item in versions] != list(range(1, len(versions) + 1)):
        raise refuse(CODE, "versions from 1 without gaps", fields["id"])
    return Group(
        text_of(fields["id"]),
        tuple(frozenset(text_of(name) for name in items(item["members"])) for item in versions),
        tuple(parse_group_term(item) for item in items(fields["terms"])),
    )


def parse_group_term(value: Json) -> GroupTerm:
    fields = exactly(value, {"from", "member", "until"})
    return GroupTerm(text_of(fields["member"]), start_of(fields), end_of(fields))


def member_fields(member: Member) -> Fields:
    keys = sorted(member.keys, key=lambda key: (key.use, key.start, key.public))
    return {
        "id": member.id,
        "keys": [{**span(key), "key": write_base64(key.public), "use": key.use.value} for key in keys],
        "purposes": [purpose.value for purpose in member.purposes],
        "role": member.role.value,
        "terms": [{**span(term), "suspended": term.suspended} for term in member.terms],
    }


def group_fields(group: Group) -> Fields:
    terms = sorted(group.terms, key=lambda term: (term.member, term.start))
    versions: list[Json] = [
        {"members": list[Json](sorted(members)), "version": number} for number, members in enumerate(group.versions, 1)
    ]
    return {
        "id": group.id,
        "terms": [{**span(term), "member": term.member} for term in terms],
        "versions": versions,
    }


def span(item: Term | GroupTerm | Key) -> Fields:
    return {"from": write_seconds(item.start), "until": write_seconds(item.end) if item.end else None}


def start_of(fields: Fields) -> datetime:
    return parse_seconds(fields["from"], CODE, "from")


def end_of(fields: Fields) -> datetime | None:
    return None if fields["until"] is None else parse_seconds(fields["until"], CODE, "until")


def exactly(value: Json, names: set[str]) -> Fields:
    """An object of exactly these names."""
    if not isinstance(value, dict) or set(value) != names:
        raise refuse(CODE, ", ".join(sorted(names)), value)
    return value


def items(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise refuse(CODE, "an array", value)
    return value


def text_of(value: Json) -> str:
    if not isinstance(value, str):
        raise refuse(CODE, "a string", value)
    return value
