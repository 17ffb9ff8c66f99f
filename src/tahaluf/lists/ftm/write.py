"""Writes listings as FollowTheMoney entities: the party, and a Sanction, Passport, Identification or Address for
each of its own.

Ids are derived from content: the same listing gives the same entities, in any run. Every value is in a form that the
public library keeps (see `fit`); what FollowTheMoney cannot say stands beside the properties (see `fidelity`).
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import IO, Any

import orjson

from tahaluf.domain import Address, Alias, AliasKind, Designation, Document, Kind, Link, Listing, Quality
from tahaluf.lists.ftm.fidelity import describe, note_of_extra, note_of_link
from tahaluf.lists.ftm.fit import find_exact, fit
from tahaluf.lists.ftm.properties import FTM_COUNTRIES, WRITTEN_DOCUMENTS

Entity = dict[str, Any]
VEHICLES = (Kind.VESSEL, Kind.AIRPLANE)


def write_entities(listings: Iterable[Listing], stream: IO[bytes]) -> int:
    """Writes JSON lines; returns how many listings were written. An address shared by many is written once a
    listing."""
    count = 0
    for listing in listings:
        for entity in make_entities(listing):
            stream.write(orjson.dumps(entity, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


def make_entities(listing: Listing) -> Iterator[Entity]:
    """The party first, then what belongs to it."""
    addresses = [make_address(address, listing) for address in listing.addresses]
    yield make_party(listing, [address["id"] for address in addresses])
    yield from {address["id"]: address for address in addresses}.values()
    for designation in listing.designations:
        yield make_sanction(designation, listing)
    if listing.kind not in VEHICLES:
        yield from (make_document(document, listing) for document in listing.documents if document.number)
    for link in listing.links:
        if link.target:
            yield make_link(link, link.target, listing)


def make_entity(
    schema: str, entity_id: str, caption: str, properties: dict[str, list[str | None]], listing: Listing,
    context: dict[str, Any] | None = None,
) -> Entity:  # fmt: skip
    """An entity without empty values; beside it, under `tahaluf`, its context and what its properties cannot hold."""
    given = {name: list(dict.fromkeys(value for value in values if value)) for name, values in properties.items()}
    given = {name: values for name, values in given.items() if values}
    shown = fit(schema, given)
    entity: Entity = {
        "id": entity_id, "caption": caption, "schema": schema, "datasets": [listing.dataset] if listing.dataset else [],
        "properties": shown,
    }  # fmt: skip
    exact = find_exact(given, shown)
    if context is not None or exact:
        entity["tahaluf"] = (context or {}) | ({"exact": exact} if exact else {})
    return entity


def derive_id(prefix: str, *parts: Any) -> str:
    digest = hashlib.sha256(orjson.dumps([str(part) for part in parts])).hexdigest()
    return f"{prefix}-{digest[:24]}"


def ftm_country(code: str | None) -> str | None:
    """FollowTheMoney has codes of its own for states that are no more."""
    return FTM_COUNTRIES.get(code, code) if code else None


def ftm_countries(codes: Iterable[str]) -> list[str | None]:
    return [ftm_country(code) for code in codes]


def make_party(listing: Listing, address_ids: list[str]) -> Entity:
    properties = name_properties(listing.names)
    properties["addressEntity"] = list(address_ids)
    properties["country"] = ftm_countries(listing.residences)
    properties["topics"] = ["sanction"] if listing.designations else []
    properties["notes"] = [
        *listing.remarks, *(note_of_link(link) for link in listing.links if not link.target),
        *(note_of_extra(label, value) for label, value in listing.extra),
    ]  # fmt: skip
    if listing.kind is Kind.PERSON:
        properties |= person_properties(listing)
    elif listing.kind is Kind.VESSEL:
        properties["flag"] = ftm_countries(listing.nationalities)
    elif listing.kind is Kind.AIRPLANE:
        properties["country"] += ftm_countries(listing.nationalities)
    else:
        properties["jurisdiction"] = ftm_countries(listing.nationalities)
    add_documents(properties, listing)
    return make_entity(listing.kind.value, listing.id, listing.caption, properties, listing, describe(listing))


def name_properties(names: tuple[Alias, ...]) -> dict[str, list[str | None]]:
    """Each name under the property that says what it is."""
    properties: dict[str, list[str | None]] = {"name": [], "alias": [], "weakAlias": [], "previousName": []}
    for alias in names:
        if alias.kind is AliasKind.PRIMARY:
            properties["name"].append(alias.text)
        elif alias.kind is AliasKind.FORMERLY:
            properties["previousName"].append(alias.text)
        elif alias.kind is AliasKind.WEAK or alias.quality is Quality.LOW:
            properties["weakAlias"].append(alias.text)
        else:
            properties["alias"].append(alias.text)
    if not properties["name"] and names:
        properties["name"].append(names[0].text)
    return properties


def person_properties(listing: Listing) -> dict[str, list[str | None]]:
    parts = next((alias.parts for alias in listing.names if alias.parts), None)
    return {
        "firstName": [parts.given if parts else None], "lastName": [parts.family if parts else None],
        "fatherName": [parts.father if parts else None],
        "birthDate": [date.isoformat() for span in listing.birth_dates for date in (span.start, span.end) if date],
        "birthPlace": [place.text for place in listing.birth_places],
        "birthCountry": ftm_countries(place.country for place in listing.birth_places if place.country),
        "deathDate": [date.isoformat() for date in listing.death_dates],
        "nationality": ftm_countries(listing.nationalities),
        "gender": [listing.gender.value if listing.gender else None],
        "title": list(listing.titles), "position": list(listing.positions),
    }  # fmt: skip


def add_documents(properties: dict[str, list[str | None]], listing: Listing) -> None:
    """Numbers also stand on the party itself, where its schema has a property for them."""
    known = WRITTEN_DOCUMENTS[listing.kind]
    for document in listing.documents:
        name = known.get(document.type, "registrationNumber" if listing.kind in VEHICLES else None)
        number = document.number
        if name == "imoNumber":
            name, number = (
                ("imoNumber", f"IMO{number[-7:]}") if is_imo_number(number) else ("registrationNumber", number)
            )
        if name:
            properties.setdefault(name, []).append(number)


def is_imo_number(number: str) -> bool:
    """Seven digits of which the last is the check digit."""
    digits = number.upper().removeprefix("IMO").strip()
    if len(digits) != 7 or not (digits.isascii() and digits.isdigit()):
        return False
    return sum(int(digit) * weight for digit, weight in zip(digits, range(7, 1, -1), strict=False)) % 10 == int(
        digits[6]
    )


def make_address(address: Address, listing: Listing) -> Entity:
    properties: dict[str, list[str | None]] = {
        "full": [address.text], "street": [address.street], "city": [address.city],
        "region": [address.region],
        "postalCode": [address.postal_code], "country": [ftm_country(address.country)], "remarks": [address.note],
    }  # fmt: skip
    return make_entity("Address", derive_id("addr", address), address.text, properties, listing)


def make_sanction(designation: Designation, listing: Listing) -> Entity:
    properties: dict[str, list[str | None]] = {
        "entity": [listing.id], "authority": [designation.authority], "program": [designation.regime],
        "reason": [designation.basis], "recordId": [designation.reference], "sourceUrl": [designation.url],
        "listingDate": [designation.listed_on.isoformat() if designation.listed_on else None],
        "modifiedAt": [date.isoformat() for date in designation.amended_on],
        "endDate": [listing.delisted_on.isoformat() if listing.delisted_on else None],
    }  # fmt: skip
    caption = designation.regime or designation.authority
    return make_entity("Sanction", derive_id(f"{listing.id}-sanction", designation), caption, properties, listing)


def make_document(document: Document, listing: Listing) -> Entity:
    is_passport = "passport" in document.type and listing.kind is Kind.PERSON
    properties: dict[str, list[str | None]] = {
        "holder": [listing.id], "number": [document.number], "type": [document.type],
        "country": [ftm_country(document.country)], "summary": [document.note],
        "startDate": [document.issued_on.isoformat() if document.issued_on else None],
        "endDate": [document.expires_on.isoformat() if document.expires_on else None],
    }  # fmt: skip
    schema = "Passport" if is_passport else "Identification"
    return make_entity(schema, derive_id(f"{listing.id}-document", document), document.number, properties, listing)


def make_link(link: Link, target: str, listing: Listing) -> Entity:
    properties: dict[str, list[str | None]] = {"subject": [listing.id], "object": [target], "role": [link.text]}
    context = {"relation": link.relation} if link.relation else None
    return make_entity("UnknownLink", derive_id(f"{listing.id}-link", link), link.text, properties, listing, context)
