"""Entities written from listings: valid for the public library, nothing lost in cleaning, and read back the same."""

import io
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from followthemoney import model
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import (
    Address,
    Alias,
    AliasKind,
    DateSpan,
    Designation,
    Document,
    Gender,
    Kind,
    Link,
    Listing,
    NameParts,
    PartialDate,
    Place,
    Quality,
)
from tahaluf.lists import read
from tahaluf.lists.ftm.write import is_imo_number, make_entities, write_entities
from tests.conftest import shared_file
from tests.lists import samples

FULL = Listing(
    id="t-1", kind=Kind.PERSON, dataset="tests", reference="TTi.001",
    names=(
        Alias("BERKANE, Nadia", AliasKind.PRIMARY, parts=NameParts(given="Nadia", family="BERKANE")),
        Alias("نادية بركان", note="original script"), Alias("Nadya", quality=Quality.LOW),
        Alias("La Caisse", AliasKind.WEAK, Quality.LOW), Alias("Nadya Berqani", AliasKind.FORMERLY),
    ),
    designations=(Designation("Court", "Testland", "Order 1", PartialDate(2011, 2), (PartialDate(2014),), "TTi.001"),),
    birth_dates=(DateSpan(PartialDate(1955), PartialDate(1958)), DateSpan(PartialDate(1966, circa=True))),
    birth_places=(Place("Sfax, Tunisia", "tn"), Place("Atar", None)), death_dates=(PartialDate(2020, 1, 2),),
    nationalities=("tn", "su"), residences=("fr",), gender=Gender.FEMALE, titles=("Sheikh",), positions=("Director",),
    documents=(
        Document("P0099", "passport", "tn", PartialDate(2003, 2, 1), PartialDate(2008), "lost"), Document("77", "ruc"),
    ),
    addresses=(Address("12 Rue du Port;; Sfax", "12 Rue du Port", "Sfax", None, "3000", "tn", "office"),),
    remarks=("At large.",), links=(Link("SAHEL GRAIN", relation="linked to"), Link("owner of X", "t-2", "owned by")),
    delisted_on=PartialDate(2031, 1, 1), extra=(("Website", "www.example.org"),),
)  # fmt: skip


def lost_values(listings: list[Listing]) -> list[tuple[str, str, str]]:
    """What the public library drops or alters when it cleans."""
    lost = []
    for listing in listings:
        for entity in make_entities(listing):
            proxy = model.get_proxy(orjson.loads(orjson.dumps(entity)), cleaned=False)
            proxy.schema.validate(proxy.to_dict())
            for name, values in entity["properties"].items():
                lost += [(entity["schema"], name, value) for value in values if value not in proxy.get(name)]
    return lost


def read_back(listings: list[Listing], folder: Path) -> list[Listing]:
    path = folder / "back.ftm.json"
    with path.open("wb") as stream:
        assert write_entities(listings, stream) == len(listings)
    reading = read(path)
    found = list(reading)
    assert (reading.problems, reading.complete) == ([], True)
    return found


def normal(listing: Listing) -> dict[str, object]:
    """A listing with its sequences as sets, for comparing whatever the order."""
    return {
        name: frozenset(value) if isinstance(value := getattr(listing, name), tuple) else value
        for name in listing.__dataclass_fields__
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_no_value_is_lost_in_cleaning(kind: Kind) -> None:
    assert lost_values([replace(FULL, kind=kind)]) == []


def test_a_full_listing_is_read_back_the_same(tmp_path: Path) -> None:
    assert [normal(item) for item in read_back([FULL], tmp_path)] == [normal(FULL)]


@pytest.mark.parametrize("text", [samples.UN, samples.SDN, samples.TARGETS])
def test_small_lists_of_every_form_are_read_back_the_same(tmp_path: Path, text: str) -> None:
    listings = list(read(samples.save(tmp_path, "list", text)))
    assert lost_values(listings) == []
    assert list(map(normal, read_back(listings, tmp_path))) == list(map(normal, listings))


@pytest.mark.parametrize(
    "parts",
    [
        ("un", "consolidated-2026-02-27.xml"), ("ofac", "consolidated-2026-01-08.xml"),
        ("ofac", "cons_advanced-2020-03-17.xml"), ("ofac", "sdn-csv-2022-01"), ("ftm", "zala.entities.ftm.json"),
    ],
)  # fmt: skip
def test_real_lists_lose_nothing_and_are_read_back_the_same(tmp_path: Path, parts: tuple[str, str]) -> None:
    listings = list(read(shared_file("data", "lists", *parts)))
    sample = listings if len(listings) < 2000 else listings[::9]
    assert lost_values(sample) == []
    assert list(map(normal, read_back(listings, tmp_path))) == list(map(normal, listings))


def test_the_same_listing_gives_the_same_entities_and_ids_that_differ() -> None:
    first, second = list(make_entities(FULL)), list(make_entities(FULL))
    assert first == second
    assert len({entity["id"] for entity in first}) == len(first)
    assert [entity["schema"] for entity in first] == [
        "Person", "Address", "Sanction", "Passport", "Identification", "UnknownLink",
    ]  # fmt: skip


def test_what_stands_beside_the_properties_is_not_trusted(tmp_path: Path) -> None:
    stream = io.BytesIO()
    write_entities([FULL], stream)
    lines = [orjson.loads(line) for line in stream.getvalue().splitlines()]
    lines[0]["tahaluf"] = {"names": [{"text": "Someone Else"}], "birthDates": "x", "links": 3, "extra": [["a"]]}
    path = samples.save(tmp_path, "list", b"\n".join(map(orjson.dumps, lines)))
    (listing,) = read(path)
    assert {alias.text for alias in listing.names} == {alias.text for alias in FULL.names}
    assert listing.birth_dates[0] == DateSpan(PartialDate(1955))


@given(st.integers(0, 999_999))
def test_an_imo_number_has_one_right_check_digit(body: int) -> None:
    assert sum(is_imo_number(f"{body:06d}{digit}") for digit in range(10)) == 1


@given(st.text(max_size=12))
def test_any_text_may_be_asked_whether_it_is_an_imo_number(text: str) -> None:
    assert is_imo_number(text) in (True, False)
