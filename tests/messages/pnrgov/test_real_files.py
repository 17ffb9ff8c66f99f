"""Real messages beside the project: what is read equals what a search through their text finds."""

import re
from pathlib import Path

import pytest

from tests.conftest import shared_file
from tests.messages.pnrgov.samples import details, read_file

FILES = (
    "2_pnrs_basic.edi", "adult_and_infant.edi", "infant.edi", "no_pnr_history.edi", "pnr2.txt", "pnr4.txt",
    "pnr_split.edi",
)  # fmt: skip


def path_of(name: str) -> Path:
    return shared_file("data", "travel", "pnrgov", name)


def bookings_of(name: str) -> list[str]:
    """The text of each booking, its line breaks (of carriage return and line feed) joined."""
    text = path_of(name).read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.split(r"SRC *'", text)[1:]


def named_in(booking: str) -> list[str]:
    """`SURNAME+GIVEN` of the travelers listed, before the first flight."""
    return re.findall(r"TIF\+([^+:']+)[^+']*\+([^:']*)", booking.partition("TVL+")[0])


def numbers_in(booking: str) -> set[str]:
    """Numbers of passports in a booking's requests."""
    return set(re.findall(r"SSR\+DOCS[^']*?/P/[A-Z]+/(\w+)/", booking.replace("\n", "")))


@pytest.mark.parametrize("name", FILES)
def test_every_traveler_listed_is_a_subject_once(name: str) -> None:
    listed = [traveler for booking in bookings_of(name) for traveler in named_in(booking)]
    travelers = read_file(path_of(name)).travelers
    assert len(travelers) == len(listed) > 0
    for (surname, given), traveler in zip(listed, travelers, strict=True):
        assert traveler.names[0].endswith(surname.strip())
        assert given.startswith(traveler.names[0].removesuffix(surname.strip()).strip())


@pytest.mark.parametrize("name", FILES)
def test_every_passport_stated_is_a_document_once(name: str) -> None:
    stated = sorted(number for booking in bookings_of(name) for number in numbers_in(booking))
    documents = [document for one in read_file(path_of(name)).travelers for document in one.documents]
    assert sorted(document.number for document in documents) == stated
    assert {document.type for document in documents} <= {"passport"}


@pytest.mark.parametrize("name", FILES)
def test_every_sponsor_is_a_payer_once_in_a_booking(name: str) -> None:
    paying = [set(re.findall(r"IFT\+4:43\+([^+']+)", booking)) for booking in bookings_of(name)]
    payers = sorted(one.names[0] for one in read_file(path_of(name)).of("payer"))
    assert payers == sorted(payer for names in paying for payer in names)


@pytest.mark.parametrize("name", FILES)
def test_every_birth_date_stated_is_known(name: str) -> None:
    stated = [
        {(day, month) for day, month in re.findall(r"/(\d\d)([A-Z]{3})\d\d/(?:M|F)I?/", booking.replace("\n", ""))}
        for booking in bookings_of(name)
    ]
    found = [date for one in read_file(path_of(name)).travelers for date in one.birth_dates]
    assert len({(date.day, date.month) for date in found}) == len(set().union(*stated))


@pytest.mark.parametrize("name", FILES)
def test_every_locator_is_a_detail(name: str) -> None:
    told = {value for one in read_file(path_of(name)).travelers for key, value in one.details if "locator" in key}
    stated = {
        f"{company} {locator}"
        for booking in bookings_of(name)
        for line in re.findall(r"RCI\+([^']+)'", booking)
        for company, locator in re.findall(r"(\w+):(\w+)(?::[^+]*)?", line)
    }
    assert told == stated


@pytest.mark.parametrize("name", FILES)
def test_every_ticket_of_a_traveler_is_a_detail(name: str) -> None:
    told = {value for one in read_file(path_of(name)).travelers for value in details(one, "ticket")}
    stated = {number for booking in bookings_of(name) for number in re.findall(r"TKT\+(\d+)", booking)}
    assert stated <= told


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_turned_away(name: str) -> None:
    reading = read_file(path_of(name))
    assert reading.rejections == []
    assert reading.units == len({one.unit for one in reading.subjects})


def test_the_name_before_its_correction_is_kept() -> None:
    former = [one for one in read_file(path_of("2_pnrs_basic.edi")).subjects if details(one, "history")]
    assert [(one.names, details(one, "history"), one.unit) for one in former] == [(("JON WAYNE",), ["removed"], 3)]


def test_the_infant_has_its_own_document() -> None:
    adult, infant = read_file(path_of("adult_and_infant.edi")).travelers
    assert [one.number for one in adult.documents + infant.documents] == ["52263000", "AO234000"]
    assert [date.isoformat() for date in infant.birth_dates] == ["2011-08-10"]


def test_the_count_of_bookings_that_is_wrong_is_told_where_it_stands() -> None:
    problem = next(one for one in read_file(path_of("pnr2.txt")).warnings if one.code == "messages.pnrgov.count")
    assert (problem.expected, problem.found, problem.where.line) == ("2", "1", 6)


def test_an_address_broken_between_words_keeps_them_apart_and_a_cut_name_stays_whole() -> None:
    subjects = read_file(path_of("2_pnrs_basic.edi")).subjects
    told = [value for one in subjects for value in details(one, "address")]
    assert any("45 HIGH STREET" in value for value in told)
    assert any("SMITHJR" in name.replace(" ", "") for one in subjects for name in one.names)
    assert not any("SMITHJ R" in name for one in subjects for name in one.names)
