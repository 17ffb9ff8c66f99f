"""Reading small lists of every format: recognized by content, and nothing in them lost."""

from pathlib import Path

import pytest

from tahaluf.domain import (
    AliasKind,
    DateSpan,
    Document,
    Gender,
    InputError,
    Kind,
    Listing,
    NameParts,
    PartialDate,
    Place,
    Quality,
)
from tahaluf.lists import Format, read, recognize
from tests.lists import samples


def read_all(path: Path) -> list[Listing]:
    reading = read(path)
    listings = list(reading)
    assert reading.problems == []
    assert reading.complete
    return listings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (samples.UN, Format.UN_XML), (samples.SDN, Format.OFAC_XML), (samples.SDN_CSV, Format.OFAC_CSV),
        (samples.ALT_CSV, Format.OFAC_CSV), (samples.FTM, Format.FTM_JSON), (samples.TARGETS, Format.TARGETS_CSV),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["list.bin", "list.txt.gz"])
def test_a_format_is_recognized_by_content_whatever_the_name(
    tmp_path: Path, text: str, expected: Format, name: str
) -> None:
    assert recognize(samples.save(tmp_path, name, text)) is expected


@pytest.mark.parametrize("text", ["", "hello", "<html><body/></html>", "a,b,c\n1,2,3\n", "\x00\x01\x02", '{"a": 1}'])
def test_what_is_no_list_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    path = samples.save(tmp_path, "list", text)
    with pytest.raises(InputError) as refused:
        read(path)
    assert refused.value.problem.code == "lists.format.unknown"
    assert refused.value.problem.where.file == str(path)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"lists\.file\.missing"):
        read(tmp_path / "nothing.xml")


def test_un_names_keep_parts_script_kind_and_quality(tmp_path: Path) -> None:
    person = read_all(samples.save(tmp_path, "un.xml", samples.UN))[0]
    names = {alias.text: alias for alias in person.names}
    primary = names["IDRISS OULD SALEM EL KOURI"]
    assert person.caption == primary.text
    assert primary.kind is AliasKind.PRIMARY
    assert primary.parts == NameParts(given="IDRISS", father="OULD", grandfather="SALEM", family="EL KOURI")
    assert names["إدريس ولد سالم الكوري"].note == "original script"
    assert names["Idris Wuld Salim"].quality is Quality.GOOD
    assert names["Abu Talha"].quality is names["The Clerk"].quality is Quality.LOW
    assert names["Idrissa Koury"].kind is names["إدريسا كوري"].kind is AliasKind.FORMERLY


def test_un_birth_dates_may_be_exact_spans_about_right_or_hijri(tmp_path: Path) -> None:
    person = read_all(samples.save(tmp_path, "un.xml", samples.UN))[0]
    assert person.birth_dates == (
        DateSpan(PartialDate(1971, 3, 4)), DateSpan(PartialDate(1968), PartialDate(1970)),
        DateSpan(PartialDate(1969, circa=True)), DateSpan(PartialDate(1982, 4, 18)),
    )  # fmt: skip


def test_un_attributes_are_filed_and_the_unknown_kept(tmp_path: Path) -> None:
    person, other, trader = read_all(samples.save(tmp_path, "un.xml", samples.UN))
    assert (person.id, person.reference, person.kind) == ("un-101", "TTi.001", Kind.PERSON)
    assert trader.kind is Kind.ORGANIZATION
    assert person.nationalities == ("mr", "ml")
    assert other.nationalities == ()
    assert (person.titles, person.positions, person.gender) == (("Haji",), ("Treasurer",), Gender.MALE)
    assert person.birth_places == (Place("Atar, Mauritania", "mr"),)
    assert person.addresses[0].city == "Nouakchott"
    assert person.designations[0].listed_on == PartialDate(2011, 2, 3)
    assert person.designations[0].amended_on == (PartialDate(2014, 1, 7),)
    assert person.designations[0].regime == "Testland"
    assert ("SHOE_SIZE", "44") in person.extra
    assert [link.text for link in person.links] == ["TTi.002"]


def test_un_document_numbers_are_taken_out_of_the_words_around_them(tmp_path: Path) -> None:
    (document,) = read_all(samples.save(tmp_path, "un.xml", samples.UN))[0].documents
    assert (document.number, document.type, document.country) == ("XK991122", "passport", "ml")
    assert (document.issued_on, document.expires_on) == (PartialDate(2005, 6, 7), PartialDate(2010, 6, 6))
    assert "Service passport no. XK991122" in str(document.note)


def test_a_document_without_a_number_is_kept_in_words(tmp_path: Path) -> None:
    path = samples.save(
        tmp_path, "un.xml", samples.UN.replace("Service passport no. XK991122", "").replace("6 June 2010", "death")
    )
    person = read_all(path)[0]
    assert person.documents == ()
    assert ("DOCUMENT NOTE", "expires on death") in person.extra


