"""What a booking tells of its travelers, and to whom each thing that it tells belongs."""

from pathlib import Path

import pytest

from tahaluf.messages.pnrgov.gather import MAX_TRAVELERS
from tests.messages.pnrgov.samples import HAND, booking, details, message, read_text


def test_a_traveler_has_all_that_the_booking_and_the_documents_tell(tmp_path: Path) -> None:
    ousmane = read_text(tmp_path, message(*HAND)).travelers[0]
    assert ousmane.names == ("OUSMANE MAIGA", "OUSMANE IDRISSA MAIGA")
    assert [date.isoformat() for date in ousmane.birth_dates] == ["1984-05-11"]
    assert (ousmane.gender, ousmane.nationalities, ousmane.residences) == ("male", ("ne",), ("ne",))
    assert ousmane.birth_places == ("TILLABERI NER",)
    documents = [(document.type, document.number, document.country) for document in ousmane.documents]
    assert documents == [("passport", "10PC44321", "ne"), ("visa", "V88123", "ma")]
    assert details(ousmane, "title") == ["MR"]
    assert details(ousmane, "passenger_type") == ["ADT"]
    assert details(ousmane, "passenger_reference") == ["9A77C1", "1"]
    assert details(ousmane, "locator") == ["QM KZ4T9M", "1A 9QW2LM"]
    assert details(ousmane, "split_locator") == ["QM SPLIT7"]
    assert details(ousmane, "ticket") == ["1472401112223"]
    assert details(ousmane, "payment_card") == ["VI ****4417"]
    assert details(ousmane, "seat") == ["14A"]
    assert details(ousmane, "baggage") == ["QM 0147777123 2 CMN"]
    assert details(ousmane, "identifier") == ["QM 55120"]
    assert details(ousmane, "expires_on") == ["2030-01-02"]
    assert details(ousmane, "issued_on") == ["2026-01-10"]
    assert details(ousmane, "phone") == ["NIM227 90112233 M", "22790112244"]
    assert details(ousmane, "address") == ["RUE DU FLEUVE 3, NIAMEY, 8001, NER", "RUE DU FLEUVE 3, NIAMEY, NE"]
    assert details(ousmane, "flight") == ["QM412"]
    assert details(ousmane, "departed_at") == ["2026-03-02T08:15"]
    assert details(ousmane, "arrived_at") == ["2026-03-02T11:40"]


def test_a_well_formed_booking_gives_no_problem(tmp_path: Path) -> None:
    reading = read_text(tmp_path, message(*HAND))
    assert (reading.codes, reading.warnings) == ([], [])


def test_units_count_travelers_from_one_and_others_share_those_of_whom_they_belong_to(tmp_path: Path) -> None:
    reading = read_text(tmp_path, message(*HAND))
    assert [(one.id, one.unit) for one in reading.subjects] == [
        ("1", 1), ("2", 2), ("3", 3), ("1/former", 1), ("1/payer", 1),
    ]  # fmt: skip
    assert reading.units == 3


def test_a_subject_says_where_it_stands(tmp_path: Path) -> None:
    where = read_text(tmp_path, message(*HAND)).travelers[0].where
    assert where is not None
    assert (where.line, where.message, where.segment, where.field) == (13, "1", 12, "TIF")


def test_an_infant_told_of_by_a_document_alone_is_a_person_of_its_own(tmp_path: Path) -> None:
    mother, infant = read_text(tmp_path, message(*HAND)).travelers[1:]
    assert infant.names == ("HAWA MAIGA",)
    assert (infant.gender, details(infant, "passenger_type")) == ("female", ["INF"])
    assert [document.number for document in infant.documents] == ["10PC44399"]
    assert [document.number for document in mother.documents] == ["10PC44322"]


