"""Generated tables, compiled from `resources/` by the scripts named `build_…`; never edited by hand."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Any:
    """The parsed content of `NAME.json` in this folder."""
    return json.loads((files(__name__) / f"{name}.json").read_text(encoding="utf-8"))
