"""The API asks other apps by their queries and services; the only rows that it reads and writes itself are its own."""

import re

from tests.conftest import ROOT

CODE = ROOT / "src" / "tahaluf" / "web" / "api"
OWN = {"RememberedRequest"}


def test_no_module_of_the_api_asks_for_rows_of_another_app() -> None:
    asked = {
        (path.name, model)
        for path in CODE.rglob("*.py")
        for model in re.findall(r"\b(\w+)\.objects\b", path.read_text(encoding="utf-8"))
    }
    assert asked
    assert {(name, model) for name, model in asked if model not in OWN} == set()
