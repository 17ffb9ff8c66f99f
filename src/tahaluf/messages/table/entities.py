"""FollowTheMoney entities as blocks: parties are subjects; passports and identity papers go to their holders.

Whatever may be on a list under a name is a party: beside people, organizations, vessels and aircraft also vehicles,
securities, accounts and the like, whose kind is not known here. Addresses, sanctions, ownerships and others that are no
party are counted by schema.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from tahaluf.messages.content import open_binary
from tahaluf.messages.table.blocks import SEPARATOR, Block
from tahaluf.messages.table.encoding import file_blocks
from tahaluf.messages.table.jsonlines import Objects, cell_text, objects

PARTIES = {
    "Person": "Person", "Organization": "Organization", "PublicBody": "Organization", "Company": "Company",
    "LegalEntity": "LegalEntity", "Vessel": "Vessel", "Airplane": "Airplane",
}  # fmt: skip
# Parties of no known kind; their caption is often a number, so that only a name counts.
THINGS = frozenset({
    "Thing", "Asset", "Security", "Vehicle", "CryptoWallet", "BankAccount", "UserAccount", "RealEstate",
})  # fmt: skip
_PROPERTIES = {
    "name": ("name",),
    "given_name": ("firstName",),
    "father_name": ("secondName", "middleName", "fatherName"),
    "family_name": ("lastName",),
    "alias": ("alias", "weakAlias", "previousName", "abbreviation"),
    "birth_date": ("birthDate",),
    "birth_place": ("birthPlace",),
    "nationality": ("nationality", "citizenship"),
    "residence": ("country", "jurisdiction", "mainCountry", "flag"),
    "gender": ("gender",),
    "passport_number": ("passportNumber",),
    "national_id": (
        "idNumber", "registrationNumber", "taxNumber", "innCode", "leiCode", "imoNumber", "mmsi", "serialNumber",
        "ogrnCode", "swiftBic",
    ),
}  # fmt: skip
_PAPERS = {"Passport": "passport_number", "Identification": "national_id"}
HEADER = ("id", "kind", *_PROPERTIES)

Papers = dict[str, list[tuple[str, str]]]


def documents_of(path: Path, encoding: str) -> Papers:
    """(role, number) of the papers that stand in the file as entities of their own, by holder."""
    papers: Papers = {}
    with closing(open_binary(path)) as file:
        for found in objects(file_blocks(file), encoding, []):
            for _, _, entity in found:
                role = _PAPERS.get(_schema(entity))
                if role is not None:
                    properties = _properties(entity)
                    for holder in _texts(properties.get("holder")):
                        numbers = _texts(properties.get("number"))
                        papers.setdefault(holder, []).extend((role, number) for number in numbers)
    return papers


def read_entities(lines: Objects, papers: Papers, passed_over: Counter[str]) -> Iterator[Block]:
    """Parties as rows under fixed headings; what is no party is counted in `passed_over`, papers with a holder not."""
    for found in lines:
        parties = [item for item in found if _schema(item[2]) not in _OTHERS]
        passed_over.update(_schema(entity) for _, _, entity in found if _is_passed_over(entity))
        rows = [_row(entity, papers.get(str(entity.get("id")), [])) for _, _, entity in parties]
        yield Block(rows, [number for number, _, _ in parties], [text for _, text, _ in parties], HEADER)


def _row(entity: Mapping[str, Any], papers: list[tuple[str, str]]) -> list[str]:
    properties = _properties(entity)
    cells = {
        role: [text for name in names for text in _texts(properties.get(name))] for role, names in _PROPERTIES.items()
    }
    schema = _schema(entity)
    for role, number in papers:
        cells[role].append(number)
    if cells["name"]:
        # An entity's parts are pooled over all its names: joined, they could make a name that nobody bears.
        cells.update(given_name=[], father_name=[], family_name=[])
    elif not cells["family_name"] and isinstance(entity.get("caption"), str) and schema not in THINGS:
        cells["name"] = [entity["caption"]]
    kind = "LegalEntity" if schema in THINGS else PARTIES.get(schema, schema)
    return [str(entity.get("id", "")), kind, *(SEPARATOR.join(cells[role]) for role in _PROPERTIES)]


def _schema(entity: Mapping[str, Any]) -> str:
    schema = entity.get("schema", "")
    return schema if isinstance(schema, str) else cell_text(schema)


def _is_passed_over(entity: Mapping[str, Any]) -> bool:
    schema = _schema(entity)
    return schema in _OTHERS and not (schema in _PAPERS and _texts(_properties(entity).get("holder")))


def _properties(entity: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = entity.get("properties")
    return properties if isinstance(properties, dict) else {}


def _texts(value: object) -> list[str]:
    return [text for text in cell_text(value).split(SEPARATOR) if text]


_OTHERS = {
    "Address", "Sanction", "Passport", "Identification", "Ownership", "Directorship", "Employment", "Family",
    "Associate", "Membership", "Occupancy", "Position", "Representation", "UnknownLink", "Succession",
    "Payment", "Event", "Document", "Note", "Mention", "Article",
    "Debt", "Similar", "Contract", "ContractAward", "CourtCase",
    "CourtCaseParty", "License", "Permit", "Project", "ProjectParticipant", "EconomicActivity", "TaxRoll",
    "Call", "Message", "Email", "Trip", "Value", "Interval", "Interest", "Analyzable", "Pages",
    "Page", "PlainText", "HyperText", "Table", "Workbook", "Package", "Folder", "Image", "Audio", "Video",
    "Assessment", "Documentation", "CallForTenders", "Risk",
}  # fmt: skip
