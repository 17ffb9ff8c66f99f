"""Registers of stolen and lost documents to listings."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import InputError, Kind, Listing, PartialDate
from tahaluf.messages import Rejection, RejectSink
from tahaluf.messages.documents import read_register
from tests.messages.helpers import write, write_xlsx

ROWS = [
    ["AB123456", "passport", "MAR", "stolen", "2026-03-01", "taken at the port"],
    ["X00917", "identity card", "Mali", "lost", "2025", ""],
    ["FR9000001", "visa", "FRA", "blank stolen", "", ""],
]
HEADINGS = ["number", "type", "country", "status", "reported_on", "note"]
FRENCH = [
    "Numéro du document",
    "Nature du document",
    "Pays de délivrance",
    "Statut",
    "Date de déclaration",
    "Remarques",
]
ARABIC = ["رقم الوثيقة", "نوع الوثيقة", "بلد الإصدار", "الحالة", "تاريخ البلاغ", "ملاحظات"]


def register(path: Path) -> tuple[list[Listing], list[Rejection], RejectSink]:
    sink = RejectSink()
    listings = list(read_register(path, sink))
    return listings, sink.take(), sink


def csv(*rows: list[str], headings: list[str] = HEADINGS) -> str:
    return "\n".join(",".join(row) for row in (headings, *rows)) + "\n"


def codes(rejections: list[Rejection]) -> list[str]:
    return [rejection.problem.code.removeprefix("messages.register.") for rejection in rejections]


def test_each_row_is_a_listing_with_its_document_and_why_it_is_there(tmp_path: Path) -> None:
    listings, rejections, sink = register(write(tmp_path / "r.csv", csv(*ROWS)))
    first = listings[0]
    assert (first.id, first.kind, first.names, first.dataset) == (
        "register:passport:ma:AB123456", Kind.UNKNOWN, (), "documents",
    )  # fmt: skip
    (document,) = first.documents
    assert (document.number, document.type, document.country, document.note) == ("AB123456", "passport", "ma", "stolen")
    (designation,) = first.designations
    assert (designation.authority, designation.basis, designation.listed_on) == (
        "register",
        "stolen",
        PartialDate(2026, 3, 1),
    )
    assert first.remarks == ("stolen", "taken at the port")
    assert [(d.type, d.country, one.remarks[0]) for one in listings for d in one.documents] == [
        ("passport", "ma", "stolen"), ("identification", "ml", "lost"), ("visa", "fr", "blank-stolen"),
    ]  # fmt: skip
    assert (rejections, sink.units) == ([], 3)


@pytest.mark.parametrize("headings", [HEADINGS, FRENCH, ARABIC], ids=["English", "French", "Arabic"])
def test_headings_are_read_in_three_languages(headings: list[str], tmp_path: Path) -> None:
    plain, _, _ = register(write(tmp_path / "plain.csv", csv(*ROWS)))
    listings, rejections, _ = register(write(tmp_path / "r.csv", csv(*ROWS, headings=headings)))
    assert listings == plain
    assert rejections == []


@pytest.mark.parametrize("form", ["semicolons", "jsonl", "xlsx", "title above"])
def test_all_table_formats_give_the_same(form: str, tmp_path: Path) -> None:
    plain, _, _ = register(write(tmp_path / "plain.csv", csv(*ROWS)))
    path = tmp_path / form
    if form == "jsonl":
        write(path, "".join(json.dumps(dict(zip(HEADINGS, row, strict=True))) + "\n" for row in ROWS))
    elif form == "xlsx":
        write_xlsx(path, [HEADINGS, *ROWS])  # type: ignore[list-item]
    else:
        text = csv(*ROWS)
        write(path, text.replace(",", ";") if form == "semicolons" else f"Register of documents,,,,,\n{text}")
    assert register(path)[0] == plain


def test_statuses_are_read_in_three_languages(tmp_path: Path) -> None:
    words = ["stolen", "volé", "مسروق", "lost", "perdu", "مفقود", "revoked", "annulé", "ملغى"]
    text = csv(*[[f"A{at:05d}", "P", "ML", word, "", ""] for at, word in enumerate(words)])
    listings, rejections, _ = register(write(tmp_path / "r.csv", text))
    assert [listing.remarks[0] for listing in listings] == ["stolen"] * 3 + ["lost"] * 3 + ["revoked"] * 3
    assert rejections == []


def test_a_holder_who_is_named_is_a_person_to_search_too(tmp_path: Path) -> None:
    listings, _, _ = register(write(tmp_path / "r.csv", "number,holder\nAB123456,أمينة التازي\nAB123457,unknown\n"))
    assert [(one.kind, one.caption) for one in listings] == [
        (Kind.PERSON, "أمينة التازي"), (Kind.UNKNOWN, "register:identification::AB123457"),
    ]  # fmt: skip


def test_a_row_without_a_number_is_turned_away_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = csv(["", "passport", "MAR", "lost", "", ""], ["unknown", "passport", "MAR", "lost", "", ""], *ROWS)
    listings, rejections, sink = register(write(tmp_path / "r.csv", text))
    assert len(listings) == 3
    assert [(found.problem.code, found.problem.where.line, found.screened) for found in rejections] == [
        ("messages.register.number", 2, False), ("messages.register.number", 3, False),
    ]  # fmt: skip
    assert (sink.units, sink.rejected) == (5, 2)


def test_a_document_that_was_there_before_is_told_and_left_out(tmp_path: Path) -> None:
    text = csv(*ROWS, ["ab 123456", "P", "Morocco", "lost", "", ""])
    listings, rejections, _ = register(write(tmp_path / "r.csv", text))
    assert len(listings) == 3
    (found,) = rejections
    assert (found.problem.code, found.problem.where.line, found.problem.expected) == (
        "messages.register.duplicate",
        5,
        "line 2",
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["A12345", "passport", "Atlantis", "lost", "", ""], "country"),
        (["A12345", "passport", "MAR", "eaten", "", ""], "status"),
        (["A12345", "passport", "MAR", "lost", "the other day", ""], "date"),
    ],
)
def test_what_is_not_understood_is_told_and_the_document_is_kept(row: list[str], code: str, tmp_path: Path) -> None:
    listings, rejections, _ = register(write(tmp_path / "r.csv", csv(row)))
    assert [document.number for listing in listings for document in listing.documents] == ["A12345"]
    assert codes(rejections) == [code]


@pytest.mark.parametrize("code", ["D", "GBD", "RKS", "D<<".rstrip("<")])
def test_codes_of_travel_documents_are_countries(code: str, tmp_path: Path) -> None:
    listings, rejections, _ = register(write(tmp_path / "r.csv", f"number,country\nA12345,{code}\n"))
    assert listings[0].documents[0].country in ("de", "gb", "xk")
    assert rejections == []


def test_a_range_is_every_number_in_it(tmp_path: Path) -> None:
    listings, rejections, _ = register(write(tmp_path / "r.csv", "number from,number to\nFR0098,FR0102\n"))
    assert [listing.documents[0].number for listing in listings] == ["FR0098", "FR0099", "FR0100", "FR0101", "FR0102"]
    assert rejections == []


def test_a_range_that_holds_a_known_number_gives_the_others(tmp_path: Path) -> None:
    text = "number from,number to\nFR0099,\nFR0098,FR0100\n"
    listings, rejections, sink = register(write(tmp_path / "r.csv", text))
    assert [listing.reference for listing in listings] == ["FR0099", "FR0098", "FR0100"]
    assert ([(found.problem.code, found.screened) for found in rejections], sink.rejected) == (
        [("messages.register.duplicate", True)], 0,
    )  # fmt: skip


@pytest.mark.parametrize("last", ["GB0102", "FR9999999", "FR0001", "FR01020", "?"])
def test_a_range_that_is_none_gives_its_ends_and_is_told(last: str, tmp_path: Path) -> None:
    listings, rejections, _ = register(write(tmp_path / "r.csv", f"number,number to\nFR0098,{last}\n"))
    assert listings[0].documents[0].number == "FR0098"
    assert codes(rejections) == ["range"]


@pytest.mark.parametrize("text", ["name,birth_date\nA,B\n", "AB123456\n", '{"name": "A"}\n'])
def test_a_file_without_numbers_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no_number"):
        register(write(tmp_path / "r", text))


def test_other_files_are_refused(tmp_path: Path) -> None:
    for content in (b"", b"%PDF-1.4", b"<xml/>"):
        with pytest.raises(InputError):
            register(write(tmp_path / "r", content))


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=8), st.text(max_size=8)), max_size=6))
def test_every_row_is_a_listing_or_is_told(rows: list[tuple[str, str, str]]) -> None:
    from tempfile import TemporaryDirectory

    lines = [json.dumps({"number": number, "status": status, "country": country}) for number, status, country in rows]
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / "r.jsonl", '{"number": "AB1234567"}\n' + "\n".join(lines))
        listings, rejections, _ = register(path)
    lost = {found.problem.where.line for found in rejections if not found.screened}
    blank = sum(not any(value.strip() for value in row) for row in rows)
    assert len(listings) + len(lost) + blank >= 1 + len(rows)
    assert len({listing.id for listing in listings}) == len(listings)
