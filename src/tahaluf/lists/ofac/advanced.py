"""Reads OFAC's advanced XML (Sanctions Data Model): one listing per distinct party.

The file refers forwards and backwards: parties to locations and documents before them, relationships and sanctions
entries
after them to parties. So parties are held until the file ends, as listings, which is far less than their XML.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tahaluf.domain import Address, Link, Listing
from tahaluf.lists.fields import join_parts, unique
from tahaluf.lists.leaves import Element, local_name
from tahaluf.lists.ofac.common import listing_id
from tahaluf.lists.ofac.party import Documents, read_party
from tahaluf.lists.ofac.reference import Reference, text_at
from tahaluf.lists.ofac.sections import (
    SanctionsEntry,
    check_ids,
    read_date,
    read_document,
    read_location,
    read_sanctions_entry,
)
from tahaluf.lists.ofac.unread import report_unread
from tahaluf.lists.reading import Ids, Ledger
from tahaluf.lists.xml import EntryReader, read_entries

SECTIONS = (
    "DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship",
    "SanctionsEntry",
)  # fmt: skip
CONTAINERS = (
    "Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships", "SanctionsEntries", "SanctionsEntryLinks",
)  # fmt: skip


@dataclass
class Sections:
    """Everything of one file that parties are joined with."""

    ledger: Ledger
    reference: Reference = field(default_factory=Reference)
    addresses: dict[str, Address] = field(default_factory=dict)
    documents: Documents = field(default_factory=lambda: defaultdict(list))
    parties: dict[str, tuple[Listing, int]] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[str, list[SanctionsEntry]] = field(default_factory=lambda: defaultdict(list))

    def read(self, element: Element, line: int) -> None:
        """Files one section entry."""
        kind = local_name(element)
        if kind != "ReferenceValueSets":
            report_unread(element, self.ledger, line)
        if kind == "DateOfIssue":
            self.ledger.published_on = read_date(element)
        elif kind == "ReferenceValueSets":
            self.reference.load(element)
        elif kind == "Location" and check_ids(element, self.ledger, line, "ID"):
            self.addresses[element.get("ID", "")] = read_location(element, self.reference)
        elif kind == "IDRegDocument" and check_ids(element, self.ledger, line, "IdentityID"):
            document = read_document(element, self.reference, self.addresses)
            self.documents[element.get("IdentityID", "")].append(document)
        elif kind == "DistinctParty":
            self.read_party(element, line)
        elif kind == "ProfileRelationship" and check_ids(element, self.ledger, line, "From-ProfileID", "To-ProfileID"):
            self.read_relationship(element)
        elif kind == "SanctionsEntry" and check_ids(element, self.ledger, line, "ProfileID"):
            entry = read_sanctions_entry(element, self.reference)
            self.entries[entry.profile].append(entry)

    def read_party(self, element: Element, line: int) -> None:
        found = read_party(element, self.reference, self.addresses, self.documents, self.ledger.dataset)
        for profile, listing in found:
            key = profile if profile not in self.parties else f"{profile}/{line}"
            self.parties[key] = (listing, line)
        if not found:
            fixed = element.get("FixedRef", "")
            self.ledger.report("lists.entry.skipped", "a profile with a name", fixed, line=line, item=fixed or None)

    def read_relationship(self, element: Element) -> None:
        relation = self.reference.label("RelationType", element.get("RelationTypeID"))
        former = "former" if element.get("Former") == "true" else ""
        target = element.get("To-ProfileID", "")
        words = join_parts(relation, former, text_at(element, "Comment"))
        self.links[element.get("From-ProfileID", "")].append(Link(words, target, relation.casefold()))

    def join(self, profile: str) -> Listing:
        """A party with its links and sanctions entries."""
        listing, _ = self.parties[profile]
        key = profile.partition("/")[0]
        links = [self.name_target(link) for link in self.links.get(key, ())]
        entries = self.entries.get(key, [])
        measures = [("measure", text) for entry in entries for text in entry.measures]
        lists = [("list", entry.list_name) for entry in entries]
        return replace(
            listing, dataset=self.ledger.dataset, links=unique([*listing.links, *links]),
            designations=unique([item for entry in entries for item in entry.designations]),
            extra=(*listing.extra, *unique([*lists, *measures])),
        )  # fmt: skip

    def name_dataset(self) -> str:
        """Which of OFAC's two lists this is: on the SDN list, most parties have an entry of that name."""
        named = sum(any(entry.list_name == "SDN List" for entry in entries) for entries in self.entries.values())
        return "ofac_cons" if self.entries and named * 2 < len(self.parties) else self.ledger.dataset

    def name_target(self, link: Link) -> Link:
        """A link's other end by name, where the file holds it."""
        target = self.parties.get(link.target or "")
        name = target[0].caption if target else f"{link.target}"
        return replace(link, text=f"{link.text}: {name}", target=listing_id(link.target or ""))


def parse(path: Path, ledger: Ledger) -> Iterator[Listing]:
    """Listings of one file, once all of it is read."""
    sections = Sections(ledger)
    for element, line in read_entries(path, EntryReader("Sanctions", SECTIONS, ledger, CONTAINERS)):
        sections.read(element, line)
    ledger.dataset = sections.name_dataset()
    ids = Ids(ledger)
    for profile, (_, line) in sections.parties.items():
        yield ids.settle(sections.join(profile), line)
    for profile in {*sections.links, *sections.entries} - sections.parties.keys():
        ledger.report("lists.ofac.orphan", "a party", profile, item=profile)
