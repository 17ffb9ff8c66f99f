"""Tables to take away: cells are what they were, and never a program."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tahaluf.web.ui.sheets import Column, Sheet, disarm, write_csv

COLUMNS = [Column("Name"), Column("Number"), Column("Score", "score"), Column("Due", "moment"), Column("Day", "day")]
EVIL = ["=1+1", "+212 6", "-1", "@SUM(A1)", "\t=1", "http://example.org", "=HYPERLINK(1)"]


def read(path: Path) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()]


def test_cells_keep_their_types_and_leading_zeros(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC).replace(tzinfo=None)
    due = datetime(2026, 11, 23, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    with Sheet(path, "Queue", COLUMNS, language="en") as sheet:
        sheet.write(["يوسف", "00123", 0.93, due, date(2026, 11, 23)])
        sheet.write(["", None, None, None, None])
    assert read(path)[1] == ["يوسف", "00123", 0.93, noon, date(2026, 11, 23)]


def test_no_cell_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Sheet(path, "Queue", [Column("Name")], language="en") as sheet:
        for text in EVIL:
            sheet.write([text])
    with zipfile.ZipFile(path) as book:
        content = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in content and "hyperlink" not in content
        assert not any("rels" in name and "sheet1" in name for name in book.namelist())
    assert [row[0] for row in read(path)[1:]] == EVIL


def test_arabic_sheets_begin_at_the_right_and_headings_stay() -> None:
    for language, turned in (("ar", True), ("en", False)):
        made = io.BytesIO()
        with Sheet(made, "قائمة [1]: /تنبيهات?", COLUMNS, language=language) as sheet:
            sheet.write(["x", "y", 1, None, None])
        content = zipfile.ZipFile(made).read("xl/worksheets/sheet1.xml").decode()
        assert ('rightToLeft="1"' in content) is turned
        assert 'state="frozen"' in content and "<autoFilter" in content


def test_what_a_file_cannot_carry_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Sheet(path, "Queue", [Column("Name")], language="en") as sheet:
        sheet.write(["a\x00b\x0bc\ud800\uffff"])
        sheet.write(["x" * 40_000])
    rows = read(path)
    assert rows[1] == ["abc?"] and len(str(rows[2][0])) == 32_767


def test_a_row_of_another_width_is_refused() -> None:
    with (
        Sheet(io.BytesIO(), "Queue", COLUMNS, language="en") as sheet,
        pytest.raises(ValueError, match="argument 2 is longer"),
    ):
        sheet.write(["x"])


def test_csv_is_disarmed_and_marked_as_unicode() -> None:
    made = b"".join(write_csv([Column("Name"), Column("n")], [[text, -1] for text in EVIL])).decode("utf-8")
    assert made.startswith("\ufeffName,n\r\n")
    lines = made.splitlines()[1:]
    assert all(not line.lstrip('"').startswith(("=", "+", "-", "@", "\t")) for line in lines)
    assert lines[0] == "'=1+1,-1"


def test_disarming_keeps_what_is_harmless() -> None:
    assert [disarm(v) for v in ("a=b", 1.5, None, date(2026, 1, 2))] == ["a=b", "1.5", "", "2026-01-02"]
    assert disarm(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00+00:00"
