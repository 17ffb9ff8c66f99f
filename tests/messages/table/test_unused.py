"""No column of a file passes unseen, and no cell that says "unknown" passes for a name."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tahaluf.messages import RejectSink, read_batches
from tests.messages.helpers import rows_and_rejects, write


def sink_of(path: Path, **mapping: str) -> RejectSink:
    sink = RejectSink()
    for _ in read_batches(path, mapping=mapping, rejects=sink):
        pass
    return sink


def test_it_is_told_which_column_was_taken_for_what_and_which_for_nothing(tmp_path: Path) -> None:
    sink = sink_of(write(tmp_path / "s", "No,Full Name,DOB,Ctry,Seat\n1,Nadia Bakkar,1984-03-12,Tunisia,14C\n"))
    assert sink.columns is not None
    assert sink.columns.roles == {
        "id": ["No"], "name": ["Full Name"], "birth_date": ["DOB"], "residence": ["Ctry"],
    }  # fmt: skip
    assert sink.columns.unused == ["Seat"]
    assert sink.warnings == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name,Anniv.\nNadia,14/07/1970\nIdriss,1985\n", [("messages.table.unused_dates", "Anniv.")]),
        ("name,Patrie\nNadia,Tunisie\nIdriss,MA\n", [("messages.table.unused_countries", "Patrie")]),
        ("name,DOB,Vol du\nNadia,1970,14/07/2025\n", []),
        ("name,Amount\nNadia,12345\n", []),
        ("name,Note\nNadia,\n", []),
    ],
)
def test_a_column_that_looks_like_what_the_file_lacks_is_warned_of(
    tmp_path: Path, text: str, found: list[tuple[str, str]]
) -> None:
    sink = sink_of(write(tmp_path / "s", text))
    assert [(problem.code, problem.where.field) for problem in sink.warnings] == found
    assert sink.take() == []


def test_columns_of_json_and_parquet_are_told_too(tmp_path: Path) -> None:
    rows = [{"name": "Nadia Bakkar", "jour": "1970-07-14"}, {"name": "Idriss Zerouali", "seat": "4"}]
    text = write(tmp_path / "s.jsonl", '{"name":"Nadia Bakkar","jour":"1970-07-14"}\n{"name":"Idriss","seat":"4"}\n')
    pq.write_table(pa.Table.from_pylist(rows, pa.schema([(key, pa.string()) for key in ("name", "jour", "seat")])),
                   tmp_path / "s.parquet")  # fmt: skip
    for path in (text, tmp_path / "s.parquet"):
        sink = sink_of(path)
        assert sink.columns is not None
        assert (sink.columns.roles, sink.columns.unused) == ({"name": ["name"]}, ["jour", "seat"])
        assert [problem.code for problem in sink.warnings] == ["messages.table.unused_dates"]


@pytest.mark.parametrize("heading", [
    "Date naiss", "D. naissance", "DDN", "DOB", "né le", "birthdate", "dt naiss.", "م. الميلاد", "ت. الميلاد",
    "تاريخ الولادة",
])  # fmt: skip
def test_headings_of_birth_dates_are_recognized_when_cut_short(tmp_path: Path, heading: str) -> None:
    rows, _ = rows_and_rejects(write(tmp_path / "s", f"name;{heading}\nNadia;14/07/1970\n"))
    assert rows[0]["birth_dates"] == ["1970-07-14"]


@pytest.mark.parametrize(
    "heading", ["Pays d origine", "pays", "ctry", "country", "nation", "nat.", "بلد", "بلد المنشأ"]
)
def test_headings_of_countries_are_recognized_when_cut_short(tmp_path: Path, heading: str) -> None:
    rows, _ = rows_and_rejects(write(tmp_path / "s", f"name;{heading}\nNadia;Tunisie\n"))
    assert rows[0]["nationalities"] + rows[0]["residences"] == ["tn"]


@pytest.mark.parametrize(
    "cell", ["N/A", "n.a.", "-", "unknown", "Inconnu", "NÉANT", "neant", "غير معروف", "مجهولة", "?"]
)
def test_a_cell_that_says_that_no_name_is_known_holds_none(tmp_path: Path, cell: str) -> None:
    for text in (f"id;name\n1;{cell}\n2;Nadia\n", f"id;name;alias\n1;{cell};\n2;Nadia;{cell}\n"):
        rows, rejects = rows_and_rejects(write(tmp_path / "s", text))
        assert [(row["id"], row["names"]) for row in rows] == [("2", ["Nadia"])]
        assert [(r.problem.code, r.problem.found, r.screened) for r in rejects] == [
            ("messages.table.no_name", cell, False)
        ]


def test_a_part_that_is_not_known_is_no_part_of_the_name(tmp_path: Path) -> None:
    rows, _ = rows_and_rejects(write(tmp_path / "s", "prénom,nom de famille\nNadia,inconnu\nJiwon,Na\n"))
    assert [row["names"] for row in rows] == [["Nadia"], ["Jiwon Na"]]


def test_a_file_of_headings_only_is_warned_of(tmp_path: Path) -> None:
    sink = sink_of(write(tmp_path / "s", "id,name\n"))
    assert [problem.code for problem in sink.warnings] == ["messages.table.no_rows"]
