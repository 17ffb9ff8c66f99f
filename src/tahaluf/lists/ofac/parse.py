"""Reads OFAC's `sdnList` XML (SDN and consolidated): one listing per sdnEntry."""

from collections.abc import Iterator
from pathlib import Path

from tahaluf.domain import Address, Alias, AliasKind, Document, Kind, Listing, PartialDate, Quality
from tahaluf.lists.dates import parse_date
from tahaluf.lists.fields import clean, find_country, join_parts, unique
from tahaluf.lists.ofac.common import ALIAS_KINDS, KINDS, designate, join_name, listing_id, make_alias, split_title
from tahaluf.lists.ofac.remarks import Facts, document_type, parse_remarks
from tahaluf.lists.reading import Ids, Ledger
from tahaluf.lists.xml import Element, EntryReader, local_name, read_entries

NOT_DOCUMENTS = (
    "Secondary sanctions risk", "Additional Sanctions Information", "Website", "Email Address", "Phone Number",
    "Organization Established Date", "Organization Type", "Target Type", "Executive Order", "Transactions Prohibited",
    "CAATSA", "Effective Date", "Listing Date", "Issuer Name", "Equity Ticker", "Aircraft Model", "Aircraft Operator",
    "Aircraft Manufacture Date", "Former Vessel Flag", "Vessel Year of Build", "Target", "Purchase/Sales", "PEESA",
    "Nationality of Registration", "Former",
)  # fmt: skip


def parse(path: Path, ledger: Ledger) -> Iterator[Listing]:
    """Listings of one file; the publisher's own count is checked at the end."""
    reader = EntryReader("sdnList", ("publshInformation", "sdnEntry"), ledger)
    ids = Ids(ledger)
    expected: str | None = None
    entries = 0
    for element, line in read_entries(path, reader):
        if local_name(element) == "publshInformation":
            ledger.published_on = parse_date(child_text(element, "Publish_Date"))
            expected = child_text(element, "Record_Count") or None
            continue
        entries += 1
        listing = parse_entry(element, line, ledger)
        if listing is not None:
            yield ids.settle(listing, line)
    if expected is not None and expected != str(entries):
        ledger.complete = False
        ledger.report("lists.count.differs", expected, f"{entries}", field="Record_Count")


def child_text(element: Element, name: str) -> str:
    """The text of the first child of that name, or an empty string."""
    return next((clean(child.text) for child in element if local_name(child) == name), "")


def parse_entry(element: Element, line: int, ledger: Ledger) -> Listing | None:
    number = child_text(element, "uid")
    name = join_name(child_text(element, "lastName"), child_text(element, "firstName"))
    kind = KINDS.get(child_text(element, "sdnType").casefold())
    if not number or not name or kind is None:
        ledger.report(
            "lists.entry.skipped", "an id, a name and a type", f"{number} {name}", line=line, item=number or None
        )
        return None
    entry = EntryFacts(kind)
    for child in element:
        entry.read_child(local_name(child), child)
    facts = entry.facts
    titles, positions = split_title(child_text(element, "title"))
    return Listing(
        id=listing_id(number), kind=kind, dataset=ledger.dataset,
        names=unique([make_alias(name, kind is Kind.PERSON, AliasKind.PRIMARY), *entry.aliases, *facts.aliases]),
        reference=number,
        designations=designate(entry.programs, entry.listed_on), birth_dates=unique(facts.birth_dates),
        birth_places=unique(facts.birth_places), nationalities=tuple(facts.nationalities), gender=facts.gender,
        residences=unique([address.country for address in entry.addresses if address.country]), titles=titles,
        positions=positions, documents=unique(facts.documents), addresses=unique(entry.addresses),
        remarks=tuple(facts.remarks), links=unique(facts.links), extra=tuple(facts.extra),
    )  # fmt: skip


