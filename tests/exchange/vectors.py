"""The vectors of the exchange, as another implementation would read them."""

import json
from typing import Any

import pytest

from tahaluf.exchange.errors import ExchangeError
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "vectors" / "exchange"


def vectors(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


class refused:
    """The block raises ExchangeError with a code that begins so."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.raises = pytest.raises(ExchangeError)

    def __enter__(self) -> None:
        self.found = self.raises.__enter__()

    def __exit__(self, *error: Any) -> bool:
        caught = self.raises.__exit__(*error)
        assert self.found.value.problem.code.startswith(self.code), self.found.value
        return bool(caught)
