"""`index`, `explain` and `demo`, and what the program does before anything else."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Outcome

Run = Callable[..., Outcome]


def test_an_index_is_made_used_and_replaced(run: Run, tmp_path: Path, a_list: Path) -> None:
    for _ in range(2):
        done = run("index", a_list, "--out", tmp_path / "index")
        assert done.code == 0
        assert "6 listings compiled" in done.out
    assert run("explain", "Nadia Bakkar", "--against", tmp_path / "index").code == 0
    assert not list(tmp_path.glob(".new-*"))


def test_a_folder_that_is_no_index_is_not_replaced(run: Run, tmp_path: Path, a_list: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", "utf-8")
    done = run("index", a_list, "--out", tmp_path / "mine")
    assert done.code == 1
    assert (tmp_path / "mine" / "thesis.txt").read_text("utf-8") == "years of work"


def test_a_list_that_cannot_be_read_leaves_the_old_index(run: Run, tmp_path: Path, a_list: Path) -> None:
    run("index", a_list, "--out", tmp_path / "index")
    before = (tmp_path / "index" / "fake.json").read_bytes()
    (tmp_path / "no-list").write_text("hello", "utf-8")
    assert run("index", tmp_path / "no-list", "--out", tmp_path / "index").code == 1
    assert (tmp_path / "index" / "fake.json").read_bytes() == before


def test_explain_shows_the_nearest_with_their_alignment(run: Run, a_list: Path) -> None:
    done = run("explain", "Nadia Bakkar Salem", "--against", a_list, "--top", "1", "--birth-date", "12/03/1984")
    assert done.code == 0
    assert "1. Nadia Bakkar (L3, invented): score 0.667, under the threshold of 0.70" in done.out
    assert "Nadia Bakkar Salem ↔ Nadia Bakkar" in done.out


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [("--birth-date", "32/13/1984", "32/13/1984"), ("--nationality", "Atlantis", "Atlantis")],
)
def test_explain_refuses_values_that_it_does_not_understand(
    run: Run, a_list: Path, option: str, value: str, words: str
) -> None:
    done = run("explain", "Nadia", "--against", a_list, option, value)
    assert done.code == 1
    assert words in done.err


SERVE = "tahaluf serve --demo"


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr")])
def test_the_demo_screens_reports_and_says_what_to_try(run: Run, tmp_path: Path, language: str, direction: str) -> None:
    out = tmp_path / "out"
    done = run("demo", "--out", out, "--lang", language)
    assert done.code == 0
    assert f'dir="{direction}"' in (out / "report.html").read_text("utf-8")
    hits = [json.loads(line) for line in (out / "hits.jsonl").read_text("utf-8").splitlines()]
    assert {hit["query_id"] for hit in hits} & {"V001", "V007"}
    assert len((out / "hits.jsonl.rejects.csv").read_text("utf-8").splitlines()) == 2
    for name in ("flight.edi", "passports.txt", "payments.xml"):
        assert (out / f"{name}.hits.jsonl.outcomes.jsonl").read_text("utf-8").count("\n") in (4, 10)
    commands = [line.strip() for line in done.out.splitlines() if line.startswith("  tahaluf")]
    assert len(commands) == 7
    assert commands[-1] == SERVE


def test_the_commands_that_the_demo_names_work(run: Run, tmp_path: Path) -> None:
    import shlex

    out = tmp_path / "out"
    done = run("demo", "--out", out)
    for line in done.out.splitlines():
        # A desk goes on until it is stopped; tests/web/e2e serves this one.
        if line.startswith("  tahaluf") and line.strip() != SERVE:
            assert run(*shlex.split(line)[1:]).code in (0, 3), line


def test_version_and_help_import_nothing_heavy() -> None:
    heavy = {"numpy", "numba", "pyarrow", "rich", "lxml", "orjson", "polib", "jinja2"}
    for option in ("--version", "--help"):
        program = f"import sys; from tahaluf.cli.main import run; run([{option!r}]); print(*sorted(sys.modules))"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert not heavy & set(done.stdout.splitlines()[-1].split())


def test_an_unknown_command_is_a_mistake_of_usage(run: Run) -> None:
    assert run("scren").code == 2