class EntryFacts:
    """What was read of one sdnEntry."""

    def __init__(self, kind: Kind) -> None:
        self.is_person = kind is Kind.PERSON
        self.facts = Facts()
        self.aliases: list[Alias] = []
        self.addresses: list[Address] = []
        self.programs: list[str] = []
        self.listed_on: PartialDate | None = None

    def read_child(self, tag: str, element: Element) -> None:
        readers = {
            "akaList": self.read_alias, "addressList": self.read_address, "idList": self.read_id,
            "dateOfBirthList": self.read_birth_date, "placeOfBirthList": self.read_birth_place,
            "nationalityList": self.read_nationality, "citizenshipList": self.read_nationality,
            "vesselInfo": self.read_vessel,
        }  # fmt: skip
        if tag == "programList":
            self.programs += [clean(item.text) for item in element if clean(item.text)]
        elif tag == "vesselInfo":
            self.read_vessel(element)
        elif tag in readers:
            for item in element:
                readers[tag](item)
        elif tag == "remarks":
            parse_remarks(clean(element.text), self.facts)
        elif tag not in ("uid", "firstName", "lastName", "sdnType", "title"):
            self.keep_unknown(tag, element)

    def keep_unknown(self, tag: str, element: Element) -> None:
        for part in element.iter():
            if clean(part.text):
                label = tag if part is element else f"{tag} {local_name(part)}"
                self.facts.extra.append((label, clean(part.text)))

    def read_alias(self, item: Element) -> None:
        name = join_name(child_text(item, "lastName"), child_text(item, "firstName"))
        label = child_text(item, "type").casefold()
        kind = ALIAS_KINDS.get(label[:1], AliasKind.ALIAS)
        weak = child_text(item, "category") == "weak"
        if weak and kind is AliasKind.ALIAS:
            kind = AliasKind.WEAK
        if name:
            alias = make_alias(name, self.is_person, kind, Quality.LOW if weak else Quality.GOOD)
            note = "now known as" if label.startswith("n") else None
            self.aliases.append(Alias(alias.text, alias.kind, alias.quality, alias.parts, note))

    def read_address(self, item: Element) -> None:
        lines = [child_text(item, name) for name in ("address1", "address2", "address3")]
        street = join_parts(*lines)
        city, region = child_text(item, "city"), child_text(item, "stateOrProvince")
        postal, country = child_text(item, "postalCode"), child_text(item, "country")
        text = join_parts(street, city, region, postal, country)
        if text:
            self.addresses.append(
                Address(text, street or None, city or None, region or None, postal or None, find_country(country))
            )

    def read_birth_date(self, item: Element) -> None:
        text = child_text(item, "dateOfBirth")
        if text and not self.facts.add_birth_date(text):
            self.facts.extra.append(("dateOfBirth", text))

    def read_birth_place(self, item: Element) -> None:
        if text := child_text(item, "placeOfBirth"):
            self.facts.add_birth_place(text)

    def read_nationality(self, item: Element) -> None:
        if text := child_text(item, "country"):
            self.facts.add_nationality(text, local_name(item))

    def read_vessel(self, element: Element) -> None:
        for item in element:
            tag, text = local_name(item), clean(item.text)
            if text and tag == "callSign":
                self.facts.documents.append(Document(text, "call sign"))
            elif text:
                self.facts.extra.append((tag, text))
            if tag == "vesselFlag" and (code := find_country(text)):
                self.facts.nationalities.append(code)

    def read_id(self, item: Element) -> None:
        """OFAC keeps more than documents among its ids: gender, websites, warnings."""
        label, value = child_text(item, "idType").rstrip(":"), child_text(item, "idNumber")
        country_text = child_text(item, "idCountry")
        issued, expires = child_text(item, "issueDate"), child_text(item, "expirationDate")
        if label == "Gender" and self.facts.add_gender(value):
            return
        if label.startswith(NOT_DOCUMENTS) or not label:
            self.facts.extra.append((label or "id", join_parts(value, country_text)))
            return
        country = find_country(country_text)
        self.facts.documents.append(Document(
            value, document_type(label), country, parse_date(issued), parse_date(expires),
            note=country_text if country_text and country is None else None,
        ))  # fmt: skip
