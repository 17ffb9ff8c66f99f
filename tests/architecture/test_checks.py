"""The project's own checks see what they are there to see."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT


def script(name: str) -> ModuleType:
    """A script of the project, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def function_of(lines: int, name: str = "long") -> str:
    return f"def {name}():\n" + "    pass\n" * (lines - 1)


def test_the_project_keeps_its_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert script("check_sizes").main(ROOT) == 0, capsys.readouterr().out


def test_the_project_keeps_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert script("check_words").main(ROOT) == 0, capsys.readouterr().out


def test_a_function_of_sixty_lines_passes_and_of_sixty_one_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = "\n".join(function_of(3, f"short_{number}") for number in range(40))
    write(tmp_path, "src/a.py", short + function_of(60))
    assert script("check_sizes").main(tmp_path) == 0
    write(tmp_path, "src/b.py", function_of(61))
    assert script("check_sizes").main(tmp_path) == 1
    assert "61 src/b.py:1 long (no function over 60)" in capsys.readouterr().out


def test_a_file_over_five_hundred_lines_is_named_worst_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "src/long.py", "x = 1\n" * 501)
    write(tmp_path, "tests/longer.py", "x = 1\n" * 600)
    assert script("check_sizes").main(tmp_path) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["600", "tests/longer.py"]
    assert lines[1].split()[:2] == ["501", "src/long.py"]


def test_many_files_of_usual_length_are_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(10):
        write(tmp_path, f"src/file_{number}.py", "x = 1\n" * (350 if number == 0 else 50))
    assert script("check_sizes").main(tmp_path) == 1
    assert "90.0% of files under 300" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("where", "source", "word"),
    [
        ("src/tahaluf/names/x.py", "class Person:\n    pass\n", "Subject"),
        ("src/tahaluf/names/x.py", "def find_synonyms(): ...\n", "aliases"),
        ("src/tahaluf/names/x.py", "def look(customer): ...\n", "subject"),
        ("src/tahaluf/names/x.py", "matchConfidence = 0.5\n", "score"),
        ("src/tahaluf/names/x.py", "class SanctionsTarget: ...\n", "listing"),
        ("src/tahaluf/domain/x.py", "class Thing:\n    variant: str\n", "alias"),
    ],
)
def test_a_second_word_for_a_concept_is_refused(where: str, source: str, word: str) -> None:
    [line] = script("check_words").second_words(source, where)
    assert word in line


@pytest.mark.parametrize(
    "source",
    [
        "row['confidence']\n",
        "value = entity.confidence\n",
        "def align(source, target): ...\n",
        "build(customer='x')\n",
    ],
)
def test_words_of_other_formats_and_of_plain_english_pass(source: str) -> None:
    assert list(script("check_words").second_words(source, "src/tahaluf/names/x.py")) == []


@pytest.mark.parametrize("text", ["see {}work/data", "cd {}root/project", "x = '{}tmp/out'", "({}home/sara/lists)"])
def test_a_path_of_one_machine_is_refused_anywhere(text: str) -> None:
    [line] = script("check_words").named_places("fine\n" + text.format("/"), "docs/x.md")
    assert line.startswith("docs/x.md:2 ")


def test_a_registry_host_is_refused_anywhere() -> None:
    host = ".".join(["pypi", "org"])
    assert list(script("check_words").named_places(f"from {host}", "README.md")) != []


@pytest.mark.parametrize("text", ["../shared/work/x", "src/tahaluf/root/x", "https://example.org/tmp/x", "$HOME/tmp/x"])
def test_other_paths_pass(text: str) -> None:
    assert list(script("check_words").named_places(text, "README.md")) == []
