"""The small checks that shapes of records are made of. Each raises ExchangeError (`exchange.record.shape`)."""

import re
from collections.abc import Callable

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.errors import refuse

CODE = "exchange.record.shape"
EXTENSION = "extension-definition--1289053d-ddcb-4b5e-a1fe-bfab803993b1"
UUID4 = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
HEX = re.compile(r"[0-9a-f]{64}")
Fields = dict[str, Json]


def fields_of(value: Json, field: str, needed: set[str], free: frozenset[str] = frozenset()) -> Fields:
    """An object with all needed names and no others but the free ones."""
    if not isinstance(value, dict) or not needed <= value.keys() <= needed | free:
        raise refuse(CODE, ", ".join(sorted(needed)), sorted(value) if isinstance(value, dict) else value, field)
    return value


def text(value: Json, field: str, most: int) -> str:
    """A string of 1 to `most` characters."""
    if not isinstance(value, str) or not 1 <= len(value) <= most:
        raise refuse(CODE, f"a string of 1 to {most} characters", value, field)
    return value


def formed(value: Json, field: str, form: re.Pattern[str]) -> str:
    """A string of a form."""
    if not isinstance(value, str) or not form.fullmatch(value):
        raise refuse(CODE, form.pattern, value, field)
    return value


def one_of(value: Json, field: str, *choices: Json) -> Json:
    """One of some values; `true` is not 1."""
    if not any(type(value) is type(choice) and value == choice for choice in choices):
        raise refuse(CODE, " or ".join(map(str, choices)), value, field)
    return value


def whole(value: Json, field: str, least: int) -> int:
    """An integer from `least` on."""
    if type(value) is not int or value < least:
        raise refuse(CODE, f"an integer from {least} on", value, field)
    return value


def array(value: Json, field: str, least: int, most: int) -> list[Json]:
    """An array of so many items."""
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise refuse(CODE, f"an array of {least} to {most}", value, field)
    return value


def each(value: Json, field: str, most: int, check: Callable[[Json, str, int], object], length: int) -> None:
    """An array of 1 to `most` items that all pass a check."""
    for item in array(value, field, 1, most):
        check(item, field, length)
