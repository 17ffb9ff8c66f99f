"""What nobody foresaw is told in words, with a code of exit and without a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.fake_engine import FakeScreener
from tests.cli.running import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object, **_options: object) -> None:
        raise RuntimeError("nobody\x1b[2J foresaw this")

    monkeypatch.setattr(FakeScreener, "screen_batch", fail)
    monkeypatch.delenv("TAHALUF_DEBUG", raising=False)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Internal error"), ("fr", "Erreur interne"), ("ar", "خطأ داخلي")]
)
def test_an_unforeseen_error_is_one_line_and_code_one(
    run: Run, broken: None, subjects: Path, a_list: Path, language: str, words: str
) -> None:
    done = run("screen", subjects, a_list, "--out", subjects.with_name("h.jsonl"), "--lang", language)
    assert done.code == 1
    (line,) = done.err.splitlines()[1:]
    assert words in line and "RuntimeError: nobody" in line and "TAHALUF_DEBUG=1" in line
    assert "\x1b" not in line


def test_where_it_comes_from_is_shown_when_asked_for(
    run: Run, broken: None, subjects: Path, a_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAHALUF_DEBUG", "1")
    done = run("screen", subjects, a_list, "--out", subjects.with_name("h.jsonl"))
    assert done.code == 1
    assert "Traceback" in done.err and "test_main.py" in done.err
    assert "Internal error" in done.err.splitlines()[-1]


def test_what_workers_are_is_said(run: Run) -> None:
    assert "Threads, or on a Ray cluster processes" in " ".join(run("screen", "--help").out.split())
