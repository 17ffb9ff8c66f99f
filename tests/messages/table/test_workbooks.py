"""Workbooks: what their cells give, and that hostile ones are refused before anything is made of them."""

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from tahaluf.domain import InputError
from tahaluf.messages import RejectSink, read_batches
from tahaluf.messages.table import measure
from tests.messages.helpers import names_of, rows_of, write_xlsx

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = '<row><c t="inlineStr"><is><t>name</t></is></c></row><row><c t="inlineStr"><is><t>Nadia</t></is></c></row>'


def write_parts(path: Path, rows: str, target: str = "worksheets/sheet1.xml", **parts: str | bytes) -> Path:
    """A workbook by its parts; `rows` is what its one sheet holds, `parts` go to `xl/<name>.xml`."""
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    relation = '<Relationship Id="r1" Type="{}" Target="{}"/></Relationships>'
    sheet = f"<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>"
    book = f'<workbook {SPACE} xmlns:r="{RELATION}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations + relation.format(f"{RELATION}/officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", relations + relation.format(f"{RELATION}/worksheet", target))
        archive.writestr(f"xl/{target}", parts.pop("sheet", sheet))
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return path


def code_of(path: Path) -> str:
    """Why a file is refused."""
    with pytest.raises(InputError) as refused:
        rows_of(path)
    problem = refused.value.problem
    assert problem.where.file == str(path) and problem.expected and problem.found
    return problem.code


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
    sink = RejectSink()
    rows = [row for batch in read_batches(tmp_path / "s.xlsx", rejects=sink) for row in batch.to_pylist()]
    assert [row["names"] for row in rows] == [["Nadia Bakkar"]]
    assert [(problem.code, problem.found) for problem in sink.warnings] == [("messages.table.sheet", "notes")]
    assert sink.take() == []


def test_a_workbook_that_unpacks_beyond_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "s.xlsx", [["name"], *([f"Person Number{n}"] for n in range(5000))])
    monkeypatch.setattr(measure, "MAX_RATIO", 1)
    monkeypatch.setattr(measure, "RATIO_FREE", 50_000)
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


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='XFD1048576'><v>1</v></c>", '<c\nr="XFD1048576"><v>1</v></c>', '<c s="0" r = "xfd1048576"><v>1</v></c>',
        '<x:c xmlns:x="urn:x" r="XFD1048576"><v>1</v></x:c>', '<c r="&#88;FD1048576"><v>1</v></c>',
        '<c r="ZZZZ1"><v>1</v></c>', '<c r="A999999999"><v>1</v></c>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "w/sheet1.xml", "worksheets/sheet.bin"])
def test_a_far_cell_is_found_however_it_is_written_and_wherever_the_sheet_is_kept(
    tmp_path: Path, cell: str, target: str
) -> None:
    assert code_of(write_parts(tmp_path / "s", f"{NAMES}<row r='4'>{cell}</row>", target)).endswith("too_large")


@pytest.mark.parametrize("rows", ["<row>" + "<c/>" * 70_000 + "</row>", "<row/>" * 70_000, "<row><c/></row>" * 70_000])
def test_cells_and_rows_without_a_reference_are_counted(
    tmp_path: Path, rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "MAX_CELLS", 50_000)
    monkeypatch.setattr(measure, "MAX_ROW", 50_000)
    assert code_of(write_parts(tmp_path / "s", NAMES + rows)) == "messages.table.too_large"


def test_one_long_string_in_many_cells_is_refused(tmp_path: Path) -> None:
    strings = f"<sst {SPACE}><si><t>name</t></si><si><t>{'x' * 1_000_000}</t></si></sst>"
    rows = '<row><c t="s"><v>0</v></c></row>' + '<row><c t="s"><v>1</v></c></row>' * 20_000
    assert code_of(write_parts(tmp_path / "s", rows, sharedStrings=strings)) == "messages.table.too_large"


def test_one_long_string_among_many_cells_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "MAX_CHARACTERS", 10_000)
    strings = f"<sst {SPACE}><si><t>name</t></si><si><t>Nadia</t></si><si><t>{'x' * 2000}</t></si></sst>"
    rows = '<row><c t="s"><v>0</v></c></row>' + '<row><c t="s"><v>1</v></c></row>' * 100
    path = write_parts(tmp_path / "s", f'{rows}<row><c/><c t="s"><v>2</v></c></row>', sharedStrings=strings)
    assert names_of(path) == [["Nadia"]] * 100


def test_room_for_strings_that_are_not_there_is_refused(tmp_path: Path) -> None:
    strings = f'<sst {SPACE} uniqueCount="10000000000"><si><t>name</t></si></sst>'
    assert code_of(write_parts(tmp_path / "s", NAMES, sharedStrings=strings)) == "messages.table.too_large"


@pytest.mark.parametrize(
    "sheet",
    [
        f"no XML <worksheet {SPACE}><sheetData>{NAMES}</sheetData></worksheet>",
        f"<worksheet {SPACE}><sheetData>{NAMES}</sheetData></worksheet><again/>",
        f"<!DOCTYPE w [<!ATTLIST c r CDATA 'XFD1048576'>]><worksheet><sheetData>{NAMES}</sheetData></worksheet>",
        f"<!DOCTYPE w [<!ENTITY a 'b'>]><worksheet><sheetData>{NAMES}</sheetData></worksheet>",
    ],
)
def test_a_sheet_that_readers_could_understand_differently_is_refused(tmp_path: Path, sheet: str) -> None:
    assert code_of(write_parts(tmp_path / "s", "", sheet=sheet)) == "messages.table.damaged"


def test_parts_that_are_no_xml_and_hold_no_cells_are_no_fault(tmp_path: Path) -> None:
    item = '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")
    path = write_parts(tmp_path / "s", NAMES, item1=item, vbaProject=b"\xd0\xcf\x11\xe0 <x")
    assert names_of(path) == [["Nadia"]]


def test_what_is_no_xml_is_measured_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "RATIO_FREE", 5_000_000)
    monkeypatch.setattr(measure, "MAX_RATIO", 1)
    assert code_of(write_parts(tmp_path / "s", NAMES, media=b"\x00" * 8_000_000)) == "messages.table.too_large"


def test_a_part_that_unpacks_at_once_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "s", NAMES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/a.xml", "<a/>", zipfile.ZIP_LZMA)
    assert code_of(path) == "messages.table.damaged"


def test_a_tag_without_end_is_refused_early(tmp_path: Path) -> None:
    endless = f"<worksheet {SPACE}><a b='{'x' * 12_000_000}'/><sheetData/></worksheet>"
    assert code_of(write_parts(tmp_path / "s", "", sheet=endless)) == "messages.table.too_large"


def test_a_false_size_hides_nothing(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "s", NAMES)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    packed = path.read_bytes()
    claimed, real = (size - 40).to_bytes(4, "little"), size.to_bytes(4, "little")
    path.write_bytes(packed.replace(real, claimed))
    assert code_of(path) == "messages.table.damaged"


@pytest.mark.parametrize("second", ["content.xml", "xl/workbook.bin", "xl\\Workbook.BIN"])
def test_a_book_in_two_formats_at_once_is_refused(tmp_path: Path, second: str) -> None:
    path = write_parts(tmp_path / "s.ods", NAMES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(second, "<a/>")
    assert code_of(path) == "messages.table.format"


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".csv", ".xlsm"])
def test_the_suffix_decides_nothing(tmp_path: Path, suffix: str) -> None:
    assert names_of(write_xlsx(tmp_path / f"s{suffix}", [["name"], ["Nadia"]])) == [["Nadia"]]