def test_an_infant_that_is_named_takes_the_document_stated_for_who_carries_it(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+HAIDARA+NANA MRS:A:1.1:1'", "SSR+INFT:HK:1:QM:::::HAIDARA/SEKOU/10AUG25+::1.1'",
        "SSR+DOCS:HK:1:QM:::::/P/MLI/AA111/MLI/30MAY95/F/31OCT30/HAIDARA/NANA+::1.1'",
        "SSR+DOCS:HK:1:QM:::::/P/MLI/AA222/MLI/10AUG25/MI/31OCT30/HAIDARA/SEKOU+::1.1'", "TIF+HAIDARA+SEKOU:IN:2.1'",
    ))  # fmt: skip
    assert [(one.names[0], one.documents[0].number) for one in reading.travelers] == [
        ("NANA HAIDARA", "AA111"), ("SEKOU HAIDARA", "AA222"),
    ]  # fmt: skip
    assert [date.isoformat() for date in reading.travelers[1].birth_dates] == ["2025-08-10"]


def test_an_infant_that_only_a_service_request_names_is_screened(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, booking("TIF+TRAORE+SIRA MRS:A:1'", "SSR+INFT:HK:1:QM:::NIM:CMN:TRAORE/ALI 12JUL25+::1'")
    )
    assert [one.names for one in reading.travelers] == [("SIRA TRAORE",), ("ALI TRAORE",)]


def test_a_name_on_a_document_that_differs_is_another_name_and_told(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+KOUYATE+DJIBRIL MR:A:1'", "SSR+DOCS:HK:1:QM:::::/P/MLI/B1/MLI/01JAN80/M/01JAN31/SANGARE/YOUSSOUF+::1'",
    ))  # fmt: skip
    assert reading.travelers[0].names == ("DJIBRIL KOUYATE", "YOUSSOUF SANGARE")
    assert reading.codes == ["messages.pnrgov.name_differs"]
    assert reading.rejections[0].screened
    assert reading.rejections[0].unit == 1


def test_a_blank_that_a_line_break_left_in_a_name_makes_no_other_name(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+BENABDALLAH+KHADIJA MRS:A:1'",
        "SSR+DOCS:HK:1:QM:::::/P/MAR/C7/MAR/01JAN80/F/01JAN31/BENABD ALLAH/KHADIJA MRS+::1'",
    ))  # fmt: skip
    assert reading.travelers[0].names == ("KHADIJA BENABDALLAH",)


def test_documents_without_a_reference_go_to_who_bears_the_name(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+SISSOKO+MODIBO MR:A:1'", "TIF+SISSOKO+FANTA MRS:A:2'", "TVL+020326:0815+NIM+CMN+QM+412:Y'",
        "SSR+DOCS:HK:1:QM:::NIM:CMN:/P/MLI/F2/MLI/01JAN82/F/01JAN31/SISSOKO/FANTA'",
    ))  # fmt: skip
    assert [len(one.documents) for one in reading.travelers] == [0, 1]


def test_a_document_of_nobody_in_the_booking_is_a_person_and_told(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+SISSOKO+MODIBO MR:A:1'", "TIF+SISSOKO+FANTA MRS:A:2'", "TVL+020326:0815+NIM+CMN+QM+412:Y'",
        "SSR+DOCS:HK:1:QM:::NIM:CMN:/P/TCD/F9/TCD/01JAN82/M/01JAN31/MAHAMAT/ABAKAR'",
    ))  # fmt: skip
    assert [one.names[0] for one in reading.travelers] == ["MODIBO SISSOKO", "FANTA SISSOKO", "ABAKAR MAHAMAT"]
    assert [(rejection.problem.code, rejection.unit) for rejection in reading.rejections] == [
        ("messages.pnrgov.unlinked", 3)
    ]


def test_a_traveler_in_two_bookings_is_one_each_time(tmp_path: Path) -> None:
    reading = read_text(tmp_path, message(*HAND, *HAND))
    assert [one.id for one in reading.travelers] == ["1", "2", "3", "4", "5", "6"]


def test_a_booking_without_a_name_is_rejected_and_takes_a_number(tmp_path: Path) -> None:
    reading = read_text(tmp_path, message("SRC'", "RCI+QM:EMPTY1'", *HAND))
    assert [(one.problem.code, one.unit, one.screened) for one in reading.rejections] == [
        ("messages.pnrgov.no_traveler", 1, False)
    ]
    assert reading.rejections[0].problem.where.segment == 6
    assert [one.unit for one in reading.travelers] == [2, 3, 4]


