"""What is said of a file, of folders and of lists that are not whole, in the language of the run."""

import errno
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tahaluf.cli import run as running
from tahaluf.domain import Problem, Where
from tahaluf.prose.i18n import set_language
from tahaluf.prose.problems import describe
from tests.cli.running import Outcome
from tests.cli.test_screen import read_csv

Run = Callable[..., Outcome]


def screen(run: Run, a_list: Path, text: str, *options: str) -> Outcome:
    subjects = a_list.with_name("s.csv")
    subjects.write_text(text, "utf-8")
    return run("screen", subjects, a_list, "--out", a_list.with_name("h.jsonl"), *options)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "columns: name = Full Name; birth date = DOB; not used: Seat"),
        ("fr", "colonnes\xa0: nom = Full Name\xa0; date de naissance = DOB\xa0; non utilisées\xa0: Seat"),
        ("ar", "الأعمدة: الاسم = Full Name؛ تاريخ الميلاد = DOB؛ غير مستعملة: Seat"),
    ],
)
def test_columns_are_told_once(run: Run, a_list: Path, language: str, line: str) -> None:
    text = "Full Name,DOB,Seat\n" + "Nadia Bakkar,1984,4\n" * 20
    done = screen(run, a_list, text, "--batch-size", "5", "--lang", language)
    assert (done.code, done.err) == (0, line + "\n")


def test_two_columns_of_names_are_both_read_and_that_is_said(run: Run, a_list: Path) -> None:
    done = screen(run, a_list, "Full Name,الاسم\nNadia Bakkar,نادية بكار\n")
    assert "name = Full Name, الاسم (each is read as a name)" in done.err


def test_an_unused_column_that_looks_like_dates_is_counted_and_leaves_the_status(run: Run, a_list: Path) -> None:
    done = screen(run, a_list, "name,Anniv\nNadia Bakkar,14/07/1970\n", "--summary", "json")
    figures = json.loads(done.out)
    assert (done.code, figures["warnings"], figures["columns"], figures["unused"]) == (
        0, 1, {"name": ["name"]}, ["Anniv"],
    )  # fmt: skip
    assert "--map birth_date=" in done.err


def test_headings_without_rows_are_warned_of(run: Run, a_list: Path) -> None:
    done = screen(run, a_list, "id,name\n")
    assert "warning: " in done.err and "no rows" in done.err and "1 warning" in done.out


def test_a_sheet_that_is_not_screened_is_a_warning_and_no_reject(run: Run, a_list: Path) -> None:
    with xlsxwriter.Workbook(str(a_list.with_name("s.xlsx"))) as book:
        book.add_worksheet("people").write_column(0, 0, ["name", "Nadia Bakkar"])
        book.add_worksheet("more").write_column(0, 0, ["name", "Khaled Osaimi"])
    done = run("screen", a_list.with_name("s.xlsx"), a_list, "--out", a_list.with_name("h.jsonl"))
    assert done.code == 3
    assert "only the sheet people was screened, not more" in done.err
    assert not a_list.with_name("h.jsonl.rejects.csv").exists()


def test_rejects_hold_the_sentence_of_the_run_by_line_and_are_named(run: Run, a_list: Path) -> None:
    text = "id,name,country\n1,Nadia Bakkar,Atlantis\n2,inconnu,\n3\n4,Khaled Osaimi,Ys\n"
    done = screen(run, a_list, text, "--lang", "fr")
    path = a_list.with_name("h.jsonl.rejects.csv")
    rows = read_csv(path)
    assert [(row["line"], row["screened"]) for row in rows] == [("2", "yes"), ("3", "no"), ("4", "no"), ("5", "yes")]
    assert rows[0]["problem"] == "pays inconnu (Atlantis), omis."
    assert rows[1]["problem"].startswith("ligne rejetée")
    assert str(path) in done.out


