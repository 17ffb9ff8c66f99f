"""Every format gives the same subjects; each is recognized by content; hostile files are refused."""

import gzip
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tahaluf.domain import InputError
from tahaluf.messages import SUBJECT_SCHEMA, batch_of, read, read_batches, subjects_of
from tests.messages.helpers import rows_and_rejects, rows_of, write

HEADINGS = ["id", "name", "birth_date", "nationality"]
ROWS = [["1", "Idriss Zerouali", "1984-03-12", "Morocco"], ["2", "نادية بكار", "1990", "ml"]]
EXPECTED = [(["Idriss Zerouali"], ["1984-03-12"], ["ma"]), (["نادية بكار"], ["1990"], ["ml"])]


def write_xlsx(path: Path, rows: list[list[object]], sheet: str = "s") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_datetime(number, column, value, day)
                else:
                    page.write(number, column, value)
    return path


def make(path: Path, form: str) -> Path:
    objects = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
    if form == "csv":
        return write(path, "\n".join(",".join(row) for row in [HEADINGS, *ROWS]))
    if form == "csv.gz":
        return write(path, gzip.compress(make(path, "csv").read_bytes()))
    if form == "jsonl":
        return write(path, "\n".join(json.dumps(item) for item in objects))
    if form == "xlsx":
        return write_xlsx(path, [HEADINGS, *ROWS])
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(objects), path)
        return path
    entities = [
        {
            "id": item["id"],
            "schema": "Person",
            "properties": {
                "name": [item["name"]],
                "birthDate": [item["birth_date"]],
                "nationality": [item["nationality"]],
            },
        }
        for item in objects
    ]
    return write(path, "\n".join(json.dumps(item) for item in entities))


@pytest.mark.parametrize("form", ["csv", "csv.gz", "jsonl", "xlsx", "parquet", "ftm"])
def test_every_format_gives_the_same_subjects_whatever_the_file_is_called(tmp_path: Path, form: str) -> None:
    rows = rows_of(make(tmp_path / "no-suffix", form))
    assert [(row["names"], row["birth_dates"], row["nationalities"]) for row in rows] == EXPECTED
    assert [row["id"] for row in rows] == ["1", "2"]


def test_workbooks_give_dates_numbers_and_the_values_of_formulas(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["id", "name", "dob"])
        page.write(1, 0, 17)
        page.write_formula(1, 1, '="Idriss" & " Zerouali"', None, "Idriss Zerouali")
        page.write_datetime(1, 2, datetime(1984, 3, 12), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001
        page.write_row(3, 0, [18, "Nadia Bakkar", 30753])
    rows = rows_of(path)
    assert [(row["id"], row["names"][0], row["birth_dates"], row["line"]) for row in rows] == [
        ("17", "Idriss Zerouali", ["1984-03-12"], 2),
        ("18", "Nadia Bakkar", ["1984-03-12"], 4),
    ]


def test_a_sheet_that_is_not_read_is_said(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "s.xlsx")) as book:
        book.add_worksheet("notes").write(0, 0, "printed on paper")
        page = book.add_worksheet("people")
        page.write_column(0, 0, ["full name", "Nadia Bakkar"])
    rows, rejects = rows_and_rejects(tmp_path / "s.xlsx")
    assert [row["names"] for row in rows] == [["Nadia Bakkar"]]
    assert [(r.problem.code, r.problem.found) for r in rejects] == [("messages.table.sheet", "notes")]


def test_a_workbook_that_unpacks_beyond_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "s.xlsx", [["name"], *([f"Person Number{n}"] for n in range(5000))])
    monkeypatch.setattr("tahaluf.messages.table.workbook.MAX_UNPACKED", 50_000)
    with pytest.raises(InputError) as refused:
        rows_of(path)
    assert refused.value.problem.code == "messages.table.too_large"


def test_a_workbook_whose_cells_span_the_whole_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write(0, 0, "name")
        page.write(1_048_575, 16_383, "far away")
    with pytest.raises(InputError) as refused:
        rows_of(path)
    assert refused.value.problem.code == "messages.table.too_large"


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "s.zip", "w") as archive:
        archive.writestr("a.txt", "name\nNadia\n")
    with pytest.raises(InputError) as refused:
        rows_of(tmp_path / "s.zip")
    assert refused.value.problem.code == "messages.table.format"