@pytest.mark.parametrize(
    "name", ["GROUP", "SAHARA TOURS GROUP", "TBA+A:A:1", "ZZ", "ZZGRP", "NONAME", "SAHARA TOURS:G"]
)
def test_what_stands_for_travelers_not_named_yet_is_rejected(tmp_path: Path, name: str) -> None:
    reading = read_text(tmp_path, booking(f"TIF+{name}'", "TIF+DIALLO+BINTA MRS:A:9'"))
    assert [one.names for one in reading.travelers] == [("BINTA DIALLO",)]
    assert [(one.problem.code, one.unit) for one in reading.rejections] == [("messages.pnrgov.group", 2)]


def test_a_doubled_one_letter_surname_is_someone(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking("TIF+ZZ+MARIAMMISS:A:1'"))
    assert reading.travelers[0].names == ("MARIAM ZZ",)


def test_a_name_without_a_letter_is_rejected(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking("TIF+123+:A:1'", "TIF+DIALLO+BINTA MRS:A:2'"))
    assert (reading.codes, len(reading.travelers)) == (["messages.pnrgov.name"], 1)


@pytest.mark.parametrize("part", ["FNU", "123"])
def test_a_part_of_a_name_that_says_nothing_is_told(tmp_path: Path, part: str) -> None:
    reading = read_text(tmp_path, booking(f"TIF+DIALLO+{part}:A:1'"))
    assert reading.travelers[0].names[0].endswith("DIALLO")
    assert [(one.problem.code, one.problem.found) for one in reading.rejections] == [
        ("messages.pnrgov.name_part", part)
    ]


def test_a_corporate_name_is_an_organization(tmp_path: Path) -> None:
    assert read_text(tmp_path, booking("TIF+SAHEL CARGO:C'")).travelers[0].kind == "Organization"


def test_several_given_names_in_one_segment_are_several_travelers(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking("TIF+OULD AHMED+SIDI MR:A:1+MARIEM MRS:A:2'"))
    assert [one.names[0] for one in reading.travelers] == ["SIDI OULD AHMED", "MARIEM OULD AHMED"]


def test_someone_who_checks_in_and_was_not_listed_is_screened_and_told(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+DIALLO+BINTA MRS:A:1'", "TVL+020326:0815+NIM+CMN+QM+412:Y'", "TRI++8:::7'", "TIF+BARRY+OUMOU MS:A:7'",
        "SSD+3C'",
    ))  # fmt: skip
    assert [one.names[0] for one in reading.travelers] == ["BINTA DIALLO", "OUMOU BARRY"]
    assert details(reading.travelers[1], "seat") == ["3C"]
    assert reading.codes == ["messages.pnrgov.unlisted"]


def test_a_traveler_before_any_booking_begins_one(tmp_path: Path) -> None:
    reading = read_text(tmp_path, message("TIF+DIALLO+BINTA MRS:A:1'", count=1))
    assert [one.names for one in reading.travelers] == [("BINTA DIALLO",)]
    assert "messages.pnrgov.order" in reading.codes


def test_who_pays_has_a_role_and_no_whole_card_number_is_kept(tmp_path: Path) -> None:
    text = message(*HAND).replace("XXXXXXXXXXXX4417", "4929123412344417")
    reading = read_text(tmp_path, text)
    payer = reading.of("payer")[0]
    assert payer.names == ("RAKIA CISSE",)
    assert (details(payer, "address"), details(payer, "phone")) == (["BD MALI BERO 9 NIAMEY"], ["22790554433"])
    assert not any("4929" in value for one in reading.subjects for _, value in one.details)


@pytest.mark.parametrize("text", [
    "IFT+4:28+QM 227 90 11 22 33/HALIMA SOW'", "SSR+PCTC:HK:1:QM:::::SOW/HALIMA/NE22790112233+::1'",
])  # fmt: skip
def test_who_is_to_be_called_is_a_subject_where_named(tmp_path: Path, text: str) -> None:
    contact = read_text(tmp_path, booking(text, "TIF+DIALLO+BINTA MRS:A:1'")).of("booking_contact")[0]
    assert contact.names == ("HALIMA SOW",)
    assert contact.unit == 1


