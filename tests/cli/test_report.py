"""`tahaluf screen --report`: a page for one's own file, in the language of the run, on what was and was not done."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tahaluf.cli.main import run as run_command
from tahaluf.prose import i18n
from tahaluf.prose.labels import label
from tahaluf.prose.values import MOST_ITEMS, show_details, show_value
from tahaluf.screening.export.flat import COLUMNS
from tahaluf.screening.terms import TERMS
from tests.cli.running import Outcome

Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Begins in English and leaves the language as it was."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def page(run: Run, subjects: Path, a_list: Path) -> Callable[..., str]:
    """Screens with a report; its text."""

    def make(*options: object) -> str:
        out = subjects.with_name("page.html")
        done = run("screen", subjects, a_list, "--out", subjects.with_name("h.csv"), "--report", out, *options)
        assert done.code == 3, done.err
        return out.read_text("utf-8")

    return make


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr")])
def test_a_report_of_ones_own_file_is_in_the_language_of_the_run(
    page: Callable[..., str], language: str, direction: str
) -> None:
    text = page("--lang", language)
    assert f'<html lang="{language}" dir="{direction}">' in text
    assert "Content-Security-Policy" in text
    assert not re.search("https?:|src=|href=", text)


def test_a_report_says_what_was_screened_against_what_and_what_came_of_it(
    page: Callable[..., str], subjects: Path
) -> None:
    facts = page("--threshold", "0.6").partition("</header>")[0]
    found = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", facts.replace("\n", "")))
    plain = {name: re.sub("<[^>]*>", "", value) for name, value in found.items()}
    assert plain["File screened"] == subjects.name
    assert (plain["Subjects screened"], plain["Hits"], plain["Rows rejected"]) == ("54", "42", "6")
    assert plain["Threshold"] == "0.6"
    assert plain["Lists"].translate({0x2068: None, 0x2069: None}) == "fake: 6 listings"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d[+-]\d\d:\d\d", plain["Date"])


def test_a_list_is_shown_with_the_day_on_which_it_was_published(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tahaluf.cli import reporting

    listed = tmp_path / "un.xml"
    listed.write_text(
        '<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>'
        "<FIRST_NAME>Nadia</FIRST_NAME><SECOND_NAME>Bakkar</SECOND_NAME><REFERENCE_NUMBER>QDi.900</REFERENCE_NUMBER>"
        "</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>",
        "utf-8",
    )
    assert list(reporting._publication_dates([listed])) == [("un_sc", "2026-02-27")]


def test_the_rows_that_were_not_used_are_listed_with_the_reason(page: Callable[..., str]) -> None:
    rejects = page().partition("What could not be used</h2>")[2]
    rows = re.findall(r"<tr><td.*?</tr>", rejects, re.DOTALL)
    assert len(rows) == 6
    assert "<bdi>11</bdi>" in rows[0] and "2 columns expected, 1 found" in rows[0] and "<bdi>q10</bdi>" in rows[0]


def test_a_report_is_bounded_and_says_so(page: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    from tahaluf.cli import reporting

    monkeypatch.setattr(reporting, "MOST_HITS", 10)
    monkeypatch.setattr(reporting, "MOST_REJECTS", 2)
    text = page()
    assert text.count("<article>") == 10
    assert "The 10 hits with the highest scores are shown, of 42." in text
    assert "The first 2 are shown, of 6" in text


def test_a_report_beside_nothing_or_in_the_place_of_another_file_is_refused(
    run: Run, subjects: Path, a_list: Path
) -> None:
    out = subjects.with_name("h.jsonl")
    for place, words in ((subjects.parent / "no" / "r.html", "Create it first"), (out, "different files")):
        done = run("screen", subjects, a_list, "--out", out, "--report", place)
        assert done.code == 1 and words in done.err


def test_values_are_words_of_the_language() -> None:
    found = {
        "gender": "male",
        "kind": "Person",
        "reference": "QDi.900",
        "nationalities": ["dz", "mr"],
        "documents": [["passport", "K7730915", "dz"], ["uei", "7", None]],
        "designations": [{"authority": "UN", "regime": "Al-Qaida", "listed_on": "2001-01-25"}],
        "names": [f"Nadia {number}" for number in range(30)],
    }
    i18n.set_language("ar")
    assert show_value("nationality", "dz mr") == "الجزائر، موريتانيا"
    assert show_value("gender", "male") == "ذكر"
    shown = show_details(found)
    assert shown["الوثائق"] == ["جواز سفر K7730915 (الجزائر)", "uei 7"]
    i18n.set_language("fr")
    assert show_value("residence", "dz xq") == "Algérie, xq"
    assert show_details(found)["Désignations"] == ["UN · Al-Qaida · inscrit le 2001-01-25"]
    i18n.set_language("en")
    names = show_details(found)["Names"]
    assert len(names) == MOST_ITEMS + 1 and names[-1] == f"… and {30 - MOST_ITEMS} more"


def test_the_demo_report_shows_terms_and_references(run: Run, tmp_path: Path) -> None:
    assert run("demo", "--out", tmp_path / "out").code == 0
    hits = [json.loads(line) for line in (tmp_path / "out" / "hits.jsonl").read_text("utf-8").splitlines()]
    assert hits
    assert (tmp_path / "out" / "report.html").read_text("utf-8").count("<article>") == len(hits)


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "query_id"), ("fr", "Identifiant du sujet"), ("ar", "معرّف المفحوص")]
)
def test_tables_of_hits_are_headed_in_the_language_of_the_run(
    page: Callable[..., str], subjects: Path, language: str, heading: str
) -> None:
    page("--lang", language)
    assert subjects.with_name("h.csv").read_text("utf-8-sig").partition(",")[0] == heading


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_term_and_heading_has_words_in_every_language(language: str) -> None:
    keys = [*(f"term.{term}" for term in TERMS), *(f"column.{column}" for column in COLUMNS), "reason.similar"]
    english = {key: label(key) for key in keys}
    i18n.set_language(language)
    same = [key for key in keys if label(key) == english[key]]
    assert set(same) <= ({"column.score", "column.index"} if language == "fr" else set())
    assert [key for key, text in english.items() if text == key.partition(".")[2].replace("_", " ")] == []


def test_the_day_that_a_list_was_published_is_told_also_where_versions_are_kept(subjects: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lists" / "un"
    folder.mkdir(parents=True)
    (folder / "current.xml").write_text(
        '<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-01-28T10:00:00Z"><INDIVIDUALS><INDIVIDUAL>'
        "<DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>Nadia</FIRST_NAME><SECOND_NAME>Bakkar</SECOND_NAME>"
        "<UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.900</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS>"
        "<ENTITIES/></CONSOLIDATED_LIST>",
        "utf-8",
    )
    report = tmp_path / "r.html"
    options = ["--out", str(tmp_path / "h.jsonl"), "--report", str(report)]
    run_command(["screen", str(subjects), str(folder.parent), *options])
    assert "2026-01-28" in report.read_text("utf-8")
