"""Whether the month or the day comes first, on the whole column."""

import json
from pathlib import Path

import pytest

from tahaluf.messages.table import dateorder
from tahaluf.messages.table.blocks import BLOCK_ROWS, Block
from tahaluf.messages.table.dateorder import Decision, decide
from tahaluf.messages.table.headings import Layout
from tests.messages.helpers import rows_and_rejects, rows_of, write

LAYOUT = Layout(("dob",), {"birth_date": (0,)})
PLAIN = "".join(f"Person Number{number},1984\n" for number in range(BLOCK_ROWS))


def decided(*values: str) -> Decision:
    block = Block([[value] for value in values], range(1, len(values) + 1), values)
    return decide([block], lambda _: LAYOUT)


def test_the_column_tells_month_first_from_day_first() -> None:
    assert decided("03/04/1984", "12/25/1990").month_first
    assert not decided("03/04/1984", "25/12/1990", "12/25/1990").month_first
    assert not decided("03/04/1984").month_first
    assert not decided("03/04/1984", "99/99/99", "1990-12-25").month_first


@pytest.mark.parametrize("plain", ["", PLAIN])
def test_a_date_behind_the_first_block_decides_too(tmp_path: Path, plain: str) -> None:
    path = write(tmp_path / "s", f"name,dob\nIdriss,03/04/1984\n{plain}Nadia,12/25/1990\n")
    rows, rejects = rows_and_rejects(path)
    assert (rows[0]["birth_dates"], rows[-1]["birth_dates"]) == (["1984-03-04"], ["1990-12-25"])
    assert rejects == []


def test_it_decides_for_json_lines_whose_keys_change(tmp_path: Path) -> None:
    first = [{"name": "Idriss", "dob": "03/04/1984"}, *({"name": "Nadia"} for _ in range(BLOCK_ROWS))]
    lines = [*first, {"id": "x", "name": "Salma", "date of birth": "12/25/1990"}]
    rows = rows_of(write(tmp_path / "s", "\n".join(map(json.dumps, lines))))
    assert (rows[0]["birth_dates"], rows[-1]["birth_dates"]) == (["1984-03-04"], ["1990-12-25"])


@pytest.mark.parametrize(
    "dates",
    [
        ("03/04/1984", "25/12/1990", "12/25/1990"), ("12/25/1990", "25/12/1990", "03/04/1984"),
        ("12/25/1990", "03/04/1984", "25/12/1990"), ("25/12/1990", "12/25/1990", "03/04/1984"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", ["", PLAIN])
def test_a_column_of_both_orders_is_said_once_with_its_place(
    tmp_path: Path, dates: tuple[str, ...], between: str
) -> None:
    text = between.join(f"Idriss,{date}\n" for date in (*dates, "12/26/1990"))
    rows, rejects = rows_and_rejects(write(tmp_path / "s", f"name,dob\n{text}"))
    assert [row["birth_dates"] for row in rows if row["birth_dates"] != ["1984"]][dates.index("03/04/1984")] == [
        "1984-04-03"
    ]
    line = 2 + dates.index("12/25/1990") * (1 + between.count("\n"))
    assert [(r.problem.code, r.problem.where.line, r.problem.where.field, r.problem.found) for r in rejects] == [
        ("messages.table.date_order", line, "dob", "12/25/1990")
    ]


def test_dates_that_can_be_read_one_way_only_need_no_decision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dateorder, "decide", None)
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "name,dob\nIdriss,25/12/1990\nNadia,12/25/1990\n"))
    assert [row["birth_dates"] for row in rows] == [["1990-12-25"], ["1990-12-25"]]
    assert rejects == []


def test_a_title_above_the_headings_decides_nothing(tmp_path: Path) -> None:
    text = "Liste,25/12/2020\nname,dob\nIdriss,03/04/1984\nNadia,12/25/1990\n"
    rows = rows_of(write(tmp_path / "s", text))
    assert rows[0]["birth_dates"] == ["1984-03-04"]
