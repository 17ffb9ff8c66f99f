"""The scripts run in a short form, and say so and end well where what they measure on is absent."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, shared_file

SHORT = {
    "screening_speed": ["--list", "{list}", "--subjects", "200", "--queries", "30", "--times", "1"],
    "scale": ["--names", "200", "400", "--queries", "20"],
    "peer": [],
    "readers": ["--entities", "200"],
    "fuzz_readers": ["--count", "40"],
}


def run(root: Path, script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(root / "benchmarks" / f"{script}.py"), *arguments],
        capture_output=True, encoding="utf-8", check=False, cwd=root,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A copy of the benchmarks and their page with nothing beside it."""
    root = tmp_path / "here"
    for folder in ("benchmarks", "scripts", "tests/lists"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "docs").mkdir()
    for page in ("speed.md", "accuracy.md"):
        shutil.copy(ROOT / "docs" / page, root / "docs" / page)
    return root


@pytest.mark.parametrize("script", [*SHORT, "accuracy"])
def test_a_script_says_that_the_names_are_absent_and_ends_well(alone: Path, script: str) -> None:
    arguments = SHORT[script] if script in ("readers", "fuzz_readers") else []
    assert " absent" in run(alone, script, *arguments)


def test_the_peer_is_passed_over_where_it_is_not_installed() -> None:
    shared_file("bench", "names-dev")
    assert "nothing is measured" in run(ROOT, "peer")


def test_figures_that_are_written_stand_in_the_page(alone: Path) -> None:
    before = (alone / "docs" / "speed.md").read_text(encoding="utf-8")
    run(alone, "readers", "--entities", "100", "--write")
    after = (alone / "docs" / "speed.md").read_text(encoding="utf-8")
    assert "A made list of 100 simple entities" in after
    assert after.count("Not measured yet.") == before.count("Not measured yet.") - ("A made list of" not in before)


@pytest.mark.parametrize("script", ["screening_speed", "scale"])
def test_the_short_form_of_a_script_measures(script: str) -> None:
    source = shared_file("bench", "names-dev", "list_arabic.ftm.json.gz")
    output = run(ROOT, script, *(argument.format(list=source) for argument in SHORT[script]))
    assert "| One name " in output
    assert "most memory held" in output
