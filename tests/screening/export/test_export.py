"""Hits in files: the same in every format, harmless in spreadsheets, escaped in pages."""

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from tahaluf.domain import (
    AttributeEffect,
    Evidence,
    Explanation,
    Hit,
    InputError,
    PartyRole,
    ScoreTerm,
    Source,
    TokenMatch,
)
from tahaluf.screening.export import OutputFormat, convert, output_format, read_hits, render_hits
from tahaluf.screening.export.report import ReportContext, render_report
from tahaluf.screening.export.xlsx import write_xlsx
from tests.domain.formulas import HOSTILE, INSIDE, begins_a_formula


def hit(name: str = "نادية بكار", *, query: str = "q1", rank: int = 1, line: int | None = None) -> Hit:
    tokens = (TokenMatch("nadia", "نادية", 0.95, 3.5, "romanized"), TokenMatch("", "بكار", 0.0, 4.0, "particle"))
    effects = (AttributeEffect("birth_date", "birth_date.same_year", 1.0, "1990", "1990-05"),)
    why = Explanation("Nadia", name, 0.8, tokens, effects, "1", "abc")
    return Hit(query, "L1", "invented", 0.9123456789012345, rank, name, why, line)


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


def test_where_a_subject_stands_comes_last_and_only_if_it_is_known() -> None:
    known, unknown = map(orjson.loads, render_hits([hit(line=17), hit()]).splitlines())
    assert list(known) == [*unknown, "line"]
    assert known["line"] == 17


