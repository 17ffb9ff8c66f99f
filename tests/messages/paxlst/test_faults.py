"""What goes wrong in passenger lists: each kind has its code and its place, and nobody else is touched by it."""

from pathlib import Path

import pytest

from tests.messages.paxlst.samples import FLIGHT, TRAVELER, message, read_text

OTHER = ["NAD+FL+++TRAORE:AWA", "DTM+329:900101"]


def changed(old: str, new: str) -> list[str]:
    assert any(old in segment for segment in TRAVELER)
    return [segment.replace(old, new) for segment in TRAVELER if segment.replace(old, new)]


@pytest.mark.parametrize(
    ("segments", "code", "field", "found"),
    [
        (changed("840312", "841341"), "birth_date", "DTM.1.2", "841341"),
        (changed("840312", "20840312"), "birth_date", "DTM.1.2", "20840312"),
        (changed("DTM+329:840312", ""), "no_birth_date", "NAD", ""),
        (changed("NAT+2+MLI", "NAT+2+ZQZ"), "country", "NAT.2.1", "ZQZ"),
        (changed("LOC+91+MLI", "LOC+91+"), "empty", "LOC.2.1", ""),
        (changed("DOC+P:110:111+K1234567", "DOC+"), "empty", "DOC.2.1", ""),
        (changed("DOC+P:110:111+K1234567", "DOC+Q7+K1234567"), "document_type", "DOC.1.1", "Q7"),
        (changed("DTM+36:300101", "DTM+36:250101"), "expired", "DTM.1.2", "2025-01-01"),
        (changed("DTM+36:300101", "DTM+36:309901"), "document_date", "DTM.1.2", "309901"),
        (changed("ATT+2++M", "ATT+2++Q"), "gender", "ATT.3.1", "Q"),
        (changed("MAIGA:IDRISSA", "MAIGA:FNU"), "placeholder_name", "NAD.4.1", "FNU"),
        (changed("MAIGA:IDRISSA", "MAIGA"), "single_name", "NAD.4.1", "MAIGA"),
        (changed("NAD+FL", "NAD+QQ"), "role", "NAD.1.1", "QQ"),
        (changed("DOC+P:110:111+K1234567", ""), "no_document", "NAD", "ml"),
        (changed("RFF+AVF:AB12CD", "RFF+AVF"), "empty", "RFF.1.2", ""),
        (changed("IDRISSA", "I" * 400), "long_value", "NAD.4.1", "I" * 34 + " MAIGA"),
    ],
)
def test_a_bad_value_is_noted_at_its_place_and_the_traveler_is_screened(
    tmp_path: Path, segments: list[str], code: str, field: str, found: str
) -> None:
    read = read_text(tmp_path, message([*segments, *OTHER]))
    assert len(read.subjects) == 2
    assert read.subjects[1].names == ("AWA TRAORE",)
    noted = [item for item in read.rejections if item.problem.code == f"messages.paxlst.{code}"]
    assert [(item.problem.where.field, item.unit, item.screened) for item in noted] == [(field, 1, True)]
    if code != "long_value":
        assert noted[0].problem.found == found
    assert noted[0].problem.where.message == "M1"


def test_a_problem_tells_line_message_segment_and_text(tmp_path: Path) -> None:
    read = read_text(tmp_path, message(changed("840312", "841341")))
    found = read.rejections[0]
    where = found.problem.where
    assert (where.line, where.message, where.segment, where.field) == (12, "M1", 10, "DTM.1.2")
    assert found.row == "DTM+329:841341"


@pytest.mark.parametrize("name", ["", "XXX:FNU", ":", "UNKNOWN", "---:123"])
def test_a_traveler_who_is_not_named_is_rejected_with_the_whole_text(tmp_path: Path, name: str) -> None:
    segments = [TRAVELER[0].replace("MAIGA:IDRISSA", name), *TRAVELER[1:]]
    read = read_text(tmp_path, message([*segments, *TRAVELER, *OTHER]))
    assert [subject.names[0] for subject in read.subjects] == ["IDRISSA MAIGA", "AWA TRAORE"]
    assert [subject.unit for subject in read.subjects] == [2, 3]
    rejected = [item for item in read.rejections if item.problem.code == "messages.paxlst.no_name"]
    assert [(item.unit, item.screened) for item in rejected] == [(1, False)]
    assert "K1234567" in rejected[0].row
    assert rejected[0].row.startswith("NAD+FL")


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (["BGM+745"], "paxlst.no_flight"),
        (["BGM+745", "TDT+20"], "paxlst.no_flight"),
        (["BGM+745", "TDT+20+XX123"], "paxlst.no_ports"),
        (["BGM+745", *FLIGHT[:2], "DTM+189:2699101400:201", *FLIGHT[3:]], "paxlst.time"),
        (["BGM+745", *FLIGHT[:2], "DTM+189:2601122000:201", *FLIGHT[3:]], "paxlst.arrival_first"),
        (["BGM+745", *["TDT+20+XX1"] * 25, *FLIGHT], "paxlst.many_legs"),
    ],
)
def test_what_is_wrong_with_the_flight_is_said_once(tmp_path: Path, head: list[str], code: str) -> None:
    read = read_text(tmp_path, message([*TRAVELER, *OTHER], head=head))
    assert len(read.subjects) == 2
    assert [warning[0] for warning in read.warnings].count(f"messages.{code}") == (5 + 1 if "many" in code else 1)


def test_any_order_of_segments_is_borne_and_said_once(tmp_path: Path) -> None:
    turned = [TRAVELER[0], *reversed(TRAVELER[1:])]
    read = read_text(tmp_path, message([*turned, *turned]))
    straight = read_text(tmp_path, message([*TRAVELER, *TRAVELER]))
    assert [warning[0] for warning in read.warnings] == ["messages.paxlst.order"]
    for subject, other in zip(read.subjects, straight.subjects, strict=True):
        assert sorted(subject.details) == sorted(other.details)
        assert (subject.birth_dates, subject.nationalities) == (other.birth_dates, other.nationalities)


@pytest.mark.parametrize("count", ["CNT+42:7", "CNT+42:MANY", "CNT+42", "CNT+42:-1"])
def test_a_total_that_differs_from_the_travelers_found_is_told(tmp_path: Path, count: str) -> None:
    read = read_text(tmp_path, message(TRAVELER, count=count))
    assert [(code, field, found) for code, field, _, found in read.warnings] == [
        ("messages.paxlst.count", "CNT.1.2", "1")
    ]


def test_passengers_and_crew_are_counted_apart(tmp_path: Path) -> None:
    crew = [segment.replace("NAD+FL", "NAD+FM") for segment in TRAVELER]
    text = message([*TRAVELER, *crew], count="CNT+42:1'\nCNT+41:1").replace("UNT+30", "UNT+31")
    read = read_text(tmp_path, text)
    assert [str(subject.role) for subject in read.subjects] == ["passenger", "crew"]
    assert not any("paxlst" in warning[0] for warning in read.warnings)


def test_segments_and_qualifiers_that_are_not_known_are_told_once(tmp_path: Path) -> None:
    read = read_text(tmp_path, message([*TRAVELER, "LOC+777+X", "ABC+1", *OTHER, "LOC+777+Y", "ABC+1"]))
    assert [(warning[0], warning[3]) for warning in read.warnings] == [
        ("messages.paxlst.qualifier", "LOC+777"),
        ("messages.paxlst.segment", "ABC"),
    ]
    assert len(read.subjects) == 2


def test_a_list_without_travelers_says_so(tmp_path: Path) -> None:
    read = read_text(tmp_path, message([]))
    assert "paxlst.no_travelers" in read.codes
