"""Every listing of the publishers' real files is read: counts equal those found by searching the raw text."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tahaluf.domain import Kind, Listing
from tahaluf.lists import Reading, read
from tests.conftest import shared_file

UN_FILES = ("2025-08-16", "2026-01-28", "2026-02-27")


def open_un(version: str) -> tuple[str, Reading, list[Listing]]:
    path = shared_file("data", "lists", "un", f"consolidated-{version}.xml")
    reading = read(path)
    return path.read_bytes().decode("latin-1"), reading, list(reading)


def total(listings: list[Listing], count: Callable[[Listing], int]) -> int:
    return sum(count(listing) for listing in listings)


@pytest.mark.parametrize("version", UN_FILES)
def test_un_entries_equal_the_files_own(version: str) -> None:
    text, reading, listings = open_un(version)
    assert len(listings) == reading.count == text.count("<DATAID>")
    assert {listing.id for listing in listings} == {f"un-{found}" for found in re.findall(r"<DATAID>(\d+)<", text)}
    kinds = Counter(listing.kind for listing in listings)
    assert kinds == {Kind.PERSON: text.count("<INDIVIDUAL>"), Kind.ORGANIZATION: text.count("<ENTITY>")}
    assert reading.complete
    assert reading.published_on is not None
    assert reading.published_on.isoformat() == version


@pytest.mark.parametrize("version", UN_FILES[1:])
def test_un_fields_equal_the_files_own(version: str) -> None:
    text, reading, listings = open_un(version)
    assert reading.problems == []
    entries = re.findall(r"<(?:INDIVIDUAL|ENTITY)>.*?</(?:INDIVIDUAL|ENTITY)>", text, re.DOTALL)
    for listing, entry in zip(listings, entries, strict=True):
        dates = set(re.findall(r"<TYPE_OF_DATE>[A-Z]+</TYPE_OF_DATE>\s*<(?:DATE|YEAR|FROM_YEAR)>([^<]+)<", entry))
        read_dates = {span.start.isoformat() for span in listing.birth_dates}
        years = {date[:4] for date in read_dates}
        assert all(date in read_dates or date in years for date in dates), listing.id
        documents = re.findall(r"<INDIVIDUAL_DOCUMENT>(.*?)</INDIVIDUAL_DOCUMENT>", entry, re.DOTALL)
        said = {re.sub(r"\s+", " ", re.sub(r">N[^<]*pas[^<]*<", ">Passport<", found)) for found in documents}
        assert len(listing.documents) == len(said), listing.id
        updated = entry.partition("<LAST_DAY_UPDATED>")[2].partition("</LAST_DAY_UPDATED>")[0]
        assert len(listing.designations[0].amended_on) == len(set(re.findall(r"<VALUE>([^<]+)<", updated)))
    assert total(listings, lambda item: len(item.remarks)) == len(re.findall(r"<COMMENTS1>[^<]*\S[^<]*</", text))
    assert total(listings, lambda item: item.gender is not None) == len(re.findall(r"<GENDER>\w", text))


@pytest.mark.parametrize("version", UN_FILES)
def test_un_names_are_all_read_in_every_script(version: str) -> None:
    text, _, listings = open_un(version)
    if version == UN_FILES[0]:
        assert total(listings, lambda item: len(item.names)) >= len(re.findall(r"<ALIAS_NAME>[^<]*\S", text)) + len(
            listings
        )
        return
    text = text.encode("latin-1").decode("utf-8")
    written = Counter(
        re.sub(r"\s+", " ", name).strip() for name in re.findall(r"<(?:ALIAS_NAME|NAME_ORIGINAL_SCRIPT)>([^<]+)<", text)
    )
    held = {alias.text for listing in listings for alias in listing.names}
    letters = {re.sub(r"\W", "", name) for name in held}
    for name in written:
        parts = re.split(r"\s*;\s*| \((?=[^()]*\(|[^()]*;|[A-Z][a-z]+ )|\sb\)\s|\(original script\)|\)$", name)
        assert name in held or all(re.sub(r"\W", "", part) in letters for part in parts if part), name


def test_un_names_cut_to_low_bytes_mostly_equal_those_of_the_next_version() -> None:
    damaged = {listing.id: listing for listing in open_un(UN_FILES[0])[2]}
    restored = agreeing = 0
    for listing in open_un(UN_FILES[1])[2]:
        before = damaged.get(listing.id)
        names = {alias.text for alias in before.names if alias.note == "original script, restored"} if before else set()
        restored += bool(names)
        agreeing += bool(names & {alias.text for alias in listing.names})
    assert restored > 340
    assert agreeing / restored > 0.97


def test_ofac_csv_rows_equal_the_files_own() -> None:
    folder = shared_file("data", "lists", "ofac", "sdn-csv-2022-01")
    rows = {part: (folder / f"{part}.csv").read_text(encoding="utf-8").splitlines() for part in ("sdn", "alt", "add")}
    reading = read(folder / "sdn.csv")
    listings = list(reading)
    text = "\n".join(rows["sdn"])
    assert len(listings) == len(rows["sdn"])
    assert [(problem.code, problem.where.line) for problem in reading.problems] == [
        ("lists.entry.duplicate", len(rows["sdn"])), ("lists.ofac.orphan", len(rows["add"]) - 1),
    ]  # fmt: skip
    quoted = len(re.findall(r"[afn]\.k\.a\. '", text))
    main_and_alt = len(rows["sdn"]) + len(rows["alt"])
    assert main_and_alt + quoted * 0.9 < total(listings, lambda item: len(item.names)) <= main_and_alt + quoted
    assert total(listings, lambda item: len(item.links)) == text.count("Linked To: ")
    assert total(listings, lambda item: item.gender is not None) == len(re.findall(r"\bGender (?:Male|Female)", text))
    births = len(re.findall(r"\bDOB \S", text))
    assert births * 0.99 <= total(listings, lambda item: len(item.birth_dates)) <= births
    said = sum(1 for row in csv.reader(rows["add"][:-1]) if any(value.strip() != "-0-" for value in row[2:]))
    distinct = {tuple(row[:1] + row[2:]) for row in csv.reader(rows["add"][:-1])}
    assert len(distinct) - len(listings) * 0.3 < total(listings, lambda item: len(item.addresses)) <= said


def test_ofac_csv_remarks_lose_no_word_but_those_that_a_field_says() -> None:
    folder = shared_file("data", "lists", "ofac", "sdn-csv-2022-01")
    with (folder / "sdn.csv").open(encoding="utf-8", newline="") as stream:
        remarks = [row[11] for row in csv.reader(stream)]
    lost = Counter[str]()
    for listing, remark in zip(read(folder), remarks, strict=True):
        known = {token.casefold() for token in re.findall(r"\w+", str(listing))}
        coded = re.sub(
            r"nationality [^;]*|citizen [^;]*|\([^)]*\)|issued \d.*?(?=;|$)|expires \d.*?(?=;|$)|DOB [^;]*", "", remark
        )
        lost.update(word for word in re.findall(r"\w{4,}", coded) if word.casefold() not in known)
    labels = {"Number", "Document", "Identification", "Vessel", "Registration", "Gender", "Linked", "issued", "expires"}
    assert {word for word, count in lost.items() if count > 1} <= labels
    assert sum(count for word, count in lost.items() if word not in labels) < 20


def test_ofac_xml_entries_equal_the_files_own() -> None:
    path = shared_file("data", "lists", "ofac", "consolidated-2026-01-08.xml")
    text = path.read_text(encoding="utf-8")
    reading = read(path)
    listings = list(reading)
    assert reading.dataset == "ofac_cons"
    assert reading.problems == []
    assert len(listings) == text.count("<sdnEntry>") == 442
    assert total(listings, lambda item: len(item.names)) == text.count("<sdnEntry>") + text.count("<aka>")
    assert total(listings, lambda item: len(item.birth_dates)) == text.count("<dateOfBirthItem>")
    assert total(listings, lambda item: len(item.addresses)) == text.count("<address>")
    assert total(listings, lambda item: len(item.designations)) == text.count("<program>")
    keys = re.compile(r"\w+ (?:uid|mainEntry)")
    said = [{pair for pair in item.extra if not keys.fullmatch(pair[0])} for item in listings]
    ids = total(listings, lambda item: len(item.documents) + bool(item.gender)) + sum(map(len, said))
    entries = [entry.partition("<akaList>")[0] for entry in text.split("<sdnEntry>")]
    distinct = [set(re.findall(r"<idType>.*?(?=</id>)", entry, re.DOTALL)) for entry in entries]
    assert ids == sum(map(len, distinct))


def test_ofac_advanced_xml_parties_equal_the_files_own() -> None:
    path = shared_file("data", "lists", "ofac", "cons_advanced-2020-03-17.xml")
    text = path.read_text(encoding="utf-8")
    reading = read(path)
    listings = list(reading)
    assert (reading.problems, reading.complete, reading.dataset) == ([], True, "ofac_cons")
    assert len(listings) == text.count("<DistinctParty ")
    assert 0 <= text.count("<Alias ") - total(listings, lambda item: len(item.names)) <= 5
    assert total(listings, lambda item: len(item.birth_dates)) == text.count('FeatureTypeID="8"')
    assert total(listings, lambda item: len(item.links)) == text.count("<ProfileRelationship ")
    assert total(listings, lambda item: len(item.documents)) >= text.count("<IDRegDocument ")
    programs = len(re.findall(r'SanctionsTypeID="1">\s*<Comment>', text))
    assert total(listings, lambda item: sum(label == "list" for label, _ in item.extra)) == text.count(
        "<SanctionsEntry "
    )
    assert 0 < total(listings, lambda item: len(item.designations)) <= programs
    assert all(item.designations[0].listed_on for item in listings)


def test_both_forms_of_an_ofac_list_agree_on_its_parties() -> None:
    advanced = {item.id: item for item in read(shared_file("data", "lists", "ofac", "cons_advanced-2020-03-17.xml"))}
    plain = {item.id: item for item in read(shared_file("data", "lists", "ofac", "consolidated-2026-01-08.xml"))}
    both = advanced.keys() & plain.keys()
    assert len(both) > 200
    shared = [
        {alias.text for alias in advanced[key].names} & {alias.text for alias in plain[key].names} for key in both
    ]
    assert sum(map(bool, shared)) / len(both) > 0.95
    assert all(advanced[key].kind == plain[key].kind for key in both)


@pytest.mark.parametrize("name", ["parteispenden.entities.ftm.json", "t1.entities.ftm.json", "zala.entities.ftm.json"])
def test_entities_and_all_their_names_equal_the_files_own(name: str) -> None:
    path = shared_file("data", "lists", "ftm", name)
    entities = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    parties = {item["id"]: item for item in entities if item["schema"] in ("Person", "Company", "Organization")}
    reading = read(path)
    listings = {item.id: item for item in reading}
    assert reading.problems == []
    assert listings.keys() == parties.keys()
    for key, party in parties.items():
        properties = party["properties"]
        held = {
            text
            for label in ("name", "alias", "weakAlias", "previousName", "abbreviation")
            for text in properties.get(label, ())
        }
        assert {alias.text for alias in listings[key].names} == held
    sanctions = Counter(
        owner for item in entities if item["schema"] == "Sanction" for owner in item["properties"]["entity"]
    )
    assert {key: len(item.designations) for key, item in listings.items() if item.designations} == sanctions
    others = Counter(item["schema"] for item in entities) - Counter(item["schema"] for item in parties.values())
    attached = {"Sanction", "Passport", "Identification", "Address", "Ownership", "Directorship", "Family"}
    assert {schema: count for schema, count in others.items() if schema not in attached} == {
        schema: count for schema, count in reading.unlisted.items() if schema != "Address"
    }


@pytest.mark.parametrize("name", ["list_alias", "list_latin", "list_arabic", "list_people"])
def test_packed_entities_are_read_to_the_last(name: str) -> None:
    import gzip

    path = shared_file("bench", "names-dev", f"{name}.ftm.json.gz")
    reading = read(path)
    names = {item.id: {alias.text for alias in item.names} for item in reading}
    assert (reading.problems, reading.complete) == ([], True)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            entity = json.loads(line)
            assert names.pop(entity["id"]) == {text for texts in entity["properties"].values() for text in texts}
    assert not names


def test_flat_rows_equal_the_files_own() -> None:
    path = shared_file("data", "lists", "ftm", "targets.simple.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = {row["id"]: row for row in csv.DictReader(stream)}
    reading = read(path)
    listings = {item.id: item for item in reading}
    assert (reading.problems, reading.complete) == ([], True)
    assert listings.keys() == rows.keys()
    for key, row in rows.items():
        assert listings[key].caption == " ".join(row["name"].split())
        assert ";".join(span.start.isoformat() for span in listings[key].birth_dates) == row["birth_date"]
        assert ";".join(listings[key].residences) == row["countries"]


def test_folder_and_file_of_an_ofac_set_give_the_same(tmp_path: Path) -> None:
    folder = shared_file("data", "lists", "ofac", "sdn-csv-2022-01")
    assert [item.id for item in read(folder)] == [item.id for item in read(folder / "add.csv")]
