"""Registers of stolen and lost documents to listings."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import InputError, Kind, Listing, PartialDate
from tahaluf.messages import Rejection, RejectSink
from tahaluf.messages.documents import read_register
from tahaluf.messages.documents.numbers import MOST_IN_RANGE, expand, plain_number, read_cell
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
        (Kind.PERSON, "أمينة التازي"), (Kind.UNKNOWN, "identification AB123457"),
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


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("X1234567 / X1234568", ["X1234567", "X1234568"]),
        ("X1234567; X1234568;", ["X1234567", "X1234568"]),
        ("X1234567, X1234568, X1234569", ["X1234567", "X1234568", "X1234569"]),
        ("X1234567 X1234568", ["X1234567", "X1234568"]),
        ("X1234567\nX1234568", ["X1234567", "X1234568"]),
        ("123456789.0", ["123456789"]),
        ("123456789,00", ["123456789"]),
        ("123,456,789", ["123456789"]),
        ("X ١٢٣٤٥٦٧", ["X1234567"]),
        ("ab 123 456", ["AB123456"]),
        ("12-34-567890", ["12-34-567890"]),
        ("850314-1234", ["850314-1234"]),
        ("2023/00123", ["2023/00123"]),
    ],
)
def test_a_cell_is_read_as_the_numbers_that_it_holds(cell: str, numbers: list[str], tmp_path: Path) -> None:
    listings, rejections, _ = register(write(tmp_path / "r.jsonl", json.dumps({"number": cell})))
    assert [listing.reference for listing in listings] == numbers
    assert rejections == []


def test_numbers_in_a_list_are_each_a_document(tmp_path: Path) -> None:
    listings, rejections, _ = register(write(tmp_path / "r.jsonl", '{"number": ["X1234567", "X1234568"]}'))
    assert [listing.reference for listing in listings] == ["X1234567", "X1234568"]
    assert rejections == []


@pytest.mark.parametrize("cell", ["AB100-AB102", "AB100 - AB102", "AB100–AB102", "AB100 à AB102", "AB100 إلى AB102"])
def test_a_cell_from_one_number_to_another_is_every_number_between_and_is_told(cell: str, tmp_path: Path) -> None:
    listings, rejections, sink = register(write(tmp_path / "r.csv", f"number\n{cell}\n"))
    assert [listing.reference for listing in listings] == ["AB100", "AB101", "AB102"]
    assert [(found.problem.code, found.problem.expected, found.screened) for found in rejections] == [
        ("messages.register.several", "3", True)
    ]
    assert sink.units == 1


@pytest.mark.parametrize(
    ("cell", "numbers", "code"),
    [
        ("100001-100003", ["100001-100003", "100001", "100002", "100003"], "several"),
        ("1234567/1234568", ["1234567/1234568", "1234567", "1234568"], "several"),
        ("123456-999999", ["123456-999999", "123456", "999999"], "range"),
        ("AB200-AB100", ["AB200", "AB100"], "range"),
        ("X1234567 / unknown", ["X1234567"], "part"),
    ],
)
def test_a_cell_that_may_be_several_things_is_imported_as_each_and_told(
    cell: str, numbers: list[str], code: str, tmp_path: Path
) -> None:
    listings, rejections, sink = register(write(tmp_path / "r.csv", f"number\n{cell}\n"))
    assert [listing.reference for listing in listings] == numbers
    assert (codes(rejections), sink.rejected) == ([code], 0)


@pytest.mark.parametrize("cell", ["1.23457E+11", "1.23457E11"])
def test_a_number_whose_digits_a_spreadsheet_lost_is_turned_away(cell: str, tmp_path: Path) -> None:
    listings, rejections, sink = register(write(tmp_path / "r.csv", f"number\n{cell}\n"))
    assert (listings, codes(rejections), sink.rejected) == ([], ["number"], 1)


def test_one_cell_gives_no_more_than_one_range_may(tmp_path: Path) -> None:
    cell = ";".join(f"{letter}A00000-{letter}A99998" for letter in "ABC")
    listings, rejections, _ = register(write(tmp_path / "r.csv", f'number,note\n"{cell}",\n'))
    assert len(listings) == 99_999 + 4
    assert sorted(codes(rejections)) == ["range", "range", "several"]


def test_every_column_of_numbers_gives_documents_of_its_type(tmp_path: Path) -> None:
    text = "passport number,id number,visa no,country\nX1234567,99887766,,MAR\n,99887767,V1234567,MAR\n"
    listings, rejections, sink = register(write(tmp_path / "r.csv", text))
    assert [(one.documents[0].type, one.reference) for one in listings] == [
        ("passport", "X1234567"), ("identification", "99887766"),
        ("identification", "99887767"), ("visa", "V1234567"),
    ]  # fmt: skip
    assert (rejections, sink.warnings, sink.units) == ([], [], 2)


def test_a_number_in_two_columns_of_a_row_is_one_document(tmp_path: Path) -> None:
    (listing,), rejections, _ = register(write(tmp_path / "r.csv", "document number,passport no\nX1234567,X1234567\n"))
    assert listing.documents[0].type == "passport"
    assert rejections == []


def test_a_type_in_the_row_goes_before_that_of_the_heading(tmp_path: Path) -> None:
    listings, _, _ = register(write(tmp_path / "r.csv", "passport number,type\nX1234567,visa\nX1234568,\n"))
    assert [one.documents[0].type for one in listings] == ["visa", "passport"]


def test_a_column_that_counts_the_rows_is_no_column_of_numbers(tmp_path: Path) -> None:
    rows = "\n".join(f"{at},X{at:07d}" for at in range(99, 140))
    listings, rejections, _ = register(write(tmp_path / "r.csv", f"N°,N° du passeport\n{rows}\n"))
    assert [one.reference for one in listings] == [f"X{at:07d}" for at in range(99, 140)]
    assert rejections == []


@pytest.mark.parametrize(
    "heading",
    ["N° du passeport", "Numéro du passeport", "No. de passeport", "Passport No.", "passport #", "PASSPORT_NUMBER",
     "passportNumber", "رقم الجواز", "رقم جواز السفر"],
)  # fmt: skip
def test_usual_headings_of_passport_numbers_are_known(heading: str, tmp_path: Path) -> None:
    listings, _, _ = register(write(tmp_path / "r.csv", f"{heading}\nX1234567\n"))
    assert [(one.documents[0].type, one.reference) for one in listings] == [("passport", "X1234567")]


def test_a_column_that_looks_like_numbers_and_is_not_used_is_told(tmp_path: Path) -> None:
    text = "number,old pass,lost on,shelf\nX1234567,Y7654321,2024-05-06,A1\nX1234568,Y7654322,2024-05-07,A2\n"
    listings, _, sink = register(write(tmp_path / "r.csv", text))
    assert len(listings) == 2
    assert [(told.code, told.where.field, told.found) for told in sink.warnings] == [
        ("messages.register.unused", "old pass", "Y7654321, Y7654322")
    ]


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


PLAIN = st.from_regex("[A-Z]{1,2}[0-9]{6,7}", fullmatch=True)


@given(st.lists(PLAIN, min_size=1, max_size=5), st.sampled_from([" / ", "; ", ";", ", ", "\n", " | ", " ", "،"]))
def test_numbers_apart_by_any_mark_come_back(numbers: list[str], mark: str) -> None:
    cell = read_cell(mark.join(numbers))
    assert cell == (tuple(dict.fromkeys(numbers)), (), (), ())


@given(st.text("AB01239 -/.,;E+à", max_size=40))
def test_nothing_of_a_cell_is_dropped_and_every_number_is_plain(text: str) -> None:
    cell = read_cell(text)
    assert all(plain_number(number) == number for number in cell.numbers)
    assert len(cell.numbers) <= MOST_IN_RANGE
    assert bool(cell.numbers or cell.unread) == bool(text.strip(" ,;"))


@given(st.integers(0, 10**6), st.integers(0, 300))
def test_a_range_holds_as_many_numbers_as_it_spans(low: int, span: int) -> None:
    numbers = expand(f"AB{low:08d}", f"AB{low + span:08d}") or []
    assert numbers == [f"AB{number:08d}" for number in range(low, low + span + 1)]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("passeport ordinaire", "passport"), ("Passeport biométrique", "passport"), ("جواز سفر عادي", "passport")],
)
def test_a_type_that_says_more_is_known_by_its_first_word(tmp_path: Path, word: str, kind: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"numéro;type;pays\nO0777777;{word};Guinée\n", "utf-8")
    sink = RejectSink()
    (listing,) = read_register(path, sink)
    assert listing.documents[0].type == kind
    assert sink.take() == []


def test_a_type_that_is_not_known_is_told_and_the_number_is_looked_for_whatever_its_type(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("numéro;type\nO0777777;laissez-passer\n", "utf-8")
    sink = RejectSink()
    (listing,) = read_register(path, sink)
    assert listing.documents[0].type == "identification"
    assert [found.problem.code for found in sink.take()] == ["messages.register.type"]
