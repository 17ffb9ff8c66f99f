"""Hits in files: the same in every format, harmless in spreadsheets, escaped in pages."""

import csv
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tahaluf.domain import AttributeEffect, Explanation, Hit, InputError, TokenMatch
from tahaluf.domain.cells import safe_cell
from tahaluf.screening.export import OutputFormat, convert, output_format, read_hits, render_hits
from tahaluf.screening.export.report import ReportContext, render_report
from tahaluf.screening.export.xlsx import write_xlsx

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("http://x")',
    "\u200f=1",
]


def hit(name: str = "نادية بكار", *, query: str = "q1", rank: int = 1) -> Hit:
    tokens = (TokenMatch("nadia", "نادية", 0.95, 3.5, "romanized"), TokenMatch("", "بكار", 0.0, 4.0, "particle"))
    effects = (AttributeEffect("birth_date", "birth_date.same_year", 1.0, "1990", "1990-05"),)
    why = Explanation("Nadia", name, 0.8, tokens, effects, "1", "abc")
    return Hit(query, "L1", "invented", 0.9123456789012345, rank, name, why)


def written(path: Path, hits: list[Hit]) -> Path:
    path.write_bytes(render_hits(hits))
    return path


def test_a_line_holds_every_field_in_the_order_of_the_specification() -> None:
    line = orjson.loads(render_hits([hit()]))
    assert list(line) == [
        "query_id", "entity_id", "score", "name", "dataset", "caption", "rank", "subject_name", "explanation",
    ]  # fmt: skip
    assert list(line["explanation"]) == ["name_score", "tokens", "attributes", "engine", "index"]
    assert line["score"] == 0.9123456789012345
    assert line["explanation"]["tokens"][1]["subject"] == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_csv_or_xlsx_is_a_formula(tmp_path: Path, text: str) -> None:
    source = written(tmp_path / "h.jsonl", [hit(text, query=text)])
    for form in (OutputFormat.CSV, OutputFormat.XLSX):
        convert(source, tmp_path / f"h.{form}", form)
    with (tmp_path / "h.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["query_id"] == row["caption"] == row["name"] == "'" + text
    with CalamineWorkbook.from_path(tmp_path / "h.xlsx") as book:
        cells = book.get_sheet_by_index(0).to_python()[1]
    assert str(cells[0]).startswith("'")


def test_no_formula_element_is_in_the_workbook(tmp_path: Path) -> None:
    import zipfile

    source = written(tmp_path / "h.jsonl", [hit(text, query=text) for text in HOSTILE])
    convert(source, tmp_path / "h.xlsx", OutputFormat.XLSX)
    with zipfile.ZipFile(tmp_path / "h.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"<hyperlink" not in sheet


@given(st.text(max_size=20))
def test_a_safe_cell_never_begins_like_a_formula_and_keeps_the_text(text: str) -> None:
    cell = safe_cell(text)
    assert cell in (text, "'" + text)
    assert cell.strip()[:1] not in set("=+-@＝＋－＠")


def test_ordinary_names_are_left_as_they_are() -> None:
    for name in ("Nadia Bakkar", "نادية", "al-Hadrami", "O'Neil", "'Abd al-Rahman", "(Abu) Salem"):
        assert safe_cell(name) == name


def test_parquet_keeps_the_explanation_as_a_structure(tmp_path: Path) -> None:
    source = written(tmp_path / "h.jsonl", [hit(), hit(rank=2)])
    convert(source, tmp_path / "h.parquet", OutputFormat.PARQUET)
    rows = pq.read_table(tmp_path / "h.parquet").to_pylist()
    assert rows == list(read_hits(source))


def test_a_result_without_hits_is_an_empty_file_of_each_format(tmp_path: Path) -> None:
    source = written(tmp_path / "h.jsonl", [])
    for form in OutputFormat:
        convert(source, tmp_path / f"out.{form}", form)
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0
    assert len((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()) == 1


def test_what_does_not_fit_on_a_sheet_goes_on_the_next(tmp_path: Path) -> None:
    source = written(tmp_path / "h.jsonl", [hit(query=f"q{n}") for n in range(5)])
    write_xlsx(source, tmp_path / "h.xlsx", sheet_rows=2)
    with CalamineWorkbook.from_path(tmp_path / "h.xlsx") as book:
        ids = [row[0] for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()[1:]]
    assert ids == ["q0", "q1", "q2", "q3", "q4"]


def test_the_same_hits_make_the_same_bytes(tmp_path: Path) -> None:
    source = written(tmp_path / "h.jsonl", [hit(), hit(rank=2)])
    for form in OutputFormat:
        for name in ("a", "b"):
            convert(source, tmp_path / f"{name}.{form}", form)
        assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()


def test_the_suffix_decides_and_an_unknown_one_is_refused() -> None:
    assert output_format(Path("x.XLSX")) is OutputFormat.XLSX
    with pytest.raises(InputError) as refused:
        output_format(Path("x.doc"))
    assert refused.value.problem.code == "screening.hits.suffix"


def test_a_broken_line_is_located(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    path.write_bytes(render_hits([hit()]) + b"{broken\n")
    with pytest.raises(InputError) as refused:
        list(read_hits(path))
    assert refused.value.problem.where.line == 2


def page(hits: list[Hit], language: str = "en", **details: Any) -> str:
    lines = [orjson.loads(line) for line in render_hits(hits).splitlines()]
    found = (lambda _dataset, _listing: details) if details else None
    return render_report(lines, ReportContext(language, lambda key: f"[{key}]", {"report.lists": "a & b"}, found))


def test_text_of_files_is_escaped_in_the_report() -> None:
    evil = "<script>alert(1)</script>"
    text = page([hit(evil, query=evil)], names=[evil], remarks=evil)
    assert "<script" not in text
    assert text.count("&lt;script&gt;") >= 5
    assert "a &amp; b" in text


def test_every_name_in_the_report_stands_apart_from_the_direction_around_it() -> None:
    text = page([hit()], names=["نادية بكار"])
    assert text.count("نادية بكار") == text.count("<bdi>نادية بكار</bdi>") > 2
    assert "<bdi>nadia</bdi>" in text


def test_the_report_needs_nothing_from_outside() -> None:
    text = page([hit()])
    for word in ("http:", "https:", "src=", "href=", "@import", "url("):
        assert word not in text


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_the_report_has_the_direction_of_its_language(language: str, direction: str) -> None:
    assert f'<html lang="{language}" dir="{direction}">' in page([hit()], language)


def test_the_report_uses_logical_properties_only() -> None:
    style = page([hit()]).partition("<style>")[2].partition("</style>")[0]
    for word in ("left", "right", "margin-top", "width:", "text-align: l"):
        assert word not in style.replace("inline-width", "")


def test_the_report_shows_alignment_effects_and_versions() -> None:
    text = page([hit()])
    for word in ("[reason.romanized]", "[reason.birth_date.same_year]", "+1.00", "0.95", "abc", "0.912"):
        assert word in text


def test_a_report_without_hits_says_so() -> None:
    assert "[report.none]" in page([])
