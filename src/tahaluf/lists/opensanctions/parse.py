"""Reads OpenSanctions' `targets.simple.csv`: one row per party, several values of a field parted by semicolons."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from tahaluf.domain import Address, Alias, AliasKind, Designation, Document, Kind, Listing
from tahaluf.lists.csvrows import RowReader
from tahaluf.lists.dates import parse_span
from tahaluf.lists.fields import clean, unique
from tahaluf.lists.ftm.properties import KINDS
from tahaluf.lists.reading import Ids, Ledger

STARTS = re.compile(r'"?[\w:.-]{3,}"?,"?[A-Z][A-Za-z]+"?,')
ID = re.compile(r"[^\s\"';,]+")
COLUMNS = (
    "id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions", "phones",
    "emails", "dataset", "first_seen", "last_seen", "last_change",
)  # fmt: skip
REST = ("phones", "emails", "first_seen", "last_seen", "last_change")


def parse(path: Path, ledger: Ledger) -> Iterator[Listing]:
    """Listings of one file; rows of a schema that is no party are counted, not read."""
    reader = RowReader(path, ledger, STARTS)
    header: list[str] = []
    ids = Ids(ledger)
    named = bool(ledger.dataset)
    for line, row in reader.first_then_rows():
        if not header:
            header = [name.strip() for name in row]
            continue
        fields = dict(zip(header, row, strict=True))
        kind = KINDS.get(fields.get("schema", ""))
        if kind is None and re.fullmatch("[A-Z][A-Za-z]+", fields.get("schema", "")):
            ledger.unlisted[fields["schema"]] += 1
            continue
        if kind is None or not ID.fullmatch(fields.get("id", "")) or not fields.get("name"):
            ledger.report(
                "lists.entry.skipped", "id, schema, name", ", ".join(row[:3]), line=line, item=fields.get("id")
            )
            continue
        if not named and fields.get("dataset"):
            ledger.dataset, named = split_values(fields["dataset"])[0], True
        yield ids.settle(read_row(fields, kind, ledger, line), line)


def split_values(text: str) -> list[str]:
    """Values parted by semicolons, those holding one being quoted."""
    try:
        rows = list(csv.reader([text.replace("\n", " ").replace("\r", " ")], delimiter=";"))
    except csv.Error:
        return [text]
    return [clean(value) for value in rows[0] if clean(value)] if rows else []


def read_row(fields: dict[str, str], kind: Kind, ledger: Ledger, line: int) -> Listing:
    values = {name: split_values(fields.get(name, "")) for name in COLUMNS[3:]}
    extra = [(name, value) for name in REST for value in values[name]]
    extra += [(name, value) for name, value in fields.items() if name not in COLUMNS and value]
    dates = []
    for text in values["birth_date"]:
        if span := parse_span(text):
            dates.append(span)
        else:
            ledger.report("lists.field.unread", "a date", text, line=line, item=fields["id"], field="birth_date")
            extra.append(("birth_date", text))
    dataset = "; ".join(values["dataset"]) or ledger.dataset
    return Listing(
        id=fields["id"], kind=kind, dataset=dataset,
        names=unique([Alias(clean(fields["name"]), AliasKind.PRIMARY), *(Alias(text) for text in values["aliases"])]),
        designations=tuple(Designation(authority=dataset, regime=text) for text in values["sanctions"]),
        birth_dates=unique(dates), nationalities=(), residences=unique(values["countries"]),
        documents=unique([Document(text) for text in values["identifiers"]]),
        addresses=unique([Address(text) for text in values["addresses"]]), extra=tuple(extra),
    )  # fmt: skip
