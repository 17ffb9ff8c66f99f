"""Reads FollowTheMoney entities (JSON lines): one listing per party; what is no party is counted in `unlisted`.

The file is walked twice: first for what hangs on others (see `attached`), then for the parties, one line at a time,
so that
memory grows with the former only.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from tahaluf.domain import Address, Alias, AliasKind, DateSpan, Document, Kind, Link, Listing, NameParts, Place, Quality
from tahaluf.lists.dates import parse_date
from tahaluf.lists.fields import parse_gender, unique
from tahaluf.lists.ftm.attached import Attached, clean_properties, gather, our_country
from tahaluf.lists.ftm.fidelity import restore
from tahaluf.lists.ftm.fit import Properties, restore_exact
from tahaluf.lists.ftm.properties import ATTACHED, DOCUMENT_TYPES, KINDS
from tahaluf.lists.reading import Ids, Ledger
from tahaluf.lists.source import read_lines

TEXTS = {str}
NAME_PROPERTIES = (
    ("alias", AliasKind.ALIAS, Quality.GOOD), ("abbreviation", AliasKind.ALIAS, Quality.GOOD),
    ("previousName", AliasKind.FORMERLY, Quality.GOOD), ("weakAlias", AliasKind.WEAK, Quality.LOW),
)  # fmt: skip
ONLY_NAMES = {"name", "alias", "abbreviation", "previousName", "weakAlias"}
CONTEXT_KNOWN = {"id", "schema", "caption", "properties", "datasets", "tahaluf"}


def parse(path: Path, ledger: Ledger) -> Iterator[Listing]:
    """Listings of one file. A bad line is reported; a last line that breaks off makes the reading incomplete."""
    attached = gather(path, Ledger(ledger.file, ledger.dataset))
    owners = attached.owners()
    ids = Ids(ledger)
    named = bool(ledger.dataset)
    for number, line in enumerate(read_lines(path, ledger), start=1):
        try:
            entity = orjson.loads(line)
            schema, properties = entity["schema"], entity["properties"]
            kind = KINDS.get(schema)
            if kind is None:
                count_unlisted(schema, ledger)
                continue
            listing = read_entity(entity, kind, properties, attached, ledger, number)
        except orjson.JSONDecodeError as error:
            report_bad_line(line, number, error, ledger)
            continue
        except (KeyError, TypeError, AttributeError) as error:
            ledger.report("lists.entry.skipped", "id, schema, properties", repr(error), line=number)
            continue
        if listing is None:
            ledger.report("lists.entry.skipped", "a name", str(entity.get("id"))[:80], line=number)
            continue
        if not named:
            ledger.dataset, named = listing.dataset, True
        owners.discard(listing.id)
        yield ids.settle(listing, number)
    for owner in sorted(owners):
        ledger.report("lists.ftm.orphan", "an entity", owner, item=owner)
    if unused := len(attached.addresses) - len(attached.used_addresses):
        ledger.unlisted["Address"] += unused


def report_bad_line(line: bytes, number: int, error: Exception, ledger: Ledger) -> None:
    if not line.strip():
        return
    if line.endswith(b"\n"):
        ledger.report("lists.line.malformed", "a JSON object", str(error), line=number)
        return
    ledger.complete = False
    ledger.report("lists.file.cut", "a whole line", str(error), line=number)


def count_unlisted(schema: Any, ledger: Ledger) -> None:
    if schema not in ATTACHED:
        ledger.unlisted[str(schema)] += 1


def read_entity(
    entity: dict[str, Any], kind: Kind, properties: Any, attached: Attached, ledger: Ledger, line: int,
) -> Listing | None:  # fmt: skip
    """One party; lean where it has nothing but names."""
    for values in properties.values():
        if type(values) is not list or set(map(type, values)) != TEXTS:
            properties = clean_properties(properties)
            break
    if "tahaluf" in entity:
        properties = restore_exact(entity["schema"], properties, entity["tahaluf"])
    listing_id = entity["id"]
    if type(listing_id) is not str or not listing_id:
        return None
    names = read_names(entity, properties)
    if not names:
        return None
    datasets = entity.get("datasets")
    dataset = datasets[0] if type(datasets) is list and datasets and type(datasets[0]) is str else ledger.dataset
    if not attached and len(entity) <= 5 and properties.keys() <= ONLY_NAMES and "tahaluf" not in entity:
        return Listing(listing_id, kind, dataset, names)
    return PartyReader(entity, properties, attached, ledger, line).read(listing_id, kind, dataset, names)


def read_names(entity: dict[str, Any], properties: Properties) -> tuple[Alias, ...]:
    """All names; the primary one is the caption where the caption is one of them."""
    named = properties.get("name", [])
    caption = entity.get("caption")
    primary = caption if caption in named else named[0] if named else None
    names = [Alias(primary, AliasKind.PRIMARY)] if primary else []
    seen = {primary}
    for text in named:
        if text not in seen:
            seen.add(text)
            names.append(Alias(text))
    for name, kind, quality in NAME_PROPERTIES:
        for text in properties.get(name, ()):
            if text and text not in seen:
                seen.add(text)
                names.append(Alias(text, kind, quality))
    return tuple(names)


class PartyReader:
    """The full reading of one party, with all that hangs on it."""

    def __init__(
        self, entity: dict[str, Any], properties: Properties, attached: Attached, ledger: Ledger, line: int
    ) -> None:
        self.entity, self.properties, self.attached = entity, dict(properties), attached
        self.ledger, self.line = ledger, line
        self.extra: list[tuple[str, str]] = []

    def take(self, *names: str) -> list[str]:
        return [value for name in names for value in self.properties.pop(name, ())]

    def read(self, listing_id: str, kind: Kind, dataset: str, names: tuple[Alias, ...]) -> Listing:
        self.take(*ONLY_NAMES)
        designations = tuple(self.attached.designations.get(listing_id, ()))
        birth_dates = self.read_birth_dates()
        gender = self.take("gender")
        listing = Listing(
            id=listing_id, kind=kind, dataset=dataset, names=self.add_parts(names, kind),
            reference=next((item.reference for item in designations if item.reference), None),
            designations=designations,
            birth_dates=birth_dates, birth_places=self.read_birth_places(),
            death_dates=tuple(date for date in map(parse_date, self.take("deathDate")) if date),
            nationalities=self.take_countries("nationality", "citizenship", "flag", "jurisdiction"),
            residences=self.take_countries("country", "mainCountry"),
            gender=parse_gender(gender[0]) if gender else None, titles=tuple(self.take("title")),
            positions=tuple(self.take("position")), documents=self.read_documents(listing_id),
            addresses=self.read_addresses(), links=self.read_links(listing_id),
            remarks=tuple(self.take("notes", "summary", "description")), extra=self.read_rest(listing_id),
        )  # fmt: skip
        return restore(listing, self.entity.get("tahaluf"))

    def take_countries(self, *names: str) -> tuple[str, ...]:
        return unique([code for code in map(our_country, self.take(*names)) if code])

    def add_parts(self, names: tuple[Alias, ...], kind: Kind) -> tuple[Alias, ...]:
        """Name parts are the entity's, not a name's: they are told apart only where there is one of each."""
        fields = {
            label: self.properties.get(name, []) for label, name in
            (("given", "firstName"), ("father", "fatherName"), ("family", "lastName"))
        }  # fmt: skip
        if kind is not Kind.PERSON or len(names) != 1 or any(len(values) > 1 for values in fields.values()):
            return names
        parts = NameParts(**{label: values[0] for label, values in fields.items() if values})
        self.take("firstName", "fatherName", "lastName")
        return (Alias(names[0].text, names[0].kind, parts=parts),) if any(fields.values()) else names

    def read_birth_dates(self) -> tuple[DateSpan, ...]:
        spans = []
        for text in self.take("birthDate"):
            if date := parse_date(text):
                spans.append(DateSpan(date))
            else:
                self.ledger.report(
                    "lists.field.unread", "a date", text, line=self.line, item=self.entity["id"], field="birthDate"
                )
                self.extra.append(("birthDate", text))
        return unique(spans)

    def read_birth_places(self) -> tuple[Place, ...]:
        texts, countries = self.take("birthPlace"), self.take("birthCountry")
        if len(texts) == 1 and len(countries) == 1:
            return (Place(texts[0], our_country(countries[0])),)
        return tuple([Place(text) for text in texts] + [Place(code, our_country(code)) for code in countries])

    def read_documents(self, listing_id: str) -> tuple[Document, ...]:
        documents = list(self.attached.documents.get(listing_id, ()))
        known = {document.number for document in documents}
        for name in [name for name in self.properties if name in DOCUMENT_TYPES]:
            documents += [Document(number, DOCUMENT_TYPES[name]) for number in self.take(name) if number not in known]
        return tuple(documents)

    def read_addresses(self) -> tuple[Address, ...]:
        addresses = []
        for address_id in self.take("addressEntity"):
            if address := self.attached.addresses.get(address_id):
                addresses.append(address)
                self.attached.used_addresses.add(address_id)
            else:
                self.extra.append(("addressEntity", address_id))
        known = {address.text for address in addresses}
        return unique(addresses + [Address(text) for text in self.take("address") if text not in known])

    def read_links(self, listing_id: str) -> tuple[Link, ...]:
        links = list(self.attached.links.get(listing_id, ()))
        links += [Link(text=relation, target=target, relation=relation) for relation in ("parent", "owner", "operator")
                  for target in self.take(relation)]  # fmt: skip
        return tuple(links)

    def read_rest(self, listing_id: str) -> tuple[tuple[str, str], ...]:
        """Every remaining property and context value, by its name."""
        rest = [(name, value) for name, values in self.properties.items() for value in values]
        rest += self.attached.extra.get(listing_id, ())
        for name, value in self.entity.items():
            if name not in CONTEXT_KNOWN and value not in (None, [], ""):
                rest.append((name, ";".join(map(str, value)) if isinstance(value, list) else str(value)))
        datasets = self.entity.get("datasets")
        if isinstance(datasets, list) and len(datasets) > 1:
            rest.append(("datasets", ";".join(map(str, datasets))))
        return tuple(self.extra + rest)
