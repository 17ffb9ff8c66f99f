"""Generated tables, compiled from `resources/` by the scripts named `build_…`; never edited by hand."""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson


@cache
def table(name: str) -> Any:
    """The parsed content of `NAME.json` in this folder."""
    return orjson.loads(table_bytes(name))


def table_bytes(name: str) -> bytes:
    """The content of `NAME.json` as it stands: what the version of a table is made of."""
    return (files(__name__) / f"{name}.json").read_bytes()
