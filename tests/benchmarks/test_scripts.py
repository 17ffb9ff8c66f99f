"""The scripts run in a short form, and say so and end well where what they measure on is absent."""

import re
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
    "fuzz_messages": ["--count", "240", "--size", "0.05"],
    "injected_names": ["--most", "20"],
    "payments": ["--payments", "10", "--passengers", "100"],
    "document_numbers": ["--numbers", "2000", "--asked", "500"],
    "edifact": ["--passengers", "800", "--peer", "400"],
    "iso20022": ["--transactions", "400"],
    "mrz": ["--zones", "300"],
    "mt": ["--messages", "300"],
    "pnrgov": ["--bookings", "20", "--damaged", "60"],
    "desk_import": [],
    "desk_match": ["--list", "{list}", "--requests", "60", "--batches", "3", "--connections", "4", "--processes", "1"],
    "desk_monitoring": ["--subjects", "2000", "--changed", "50"],
    "exchange_lives": ["--seeds", "6"],
    "taxii": ["--sizes", "3000", "6000", "--pages", "4"],
    "desk_queue": ["--alerts", "600", "--pages", "2"],
    "desk_upload": ["--rows", "2000"],
}
# What these measure is made by them alone, or for the most part.
ALONE = ("readers", "fuzz_readers", "fuzz_messages", "document_numbers")
MADE = ("edifact", "exchange_lives", "taxii", "iso20022", "mrz", "mt", "pnrgov", "desk_queue")


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
    for folder in ("benchmarks", "scripts", "tests/exchange", "tests/lists", "tests/messages"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "tests" / "conftest.py", root / "tests" / "conftest.py")
    (root / "docs").mkdir()
    for page in ("speed.md", "accuracy.md"):
        shutil.copy(ROOT / "docs" / page, root / "docs" / page)
    return root


@pytest.mark.parametrize("script", sorted({*SHORT, "accuracy"} - {*MADE}))
def test_a_script_says_that_the_names_are_absent_and_ends_well(alone: Path, script: str) -> None:
    arguments = SHORT[script] if script in ALONE else []
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


@pytest.mark.parametrize("script", MADE)
def test_a_script_that_makes_what_it_reads_measures_anywhere(alone: Path, script: str) -> None:
    assert "| What | Measured |" in run(alone, script, *SHORT[script])


def test_damaged_and_hostile_messages_cost_nothing_without_a_word() -> None:
    output = run(ROOT, "fuzz_messages", *SHORT["fuzz_messages"])
    assert re.search(r"\| 240 damaged messages in \d+ s: crashes, hangs, losses \| 0 +\|", output)


def test_names_in_messages_are_told_by_form_beside_clean_ones() -> None:
    shared_file("bench", "names-dev")
    output = run(ROOT, "injected_names", *SHORT["injected_names"])
    for form in ("Passport (TD3)", "Card (TD1)", "PAXLST", "MT103, payee (59)", "pacs.008, in a sentence"):
        assert output.count(f"| {form} |") == 4


def test_one_payment_and_one_list_are_screened_end_to_end() -> None:
    shared_file("bench", "names-dev")
    output = run(ROOT, "payments", *SHORT["payments"])
    assert output.count("| One payment, parsed and screened in process") == 2
    assert "| PAXLST of 100 passengers" in output


def test_a_served_desk_answers_while_it_is_measured() -> None:
    source = shared_file("bench", "names-dev", "list_arabic.ftm.json.gz")
    output = run(ROOT, "desk_match", *(argument.format(list=source) for argument in SHORT["desk_match"]))
    assert "Most memory of a web process" in output and "| What | Measured |" in output