def test_ofac_xml_ids_become_documents_or_what_they_are(tmp_path: Path) -> None:
    person, trader = read_all(samples.save(tmp_path, "sdn.xml", samples.SDN))
    assert person.caption == "BERKANE, Nadia"
    assert person.documents == (Document("P0099", "passport", "tn", PartialDate(2003, 2, 1)),)
    assert person.gender is Gender.FEMALE
    assert ("Website", "www.example.org") in person.extra
    assert {alias.text: alias.kind for alias in person.names[1:]} == {
        "LA CAISSE": AliasKind.WEAK, "BERQANI, Nadya": AliasKind.FORMERLY,
    }  # fmt: skip
    assert person.birth_dates == (DateSpan(PartialDate(1966, circa=True)),)
    assert (person.titles, person.positions) == (("Sheikh",), ("Director",))
    assert [link.text for link in person.links] == ["SAHEL GRAIN TRADERS"]
    assert trader.designations[0].regime == "TESTPROG"


def test_ofac_csv_remarks_are_taken_apart_and_the_rest_kept(tmp_path: Path) -> None:
    person, vessel = read_all(samples.save_ofac_csv(tmp_path))
    assert person.birth_dates == (DateSpan(PartialDate(1971, 3, 4)), DateSpan(PartialDate(1969, circa=True)))
    assert person.birth_places == (Place("Sfax, Tunisia", "tn"),)
    assert (person.nationalities, person.gender) == (("tn",), Gender.FEMALE)
    assert person.documents == (Document("P0099", "passport", "tn", PartialDate(2003, 2, 1), PartialDate(2008, 1, 31)),)
    assert person.remarks == ("currently at large",)
    assert [item.regime for item in person.designations] == ["TESTPROG", "OTHER"]
    assert [(alias.text, alias.kind, alias.quality) for alias in person.names] == [
        ("BERKANE, Nadia", AliasKind.PRIMARY, Quality.GOOD), ("BERQANI, Nadya", AliasKind.FORMERLY, Quality.GOOD),
        ("LA CAISSE", AliasKind.WEAK, Quality.LOW),
    ]  # fmt: skip
    assert person.addresses[0].country == "tn"
    assert vessel.kind is Kind.VESSEL
    assert {(item.number, item.type) for item in vessel.documents} == {
        ("9074729", "imo number"), ("572469210", "mmsi"), ("5ABC", "call sign"),
    }  # fmt: skip
    assert vessel.nationalities == ("pa",)


def test_ofac_csv_is_read_from_any_of_its_files_and_from_its_folder(tmp_path: Path) -> None:
    main = samples.save_ofac_csv(tmp_path)
    expected = read_all(main)
    assert read_all(tmp_path / "alt.csv") == expected
    assert read_all(tmp_path) == expected


def test_ofac_csv_without_its_other_files_says_so(tmp_path: Path) -> None:
    reading = read(samples.save(tmp_path, "sdn.csv", samples.SDN_CSV))
    assert len(list(reading)) == 2
    assert [problem.code for problem in reading.problems] == ["lists.ofac.part-missing"] * 2
    assert not reading.complete


def test_entities_are_joined_with_what_stands_before_or_after_them(tmp_path: Path) -> None:
    reading = read(samples.save(tmp_path, "list.json", samples.FTM))
    person, office = list(reading)
    assert person.caption == "Nadia Berkane"
    assert [(alias.text, alias.kind) for alias in person.names[1:]] == [
        ("N. Berkane", AliasKind.ALIAS), ("Nadya Berqani", AliasKind.FORMERLY), ("La Caisse", AliasKind.WEAK),
    ]  # fmt: skip
    assert person.designations[0].authority == "Court"
    assert person.addresses[0].country == "tn"
    assert person.documents == (Document("P0099", "passport", "tn"),)
    assert [(link.target, link.relation) for link in person.links] == [("o-1", "owner")]
    assert ("wikidataId", "Q42") in person.extra
    assert office.kind is Kind.ORGANIZATION
    assert reading.unlisted == {"Payment": 1}
    assert reading.dataset == person.dataset == "tests"


def test_flat_rows_part_their_values_even_where_quoted(tmp_path: Path) -> None:
    reading = read(samples.save(tmp_path, "targets.csv", samples.TARGETS))
    (person,) = list(reading)
    assert [alias.text for alias in person.names] == ["Nadia Berkane", "Nadya Berqani", "Berkane; Nadia"]
    assert person.birth_dates == (DateSpan(PartialDate(1971, 3, 4)), DateSpan(PartialDate(1969)))
    assert person.designations[0].regime == "Notice - 1) Fraud 2) Theft; and more"
    assert person.residences == ("tn", "fr")
    assert reading.unlisted == {"Position": 1}


def test_a_given_dataset_name_counts_in_place_of_the_files_own(tmp_path: Path) -> None:
    path = samples.save(tmp_path, "list.json", samples.FTM)
    assert {listing.dataset for listing in read(path, dataset="ours")} == {"ours"}
