"""Lists that come in versions."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from tahaluf.web.catalogue.importing import storing

MakeList = Callable[..., Path]


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports do not wait for others here, and write many small pieces."""
    monkeypatch.setattr(storing, "PAUSE", 0)


@pytest.fixture
def make_list(tmp_path: Path) -> MakeList:
    """A list file of the name `watch`: id=(names…) for each listing."""

    def make(name: str = "watch.json", **listings: str | list[str] | dict[str, list[str]]) -> Path:
        path = tmp_path / name
        lines = [orjson.dumps(_entity(key, told)) for key, told in listings.items()]
        path.write_bytes(b"\n".join(lines) + b"\n")
        return path

    return make


def _entity(key: str, told: str | list[str] | dict[str, list[str]]) -> dict[str, object]:
    if isinstance(told, str):
        told = [told]
    properties = told if isinstance(told, dict) else {"name": told[:1], **({"alias": told[1:]} if told[1:] else {})}
    return {"id": key, "schema": "Person", "datasets": ["watch"], "properties": properties}
