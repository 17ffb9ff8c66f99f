"""Reads the United Nations Security Council's consolidated list (XML): one listing per INDIVIDUAL or ENTITY."""

import re
from collections.abc import Iterator
from pathlib import Path

from tahaluf.domain import Alias, AliasKind, Designation, Gender, Kind, Link, Listing, NameParts, PartialDate, Quality
from tahaluf.lists.dates import parse_date
from tahaluf.lists.fields import ARABIC_RUN, clean, find_country, is_given, parse_gender, split_names, unique
from tahaluf.lists.leaves import Element, attributes, leaves, local_name, read_fields, texts_around, whole_text
from tahaluf.lists.reading import Ids, Ledger
from tahaluf.lists.un.damage import restore_arabic, restore_punctuation
from tahaluf.lists.un.parts import Entry, read_address, read_birth_date, read_birth_place, read_document
from tahaluf.lists.xml import EntryReader, read_entries

DATASET = "un_sc"
AUTHORITY = "United Nations Security Council"
NAME_FIELDS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
STRAY_BRACKET = re.compile(r"""<(?!/?[A-Z][A-Z_0-9]*(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/?>|[?!])""")
REFERENCES = re.compile(r"\b[A-Z]{2}[ie]\.\d{3}\b")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
FORMER = re.compile(r"(?:previously|formerly) listed as", re.IGNORECASE)


def parse(path: Path, ledger: Ledger) -> Iterator[Listing]:
    """Listings of one file; a broken or nameless entry is reported and the rest read."""
    reader = EntryReader("CONSOLIDATED_LIST", ("INDIVIDUAL", "ENTITY"), ledger, ("INDIVIDUALS", "ENTITIES"))
    reader.replace_forbidden, reader.stray_bracket = restore_punctuation, STRAY_BRACKET

    def read_root(root: Element) -> None:
        text = root.get("dateGenerated", "")
        ledger.published_on = parse_date(text)
        if text and ledger.published_on is None:
            ledger.report("lists.field.unread", "a date", text, field="dateGenerated")

    reader.on_root = read_root
    ids = Ids(ledger)
    for element, line in read_entries(path, reader):
        listing = parse_entry(element, line, ledger)
        if listing is not None:
            yield ids.settle(listing, line)


def parse_entry(element: Element, line: int, ledger: Ledger) -> Listing | None:
    """One entry, or None (reported) where it has no id or no name."""
    entry = Entry(ledger, line)
    is_person = local_name(element) == "INDIVIDUAL"
    entry.extra += texts_around(element, local_name(element))
    for child in element:
        read_child(entry, local_name(child), child)
    entry.item = entry.single.get("REFERENCE_NUMBER") or entry.single.get("DATAID")
    names = unique([*read_primary(entry), *entry.aliases])
    data_id = entry.single.get("DATAID") or entry.single.get("REFERENCE_NUMBER")
    if not data_id or not names:
        ledger.report("lists.entry.skipped", "an id and a name", data_id or "neither", line=line, item=entry.item)
        return None
    remarks = [text for tag, text in entry.texts if tag == "COMMENTS1"]
    return Listing(
        id=f"un-{data_id}", kind=Kind.PERSON if is_person else Kind.ORGANIZATION, dataset=ledger.dataset, names=names,
        reference=entry.single.get("REFERENCE_NUMBER"), designations=(read_designation(entry, remarks),),
        birth_dates=unique(entry.birth_dates), birth_places=unique(entry.birth_places),
        nationalities=read_nationalities(entry), gender=read_gender(entry),
        residences=unique([address.country for address in entry.addresses if address.country]),
        titles=unique(entry.values("TITLE")), positions=unique(entry.values("DESIGNATION")),
        documents=unique(entry.documents), addresses=unique(entry.addresses), remarks=tuple(remarks),
        links=tuple(Link(text=found, relation="mentions") for found in unique(REFERENCES.findall(" ".join(remarks)))),
        delisted_on=entry.date("DELISTED_ON"), extra=tuple(entry.extra),
    )  # fmt: skip


def read_child(entry: Entry, tag: str, child: Element) -> None:
    """Files one element of an entry under what it is; what is not known, or comes twice, goes to `extra`."""
    kind = tag.removeprefix("INDIVIDUAL_").removeprefix("ENTITY_")
    if kind == "ALIAS":
        entry.aliases += read_aliases(entry, child)
    elif kind in READERS:
        READERS[kind](entry, child)
    elif tag in SEVERAL:
        read_values(entry, tag, child)
    elif tag in REPEATED or (tag in ONCE and tag not in entry.single):
        entry.extra += attributes(child, tag)
        if text := whole_text(child):
            entry.texts.append((tag, text))
            entry.single.setdefault(tag, text)
    else:
        entry.extra += leaves(child, tag)


