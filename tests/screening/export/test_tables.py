"""Hits as tables for people: headings and reasons in their words, scores to four decimals, a filter."""

import csv
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tahaluf.domain import ScoreTerm, TokenMatch
from tahaluf.screening.export import OutputFormat, Words, convert
from tahaluf.screening.export.flat import COLUMNS
from tests.screening.export.test_export import hit, written

WORDS = Words(lambda key: f"<{key}>", lambda attribute, text: f"{attribute} {text}", right_to_left=True)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    one = hit(line=3)
    tokens = (*one.explanation.tokens, TokenMatch("compte", "", 0.0, -7.355, "unmatched_subject"))
    told = replace(one.explanation, tokens=tokens, terms=(ScoreTerm("start", -4.5), ScoreTerm("agreement", 5.886)))
    sure = replace(one, score=0.99999999, rank=2)
    return written(tmp_path / "h.jsonl", [replace(one, explanation=told, reference="QDi.900"), sure])


def test_headings_and_reasons_are_those_of_the_words(source: Path) -> None:
    out = source.with_suffix(".csv")
    convert(source, out, OutputFormat.CSV, WORDS)
    with out.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert list(row) == [f"<column.{column}>" for column in COLUMNS]
    assert "nadia=نادية (0.95 <reason.romanized>)" in row["<column.alignment>"]
    assert "compte=— (-7.4 <reason.unmatched_subject>)" in row["<column.alignment>"]
    assert row["<column.attributes>"].startswith("<attribute.birth_date>: birth_date 1990/birth_date 1990-05 (+1.00")
    assert row["<column.terms>"] == "<term.start>: -4.50; <term.agreement>: +5.89"
    assert (row["<column.reference>"], row["<column.line>"]) == ("QDi.900", "3")


def test_scores_have_four_decimals_and_never_reach_one(source: Path) -> None:
    convert(source, source.with_suffix(".csv"), OutputFormat.CSV)
    with source.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["score"], row["name_score"]) for row in rows] == [("0.9123", "0.8000"), ("0.9999", "0.8000")]
    convert(source, source.with_suffix(".xlsx"), OutputFormat.XLSX)
    with CalamineWorkbook.from_path(source.with_suffix(".xlsx")) as book:
        assert [row[2] for row in book.get_sheet_by_index(0).to_python()[1:]] == [0.9123, 0.9999]


def test_a_sheet_has_widths_a_filter_and_the_direction_of_its_words(source: Path) -> None:
    convert(source, source.with_suffix(".xlsx"), OutputFormat.XLSX, WORDS)
    with zipfile.ZipFile(source.with_suffix(".xlsx")) as archive:
        sheet, styles = (archive.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    assert '<autoFilter ref="A1:V3"/>' in sheet
    assert sheet.count("<col ") >= len(set(COLUMNS)) // 2
    assert 'rightToLeft="1"' in sheet
    assert 'formatCode="0.0000"' in styles
