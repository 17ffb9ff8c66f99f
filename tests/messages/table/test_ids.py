"""Identifiers that stand twice, and those that are missing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.messages.table import ids
from tahaluf.messages.table.blocks import BLOCK_ROWS
from tahaluf.messages.table.ids import SeenIds
from tests.messages.helpers import rows_and_rejects, rows_of, write


def test_a_row_without_an_identifier_never_takes_that_of_another(tmp_path: Path) -> None:
    path = write(tmp_path / "s", "id,name\n4,Idriss\n1,Nadia\n,Salma\nline-5,Ali\nline-5,Omar\n,Zaki\nline-7-2,Sami\n")
    rows, rejects = rows_and_rejects(path)
    assert [row["id"] for row in rows] == ["4", "1", "line-4", "line-5", "line-5", "line-7", "line-7-2"]
    assert [r.problem.where.line for r in rejects] == [6]


def test_a_generated_identifier_that_was_given_before_is_told_apart(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "id,name\nline-3,Idriss\n,Nadia\n"))
    assert [row["id"] for row in rows] == ["line-3", "line-3-2"]
    assert rejects == []


@pytest.mark.parametrize("between", [0, BLOCK_ROWS])
def test_an_identifier_that_stands_twice_is_said_with_both_places_and_both_rows_are_screened(
    tmp_path: Path, between: int
) -> None:
    others = "".join(f"n{number},Person Number{number}\n" for number in range(between))
    rows, rejects = rows_and_rejects(write(tmp_path / "s", f"id,name\na,Idriss\n{others}a,Nadia\nb,Salma\n a ,Ali\n"))
    assert [row["id"] for row in rows if not row["id"].startswith("n")] == ["a", "a", "b", "a"]
    found = [(r.problem.code, r.problem.where.line, r.problem.where.field, r.problem.expected) for r in rejects]
    assert found == [
        ("messages.table.duplicate_id", 3 + between, "id", "2"),
        ("messages.table.duplicate_id", 5 + between, "id", "2"),
    ]
    assert all(r.screened and r.problem.found == "a" for r in rejects)


def test_it_holds_for_lines_of_json_too(tmp_path: Path) -> None:
    lines = [{"id": 7, "name": "Idriss"}, {"name": "Nadia"}, {"id": "7", "name": "Salma", "dob": "1984"}]
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "\n".join(map(json.dumps, lines))))
    assert [row["id"] for row in rows] == ["7", "line-2", "7"]
    assert [(r.problem.where.line, r.problem.expected) for r in rejects] == [(3, "1")]


def test_a_file_without_identifiers_goes_by_its_lines(tmp_path: Path) -> None:
    assert [row["id"] for row in rows_of(write(tmp_path / "s", "name\nIdriss\nNadia\n"))] == ["2", "3"]


def test_memory_is_bounded_and_its_end_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "REMEMBERED", BLOCK_ROWS)
    text = "".join(f"n{number},Person Number{number}\n" for number in range(4 * BLOCK_ROWS))
    rows, rejects = rows_and_rejects(write(tmp_path / "s", f"id,name\n{text}n7,Idriss\n"))
    assert len(rows) == 4 * BLOCK_ROWS + 1
    codes = [(r.problem.code, r.problem.where.line) for r in rejects]
    assert codes == [
        ("messages.table.ids_unchecked", BLOCK_ROWS + 1),
        ("messages.table.duplicate_id", 4 * BLOCK_ROWS + 2),
    ]


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=5), max_size=12))
def test_repetitions_are_those_that_a_dictionary_finds(batches: list[list[str]]) -> None:
    seen, known, line = SeenIds(), {}, 0
    for batch in batches:
        lines = range(line + 1, line + 1 + len(batch))
        line += len(batch)
        expected = []
        for row, (text, number) in enumerate(zip(batch, lines, strict=True)):
            if text in known:
                expected.append((row, known[text]))
            known.setdefault(text, number)
        assert list(seen.add(batch, lines)) == expected
