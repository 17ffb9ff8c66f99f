"""`tahaluf documents`: a register of documents, with the real engine."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tahaluf.cli.main import run as run_command

Run = Callable[..., int]
REGISTER = "Numéro,Type,Pays,Statut\nAB123456,passeport,Maroc,volé\nX9912345,passport,Mali,lost\n,passport,Mali,lost\n"


@pytest.fixture
def register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, "utf-8")
    assert run_command(["documents", "import", str(path), "--out", str(tmp_path / "register")]) == 3
    told = capsys.readouterr()
    assert "2 documents" in told.out
    assert "line 4" in told.err
    return tmp_path / "register"


def screened(register: Path, text: str, tmp_path: Path) -> list[dict[str, object]]:
    subjects, out = tmp_path / "s.csv", tmp_path / "hits.jsonl"
    subjects.write_text(text, "utf-8")
    run_command(["screen", str(subjects), "--against", str(register), "--out", str(out)])
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_a_stolen_passport_is_found_whoever_carries_it(register: Path, tmp_path: Path) -> None:
    (hit,) = screened(register, "name,passport,nationality\nNadia Bakkar,AB 123456,Maroc\n", tmp_path)
    assert hit["entity_id"] == "register:passport:ma:AB123456"
    assert hit["caption"] == "passport AB123456 (MA), stolen"
    explanation = hit["explanation"]
    assert isinstance(explanation, dict)
    assert [one["reason"] for one in explanation["attributes"]] == ["document.same"]
    assert explanation["tokens"] == []


@pytest.mark.parametrize("number", ["AB123465", "AB12345", "A8123456"])
def test_a_stolen_passport_is_found_one_slip_away(register: Path, tmp_path: Path, number: str) -> None:
    hits = screened(register, f"name,passport,nationality\nNadia Bakkar,{number},Maroc\n", tmp_path)
    assert [hit["entity_id"] for hit in hits] == ["register:passport:ma:AB123456"]


def test_another_number_finds_nothing(register: Path, tmp_path: Path) -> None:
    assert screened(register, "name,passport\nNadia Bakkar,CD765432\n", tmp_path) == []
