"""`sort=FIELD` or `sort=FIELD:desc`, as often as wanted, as yente has it: what lacks the field comes last either way,
an order that is neither `asc` nor `desc` is `asc`, and whatever is alike stays in the order in which it was found."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple, TypeVar

from tahaluf.web.api.faults import Refused

Value = TypeVar("Value")
NAMES = {"id": "id", "entity_id": "id", "canonical_id": "id"}
FIELDS = ("caption", "schema", "first_seen", "last_seen", "last_change", "countries", "topics", "datasets")
SORTABLE = (*NAMES, *FIELDS)
MOST = 10


class Sort(NamedTuple):
    """A field by which is sorted, and whether the greatest comes first."""

    field: str
    down: bool


def read_sorts(given: Iterable[str]) -> tuple[Sort, ...]:
    """The criteria, the first one first; Refused (400) for a field by which nothing is sorted."""
    sorts = []
    for text in given:
        field, _, order = text.partition(":")
        if field not in SORTABLE:
            raise Refused(400, "api.value", field="sort", expected=", ".join(SORTABLE), found=text)
        sorts.append(Sort(NAMES.get(field, field), order == "desc"))
    if len(sorts) > MOST:
        raise Refused(422, "api.too_many", field="sort", expected=str(MOST))
    return tuple(sorts)


def in_order(
    values: Iterable[Value], sorts: Iterable[Sort], read: Callable[[Value, str], str | Collection[str] | None]
) -> list[Value]:
    """The values by the criteria; `read` gives a value's field. Of several, the least counts, going down the
    greatest."""
    ordered = list(values)
    for sort in reversed(tuple(sorts)):
        keyed = [(_key(read(value, sort.field), sort.down), value) for value in ordered]
        there = sorted((pair for pair in keyed if pair[0] is not None), key=_first, reverse=sort.down)
        ordered = [value for _, value in there] + [value for key, value in keyed if key is None]
    return ordered


def _first(pair: tuple[str | None, Any]) -> str:
    return pair[0] or ""


def _key(held: str | Collection[str] | None, down: bool) -> str | None:
    if not held:
        return None
    return held if isinstance(held, str) else (max if down else min)(held)
