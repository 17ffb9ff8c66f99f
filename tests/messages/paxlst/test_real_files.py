"""Real passenger lists: as many persons and documents as a search of the text finds, problems where they are."""

import re
from pathlib import Path

import pytest

from tests.conftest import shared_file
from tests.messages.paxlst.samples import read_file

FILES = ("Test1.txt", "airline2.edi", "multiple_flight_leg_apis.txt")


def path_of(name: str) -> Path:
    return shared_file("data", "travel", "paxlst", name)


@pytest.mark.parametrize("name", FILES)
def test_there_are_as_many_travelers_and_documents_as_a_search_of_the_text_finds(name: str) -> None:
    text = path_of(name).read_text()
    read = read_file(path_of(name))
    assert len(read.subjects) == len(re.findall(r"NAD[+*]F[LM]", text)) == read.units
    documents = [document for subject in read.subjects for document in subject.documents]
    assert len(documents) == len(re.findall(r"DOC[+*]", text))
    assert [document.number for document in documents] == re.findall(r"DOC[+*][^+*]*[+*](\w+)", text)
    assert read.rejections == []


@pytest.mark.parametrize("name", FILES)
def test_every_value_that_the_text_has_is_with_a_traveler(name: str) -> None:
    text = path_of(name).read_text()
    subjects = read_file(path_of(name)).subjects
    surnames = re.findall(r"NAD[+*]F[LM][+*]{3}([^:+*]+)", text)
    assert [dict(subject.details)["surname"] for subject in subjects] == surnames
    births = [subject.birth_dates[0].isoformat()[2:].replace("-", "") for subject in subjects]
    assert births == re.findall(r"DTM[+*]329:(\d{6})", text)
    assert sum(len(subject.nationalities) for subject in subjects) == len(re.findall(r"NAT[+*]2", text))
    assert sum(len(subject.residences) for subject in subjects) == len(re.findall(r"LOC[+*]174", text))
    assert all(subject.gender for subject in subjects)


def test_a_list_of_crew_has_crew_only_and_wrong_counts_are_told() -> None:
    read = read_file(path_of("Test1.txt"))
    assert {str(subject.role) for subject in read.subjects} == {"crew"}
    assert read.subjects[0].names == ("Andrea Pat Steur",)
    assert ("messages.edifact.count_segments", "UNT.1", "0000152", "107") in read.warnings
    assert ("messages.edifact.reference", "UNZ.2", "1403010600", "1402010600") in read.warnings


def test_other_separators_missing_parts_and_false_totals_are_told() -> None:
    read = read_file(path_of("airline2.edi"))
    assert ("messages.paxlst.count", "CNT.1.2", "136", "10") in read.warnings
    assert ("messages.edifact.count_segments", "UNT.1", "121", "111") in read.warnings
    assert ("messages.edifact.reference", "UNT.2", "1402111800", "140211180 0") in read.warnings
    assert ("messages.edifact.part_missing", "UNH.4", "01,02,03,04,05,06,07,08,09", "10") in read.warnings


def test_every_leg_of_a_journey_is_told_and_text_after_the_end_is_reported() -> None:
    read = read_file(path_of("multiple_flight_leg_apis.txt"))
    details = read.subjects[0].details
    assert [value for code, value in details if code == "flight"] == ["QQ877", "QQ827", "QQ827"]
    assert [value for code, value in details if code == "departure"] == ["MIA", "IAD", "JFK"]
    assert [value for code, value in details if code == "arrival"] == ["IAD", "JFK", "CDG"]
    assert [warning[0] for warning in read.warnings] == ["messages.edifact.foreign_text"]
    where = read.subjects[1].where
    assert where is not None
    assert (where.line, where.message, where.segment, where.field) == (33, "123456789", 33, "NAD.4")