def test_a_list_cut_short_is_called_incomplete_whenever_its_index_is_used(run: Run, a_list: Path) -> None:
    a_list.write_text(a_list.read_text("utf-8") + '{"id": "L9", "sche', "utf-8")
    index = a_list.with_name("index")
    run("index", a_list, "--out", index)
    for done in (screen(run, index, "name\nNadia Bakkar\n"), run("explain", "Nadia", index)):
        assert done.code == 3
        assert "the list invented in this index is incomplete" in done.err
    whole = a_list.with_name("whole.ftm.json")
    whole.write_text("".join(a_list.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    assert "incomplete" not in screen(run, whole, "name\nNadia Bakkar\n").err


def test_a_folder_of_kept_versions_stands_for_the_current_one(run: Run, a_list: Path) -> None:
    folder = a_list.parent / "lists" / "un"
    (folder / "versions").mkdir(parents=True)
    a_list.rename(folder / "current.xml")
    for given in (folder, folder.parent):
        assert run("explain", "Nadia Bakkar", given).code == 0


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_folders_that_hold_nothing_of_use_say_what_was_expected(run: Run, a_list: Path, language: str) -> None:
    empty, parts, other = (a_list.parent / name for name in ("empty", "parts", "other"))
    for folder in (empty, parts, other):
        folder.mkdir()
    (parts / "name_starts.bin").touch()
    (other / "notes.txt").touch()
    said = [run("explain", "Nadia", folder, "--lang", language) for folder in (empty, parts, other)]
    assert {done.code for done in said} == {1}
    assert all("index.json" in done.err for done in said)
    assert "current.*" in said[0].err and "notes.txt" in said[2].err


def test_a_folder_of_subjects_is_called_a_folder(run: Run, a_list: Path) -> None:
    done = run("screen", a_list.parent, a_list, "--out", a_list.with_name("h.jsonl"))
    assert done.code == 1
    assert "this is a folder" in done.err


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "--resume"), (errno.EACCES, "droits"), (errno.EISDIR, "dossier")]
)
def test_errors_of_the_system_are_said_in_the_language_with_their_path(
    run: Run, a_list: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(*_given: object, **_options: object) -> None:
        raise OSError(number, "said in English", "/there/is/it")

    monkeypatch.setattr(running, "Journal", fail)
    done = screen(run, a_list, "name\nNadia\n", "--lang", "fr")
    assert done.code == 1
    last = done.err.splitlines()[-1]
    assert "/there/is/it" in last and words in last and "English" not in last


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("index.damaged", Where("x"), "18476 bytes", "1 bytes"), ("18476 octets", "1 octet.")),
        (Problem("lists.ofac.main-missing", Where("x"), "one sdn.csv"), ("un seul fichier principal",)),
        (Problem("messages.table.damaged", Where("x"), "XLSX", "File is not a zip file"), ("archive ZIP",)),
        (Problem("messages.table.unreadable", Where("x"), found="No such file or directory"), ("introuvable",)),
        (Problem("lists.xml.malformed", Where("x"), "", "Premature end of data in tag A line 1"), ("fermeture",)),
        (Problem("messages.table.birth_date", Where("x"), "YYYY-MM-DD, DD/MM/YYYY, YYYY"), ("AAAA-MM-JJ",)),
        (
            Problem("lists.line.malformed", Where("x"), "a JSON object",
                    "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("objet JSON", "ligne 1, colonne 2"),
        ),
    ],
)  # fmt: skip
def test_values_that_are_phrases_are_translated(problem: Problem, words: tuple[str, ...]) -> None:
    set_language("fr")
    try:
        assert all(word in describe(problem) for word in words)
    finally:
        set_language("en")


@pytest.mark.parametrize("name", ["", "  ", "N/A", "123"])
def test_explain_refuses_what_is_no_name(run: Run, a_list: Path, name: str) -> None:
    done = run("explain", name, a_list)
    assert done.code == 1
    assert "the name is empty" in done.err


def test_a_hijri_year_is_said_to_be_read_as_one(run: Run, a_list: Path) -> None:
    done = run("explain", "Nadia", a_list, "--birth-date", "1390")
    assert "1390 was read as Hijri: 1970, 1971" in done.err


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_help_has_no_english_placeholders_and_names_the_threshold(run: Run, language: str) -> None:
    root, of_screen = (run(*command, "--help", "--lang", language).out for command in ([], ["screen"]))
    assert "COMMAND [ARGS]" not in root and "Options:" not in root
    assert "RANGE" not in of_screen and "Options:" not in of_screen
    assert "0.50" in of_screen
