"""A small index, and fresh copies of it to do things to."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tahaluf.screening.compile import compile_index
from tests.screening.index.forged import LISTINGS


@pytest.fixture(scope="package")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "index"
    compile_index(LISTINGS, folder)
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Callable[[], Path]:
    """Gives a fresh copy of the index whenever it is called."""

    def make() -> Path:
        shutil.rmtree(tmp_path / "index", ignore_errors=True)
        return Path(shutil.copytree(made, tmp_path / "index"))

    return make
