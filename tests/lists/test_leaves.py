"""Every text of an entry is found again in its listing or in a problem, in the real lists and in made ones."""

import re
from pathlib import Path

import pytest
from lxml import etree

from tahaluf.lists import read
from tests.conftest import shared_file
from tests.lists import samples
from tests.lists.found import Found
from tests.lists.mutate import MARK, plants

INTRODUCES = re.compile(r" (?:No\.|Number)$| b\)")
LISTS = [
    ("un/consolidated-2026-01-28.xml", "INDIVIDUAL ENTITY", "DATAID"),
    ("un/consolidated-2026-02-27.xml", "INDIVIDUAL ENTITY", "DATAID"),
    ("ofac/consolidated-2026-01-08.xml", "sdnEntry", "uid"),
]
SAID_BY_A_FIELD = {
    "TYPE_OF_DATE": {"EXACT", "BETWEEN", "APPROXIMATELY"},
    "QUALITY": {"Good", "Low"}, "NOTE": {"Approximately", "Sep."},
    "TYPE_OF_DOCUMENT": {"National Identification Number", "Numéro de passeport", "Número de pasaporte"},
    "type": {"a.k.a."}, "idType": {"Gender"},
}  # fmt: skip


def leaves(entry: etree._Element) -> list[tuple[str, str]]:
    return [
        (etree.QName(part).localname, " ".join(text.split()))
        for part in entry.iter() for text in (part.text, part.tail if part is not entry else None)
        if text and text.strip()
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "tags", "key"), LISTS, ids=[name for name, _, _ in LISTS])
def test_every_text_of_a_real_entry_is_found_again(name: str, tags: str, key: str) -> None:
    path = shared_file("data", "lists", *name.split("/"))
    reading = read(path)
    listings = {listing.id.partition("-")[2]: listing for listing in reading}
    told: dict[str | None, list[object]] = {}
    for problem in reading.problems:
        told.setdefault(problem.where.item, []).append(problem)
    root = etree.parse(path).getroot()
    lost = []
    for entry in root.iter(*(f"{{*}}{tag}" for tag in tags.split())):
        listing = listings[entry.findtext(f"{{*}}{key}", "").strip()]
        found = Found([listing], told.get(listing.reference, []))  # type: ignore[arg-type]
        for tag, text in leaves(entry):
            if not found.holds(INTRODUCES.sub("", text)) and text not in SAID_BY_A_FIELD.get(tag, ()):
                lost.append((listing.id, tag, text))
    assert lost == []


def check_plants(folder: Path, text: str) -> list[str]:
    """Places of a made file where something planted was read by no one."""
    lost = []
    for planted in plants(text):
        path = samples.save(folder, "list.xml", planted)
        reading = read(path)
        listings = list(reading)
        if not any(MARK in found for found in Found(listings, reading.problems).texts) and reading.complete:
            at = planted.index(MARK)
            lost.append(planted[max(0, at - 60) : at + 40])
    return lost


@pytest.mark.parametrize("text", [samples.UN, samples.SDN], ids=["un", "ofac-xml"])
def test_nothing_planted_anywhere_in_a_made_list_is_lost(tmp_path: Path, text: str) -> None:
    assert check_plants(tmp_path, text) == []
