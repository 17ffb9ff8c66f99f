"""The first use after an installation says why it takes a while, and later ones say nothing."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tahaluf.cli import engine
from tests.cli.running import Outcome

Run = Callable[..., Outcome]
READY = """
from tahaluf.cli.engine import kernels_are_ready
from tahaluf.screening.kernel.screen import screen_names
print(kernels_are_ready(), screen_names.stats.cache_path)
"""


@pytest.mark.parametrize(("language", "words"), [("en", "once"), ("fr", "une fois"), ("ar", "مرة واحدة")])
def test_the_first_screening_says_so_in_one_line(
    run: Run, subjects: Path, a_list: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setattr(engine, "kernels_are_ready", lambda: False)
    done = run("screen", subjects, a_list, "--out", subjects.with_name("h.jsonl"), "--lang", language)
    assert done.code == 3
    assert [words in line for line in done.err.splitlines()] == [True, False]
    assert words in run("explain", "Nadia", a_list, "--lang", language).err


def test_once_the_kernels_are_compiled_nothing_is_said(run: Run, subjects: Path, a_list: Path) -> None:
    assert "once" not in run("screen", subjects, a_list, "--out", subjects.with_name("h.jsonl")).err


def test_kernels_are_ready_once_the_cache_holds_them_and_they_are_newer_than_their_source(tmp_path: Path) -> None:
    before, folder = ready(tmp_path)
    kept = Path(folder) / f"screen.screen_names-1.py{sys.version_info.major}{sys.version_info.minor}.nbi"
    kept.touch()
    after, _ = ready(tmp_path)
    os.utime(kept, (1, 1))
    stale, _ = ready(tmp_path)
    assert (before, after, stale) == ("False", "True", "False")


def ready(cache: Path) -> list[str]:
    environment = os.environ | {"NUMBA_CACHE_DIR": str(cache)}
    done = subprocess.run([sys.executable, "-c", READY], capture_output=True, text=True, check=True, env=environment)
    return done.stdout.split()