READERS = {
    "ADDRESS": read_address, "DATE_OF_BIRTH": read_birth_date, "PLACE_OF_BIRTH": read_birth_place,
    "DOCUMENT": read_document,
}  # fmt: skip
SEVERAL = {"TITLE", "DESIGNATION", "NATIONALITY", "NATIONALITY2", "LAST_DAY_UPDATED"}
REPEATED = {"COMMENTS1", "NAME_ORIGINAL_SCRIPT"}
ONCE = {*NAME_FIELDS, "DATAID", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "GENDER", "DELISTED_ON"}


def read_values(entry: Entry, tag: str, element: Element) -> None:
    """A field of several values: a `VALUE` each, or one without."""
    values = [child for child in element if local_name(child) == "VALUE"]
    if not values and not len(element):
        entry.texts.append((tag, clean(element.text)))
        entry.extra += attributes(element, tag)
        return
    entry.texts += [(tag, whole_text(value)) for value in values]
    entry.extra += texts_around(element, tag)
    for child in element:
        found = attributes if local_name(child) == "VALUE" else leaves
        entry.extra += found(child, f"{tag} {local_name(child)}")


def read_primary(entry: Entry) -> list[Alias]:
    """The name that heads the entry, with its parts, and the same in its original script."""
    parts = [entry.single[field] for field in NAME_FIELDS if field in entry.single]
    names = []
    if parts:
        names.append(Alias(" ".join(parts), AliasKind.PRIMARY, parts=name_parts(parts)))
    for tag, text in entry.texts:
        if tag == "NAME_ORIGINAL_SCRIPT":
            restored = restore_arabic(text)
            note = "original script, restored" if restored else "original script"
            if restored:
                entry.report("lists.un.script-restored", "Arabic script", text, "NAME_ORIGINAL_SCRIPT")
            names += [Alias(name, note=note) for name in split_names(restored or text)]
    return names


def name_parts(parts: list[str]) -> NameParts | None:
    """By their order: given, father's, grandfather's, family name; a lone part is not told apart."""
    if len(parts) < 2:
        return None
    given, *middle, family = parts
    return NameParts(
        given=given, family=family, father=middle[0] if middle else None,
        grandfather=" ".join(middle[1:]) or None,
    )  # fmt: skip


def read_aliases(entry: Entry, element: Element) -> list[Alias]:
    """An alias element: its names, and Arabic that its note gives; dates and places in it are the listing's too."""
    fields = read_fields(element, ALIAS_FIELDS, entry.extra, "ALIAS", ("ALIAS_NAME",))
    named = [child for child in element if local_name(child) == "ALIAS_NAME"]
    entry.extra += [pair for child in named for pair in attributes(child, "ALIAS")]
    note = fields.get("NOTE")
    quality = fields.get("QUALITY", "").casefold()
    former = quality.startswith("f.k.a") or bool(note and FORMER.search(note))
    kind = AliasKind.FORMERLY if former else AliasKind.ALIAS
    grade = Quality.LOW if quality == "low" else Quality.GOOD
    names = [Alias(name, kind, grade, note=note) for child in named for name in split_names(whole_text(child))]
    if note and names and (run := ARABIC_RUN.search(note)):
        names.append(Alias(clean(run[0]), kind, grade, note="original script"))
    if note and not names:
        entry.extra.append(("ALIAS NOTE", note))
    if quality.rstrip(".") not in QUALITIES:
        entry.extra.append(("ALIAS QUALITY", fields["QUALITY"]))
    entry.read_alias_birth(fields)
    return names


ALIAS_FIELDS = ("QUALITY", "NOTE", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")
QUALITIES = ("", "good", "low", "a.k.a", "f.k.a")


def read_nationalities(entry: Entry) -> tuple[str, ...]:
    codes = []
    for text in entry.values("NATIONALITY") + entry.values("NATIONALITY2"):
        code = find_country(text)
        if code:
            codes.append(code)
        else:
            entry.keep("NATIONALITY", text)
    return unique(codes)


def read_gender(entry: Entry) -> Gender | None:
    text = entry.single.get("GENDER", "")
    gender = parse_gender(text)
    if gender is None and is_given(text):
        entry.keep("GENDER", text)
    return gender


def trim_url(url: str) -> str:
    """Without the punctuation of the sentence that it stood in, and with a path."""
    url = url.rstrip(").,;")
    return f"{url}/" if url.count("/") == 2 else url


def read_designation(entry: Entry, remarks: list[str]) -> Designation:
    amended: list[PartialDate] = []
    for text in entry.values("LAST_DAY_UPDATED"):
        if date := parse_date(text):
            amended.append(date)
        else:
            entry.keep("LAST_DAY_UPDATED", text)
    url = ADDRESS.search(" ".join(remarks))
    return Designation(
        authority=AUTHORITY, regime=entry.single.get("UN_LIST_TYPE"), listed_on=entry.date("LISTED_ON"),
        amended_on=tuple(sorted(set(amended))), reference=entry.single.get("REFERENCE_NUMBER"),
        url=trim_url(url[0]) if url else None,
    )  # fmt: skip
