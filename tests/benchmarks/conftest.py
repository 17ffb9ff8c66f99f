"""The benchmarks are programs, not a package: their folder is put on the path for what they share."""

import pytest

from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _benchmarks_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