@pytest.mark.parametrize(("text", "code", "value"), [
    ("SSR+CTCE:HK:1:QM:::::B.DIALLO//EXAMPLE.ORG+::1'", "email", "b.diallo@example.org"),
    ("SSR+CTCM:HK:1:QM:::::22790112233+::1'", "phone", "22790112233"),
    ("IFT+4:28::QM+CTCA RUE 9 NIAMEY'", "address", "RUE 9 NIAMEY"),
    ("ADD++700:::::::CTCE B..DIALLO//EXAMPLE.ORG'", "email", "b_diallo@example.org"),
])  # fmt: skip
def test_ways_to_call_travelers_are_details(tmp_path: Path, text: str, code: str, value: str) -> None:
    reading = read_text(tmp_path, booking("TIF+DIALLO+BINTA MRS:A:1'", text))
    assert details(reading.travelers[0], code) == [value]


def test_redress_and_known_traveler_numbers_are_identifiers(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+DIALLO+BINTA MRS:A:1'", "SSR+DOCO:HK:1:QM:::JFK:LAX:0001Y28JUN//R/1234567890123///US+::1'",
        "SSR+DOCO:HK:1:QM:::::/DAKAR SEN/K/998877///USA+::1'",
    ))  # fmt: skip
    one = reading.travelers[0]
    assert details(one, "identifier") == ["REDRESS 1234567890123", "KNOWN TRAVELER 998877"]
    assert (one.birth_places, one.documents) == (("DAKAR SEN",), ())


def test_a_passport_request_of_the_old_kind_is_read(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+DIALLO+BINTA MRS:A:1'", "SSR+PSPT:HK:1:QM:::::GN000509/GN/12JUL66/DIALLO/BINTAMRS/F/H+::1'",
    ))  # fmt: skip
    assert [(one.number, one.country) for one in reading.travelers[0].documents] == [("GN000509", "gn")]


def test_a_form_of_identification_is_a_document_once(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+DIALLO+BINTA MRS:A:1'", "SSR+FOID:HK:1:QM:::::PPR0044+::1'",
        "SSR+FOID:HK:1:QM:::::CC4929123412344417+::1'",
        "SSR+DOCS:HK:1:QM:::::/P/GIN/R0044/GIN/12JUL66/F/01JAN31/DIALLO/BINTA+::1'",
    ))  # fmt: skip
    assert [(one.type, one.number) for one in reading.travelers[0].documents] == [("passport", "R0044")]


def test_a_card_number_is_in_no_report(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+DIALLO+BINTA MRS:A:1'", "TIF+BARRY+ALI MR:A:2'", "TVL+020326:0815+NIM+CMN+QM+412'",
        "SSR+FOID:HK:1:QM:::::CC4929123412344417'",
    ))  # fmt: skip
    assert [(one.problem.code, one.row) for one in reading.rejections] == [
        ("messages.pnrgov.unlinked", "SSR+FOID:HK:1:QM:::::CC****4417")
    ]


def test_a_mark_of_repetition_in_a_text_cuts_nothing_off(tmp_path: Path) -> None:
    text = booking("TIF+DIALLO+BINTA MRS:A:1'", "IFT+4:28+***VIP*** CTCE B.DIALLO//EXAMPLE.ORG'")
    reading = read_text(tmp_path, "UNA:+.?*'" + text)
    assert details(reading.travelers[0], "email") == ["b.diallo@example.org"]


def test_a_document_written_out_in_any_text_is_read(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+DIALLO+BINTA MRS:A:1'", "IFT+4:28+APIS P/GIN/R0011/GIN/12JUL66/F/01JAN31/DIALLO/BINTA'",
    ))  # fmt: skip
    assert [one.number for one in reading.travelers[0].documents] == ["R0011"]


