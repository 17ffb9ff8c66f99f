"""The fields of a line of hits, as `spec/screening-result.md` states them, and what is wrong with a line without."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import orjson


class Fault(NamedTuple):
    """Which field of a line is wrong (empty: the line itself), what it should hold, and what it holds."""

    field: str
    expected: str
    found: str


class Kind(NamedTuple):
    """What one value may be."""

    expected: str
    holds: Callable[[Any], bool]


def fault_of(hit: Any) -> Fault | None:
    """The first fault of what was read from a line; None where it is a hit. Unknown fields are no fault."""
    return next(_faults("", hit, _HIT), None)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TEXT = Kind("string", lambda value: isinstance(value, str))
_NUMBER = Kind("number", _is_number)
_SHARE = Kind("0 … 1", lambda value: _is_number(value) and 0 <= value <= 1)
_COUNT = Kind("1 …", lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 1)
_PLACE = Kind("1 …", lambda value: value is None or _COUNT.holds(value))
_START = Kind("0 …", lambda value: value == 0 or _COUNT.holds(value))
_WORDS = Kind("string", lambda value: value is None or isinstance(value, str))
_OPTIONAL = frozenset({"line", "reference", "terms", "source", "evidence"})
_TOKEN = {"subject": _TEXT, "listing": _TEXT, "similarity": _SHARE, "weight": _NUMBER, "reason": _TEXT}
_ATTRIBUTE = {"attribute": _TEXT, "reason": _TEXT, "effect": _NUMBER, "subject": _TEXT, "listing": _TEXT}
_EXPLANATION: dict[str, Any] = {
    "name_score": _SHARE, "tokens": [_TOKEN], "attributes": [_ATTRIBUTE], "engine": _TEXT, "index": _TEXT,
    "terms": [{"term": _TEXT, "effect": _NUMBER}],
}  # fmt: skip
_HIT: dict[str, Any] = {
    "query_id": _TEXT, "entity_id": _TEXT, "score": _SHARE, "name": _TEXT, "dataset": _TEXT, "caption": _TEXT,
    "rank": _COUNT, "subject_name": _TEXT, "explanation": _EXPLANATION, "line": _PLACE,
    "reference": _WORDS,
    "source": {"role": _WORDS, "unit": _PLACE, "message": _WORDS, "segment": _PLACE, "field": _WORDS},
    "evidence": {"text": _TEXT, "start": _START, "end": _COUNT},
}  # fmt: skip


def _faults(field: str, value: Any, wanted: Any) -> Iterator[Fault]:
    """`wanted` is a kind, an object's fields, or a list of one of these for an array."""
    if isinstance(wanted, Kind):
        if not wanted.holds(value):
            yield Fault(field, wanted.expected, _shown(value))
    elif isinstance(wanted, list):
        if not isinstance(value, list):
            yield Fault(field, "[…]", _shown(value))
            return
        for number, item in enumerate(value):
            yield from _faults(f"{field}[{number}]", item, wanted[0])
    elif not isinstance(value, dict):
        yield Fault(field, "{…}", _shown(value))
    else:
        yield from _faults_of_object(field, value, wanted)


def _faults_of_object(field: str, value: dict[str, Any], wanted: dict[str, Any]) -> Iterator[Fault]:
    for name, own in wanted.items():
        place = f"{field}.{name}" if field else name
        if name in value:
            yield from _faults(place, value[name], own)
        elif name not in _OPTIONAL:
            yield Fault(place, own.expected if isinstance(own, Kind) else "[…]" if isinstance(own, list) else "{…}", "")


def _shown(value: Any) -> str:
    return orjson.dumps(value).decode()[:100]
