"""One distinct party of OFAC's advanced XML: its names, features and documents as a listing."""

from dataclasses import dataclass, field

from tahaluf.domain import Address, Alias, AliasKind, Document, Kind, Listing, NameParts, Quality
from tahaluf.lists.fields import clean, unique
from tahaluf.lists.leaves import Element
from tahaluf.lists.ofac.common import join_name, listing_id, split_title
from tahaluf.lists.ofac.reference import Reference, child, children, text_at
from tahaluf.lists.ofac.remarks import Facts, parse_remarks
from tahaluf.lists.ofac.sections import read_period

Documents = dict[str, list[Document]]
ALIAS_KINDS = {"A.K.A.": AliasKind.ALIAS, "F.K.A.": AliasKind.FORMERLY, "Name": AliasKind.PRIMARY}
PARTY_KINDS = {"Individual": Kind.PERSON, "Entity": Kind.ORGANIZATION}
TRANSPORT = {"Vessel": Kind.VESSEL, "Aircraft": Kind.AIRPLANE}
LATIN = ("Latin", "Latn", "")
DOCUMENT_FEATURES = {
    "Vessel Call Sign": "call sign", "Aircraft Tail Number": "aircraft tail", "MMSI": "mmsi", "SWIFT/BIC": "swift/bic",
    "BIK (RU)": "bik (ru)", "D-U-N-S Number": "d-u-n-s", "ISIN": "isin", "Other Vessel Call Sign": "call sign",
    "Aircraft Manufacturer's Serial Number (MSN)": "aircraft manufacturer's serial",
    "Aircraft Construction Number (also called L/N or S/N or F/N)": "aircraft construction",
}  # fmt: skip


@dataclass
class Party:
    """What was read of one profile."""

    reference: Reference
    addresses: dict[str, Address]
    facts: Facts = field(default_factory=Facts)
    names: list[Alias] = field(default_factory=list)
    located: list[Address] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def read_feature(self, element: Element) -> None:
        label = self.reference.label("FeatureType", element.get("FeatureTypeID"))
        for version in children(element, "FeatureVersion"):
            self.read_version(label, version)

    def read_version(self, label: str, version: Element) -> None:
        """One value of a feature: a period, a location, a looked-up word or a text."""
        if label == "Birthdate":
            spans = [span for span in map(read_period, children(version, "DatePeriod")) if span]
            self.facts.birth_dates += spans
            if spans:
                return
        places = [self.addresses.get(item.get("LocationID", "")) for item in children(version, "VersionLocation")]
        if label == "Location":
            self.located += [place for place in places if place]
            return
        texts = [text for text in self.read_details(version) if text]
        texts += [place.text for place in places if place]
        texts += [span.start.isoformat() for span in map(read_period, children(version, "DatePeriod")) if span]
        if comment := text_at(version, "Comment"):
            texts.append(comment)
        for text in texts:
            self.file_feature(label, text)

    def read_details(self, version: Element) -> list[str]:
        return [
            clean(item.text) or self.reference.label("DetailReference", item.get("DetailReferenceID"))
            for item in children(version, "VersionDetail")
        ]

    def file_feature(self, label: str, text: str) -> None:
        facts = self.facts
        done = False
        if label == "Place of Birth":
            done = facts.add_birth_place(text)
        elif label in ("Nationality Country", "Citizenship Country", "Nationality of Registration", "Vessel Flag"):
            done = facts.add_nationality(text, label)
        elif label == "Gender":
            done = facts.add_gender(text)
        elif label == "Birthdate":
            done = facts.add_birth_date(text)
        elif label == "Title":
            self.titles.append(text)
            done = True
        elif label in DOCUMENT_FEATURES:
            facts.documents.append(Document(text, DOCUMENT_FEATURES[label]))
            done = True
        if not done:
            facts.extra.append((label, text))

    def read_identity(self, identity: Element) -> None:
        groups = {
            group.get("ID", ""): self.reference.label("NamePartType", group.get("NamePartTypeID"))
            for master in identity.iter() if isinstance(master.tag, str) and master.tag.endswith("MasterNamePartGroup")
            for group in master
        }  # fmt: skip
        for alias in children(identity, "Alias"):
            for name in children(alias, "DocumentedName"):
                self.read_name(alias, name, groups)

    def read_name(self, alias: Element, name: Element, groups: dict[str, str]) -> None:
        """A name from its parts, in the order that OFAC prints them."""
        parts: dict[str, list[str]] = {}
        script = ""
        for part in children(name, "DocumentedNamePart"):
            value = child(part, "NamePartValue")
            if value is not None and clean(value.text):
                parts.setdefault(groups.get(value.get("NamePartGroupID", ""), ""), []).append(clean(value.text))
                script = self.reference.label("Script", value.get("ScriptID"))
        text, split = assemble(parts)
        low = alias.get("LowQuality") == "true"
        kind = ALIAS_KINDS.get(self.reference.label("AliasType", alias.get("AliasTypeID")), AliasKind.ALIAS)
        if kind is AliasKind.PRIMARY and any(known.kind is kind for known in self.names):
            kind = AliasKind.ALIAS
        if low and kind is AliasKind.ALIAS:
            kind = AliasKind.WEAK
        if text:
            note = script if script not in LATIN else None
            self.names.append(Alias(text, kind, Quality.LOW if low else Quality.GOOD, split, note))


