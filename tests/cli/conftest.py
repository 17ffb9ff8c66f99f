"""The command line against a stand-in engine: a list, subjects, ways to run a command."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import fake_engine
from tests.cli.running import Outcome


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