@pytest.mark.parametrize(("text", "code", "found"), [
    ("/P/GIN/R1/GIN/32JUL66/F/01JAN31/DIALLO/BINTA", "birth_date", "32JUL66"),
    ("/P/GIN/R1/GIN/12JUL2066/F/01JAN31/DIALLO/BINTA", "birth_date", "12JUL2066"),
    ("/P/GIN/R1/GIN/12JUL66/F/99ZZZ31/DIALLO/BINTA", "expiry", "99ZZZ31"),
    ("/P/WWW/R1/GIN/12JUL66/F/01JAN31/DIALLO/BINTA", "country", "WWW"),
    ("/P/GIN/R1/GIN/12JUL66/W/01JAN31/DIALLO/BINTA", "sex", "W"),
    ("/P/GIN/R1/12JUL66/F/01JAN31/DIALLO/BINTA", "document_order", "/P/GIN/R1/12JUL66/F/01JAN31/DIALLO/BINTA"),
    ("", "document", ""),
    ("BROKEN", "document", "BROKEN"),
])  # fmt: skip
def test_a_bad_document_is_told_and_never_loses_the_traveler(tmp_path: Path, text: str, code: str, found: str) -> None:
    reading = read_text(tmp_path, booking("TIF+DIALLO+BINTA MRS:A:1'", f"SSR+DOCS:HK:1:QM:::::{text}+::1'"))
    assert [one.names[0] for one in reading.travelers] == ["BINTA DIALLO"]
    told = [(one.problem.code, one.problem.found, one.unit, one.screened) for one in reading.rejections]
    assert told == [(f"messages.pnrgov.{code}", found, 1, True)]
    assert reading.rejections[0].problem.where.field == "SSR"


def test_a_reference_to_nobody_is_told_and_the_document_kept(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        "TIF+DIALLO+BINTA MRS:A:1'", "SSR+DOCS:HK:1:QM:::::/P/GIN/R1/GIN/12JUL66/F/01JAN31/DIALLO/BINTA+::5'",
    ))  # fmt: skip
    assert reading.codes == ["messages.pnrgov.reference"]
    assert len(reading.travelers[0].documents) == 1


def test_codeshares_returns_and_hotels_in_an_itinerary(tmp_path: Path) -> None:
    one = read_text(tmp_path, booking(
        "TIF+DIALLO+BINTA MRS:A:1'", "TVL+010326:1300:010326:1405+OUA+NIM+AF:HF+9457:Z'", "TVL+++++203:Z'",
        "TVL+020326:0815::1140+NIM+CMN+QM+412:Y'", "TVL+030326:1500:050326+CMN:VILLA++VN+67576:ROH'",
        "TVL+090326:0100:090326:0500+CMN+NIM+QM+413'",
    )).travelers[0]  # fmt: skip
    assert details(one, "flight") == ["QM412", "AF9457", "HF203", "QM413"]
    assert details(one, "departure") == ["NIM", "OUA", "CMN"]


def test_counts_of_bookings_that_disagree_are_told(tmp_path: Path) -> None:
    reading = read_text(tmp_path, message(*HAND, count=3))
    problem = next(one for one in reading.warnings if one.code == "messages.pnrgov.count")
    assert (problem.expected, problem.found, problem.where.segment) == ("3", "1", 5)


def test_segments_that_the_message_has_not_are_told_once(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking("TIF+DIALLO+BINTA MRS:A:1'", "QQQ+1'", "QQQ+2'"))
    assert [one.found for one in reading.warnings if one.code == "messages.pnrgov.segment"] == ["QQQ+1"]


def test_a_booking_of_more_travelers_than_are_held_at_once_loses_none(tmp_path: Path) -> None:
    letters = "ABCDEFGHIJ"
    names = ["".join(letters[int(figure)] for figure in f"{n:04d}") + "SANOGO" for n in range(MAX_TRAVELERS + 50)]
    reading = read_text(tmp_path, booking(*(f"TIF+{name}+ALI MR:A:{n}'" for n, name in enumerate(names))))
    assert [one.names[0] for one in reading.travelers] == [f"ALI {name}" for name in names]
    assert {tuple(details(one, "locator")) for one in reading.travelers} == {("QM KZ4T9M",)}
    assert not reading.warnings