def assemble(parts: dict[str, list[str]]) -> tuple[str, NameParts | None]:
    """The whole name and its parts; parts of an unknown kind follow in their order."""
    known = {
        label: " ".join(parts.pop(label, [])) for label in ("Last Name", "First Name", "Middle Name", "Patronymic")
    }
    family, given = (
        known["Last Name"],
        " ".join(filter(None, (known["First Name"], known["Middle Name"], known["Patronymic"]))),
    )
    rest = " ".join(value for values in parts.values() for value in values)
    name = join_name(family, given)
    split = NameParts(given=given, family=family, father=known["Patronymic"] or None) if family and given else None
    return " ".join(filter(None, (name, rest))), split


def read_party(
    element: Element, reference: Reference, addresses: dict[str, Address], documents: Documents, dataset: str
) -> list[tuple[str, Listing]]:
    """(profile id, listing) for each profile of the party that has a name."""
    found = []
    comments = [clean(item.text) for item in children(element, "Comment") if clean(item.text)]
    for profile in children(element, "Profile"):
        party = Party(reference, addresses)
        identities = children(profile, "Identity")
        for identity in identities:
            party.read_identity(identity)
        for feature in children(profile, "Feature"):
            party.read_feature(feature)
        for comment in comments:
            parse_remarks(comment, party.facts)
        number = profile.get("ID") or element.get("FixedRef", "")
        held = [document for identity in identities for document in documents.get(identity.get("ID", ""), ())]
        if party.names and number:
            found.append((number, make_listing(number, party, read_kind(profile, reference), held, dataset)))
    return found


def read_kind(profile: Element, reference: Reference) -> Kind:
    subtype = profile.get("PartySubTypeID")
    transport = TRANSPORT.get(reference.label("PartySubType", subtype))
    party_type = reference.label("PartyType", reference.attribute("PartySubType", subtype, "PartyTypeID"))
    return transport or PARTY_KINDS.get(party_type, Kind.UNKNOWN)


def make_listing(number: str, party: Party, kind: Kind, held: list[Document], dataset: str) -> Listing:
    facts = party.facts
    titles, positions = split_title("; ".join(party.titles))
    names = sorted(unique([*party.names, *facts.aliases]), key=lambda alias: alias.kind is not AliasKind.PRIMARY)
    return Listing(
        id=listing_id(number), kind=kind, dataset=dataset, names=tuple(names), reference=number,
        birth_dates=unique(facts.birth_dates), birth_places=unique(facts.birth_places),
        nationalities=tuple(facts.nationalities), gender=facts.gender,
        residences=unique([address.country for address in party.located if address.country]), titles=titles,
        positions=positions, documents=unique([*held, *facts.documents]), addresses=unique(party.located),
        remarks=tuple(facts.remarks), links=unique(facts.links), extra=tuple(facts.extra),
    )  # fmt: skip