@pytest.mark.parametrize("form", ["csv.gz", "xlsx", "parquet"])
def test_a_file_cut_short_is_refused_as_damaged(tmp_path: Path, form: str) -> None:
    whole = make(tmp_path / "whole", form).read_bytes()
    for length in (len(whole) // 3, len(whole) // 2, len(whole) - 3):
        with pytest.raises(InputError) as refused:
            rows_of(write(tmp_path / "cut", whole[:length]))
        assert refused.value.problem.code == "messages.table.damaged"


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"<?xml version='1.0'?><a/>", b"\xd0\xcf\x11\xe0 old", b"[1, 2]"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError) as refused:
        rows_of(write(tmp_path / "s", content))
    assert refused.value.problem.code == "messages.table.format"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        rows_of(write(tmp_path / "s", " \n"))
    assert refused.value.problem.code == "messages.table.empty"


def test_json_lines_that_are_none_are_rejected_one_by_one(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", '{"name": "Nadia"}\n{"name": \n[1]\n{"name": "Idriss"}\n'))
    assert [(row["names"], row["line"]) for row in rows] == [(["Nadia"], 1), (["Idriss"], 4)]
    assert [(r.problem.code, r.problem.where.line) for r in rejects] == [
        ("messages.table.json", 2),
        ("messages.table.json", 3),
    ]


def test_json_arrays_are_alternatives_and_structures_are_left_out_and_said(tmp_path: Path) -> None:
    content = '{"name": ["Nadia", "نادية"], "nationality": ["ma", "fr"], "birth_date": {"year": 1990}, "n": null}\n'
    rows, rejects = rows_and_rejects(write(tmp_path / "s", content))
    assert (rows[0]["names"], rows[0]["nationalities"]) == (["Nadia", "نادية"], ["ma", "fr"])
    assert [r.problem.code for r in rejects] == ["messages.table.nested"]


def test_keys_that_appear_later_are_used_too(tmp_path: Path) -> None:
    lines = ['{"name": "Nadia"}'] * 20_000 + ['{"name": "Idriss", "dob": "1984"}']
    assert rows_of(write(tmp_path / "s", "\n".join(lines)))[-1]["birth_dates"] == ["1984"]


def test_papers_that_are_entities_of_their_own_go_to_their_holder(tmp_path: Path) -> None:
    entities = [
        {"id": "p", "schema": "Passport", "properties": {"holder": ["a"], "number": ["AB123"]}},
        {"id": "a", "schema": "Person", "properties": {"name": ["Nadia"], "alias": ["نادية"], "lastName": ["B"]}},
        {"id": "x", "schema": "Address", "properties": {"full": ["Rue 5"]}},
    ]
    (row,) = rows_of(write(tmp_path / "s", "\n".join(map(json.dumps, entities))))
    assert (row["id"], row["names"], row["line"]) == ("a", ["Nadia", "نادية"], 2)
    assert row["documents"] == [{"type": "passport", "number": "AB123", "country": None}]


def test_parquet_takes_dates_and_lists_as_they_are(tmp_path: Path) -> None:
    table = pa.table({"names": [["Nadia", "نادية"]], "birth date": [date(1990, 5, 1)], "id": [7]})
    pq.write_table(table, tmp_path / "s")
    (row,) = rows_of(tmp_path / "s")
    assert (row["id"], row["names"], row["birth_dates"]) == ("7", ["Nadia", "نادية"], ["1990-05-01"])


def test_batches_have_the_schema_and_the_size_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "s", "name\n" + "Nadia Bakkar\n" * 10)
    sizes = [batch.num_rows for batch in read_batches(path, batch_size=4)]
    assert sizes == [4, 4, 2]
    assert all(batch.schema.equals(SUBJECT_SCHEMA) for batch in read_batches(path))


def test_subjects_and_batches_are_two_forms_of_the_same(tmp_path: Path) -> None:
    text = "id,name,dob,sex,nationality,passport,pob,type\n1,Nadia,1990-05,F,ma,AB1,Fès,person\n2,Idriss,,,,,,\n"
    path = write(tmp_path / "s", text)
    subjects = list(read(path))
    assert list(subjects_of(batch_of(subjects), str(path))) == subjects
    assert subjects[0].birth_dates[0].isoformat() == "1990-05"
