"""Names that only the history of a booking has: changed, removed and split-off travelers."""

from pathlib import Path

from tests.messages.pnrgov.samples import HAND, booking, details, message, read_text

TRAVELER = "TIF+DIALLO+BINTA MRS:A:1'"


def test_a_name_before_its_change_is_a_subject_that_says_so(tmp_path: Path) -> None:
    former = read_text(tmp_path, message(*HAND)).subjects[3]
    assert (former.names, former.unit, former.id) == (("USMAN MAIGA",), 1, "1/former")
    assert details(former, "history") == ["removed"]


def test_a_name_of_the_history_that_the_booking_still_has_is_no_other_subject(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(TRAVELER, "ABI+1+:NIMRR+NIM++QM'", "SAC+++A'", TRAVELER))
    assert len(reading.subjects) == 1


def test_a_removed_traveler_takes_a_number_of_its_own(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(TRAVELER, "ABI+1+:NIMRR'", "SAC+++X'", "TIF+BARRY+SAIDOU MR:A:4'"))
    assert [(one.id, one.unit, one.names) for one in reading.subjects] == [
        ("1", 1, ("BINTA DIALLO",)), ("2/former", 2, ("SAIDOU BARRY",)),
    ]  # fmt: skip
    assert reading.units == 2


def test_the_document_of_a_removed_traveler_goes_to_that_traveler(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        TRAVELER, "SSR+DOCS:HK:1:QM:::::/P/GIN/R1/GIN/12JUL66/F/01JAN31/DIALLO/BINTA+::1'", "ABI+1+:NIMRR'", "SAC+++X'",
        "TIF+BARRY+SAIDOU MR:A:4'", "SSR+DOCS:HK:1:QM:::::/P/GIN/R9/GIN/12JUL60/M/01JAN31/BARRY/SAIDOU'",
    ))  # fmt: skip
    assert [[document.number for document in one.documents] for one in reading.subjects] == [["R1"], ["R9"]]


def test_lines_of_history_name_travelers_infants_and_those_split_off(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(
        TRAVELER, "LTS+0/O/NM/DIALLO/BINTA MRS(ADT)(INF/KADIATOU/20SEP25)'", "LTS+0/1/R/NM/KEITA/LANSANA MR(ADT)'",
        "LTS+0/S/CONDE/MORY MR(ADT) -YHD2DT'", "LTS+0/O/SR/SSR DOCSQMHK1 P/GIN/R7/GIN/12JUL66/F/01JAN31/DIALLO/BINTA'",
    ))  # fmt: skip
    assert [(one.names[0], details(one, "history")) for one in reading.subjects] == [
        ("BINTA DIALLO", []), ("LANSANA KEITA", ["removed"]), ("MORY CONDE", ["split"]),
        ("KADIATOU DIALLO", ["changed"]),
    ]  # fmt: skip
    assert [document.number for document in reading.subjects[0].documents] == ["R7"]
    assert [date.isoformat() for date in reading.subjects[3].birth_dates] == ["2025-09-20"]


def test_flights_of_the_history_are_not_those_of_the_booking(tmp_path: Path) -> None:
    reading = read_text(tmp_path, booking(TRAVELER, "ABI+1+:NIMRR'", "SAC+++X'", "TVL+050326:0815+NIM+DSS+QM+900:B'"))
    assert details(reading.subjects[0], "flight") == ["QM412"]