def test_the_reference_and_the_terms_come_last_and_only_if_they_are_known() -> None:
    one = hit(line=17)
    told = replace(one.explanation, terms=(ScoreTerm("start", -4.5), ScoreTerm("agreement", 5.9)))
    line = orjson.loads(render_hits([replace(one, reference="QDi.900", explanation=told)]))
    assert list(line)[-2:] == ["line", "reference"]
    assert list(line["explanation"])[-2:] == ["index", "terms"]
    assert line["explanation"]["terms"][0] == {"term": "start", "effect": -4.5}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_csv_or_xlsx_is_a_formula(tmp_path: Path, text: str) -> None:
    source = written(tmp_path / "h.jsonl", [hit(text, query=text)])
    for form in (OutputFormat.CSV, OutputFormat.XLSX):
        convert(source, tmp_path / f"h.{form}", form)
    with (tmp_path / "h.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    for cell in (row["query_id"], row["caption"], row["name"]):
        assert cell.startswith("'") and cell.replace("'", "") == text
    with CalamineWorkbook.from_path(tmp_path / "h.xlsx") as book:
        cells = book.get_sheet_by_index(0).to_python()[1]
    assert str(cells[0]).startswith("'")


def test_every_text_in_the_workbook_is_typed_as_a_text(tmp_path: Path) -> None:
    import zipfile

    texts = [*HOSTILE, *INSIDE, "{=1+1}", "1234567890123456789", "", "http://x", "1e5"]
    source = written(tmp_path / "h.jsonl", [hit(text, query=text, line=7) for text in texts])
    convert(source, tmp_path / "h.xlsx", OutputFormat.XLSX)
    with zipfile.ZipFile(tmp_path / "h.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "<hyperlink" not in sheet
    numbers = {"B", "C", "I", "N"}
    for column, attributes in re.findall(r'<c r="([A-Z]+)(?!1")\d+"([^>/]*)', sheet):
        assert ("t=" in attributes) == (column not in numbers), (column, attributes)


@pytest.mark.parametrize("text", INSIDE)
def test_no_cell_of_csv_is_a_formula_wherever_it_is_cut(tmp_path: Path, text: str) -> None:
    tokens = (TokenMatch("", text, 0.0, 0.0, "unmatched_listing"), TokenMatch(text, "", 0.0, 0.0, "unmatched_subject"))
    one = hit(text, query=text)
    source = written(tmp_path / "h.jsonl", [replace(one, explanation=replace(one.explanation, tokens=tokens))])
    convert(source, tmp_path / "h.csv", OutputFormat.CSV)
    content = (tmp_path / "h.csv").read_text("utf-8-sig")
    for mark in (",", ";", "\t", "|"):
        with (tmp_path / "h.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file, delimiter=mark) for cell in row]
        assert [cell for cell in cells if begins_a_formula(cell)] == [], mark
    for mark in (";", "\t", "\n", "|"):
        assert [piece for piece in content.split(mark) if begins_a_formula(piece)] == [], mark
    assert "Zeroual" in content or "Zeroual" not in text


def test_parquet_keeps_the_explanation_as_a_structure(tmp_path: Path) -> None:
    source = written(tmp_path / "h.jsonl", [hit(line=2), hit(rank=2, line=2), hit()])
    convert(source, tmp_path / "h.parquet", OutputFormat.PARQUET)
    rows = pq.read_table(tmp_path / "h.parquet").to_pylist()
    unknown = dict.fromkeys(("line", "reference", "source", "evidence"))
    expected = [unknown | found for found in read_hits(source)]
    for one in expected:
        one["explanation"] = {"terms": None} | one["explanation"]
    assert rows == expected


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


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in orjson.loads(render_hits([hit()])).items() if key != name}


def with_(name: str, value: Any) -> dict[str, Any]:
    return orjson.loads(render_hits([hit()])) | {name: value}


def why_with(name: str, value: Any) -> dict[str, Any]:
    return with_("explanation", without("")["explanation"] | {name: value})


@pytest.mark.parametrize(
    ("line", "field", "expected", "found"),
    [
        ([1], None, "{…}", "[1]"),
        ("x", None, "{…}", '"x"'),
        (7, None, "{…}", "7"),
        (None, None, "{…}", "null"),
        ({"score": 7}, "query_id", "string", ""),
        (with_("score", 7), "score", "0 … 1", "7"),
        (with_("score", -0.1), "score", "0 … 1", "-0.1"),
        (with_("score", True), "score", "0 … 1", "true"),
        (with_("score", None), "score", "0 … 1", "null"),
        (with_("query_id", 5), "query_id", "string", "5"),
        (with_("rank", 0), "rank", "1 …", "0"),
        (with_("line", "7"), "line", "1 …", '"7"'),
        (with_("reference", 7), "reference", "string", "7"),
        (with_("explanation", []), "explanation", "{…}", "[]"),
        (why_with("tokens", {}), "explanation.tokens", "[…]", "{}"),
        (why_with("tokens", [5]), "explanation.tokens[0]", "{…}", "5"),
        (why_with("attributes", [{"attribute": "x", "reason": "x"}]), "explanation.attributes[0].effect", "number", ""),
        (why_with("terms", [{"term": "thin"}]), "explanation.terms[0].effect", "number", ""),
        (why_with("name_score", "high"), "explanation.name_score", "0 … 1", '"high"'),
        *((without(name), name, "string", "") for name in ("query_id", "entity_id", "name", "dataset", "caption")),
    ],
)
def test_a_line_that_is_no_hit_is_refused_with_its_field_and_the_reason(
    tmp_path: Path, line: Any, field: str | None, expected: str, found: str
) -> None:
    path = tmp_path / "h.jsonl"
    path.write_bytes(render_hits([hit()]) + orjson.dumps(line) + b"\n")
    for form in (OutputFormat.CSV, OutputFormat.XLSX, OutputFormat.PARQUET):
        with pytest.raises(InputError) as refused:
            convert(path, tmp_path / f"out.{form}", form)
        problem = refused.value.problem
        assert problem.code == "screening.hits.malformed"
        assert (problem.where.line, problem.where.field) == (2, field)
        assert (problem.expected, problem.found) == (expected, found)


def test_fields_that_are_not_known_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    path.write_bytes(orjson.dumps(with_("reviewed", ["yes"])) + b"\n")
    assert [found["query_id"] for found in read_hits(path)] == ["q1"]
    for form in OutputFormat:
        convert(path, tmp_path / f"out.{form}", form)


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
    assert "<td><bdi>Nadia</bdi></td>" in text


def test_words_stand_in_the_report_as_each_name_spells_them() -> None:
    one = hit("ÉLODIE Al-Hâjj")
    tokens = (TokenMatch("nadia", "elodie", 0.2, -1.0, "similar"), TokenMatch("", "hajj", 0.0, -2.0, "only_listing"))
    text = page([replace(one, explanation=replace(one.explanation, subject_name="NADIA", tokens=tokens))])
    assert "<td><bdi>NADIA</bdi></td><td><bdi>ÉLODIE</bdi></td>" in text
    assert "<td><bdi>—</bdi></td><td><bdi>Hâjj</bdi></td>" in text


def test_subjects_of_one_id_stand_apart_in_the_report_each_under_its_own_name() -> None:
    for places in ((3, 9), (None, None)):
        hits = [named(name, line) for name, line in zip(("Nadia Bakkar", "Salem Osaimi"), places, strict=True)]
        text = page([hits[0], replace(hits[0], rank=2), hits[1]])
        sections = text.split("<section>")[1:]
        assert [section.count("<article>") for section in sections] == [2, 1]
        assert ["Nadia Bakkar" in section for section in sections] == [True, False]
        assert ["Salem Osaimi" in section for section in sections] == [False, True]
        assert ["[report.line]" in section for section in sections] == [places[0] is not None] * 2


def test_every_hit_in_the_report_shows_which_name_of_the_subject_met() -> None:
    text = page([named("Nadia Bakkar", 3), replace(named("Nadia Salem", 3), rank=2)])
    (section,) = text.split("<section>")[1:]
    articles = section.split("<article>")[1:]
    assert ["<bdi>Nadia Bakkar</bdi>" in article for article in articles] == [True, False]
    assert ["<bdi>Nadia Salem</bdi>" in article for article in articles] == [False, True]


def named(name: str, line: int | None) -> Hit:
    one = hit(line=line)
    return replace(one, explanation=replace(one.explanation, subject_name=name))


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


def test_a_hit_in_a_message_tells_its_source_and_the_words_found(tmp_path: Path) -> None:
    source = Source(PartyRole.TEXT, 3, "M-1", None, "CdtTrfTxInf/RmtInf")
    found = replace(hit(), source=source, evidence=Evidence("rent to =Nadia Bakkar", 8, 20))
    path = written(tmp_path / "h.jsonl", [found])
    (line,) = read_hits(path)
    assert line["source"] == {
        "role": "text",
        "unit": 3,
        "message": "M-1",
        "segment": None,
        "field": "CdtTrfTxInf/RmtInf",
    }
    assert line["evidence"] == {"text": "rent to =Nadia Bakkar", "start": 8, "end": 20}
    convert(path, tmp_path / "h.csv", OutputFormat.CSV)
    (row,) = csv.DictReader((tmp_path / "h.csv").read_text("utf-8-sig").splitlines())
    assert (row["unit"], row["message"], row["segment"]) == ("3", "M-1", "")
    assert row["evidence"] == "rent to ⟦=Nadia Bakka⟧r"
    convert(path, tmp_path / "h.parquet", OutputFormat.PARQUET)
    (kept,) = pq.read_table(tmp_path / "h.parquet").to_pylist()
    assert kept["source"]["unit"] == 3
