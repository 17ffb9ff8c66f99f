"""The command line against a stand-in engine: a list, subjects, ways to run a command here or in its own process."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import fake_engine  # noqa: E402


@dataclass
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees another's cache or the language of the machine."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TAHALUF_LANG", "en")
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in engine, for this process."""
    from tahaluf.cli import engine, workers

    workers.open_once.cache_clear()
    for name, value in fake_engine.replacements().items():
        monkeypatch.setattr(engine, name, value)


@pytest.fixture
def run(stand_in: None, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs a command in this process."""
    from tahaluf.cli.main import run as run_command

    def call(*arguments: object) -> Outcome:
        code = run_command([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


def job(*arguments: object, die_at: int = 0) -> dict[str, Any]:
    """A command for a process of its own, which kills itself before its `die_at`-th step on disk."""
    return {"arguments": [str(argument) for argument in arguments], "die_at": die_at}


def run_apart(*jobs: dict[str, Any]) -> list[Outcome]:
    """Runs jobs one after the other, each in its own process."""
    done = subprocess.run(
        [sys.executable, str(HERE / "apart.py")], input=json.dumps(jobs), capture_output=True, text=True, check=True
    )
    return [Outcome(**found) for found in json.loads(done.stdout)]


NAMES = ["Abdelkader Zeroual", "Youssef Marouani", "Khaled Osaimi", "Nadia Bakkar", "عمر القرقني", "=Fatima Belgroun"]


@pytest.fixture
def a_list(tmp_path: Path) -> Path:
    """A list of six invented people; one name would be a formula in a spreadsheet."""
    path = tmp_path / "list.ftm.json"
    entities = [
        {"id": f"L{number}", "schema": "Person", "datasets": ["invented"], "properties": {"name": [name]}}
        for number, name in enumerate(NAMES)
    ]
    path.write_text("".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities), "utf-8")
    return path


@pytest.fixture
def subjects(tmp_path: Path) -> Path:
    """Sixty rows: listed people, others, and every tenth one bad."""
    path = tmp_path / "subjects.csv"
    rows = [f"q{n},{NAMES[n % 6] if n % 4 else 'Quite Another'}" if n % 10 else f"q{n}" for n in range(1, 61)]
    path.write_text("id,name\n" + "\n".join(rows) + "\n", "utf-8")
    return path
