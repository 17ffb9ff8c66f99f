"""Text tables: delimiters, quotes, line numbers, and rows that cannot be used."""

import csv
import io
import re
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import InputError
from tahaluf.messages.table.blocks import BLOCK_ROWS
from tahaluf.messages.table.delimited import MAX_SPAN, read_delimited
from tahaluf.messages.table.textlines import BadLine
from tests.messages.helpers import names_of, rows_and_rejects, rows_of, write


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_recognized(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [("id", "name"), ("7", "Idriss Zerouali")]) + "\n"
    assert rows_of(write(tmp_path / "s", text))[0]["id"] == "7"


def test_a_comma_inside_names_does_not_split_a_file_of_semicolons(tmp_path: Path) -> None:
    path = write(tmp_path / "s", "id;name\n1;Zerouali, Idriss\n2;Bakkar, Nadia\n")
    assert names_of(path) == [["Zerouali, Idriss"], ["Bakkar, Nadia"]]


def test_a_lone_column_of_names_needs_no_heading(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "s", "Idriss Zerouali\nنادية بكار\n"))
    assert [(row["id"], row["names"]) for row in rows] == [("1", ["Idriss Zerouali"]), ("2", ["نادية بكار"])]


@pytest.mark.parametrize(
    "line",
    [
        "P<MLIDIARRA<<AMADOU<<<<<<<<<<<<<<<<<<<<<<<<<", "NAD+FL+++KONATE:BOUBACAR'", "NAD*FL***KONATE:BOUBACAR$",
        "</PNRs>", '<Passenger RPH="2">', "<Nm>Boubacar Konate</Nm>", '<Flight RPH="1"', 'IssuingLoc="NER" Gender="M"',
    ],
)  # fmt: skip
def test_what_is_left_of_a_message_is_no_name(tmp_path: Path, line: str) -> None:
    text = f"Idriss Zerouali\n{line}\nNadia B. <nadia@example.org>\n"
    rows, rejects = rows_and_rejects(write(tmp_path / "s", text))
    assert [row["names"] for row in rows] == [["Idriss Zerouali"], ["Nadia B. <nadia@example.org>"]]
    assert [(found.problem.code, found.problem.where.line) for found in rejects] == [("messages.table.no_name", 2)]


def test_id_and_name_need_no_heading(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "s", "q-1,Idriss Zerouali\nq-2,نادية بكار\n"))
    assert [row["id"] for row in rows] == ["q-1", "q-2"]


def test_two_columns_of_words_are_not_guessed_at(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        rows_of(write(tmp_path / "s", "Zerouali,Idriss\nBakkar,Nadia\n"))
    assert refused.value.problem.code == "messages.table.no_name_column"


def test_line_numbers_count_quoted_line_breaks_and_blank_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "s", 'id,name\r\n\r\n1,"Idriss\r\nZerouali"\r\n2,Nadia Bakkar\r\n')
    assert [(row["line"], row["names"]) for row in rows_of(path)] == [(3, ["Idriss Zerouali"]), (5, ["Nadia Bakkar"])]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_lone_return_is_a_blank_on_any_line_but_where_lines_end_with_it(tmp_path: Path, end: str) -> None:
    assert names_of(write(tmp_path / "a", f"name\nIdriss\rZerouali\nNadia\rBakkar{end}")) == [
        ["Idriss Zerouali"],
        ["Nadia Bakkar"],
    ]
    assert names_of(write(tmp_path / "b", "name\rIdriss\rNadia")) == [["Idriss"], ["Nadia"]]


def test_a_quote_that_is_never_closed_swallows_no_other_row(tmp_path: Path) -> None:
    others = "".join(f"{number},Person Number{number}\n" for number in range(3, 3 + 2 * MAX_SPAN))
    rows, rejects = rows_and_rejects(write(tmp_path / "s", f'id,name\n1,"Idriss Zerouali\n{others}'))
    assert len(rows) + len(rejects) == 1 + 2 * MAX_SPAN
    assert rows[-1]["names"] == [f"Person Number{2 + 2 * MAX_SPAN}"]
    assert rows[0]["names"] == ['"Idriss Zerouali']


def test_a_row_of_another_width_is_rejected_with_its_place_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "id,name\n1,Idriss\n2\n3,Nadia,extra\n4,Salma\n"))
    assert [row["id"] for row in rows] == ["1", "4"]
    found = [(r.problem.where.line, r.problem.code, r.problem.expected, r.problem.found, r.row) for r in rejects]
    assert found == [
        (3, "messages.table.width", "2", "1", "2"),
        (4, "messages.table.width", "2", "3", "3,Nadia,extra"),
    ]


