"""The routes of one listing: the entity whole, and what hangs on it property by property, page by page."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.api.access import Caller
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.endpoints import READ, Answer, endpoint
from tahaluf.web.api.match.entities import finish
from tahaluf.web.api.match.nesting import INTO, Whole, whole
from tahaluf.web.api.match.parameters import read_truth, read_window
from tahaluf.web.api.match.schemata import LINKING
from tahaluf.web.api.match.sorting import Sort, in_order, read_sorts
from tahaluf.web.catalogue.models import ListingState
from tahaluf.web.catalogue.queries import listings_now

SEE = (Permission.SEARCH, Permission.SEE_LISTS)


@endpoint("GET", READ, SEE)
def entity(request: HttpRequest, caller: Caller, entity_id: str) -> Answer:
    """One listing; with `nested` (the default) all that hangs on it."""
    with_all = read_truth(request.GET, "nested", True)
    state = stood(entity_id)
    return Answer(whole(state).entity if with_all else finish(state).json)


@endpoint("GET", READ, SEE)
def adjacent(request: HttpRequest, caller: Caller, entity_id: str) -> Answer:
    """What hangs on a listing, by property."""
    window, sorts = read_window(request.GET), read_sorts(request.GET.getlist("sort"))
    state = stood(entity_id)
    found = whole(state)
    told = {name: _page(found, name, window, sorts) for name in _hanging(found.entity)}
    limit, offset = window
    return Answer({"entity": finish(state).json, "adjacent": told, "limit": limit, "offset": offset})


@endpoint("GET", READ, SEE)
def adjacent_by(request: HttpRequest, caller: Caller, entity_id: str, property_name: str) -> Answer:
    """What hangs on a listing by one property; refused where no entity hangs on another by that."""
    window, sorts = read_window(request.GET), read_sorts(request.GET.getlist("sort"))
    state = stood(entity_id)
    if property_name not in LINKING:
        raise Refused(404, "api.property", field="property_name", found=property_name)
    return Answer(_page(whole(state), property_name, window, sorts))


def stood(entity_id: str) -> ListingState:
    """The listing of that id; Refused (404) where none stands. Of two lists' listings of one id, the first list's."""
    states = listings_now(entity_id) if len(entity_id) <= 200 else []
    if not states:
        raise Refused(404, "api.entity", field="entity_id", found=entity_id)
    return min(states, key=lambda state: state.source.slug)


def _hanging(entity: dict[str, Any]) -> list[str]:
    properties: dict[str, list[Any]] = entity["properties"]
    return [name for name, values in properties.items() if any(isinstance(value, dict) for value in values)]


def _page(found: Whole, name: str, window: tuple[int, int], sorts: Collection[Sort]) -> dict[str, Any]:
    limit, offset = window
    values = found.entity["properties"].get(name, []) if name in _hanging(found.entity) else []
    ordered = in_order(values, sorts, _read)
    relation = "eq" if name != INTO or found.every else "gte"
    return {
        "results": ordered[offset : offset + limit], "limit": limit, "offset": offset,
        "total": {"value": len(values), "relation": relation},
    }  # fmt: skip


def _read(value: Any, field: str) -> Any:
    """A field of an entity; of one that is only named, its id."""
    if isinstance(value, dict):
        return value["properties"].get("country" if field == "countries" else field) or value.get(field)
    return value if field == "id" else None
