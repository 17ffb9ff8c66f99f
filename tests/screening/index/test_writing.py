"""An index is on the disk whole or not at all, whenever the power fails."""

from pathlib import Path

import pytest

from tahaluf.screening import engine_version
from tahaluf.screening.compile import compile_index
from tahaluf.screening.index import store
from tahaluf.screening.index.layout import ARRAYS
from tahaluf.screening.index.manifest import MANIFEST
from tahaluf.screening.index.store import read_index
from tests.screening.index.forged import LISTINGS


def test_wherever_writing_is_cut_short_no_folder_opens(made: Path, tmp_path: Path) -> None:
    whole = read_index(made, engine_version()).index_id
    steps = count_steps(tmp_path / "whole")
    assert steps > len(ARRAYS)
    for step in range(steps):
        out = tmp_path / f"cut-{step}"
        with pytest.raises(OSError, match="power"):
            write_until(out, step)
        # Once it has its name it is whole; before that there is none.
        assert not out.exists() or read_index(out, engine_version()).index_id == whole
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell which file was synced")
def test_all_that_was_written_is_on_the_disk_before_the_folder_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    rename = Path.rename

    def note_rename(made: Path, out: Path) -> Path:
        synced.append("renamed")
        return rename(made, out)

    monkeypatch.setattr(store.os, "fsync", lambda file: synced.append(Path(f"/proc/self/fd/{file}").resolve().name))
    monkeypatch.setattr(Path, "rename", note_rename)
    compile_index(LISTINGS, tmp_path / "out")
    files = [f"{name}.bin" for name in ARRAYS]
    assert sorted(synced[: len(files)]) == sorted(files)
    assert synced[len(files) :] == [MANIFEST, "index", "renamed", tmp_path.name]


def count_steps(out: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        steps: list[int] = []
        patch.setattr(store.os, "fsync", steps.append)
        compile_index(LISTINGS, out)
    return len(steps)


def write_until(out: Path, step: int) -> None:
    """Writes the index; the power fails at the step of this number."""
    done = iter(range(step))

    def fail(file: int) -> None:
        if next(done, None) is None:
            raise OSError("power")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.os, "fsync", fail)
        compile_index(LISTINGS, out)
