"""Everything that people read is in their language: help, problems, labels, catalogs."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest

from tahaluf.cli.clicktexts import click_texts
from tahaluf.cli.language import choose_language
from tahaluf.domain import Problem, Where
from tahaluf.prose import i18n
from tahaluf.prose.labels import label
from tahaluf.prose.problems import describe
from tahaluf.prose.problemtexts import texts
from tests.cli.running import Outcome

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r'"((?:cli|lists|messages|screening|names)(?:\.[a-z_-]+){1,3})"')


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leaves the language as it was."""
    yield
    i18n.set_language("en")


def codes_in_source() -> set[str]:
    """Every string of the core that reads as a code of a problem."""
    files = [path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "problemtexts"]
    found = {code for path in files for code in CODE.findall(path.read_text("utf-8"))}
    return {code for code in found if code.count(".") > 1 and not _is_module(code)} | {"lists.empty", "cli.system"}


def _is_module(name: str) -> bool:
    path = ROOT / "src" / "tahaluf" / Path(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_in_the_source_has_a_sentence_in_every_language(language: str) -> None:
    i18n.set_language(language)
    sentences = texts()
    assert [code for code in sorted(codes_in_source()) if not sentences.get(code)] == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_sentences_are_translated_and_say_what_was_found_and_where(language: str) -> None:
    problem = Problem("messages.table.width", Where("voyageurs.csv", 7, "Nom"), "3", "2")
    english = describe(problem)
    i18n.set_language(language)
    translated = describe(problem)
    assert translated != english
    assert all(part in translated for part in ("voyageurs.csv", "7", "Nom", "3", "2"))


def test_an_unknown_code_is_still_described() -> None:
    assert "some.code" in describe(Problem("some.code", expected="a", found="b"))


def test_text_of_a_file_cannot_steer_the_terminal() -> None:
    said = describe(Problem("messages.table.no_name", Where("x\x1b[2J"), found="\x1b]0;title\x07\u202e"))
    assert not re.search("[\x00-\x1f\u202e]", said)


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["screen", "--lang", "ar"], {}, "ar"),
        (["--lang=fr"], {"TAHALUF_LANG": "ar"}, "fr"),
        ([], {"TAHALUF_LANG": "fr", "LANG": "ar_MA.UTF-8"}, "fr"),
        ([], {"LANG": "ar_MA.UTF-8"}, "ar"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {}, "en"),
        (["explain", "--", "--lang=ar"], {}, "en"),
    ],
)
def test_the_language_is_chosen(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert choose_language(arguments, environment) == language


@pytest.mark.parametrize("command", [[], ["screen"], ["index"], ["explain"], ["demo"], ["lists"]])
@pytest.mark.parametrize(("language", "usage"), [("en", "Usage:"), ("fr", "Utilisation\xa0:"), ("ar", "الاستعمال:")])
def test_help_is_in_the_language_asked_for(
    run: Callable[..., Outcome], command: list[str], language: str, usage: str
) -> None:
    done = run(*command, "--lang", language, "--help")
    assert done.code == 0
    assert usage in done.out


def test_complaints_about_usage_are_in_the_language_asked_for(run: Callable[..., Outcome]) -> None:
    done = run("screen", "--lang", "fr")
    assert done.code == 2
    assert "Erreur" in done.err and "Argument manquant" in done.err


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("ar", 1, "تطابق محتمل واحد"),
        ("ar", 2, "تطابقان محتملان"),
        ("ar", 5, "5 تطابقات محتملة"),
        ("fr", 0, "0 correspondance"),
    ],
)
def test_counts_take_the_form_of_their_number(language: str, count: int, words: str) -> None:
    i18n.set_language(language)
    assert i18n.ngettext_("{count} hit", "{count} hits", count).format(count=count) == words


def test_the_catalogs_are_complete() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "check_strings.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_check_finds_what_is_missing_stale_and_wrong() -> None:
    spec = importlib.util.spec_from_file_location("check_strings", ROOT / "scripts" / "check_strings.py")
    assert spec and spec.loader
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="stale", msgstr="x"))
    catalog.append(polib.POEntry(msgid="of {count}", msgstr="de {nombre}"))
    catalog.append(polib.POEntry(msgid="unsure", msgstr="x", flags=["fuzzy"]))
    wrong = check.faults(
        "fr", catalog, {("of {count}", ""): "a.py:1", ("absent", ""): "a.py:2", ("unsure", ""): "a.py:3"}
    )
    assert len(wrong) == 4
    assert {line.split(":")[1].strip().split(" (")[0] for line in wrong} == {
        "missing", "stale", "unknown field ['nombre']", "not translated",
    }  # fmt: skip


def test_the_strings_of_the_library_are_still_in_the_library() -> None:
    import click

    source = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    missing = [text for text in click_texts() if text not in source and text.replace("'", '"') not in source]
    assert missing == []


def test_a_reason_goes_by_its_last_part_and_an_unknown_one_by_itself() -> None:
    assert label("reason.birth_date.same_year") == "the same year"
    assert label("reason.not_yet_known") == "not yet known"


def test_the_table_of_headings_follows_from_its_source() -> None:
    script = ROOT / "scripts" / "build_headings.py"
    assert subprocess.run([sys.executable, str(script), "--check"], check=False).returncode == 0
