"""The tables of Doc 9303 Part 3, compiled from `resources/mrz.yaml`."""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson


@cache
def table(section: str) -> Any:
    """One section: `arabic`, `arabic_final`, `unwritten`, `restored`, `romanized`, `likelihood`, `latin`, `states`,
    `confused`, `digit_for` or `letters_for`."""
    return orjson.loads((files(__package__) / "table.json").read_bytes())[section]
