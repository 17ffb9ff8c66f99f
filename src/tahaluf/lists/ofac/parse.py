"""Reads OFAC's `sdnList` XML (SDN and consolidated): one listing per sdnEntry."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tahaluf.domain import Address, Alias, AliasKind, Document, Kind, Listing, Quality
from tahaluf.lists.dates import parse_date
from tahaluf.lists.fields import find_country, join_parts, unique
from tahaluf.lists.leaves import Element, attributes, leaves, local_name, read_fields, texts_around, whole_text
from tahaluf.lists.ofac.common import ALIAS_KINDS, KINDS, designate, join_name, listing_id, make_alias, split_title
from tahaluf.lists.ofac.remarks import Facts, document_type, parse_remarks
from tahaluf.lists.reading import Ids, Ledger
from tahaluf.lists.xml import EntryReader, read_entries

NOT_DOCUMENTS = (
    "Secondary sanctions risk", "Additional Sanctions Information", "Website", "Email Address", "Phone Number",
    "Organization Established Date", "Organization Type", "Target Type", "Executive Order", "Transactions Prohibited",
    "CAATSA", "Effective Date", "Listing Date", "Issuer Name", "Equity Ticker", "Aircraft Model", "Aircraft Operator",
    "Aircraft Manufacture Date", "Former Vessel Flag", "Vessel Year of Build", "Target", "Purchase/Sales", "PEESA",
    "Nationality of Registration", "Former",
)  # fmt: skip


SCALARS = ("uid", "firstName", "lastName", "sdnType", "title", "remarks")
ITEMS = {
    "akaList": "aka", "addressList": "address", "idList": "id", "dateOfBirthList": "dateOfBirthItem",
    "placeOfBirthList": "placeOfBirthItem", "nationalityList": "nationality", "citizenshipList": "citizenship",
    "programList": "program",
}  # fmt: skip


def parse(path: Path, ledger: Ledger) -> Iterator[Listing]:
    """Listings of one file; the publisher's own count is checked at the end."""
    reader = EntryReader("sdnList", ("publshInformation", "sdnEntry"), ledger)
    ids = Ids(ledger)
    expected: str | None = None
    entries = 0
    for element, line in read_entries(path, reader):
        if local_name(element) == "publshInformation":
            expected = read_publication(element, line, ledger) or None
            continue
        entries += 1
        listing = parse_entry(element, line, ledger)
        if listing is not None:
            yield ids.settle(listing, line)
    if expected is not None and expected != str(entries):
        ledger.report("lists.count.differs", expected, f"{entries}", field="Record_Count")


def read_publication(element: Element, line: int, ledger: Ledger) -> str:
    """Notes when the list was published; gives the number of entries that it says it has."""
    rest: list[tuple[str, str]] = []
    fields = read_fields(element, ("Publish_Date", "Record_Count"), rest)
    text = fields.get("Publish_Date", "")
    ledger.published_on = parse_date(text, american=True)
    if text and ledger.published_on is None:
        ledger.report("lists.field.unread", "a date", text, line=line, field="Publish_Date")
    for label, value in rest:
        ledger.report("lists.field.unread", "Publish_Date, Record_Count", value, line=line, field=label)
    return fields.get("Record_Count", "")


def parse_entry(element: Element, line: int, ledger: Ledger) -> Listing | None:
    entry = EntryFacts()
    facts = entry.facts
    fields = read_fields(element, SCALARS, facts.extra, apart=(*ITEMS, "vesselInfo"))
    number = fields.get("uid", "")
    name = join_name(fields.get("lastName", ""), fields.get("firstName", ""))
    kind = KINDS.get(fields.get("sdnType", "").casefold())
    if not number or not name or kind is None:
        ledger.report(
            "lists.entry.skipped", "an id, a name and a type", f"{number} {name}", line=line, item=number or None
        )
        return None
    entry.is_person = kind is Kind.PERSON
    entry.read_lists(element)
    parse_remarks(fields.get("remarks", ""), facts)
    titles, positions = split_title(fields.get("title", ""))
    return Listing(
        id=listing_id(number), kind=kind, dataset=ledger.dataset,
        names=unique([make_alias(name, kind is Kind.PERSON, AliasKind.PRIMARY), *entry.aliases, *facts.aliases]),
        reference=number,
        designations=designate(entry.programs), birth_dates=unique(facts.birth_dates),
        birth_places=unique(facts.birth_places), nationalities=tuple(facts.nationalities), gender=facts.gender,
        residences=unique([address.country for address in entry.addresses if address.country]), titles=titles,
        positions=positions, documents=unique(facts.documents), addresses=unique(entry.addresses),
        remarks=tuple(facts.remarks), links=unique(facts.links), extra=tuple(facts.extra),
    )  # fmt: skip


