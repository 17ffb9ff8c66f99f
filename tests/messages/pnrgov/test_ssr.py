"""Texts of service requests, and the dates and states in them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.messages.pnrgov.countries import parse_state
from tahaluf.messages.pnrgov.dates import MONTHS, parse_birth, parse_near
from tahaluf.messages.pnrgov.ssr import SEXES, Docs, find_docs, parse_doca, parse_doco, parse_docs, parse_infant

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
JOURNEY = date(2026, 3, 2)
WORDS = st.lists(st.text(LETTERS, min_size=2, max_size=12), min_size=1, max_size=3).map(" ".join)
DATES = st.dates(date(1950, 1, 1), date(2025, 12, 31))
DOCS = st.builds(
    Docs, type=st.sampled_from(["P", "I", "A", "C", "IP", ""]), state=st.sampled_from(["NER", "MLI", "FR", ""]),
    number=st.text(LETTERS + "0123456789", min_size=5, max_size=12), nationality=st.sampled_from(["NER", "MAR", ""]),
    born=DATES.map(lambda day: day.strftime("%d%b%y").upper()), sex=st.sampled_from(sorted(SEXES)),
    expires=st.one_of(st.just(""), DATES.map(lambda day: day.strftime("%d%b%y").upper())), surname=WORDS, given=WORDS,
    shifted=st.just(False),
)  # fmt: skip


def write_docs(docs: Docs) -> str:
    """The text as AIRIMP has it."""
    return "/" + "/".join(docs[:9])


@given(DOCS)
def test_a_document_that_is_written_reads_the_same(docs: Docs) -> None:
    assert parse_docs(write_docs(docs)) == docs


@given(DOCS, st.sampled_from(["", "HK1", "0001Y28JUN"]), st.sampled_from(["", "/", "//H", "/H"]))
def test_what_stands_around_a_document_changes_nothing(docs: Docs, before: str, after: str) -> None:
    assert parse_docs(before + write_docs(docs) + after) == docs


@given(DOCS, st.data())
def test_a_document_with_a_field_too_few_keeps_number_birth_and_name(docs: Docs, data: st.DataObject) -> None:
    if docs.sex not in {"M", "F"}:
        return
    fields = list(docs[:9])
    del fields[data.draw(st.sampled_from([0, 1, 3]))]
    found = parse_docs("/" + "/".join(fields))
    assert found is not None
    assert (found.born, found.surname, found.given) == (docs.born, docs.surname, docs.given)
    if any(map(str.isdigit, docs.number)):
        assert found.number == docs.number


@given(st.text(max_size=300))
def test_any_text_is_borne(text: str) -> None:
    parse_docs(text)
    parse_doco(text)
    parse_doca(text)
    parse_infant(text)
    find_docs(text)
    parse_state(text)


@given(DOCS)
def test_a_document_is_found_within_other_text(docs: Docs) -> None:
    found = find_docs(f"0/O/SR/SSR DOCSSQHK1 {write_docs(docs)}")
    assert [(one.number, one.born, one.surname) for one in found] == [(docs.number, docs.born, docs.surname)]


@given(st.dates(date(1917, 1, 1), JOURNEY))
def test_a_birth_is_among_the_readings_of_its_short_form(day: date) -> None:
    short = f"{day.day:02d}{list(MONTHS)[day.month - 1]}{day.year % 100:02d}"
    readings = parse_birth(short, JOURNEY)
    assert day.isoformat() in readings
    assert all(reading <= JOURNEY.isoformat() for reading in readings)


@pytest.mark.parametrize(("text", "journey", "readings"), [
    ("12JUL64", JOURNEY, ("1964-07-12",)),
    ("12JUL24", JOURNEY, ("2024-07-12", "1924-07-12")),
    ("12JUL12", JOURNEY, ("2012-07-12",)),
    ("12JUL12", date(2010, 12, 12), ("1912-07-12",)),
    ("120764", JOURNEY, ("1964-07-12",)),
    ("1964-07-12", JOURNEY, ("1964-07-12",)),
    ("12JUL1964", JOURNEY, ("1964-07-12",)),
    ("31FEB64", JOURNEY, ()),
    ("12XXX64", JOURNEY, ()),
    ("", JOURNEY, ()),
])  # fmt: skip
def test_births_are_before_the_journey_and_of_the_living(text: str, journey: date, readings: tuple[str, ...]) -> None:
    assert parse_birth(text, journey) == readings


@pytest.mark.parametrize(
    ("text", "iso"), [("01JAN31", "2031-01-01"), ("01JAN99", "1999-01-01"), ("311230", "2030-12-31")]
)
def test_other_dates_are_in_the_century_nearest_to_the_journey(text: str, iso: str) -> None:
    assert parse_near(text, JOURNEY) == iso


@pytest.mark.parametrize(("text", "code", "understood"), [
    ("D", "de", True), ("D<<", "de", True), ("GBD", "gb", True), ("RKS", "xk", True), ("NER", "ne", True),
    ("ne", "ne", True), ("XXA", None, True), ("UNO", None, True), ("", None, True), ("WWW", None, False),
])  # fmt: skip
def test_states_are_read_as_icao_codes_them(text: str, code: str | None, understood: bool) -> None:
    assert parse_state(text) == (code, understood)


@pytest.mark.parametrize(("text", "expected"), [
    ("MAIGA/HAWA 12SEP25", ("MAIGA", "HAWA", "12SEP25")), ("MAIGA/HAWA/12SEP25", ("MAIGA", "HAWA", "12SEP25")),
    ("MAIGA/HAWA", ("MAIGA", "HAWA", "")), ("MAIGA/HAWA 12SEP25 QM 412", ("MAIGA", "HAWA", "12SEP25")),
])  # fmt: skip
def test_infants_are_read_with_and_without_a_birth_date(text: str, expected: tuple[str, str, str]) -> None:
    assert parse_infant(text) == expected