def test_empty_cells_beyond_the_width_are_no_fault(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "id,name\n1,Idriss,,\n"))
    assert (len(rows), rejects) == (1, [])


def test_a_row_without_a_name_is_rejected(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "id,name\n1, \n2,12345\n3,Nadia\n"))
    assert [row["id"] for row in rows] == ["3"]
    assert [(r.problem.where.line, r.problem.found) for r in rejects] == [(2, ""), (3, "12345")]


def test_a_missing_id_is_the_line(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "s", "id,name\n,Idriss\nb,Nadia\n"))
    assert [row["id"] for row in rows] == ["line-2", "b"]


def test_a_line_longer_than_any_row_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "id,name\n1," + "x" * 9_000_000 + "\n2,Nadia\n"))
    assert [row["id"] for row in rows] == ["2"]
    assert [(r.problem.code, r.problem.where.line) for r in rejects] == [("messages.table.long_line", 2)]


def test_a_cell_longer_than_any_name_is_rejected(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "id,name\n1," + "x" * 20_000 + "\n2,Nadia\n"))
    assert [row["id"] for row in rows] == ["2"]
    assert rejects[0].problem.code == "messages.table.long_cell"


def test_lines_above_the_headings_are_reported(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "Liste du vol,\nid,nom complet\n1,Nadia Bakkar\n"))
    assert [row["line"] for row in rows] == [3]
    assert [(r.problem.code, r.problem.where.line, r.screened) for r in rejects] == [
        ("messages.table.preamble", 1, False)
    ]


def test_a_file_of_many_blocks_keeps_every_row_in_order(tmp_path: Path) -> None:
    count = 2 * BLOCK_ROWS + 5
    path = write(tmp_path / "s", "id,name\n" + "".join(f"{n},Name{n} Of\n" for n in range(count)))
    assert [row["id"] for row in rows_of(path, batch_size=1000)] == [str(n) for n in range(count)]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=0, max_size=12)


@given(rows=st.lists(st.tuples(CELL, st.one_of(CELL, st.just('x"\n"y'))), min_size=1, max_size=40))
def test_what_a_csv_writer_wrote_is_read_back(rows: list[tuple[str, str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("id", "name"), *rows])
    blocks = list(read_delimited([text.getvalue().encode()], "utf-8", []))
    assert [tuple(row) for block in blocks for row in block.rows] == [("id", "name"), *rows]


PIECES = [b"\n", b"\r\n", b'"', b"", b",", b";", b"\t", b"a", b"name", b"\xd8", b"\xff", b"\x00", "ع".encode()]


@given(st.one_of(st.binary(max_size=400), st.lists(st.sampled_from(PIECES), max_size=150).map(b"".join)))
def test_any_bytes_end_in_rows_or_rejects_and_lose_no_line(content: bytes) -> None:
    bad: list[BadLine] = []
    blocks = list(read_delimited([content], "utf-8", bad))
    found: list[tuple[int, str]] = [(line.line, line.text) for line in bad]
    for block in blocks:
        assert len(block.rows) == len(block.lines) == len(block.texts)
        for start, text in zip(block.lines, block.texts, strict=True):
            # A row of several lines stands under the first; the others follow it, but for those that are no text.
            taken = [start]
            for _ in text.split("\n")[1:]:
                taken.append(next(line for line in count(taken[-1] + 1) if line not in {one.line for one in bad}))
            found += zip(taken, text.split("\n"), strict=True)
    written = content.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    lines = written.replace("\r", " " if "\n" in written else "\n").split("\n")
    assert sorted(found) == list(enumerate(lines if lines[-1] else lines[:-1], 1))
    for block in blocks:
        for row, text in zip(block.rows, block.texts, strict=True):
            kept = Counter(re.sub(r"[\s,;|\"]", "", "".join(row)))
            assert kept == Counter(re.sub(r"[\s,;|\"]", "", text))


@pytest.mark.parametrize(
    "odd", ['1,"' + "x" * 140_000, '1,"' + ("x" * 9_000 + "\n") * 20, "1," + "x" * 140_000, '"' * 150_001]
)
def test_a_field_beyond_all_measure_among_the_first_lines_loses_no_other_row(tmp_path: Path, odd: str) -> None:
    others = "".join(f"{number},Person Number{number}\n" for number in range(200))
    rows, rejects = rows_and_rejects(write(tmp_path / "s", f"id,name\n{odd}\n{others}"))
    assert [row["id"] for row in rows][-200:] == [str(number) for number in range(200)]
    assert len(rows) + len(rejects) == 201 + odd.count("\n")
