"""Indexes on disk: the cache keeps those used last, and an old index outlives a replacement that fails."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tahaluf.cli import cache
from tahaluf.cli.against import replace_folder
from tests.cli import fake_engine
from tests.cli.running import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def screen(run: Run, tmp_path: Path) -> Callable[[str], Path]:
    """Screens against a list of one name; the folder of the cache that it used."""
    subjects = tmp_path / "s.csv"
    subjects.write_text("name\nNadia Bakkar\n", "utf-8")

    def call(name: str) -> Path:
        a_list = tmp_path / f"{name}.ftm.json"
        a_list.write_text(f'{{"id":"L","schema":"Person","properties":{{"name":["{name}"]}}}}\n', "utf-8")
        seen = kept()
        assert run("screen", subjects, a_list, "--out", tmp_path / "h.jsonl").code == 0
        now = kept()
        return (set(now) - set(seen)).pop() if set(now) - set(seen) else max(now, key=lambda path: path.stat().st_mtime)

    return call


def kept() -> list[Path]:
    folder = cache.cache_folder()
    return list(folder.iterdir()) if folder.exists() else []


def test_the_indexes_used_last_are_kept_and_no_more(screen: Callable[[str], Path]) -> None:
    made = [screen(f"Name {number}") for number in range(cache.KEPT)]
    for age, path in enumerate(made):
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    assert screen("Name 0") == made[0]
    newest = screen("One More")
    assert set(kept()) == {made[0], *made[2:], newest}


def test_what_a_killed_run_left_in_the_cache_goes_after_a_day(screen: Callable[[str], Path]) -> None:
    screen("Name 0")
    old, recent = (cache.cache_folder() / name for name in (".new-old", ".new-recent"))
    for path in (old, recent):
        path.mkdir()
    os.utime(old, (1_000_000, 1_000_000))
    screen("Name 1")
    assert recent.exists() and not old.exists()


@pytest.fixture
def old_index(stand_in: None, tmp_path: Path) -> Path:
    out = tmp_path / "index"
    fake_engine.FakeScreener.compile([], out)
    return out


def failing(monkeypatch: pytest.MonkeyPatch, *calls: int) -> None:
    """Makes the given calls of `Path.rename` fail, counted from 1."""
    original, taken = Path.rename, []

    def rename(self: Path, target: Path) -> Path:
        taken.append(target)
        if len(taken) in calls:
            raise OSError(28, "No space left on device")
        return original(self, target)

    monkeypatch.setattr(Path, "rename", rename)


@pytest.mark.parametrize("call", [1, 2])
def test_an_index_that_cannot_be_replaced_stays(old_index: Path, monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    before = (old_index / "fake.json").read_bytes()
    failing(monkeypatch, call)
    with pytest.raises(OSError, match="No space"), replace_folder(old_index) as folder:
        shutil.copytree(old_index, folder)
        (folder / "fake.json").write_text("new", "utf-8")
    assert (old_index / "fake.json").read_bytes() == before
    assert not list(old_index.parent.glob(".new-*"))


def test_an_index_that_cannot_even_be_put_back_is_left_beside(old_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (old_index / "fake.json").read_bytes()
    failing(monkeypatch, 2, 3)
    with pytest.raises(OSError, match="No space"), replace_folder(old_index) as folder:
        shutil.copytree(old_index, folder)
    (left,) = old_index.parent.glob(".new-*/old/fake.json")
    assert left.read_bytes() == before