class EntryFacts:
    """What was read of the lists within one sdnEntry; nothing in them is passed over."""

    def __init__(self) -> None:
        self.is_person = False
        self.facts = Facts()
        self.aliases: list[Alias] = []
        self.addresses: list[Address] = []
        self.programs: list[str] = []
        self.keys: dict[str, list[str]] = {}
        self.readers: dict[str, Callable[[Element], None]] = {
            "aka": self.read_alias, "address": self.read_address, "id": self.read_id, "program": self.read_program,
            "dateOfBirthItem": self.read_birth_date, "placeOfBirthItem": self.read_birth_place,
            "nationality": self.read_nationality, "citizenship": self.read_nationality,
        }  # fmt: skip

    def read_lists(self, element: Element) -> None:
        """Every list of the entry, item by item; numbers of items and their marks follow, a pair for each kind."""
        for child in element:
            tag = local_name(child)
            if tag == "vesselInfo":
                self.read_vessel(child)
            elif tag in ITEMS:
                self.facts.extra += texts_around(child, tag)
                for item in child:
                    name = local_name(item)
                    if name == ITEMS[tag]:
                        self.readers[name](item)
                    else:
                        self.facts.extra += leaves(item, f"{tag} {name}")
        self.facts.extra += [(label, "; ".join(values)) for label, values in self.keys.items()]

    def take(self, item: Element, *known: str) -> dict[str, str]:
        """The fields of an item; its number in OFAC's files, and whether it is the main one, are kept aside."""
        name = local_name(item)
        fields = read_fields(item, (*known, "uid", "mainEntry"), self.facts.extra, name)
        if number := fields.pop("uid", ""):
            self.keys.setdefault(f"{name} uid", []).append(number)
        if mark := fields.pop("mainEntry", ""):
            words = join_parts(*fields.values())
            self.keys.setdefault(f"{name} mainEntry", []).append(f"{words}: {mark}")
        return fields

    def keep(self, name: str, fields: dict[str, str]) -> None:
        self.facts.extra += [(f"{name} {label}", text) for label, text in fields.items()]

    def read_program(self, item: Element) -> None:
        self.facts.extra += attributes(item, "program")
        if text := whole_text(item):
            self.programs.append(text)

    def read_alias(self, item: Element) -> None:
        fields = self.take(item, "type", "category", "lastName", "firstName")
        name = join_name(fields.get("lastName", ""), fields.get("firstName", ""))
        label, category = fields.get("type", "").casefold(), fields.get("category", "")
        kind = ALIAS_KINDS.get(label[:1], AliasKind.ALIAS)
        weak = category == "weak"
        if weak and kind is AliasKind.ALIAS:
            kind = AliasKind.WEAK
        if not name:
            self.keep("aka", fields)
            return
        alias = make_alias(name, self.is_person, kind, Quality.LOW if weak else Quality.GOOD)
        note = "now known as" if label.startswith("n") else None
        self.aliases.append(Alias(alias.text, alias.kind, alias.quality, alias.parts, note))
        if label not in ("", "a.k.a.", "f.k.a.", "n.k.a."):
            self.keep("aka", {"type": f"{name}: {fields['type']}"})
        if category not in ("", "weak", "strong"):
            self.keep("aka", {"category": f"{name}: {category}"})

    def read_address(self, item: Element) -> None:
        fields = self.take(item, "address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
        street = join_parts(*(fields.get(name, "") for name in ("address1", "address2", "address3")))
        city, region, postal, country = (
            fields.get(name, "") for name in ("city", "stateOrProvince", "postalCode", "country")
        )
        text = join_parts(street, city, region, postal, country)
        if text:
            self.addresses.append(
                Address(text, street or None, city or None, region or None, postal or None, find_country(country))
            )

    def read_birth_date(self, item: Element) -> None:
        text = self.take(item, "dateOfBirth").get("dateOfBirth", "")
        if text and not self.facts.add_birth_date(text):
            self.facts.extra.append(("dateOfBirth", text))

    def read_birth_place(self, item: Element) -> None:
        if text := self.take(item, "placeOfBirth").get("placeOfBirth", ""):
            self.facts.add_birth_place(text)

    def read_nationality(self, item: Element) -> None:
        if text := self.take(item, "country").get("country", ""):
            self.facts.add_nationality(text, local_name(item))

    def read_vessel(self, element: Element) -> None:
        self.facts.extra += texts_around(element, "vesselInfo")
        for item in element:
            tag, text = local_name(item), whole_text(item)
            if tag == "callSign" and text:
                self.facts.extra += attributes(item, tag)
                self.facts.documents.append(Document(text, "call sign"))
            else:
                self.facts.extra += leaves(item, tag)
            if tag == "vesselFlag" and (code := find_country(text)):
                self.facts.nationalities.append(code)

    def read_id(self, item: Element) -> None:
        """OFAC keeps more than documents among its ids: gender, websites, warnings."""
        fields = self.take(item, "idType", "idNumber", "idCountry", "issueDate", "expirationDate")
        label, value = fields.get("idType", "").rstrip(":"), fields.get("idNumber", "")
        country_text = fields.get("idCountry", "")
        times: dict[str, str] = {name: fields[name] for name in ("issueDate", "expirationDate") if name in fields}
        if label == "Gender" and self.facts.add_gender(value):
            self.keep("id", {**times, **({"idCountry": country_text} if country_text else {})})
        elif label.startswith(NOT_DOCUMENTS) or not label or not value:
            self.facts.extra.append((label or "id", join_parts(value, country_text)))
            self.keep("id", times)
        else:
            country = find_country(country_text)
            dates = {name: parse_date(text, american=True) for name, text in times.items()}
            self.keep("id", {name: f"{value}: {text}" for name, text in times.items() if dates[name] is None})
            self.facts.documents.append(Document(
                value, document_type(label), country, dates.get("issueDate"), dates.get("expirationDate"),
                note=country_text if country_text and country is None else None,
            ))  # fmt: skip
