"""Reads OFAC's lists as CSV: `sdn.csv` (or `cons_prim.csv`) with its `alt`, `add` and `comments` files beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tahaluf.domain import Address, Alias, AliasKind, Document, InputError, Kind, Listing
from tahaluf.lists.csvrows import RowReader
from tahaluf.lists.fields import clean, find_country, is_given, join_parts, unique
from tahaluf.lists.ofac.common import ALIAS_KINDS, KINDS, designate, listing_id, make_alias, split_title
from tahaluf.lists.ofac.remarks import Facts, parse_remarks
from tahaluf.lists.reading import Ids, Ledger
from tahaluf.lists.recognize import recognize_part
from tahaluf.lists.source import read_head

STARTS = re.compile(r'"?\d{1,9}"?,')
COLUMNS = {"sdn": 12, "alt": 5, "add": 6, "comments": 2}
LEAST_SHORT = 20
VESSEL_FIELDS = (
    (6, "Vessel Type"),
    (7, "Tonnage"),
    (8, "Gross Registered Tonnage"),
    (9, "Vessel Flag"),
    (10, "Vessel Owner"),
)


@dataclass
class Beside:
    """The rows of the files beside the main one, by entry number, with their lines."""

    rows: dict[str, list[tuple[int, list[str]]]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def take(self, number: str) -> list[list[str]]:
        if number in self.used:
            return []
        self.used.add(number)
        return [row for _, row in self.rows.get(number, ())]


def find_files(path: Path, ledger: Ledger) -> dict[str, Path]:
    """The files of the set to which `path` (one of them, or their folder) belongs, by part."""
    if path.is_dir():
        return find_files(find_main(path, ledger), ledger)
    candidates = list_csv(path.parent)
    prefix = name_prefix(path)
    same = [item for item in candidates if name_prefix(item) == prefix and item != path]
    found: dict[str, Path] = {}
    for item in [path, *same]:
        part = "comments" if "comments" in item.name.lower() else safe_part(item)
        if part and part not in found:
            found[part] = item
    return found


def name_prefix(path: Path) -> str:
    """`cons_` of `cons_prim.csv`; nothing for `sdn.csv` and for `sdn_comments.csv` beside it."""
    name = path.name.lower()
    prefix = name.partition("_")[0] + "_" if "_" in name else ""
    return "" if prefix == "sdn_" and "comments" in name else prefix


def list_csv(folder: Path) -> list[Path]:
    try:
        return sorted(item for item in folder.iterdir() if item.is_file() and ".csv" in item.name.lower())
    except OSError:
        return []


def find_main(folder: Path, ledger: Ledger) -> Path:
    """The one main file of a folder; InputError where there is none, or more than one list."""
    mains = [item for item in list_csv(folder) if safe_part(item) == "sdn" and "comments" not in item.name.lower()]
    if len(mains) == 1:
        return mains[0]
    code = "lists.ofac.several" if mains else "lists.ofac.main-missing"
    raise ledger.refuse(code, "one sdn.csv", ", ".join(item.name for item in mains or list_csv(folder)))


def safe_part(path: Path) -> str | None:
    try:
        return recognize_part(read_head(path))
    except InputError:
        return None


def parse(path: Path, ledger: Ledger) -> Iterator[Listing]:
    """Listings of the main file, with the aliases and addresses of the files beside it."""
    files = find_files(path, ledger)
    if "sdn" not in files:
        raise ledger.refuse(
            "lists.ofac.main-missing", "sdn.csv", ", ".join(sorted(item.name for item in files.values()))
        )
    beside = {part: load_beside(part, files, ledger) for part in ("alt", "add", "comments")}
    ids = Ids(ledger)
    reader = RowReader(files["sdn"], ledger, STARTS)
    numbers: list[str] = []
    for line, row in reader.rows(COLUMNS["sdn"]):
        numbers.append(row[0].strip())
        listing = parse_row([empty_if_null(value) for value in row], beside, ledger, line)
        if listing is not None:
            yield ids.settle(listing, line)
    report_orphans(beside, files, ledger)
    for part in ("alt", "add"):
        report_short(files.get(part), beside[part], numbers, ledger)


def load_beside(part: str, files: dict[str, Path], ledger: Ledger) -> Beside:
    loaded = Beside()
    if part not in files:
        if part != "comments":
            ledger.report("lists.ofac.part-missing", f"{part}.csv", "none", item=part)
        return loaded
    for line, row in RowReader(files[part], ledger, STARTS).rows(COLUMNS[part]):
        loaded.rows.setdefault(row[0].strip(), []).append((line, [empty_if_null(value) for value in row]))
    return loaded


def report_orphans(beside: dict[str, Beside], files: dict[str, Path], ledger: Ledger) -> None:
    for part, loaded in beside.items():
        for number, rows in loaded.rows.items():
            if number not in loaded.used:
                ledger.report("lists.ofac.orphan", "an entry", number, line=rows[0][0], item=files[part].name)


def report_short(file: Path | None, loaded: Beside, numbers: list[str], ledger: Ledger) -> None:
    """Tells a file that may have been cut at a line's end: it follows the order of the main one, and stops so far
    before its end that more entries go without a row than anywhere before."""
    places = [place for place, number in enumerate(numbers) if number in loaded.rows]
    longest = max((after - before for before, after in pairwise([-1, *places])), default=0)
    if file and places and len(numbers) - places[-1] > max(longest, LEAST_SHORT):
        ledger.report("lists.ofac.part-short", numbers[-1], numbers[places[-1]], item=file.name)


def empty_if_null(value: str) -> str:
    text = clean(value)
    return "" if text == "-0-" else text


def parse_row(row: list[str], beside: dict[str, Beside], ledger: Ledger, line: int) -> Listing | None:
    number, name, kind_text, programs, title, call_sign = row[:6]
    kind = KINDS.get(kind_text.casefold())
    if not number.isdigit() or not name or kind is None:
        ledger.report("lists.entry.skipped", "a number, a name and a kind", " ".join(row[:3]), line=line, item=number)
        return None
    facts = Facts()
    comments = [extra[1] for extra in beside["comments"].take(number)]
    parse_remarks("; ".join(part.strip().removesuffix(".") for part in (row[11], *comments) if part), facts)
    is_person = kind is Kind.PERSON
    titles, positions = split_title(title)
    addresses = [address for address in map(read_address, beside["add"].take(number)) if address]
    return Listing(
        id=listing_id(number), kind=kind, dataset=ledger.dataset,
        names=unique([make_alias(name, is_person, AliasKind.PRIMARY), *read_aliases(beside, number, is_person),
        *facts.aliases]),
        reference=number, designations=designate(split_programs(programs)),
        birth_dates=unique(facts.birth_dates), birth_places=unique(facts.birth_places),
        nationalities=tuple(facts.nationalities) or read_flag(row[9]), gender=facts.gender,
        residences=unique([address.country for address in addresses if address.country]),
        titles=titles, positions=positions, documents=unique([*facts.documents, *read_call_sign(call_sign)]),
        addresses=unique(addresses), remarks=tuple(facts.remarks), links=unique(facts.links),
        extra=(*((label, row[index]) for index, label in VESSEL_FIELDS if row[index]), *facts.extra),
    )  # fmt: skip


def split_programs(text: str) -> list[str]:
    """`SDGT] [IFSR` as the programs that it holds."""
    return [part.strip("[] ") for part in text.split("] [") if part.strip("[] ")]


def read_flag(text: str) -> tuple[str, ...]:
    code = find_country(text)
    return (code,) if code else ()


def read_call_sign(text: str) -> list[Document]:
    return [Document(text, "call sign")] if text else []


def read_aliases(beside: dict[str, Beside], number: str, is_person: bool) -> list[Alias]:
    aliases = []
    for row in beside["alt"].take(number):
        kind = ALIAS_KINDS.get(row[2][:1].casefold(), AliasKind.ALIAS)
        alias = make_alias(row[3], is_person, kind)
        note = row[4] or ("now known as" if row[2].casefold().startswith("n") else None)
        if row[3]:
            aliases.append(Alias(alias.text, alias.kind, alias.quality, alias.parts, note))
    return aliases


def read_address(row: list[str]) -> Address | None:
    """`street, city with state and postal code, country`; rows that say nothing are none."""
    _, _, street, city, country, note = row
    if not any((street, city, country, note)):
        return None
    return Address(
        text=join_parts(street, city, country) or note, street=street or None, city=city or None,
        country=find_country(country) if is_given(country) else None, note=note or None,
    )  # fmt: skip
