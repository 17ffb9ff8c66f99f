"""Entities that belong to others: sanctions, passports, addresses, links. Gathered first, as they may stand
anywhere."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from tahaluf.domain import Address, Designation, Document, Link, PartialDate
from tahaluf.lists.dates import parse_date
from tahaluf.lists.fields import join_parts
from tahaluf.lists.ftm.fit import Properties, restore_exact
from tahaluf.lists.ftm.properties import ATTACHED, COUNTRIES_BACK, LINK_RELATIONS, LINKS, OWNERS
from tahaluf.lists.reading import Ledger
from tahaluf.lists.source import read_lines

SCHEMA = re.compile(rb'"schema"\s*:\s*"(\w+)"')
NAMES = {name.encode(): name for name in ATTACHED}


@dataclass
class Attached:
    """What hangs on each listing, by the listing's id; addresses by their own."""

    designations: dict[str, list[Designation]] = field(default_factory=lambda: defaultdict(list))
    documents: dict[str, list[Document]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    extra: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, Address] = field(default_factory=dict)
    used_addresses: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.designations or self.documents or self.links or self.addresses or self.extra)

    def owners(self) -> set[str]:
        return {*self.designations, *self.documents, *self.links}


def gather(path: Path, ledger: Ledger) -> Attached:
    """One pass over the file for what belongs to others; lines of other schemata are not even parsed."""
    attached = Attached()
    for line in read_lines(path, ledger):
        match = SCHEMA.search(line)
        if match and match[1] in NAMES:
            try:
                entity = orjson.loads(line)
                schema = NAMES[match[1]]
                properties = clean_properties(entity["properties"])
                attach(attached, schema, entity, restore_exact(schema, properties, entity.get("tahaluf")))
            except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
                continue
    return attached


def clean_properties(raw: Any) -> Properties:
    """Properties as lists of texts, whatever their writer made of them."""
    cleaned: Properties = {}
    for name, values in raw.items():
        held = values if isinstance(values, list) else [values]
        cleaned[name] = [text_of(value) for value in held if value is not None]
    return cleaned


def text_of(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return str(value["id"])
    return orjson.dumps(value).decode()


def attach(attached: Attached, schema: str, entity: dict[str, Any], properties: Properties) -> None:
    """Files an entity under what it belongs to."""
    if schema == "Address":
        attached.addresses[str(entity["id"])] = read_address(properties)
        return
    ends = LINKS.get(schema)
    for owner in properties.get(ends[0] if ends else OWNERS[schema], ()):
        if ends:
            attached.links[owner] += read_links(schema, ends[1], properties, entity.get("tahaluf"))
        elif schema == "Sanction":
            attached.designations[owner] += [read_designation(properties)]
            attached.extra[owner] += list(leftovers("Sanction", properties, SANCTION_KNOWN))
        else:
            documents = read_documents(schema, properties)
            attached.documents[owner] += documents
            known = DOCUMENT_KNOWN if documents else {"holder"}
            attached.extra[owner] += list(leftovers(schema, properties, known))


SANCTION_KNOWN = {"entity", "authority", "program", "programId", "reason", "recordId", "unscId", "authorityId"}
DOCUMENT_KNOWN = {
    "holder",
    "number",
    "passportNumber",
    "type",
    "country",
    "startDate",
    "endDate",
    "summary",
    "description",
}


def leftovers(schema: str, properties: Properties, known: set[str]) -> Iterator[tuple[str, str]]:
    """What an attached entity says that has no field: first values are taken, second ones stay."""
    for name, values in properties.items():
        taken = SANCTION_FIRST.get(name, 0) if schema == "Sanction" else 0
        if name not in known:
            yield from ((f"{schema}.{name}", value) for value in values[taken:])


SANCTION_FIRST = {"listingDate": 1, "sourceUrl": 1, "modifiedAt": 1_000_000}


def first(properties: Properties, *names: str) -> str:
    return next((properties[name][0] for name in names if properties.get(name)), "")


def read_dates(values: list[str]) -> tuple[PartialDate, ...]:
    return tuple(date for date in map(parse_date, values) if date)


def read_designation(properties: Properties) -> Designation:
    listed = read_dates(properties.get("listingDate") or properties.get("startDate") or [])
    return Designation(
        authority="; ".join(properties.get("authority", ())), listed_on=listed[0] if listed else None,
        regime="; ".join(properties.get("program") or properties.get("programId") or ()) or None,
        basis="; ".join(properties.get("reason", ())) or None, amended_on=read_dates(properties.get("modifiedAt", [])),
        reference=first(properties, "recordId", "unscId", "authorityId") or None, url=first(properties,
        "sourceUrl") or None,
    )  # fmt: skip


def read_documents(schema: str, properties: Properties) -> list[Document]:
    numbers = dict.fromkeys([*properties.get("number", ()), *properties.get("passportNumber", ())])
    issued, expires = read_dates(properties.get("startDate", [])), read_dates(properties.get("endDate", []))
    kind = first(properties, "type").casefold() or ("passport" if schema == "Passport" else "identification")
    note = "; ".join([*properties.get("summary", ()), *properties.get("description", ())]) or None
    return [
        Document(number, kind, our_country(first(properties, "country")), issued[0] if issued else None,
                 expires[0] if expires else None, note)
        for number in numbers
    ]  # fmt: skip


def read_links(schema: str, end: str, properties: Properties, context: Any) -> list[Link]:
    role = "; ".join([*properties.get("role", ()), *properties.get("relationship", ())])
    relation = context.get("relation") if isinstance(context, dict) else None
    relation = relation if isinstance(relation, str) else LINK_RELATIONS[schema]
    text = role or "; ".join(properties.get("summary", ())) or relation
    return [Link(text=text, target=target, relation=relation) for target in properties.get(end, ())]


def our_country(code: str) -> str | None:
    """FollowTheMoney's code for a country as ours; None where there is none."""
    return COUNTRIES_BACK.get(code, code) or None


def read_address(properties: Properties) -> Address:
    street = ", ".join([*properties.get("street", ()), *properties.get("street2", ())])
    city, region = first(properties, "city"), first(properties, "region", "state")
    postal, country = first(properties, "postalCode"), our_country(first(properties, "country"))
    text = first(properties, "full", "name") or join_parts(street, city, region, postal, country or "")
    others = properties.get("full", [])[1:] + properties.get("remarks", []) + properties.get("summary", [])
    return Address(
        text, street or None, city or None, region or None, postal or None, country, "; ".join(others) or None
    )
