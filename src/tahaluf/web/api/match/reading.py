"""The routes that only read: search, entities and what hangs on them, the catalog, algorithms, readiness."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tahaluf.domain import TahalufError
from tahaluf.web.accounts.guards import public
from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.api.access import Caller
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.browsing import browse, facets, find
from tahaluf.web.api.match.datasets import DEFAULT, against, opened_soon
from tahaluf.web.api.match.endpoints import Answer, endpoint, refuse
from tahaluf.web.api.match.entities import entities_of, finish, nested, targets_of
from tahaluf.web.api.match.parameters import (
    ALGORITHM,
    read_browsing,
    read_integer,
    read_truth,
)
from tahaluf.web.catalogue.models import Collection, ListingState
from tahaluf.web.catalogue.queries import listings_now, sources, states_now

READ = (Scope.MATCH, Scope.READ)
MOST_PAGE, MOST_OFFSET, PAGE = 500, 9499, 10
FEATURES = {
    "name_match": "The best pair of names, aligned token by token in any order and script; 0–1.",
    "birth_date": "Birth dates, as far as both are known; log-odds.",
    "country": "Nationalities and countries of residence; log-odds.",
    "gender": "Gender; log-odds.",
    "birth_place": "Places of birth; log-odds.",
    "document": "Numbers of passports, identity cards, registrations; log-odds.",
}


@endpoint("GET", READ, (Permission.SEARCH, Permission.SEE_LISTS))
def search(request: HttpRequest, caller: Caller, dataset: str) -> Answer:
    """Listings that a text brings up, or all, with filters and counts."""
    given = request.GET
    limit = read_integer(given, "limit", PAGE, MOST_PAGE)
    offset = read_integer(given, "offset", 0, MOST_OFFSET)
    asked = read_browsing(given)
    place = against(dataset)
    text = given.get("q", "").strip()
    found, every = find(place, text) if text else (browse(place), True)
    passing = [entity for entity in found if place.admits(entity, asked.filter)] if asked.target else []
    page = passing[offset : offset + limit]
    finished = entities_of(place.opened.edition, [(entity.dataset, entity.id) for entity in page])
    titles = dict(sources().values_list("slug", "title"))
    value = {
        "limit": limit,
        "offset": offset,
        "total": {"value": len(passing), "relation": "eq" if every else "gte"},
        "results": [made.json for entity in page if (made := finished.get((entity.dataset, entity.id)))],
        "facets": facets(passing, asked.facets, titles),
    }
    return Answer(value)


@endpoint("GET", READ, (Permission.SEARCH, Permission.SEE_LISTS))
def entity(request: HttpRequest, caller: Caller, entity_id: str) -> Answer:
    """One listing; with `nested` (the default) all that hangs on it."""
    state = stood(entity_id)
    if not read_truth(request.GET, "nested", True):
        return Answer(finish(state).json)
    return Answer(whole(state))


@endpoint("GET", READ, (Permission.SEARCH, Permission.SEE_LISTS))
def adjacent(request: HttpRequest, caller: Caller, entity_id: str) -> Answer:
    """What hangs on a listing, by property."""
    limit, offset = _window(request)
    state = stood(entity_id)
    hanging = _hanging(whole(state))
    told = {name: _page(values, limit, offset) for name, values in hanging.items()}
    return Answer({"entity": finish(state).json, "adjacent": told})


@endpoint("GET", READ, (Permission.SEARCH, Permission.SEE_LISTS))
def adjacent_by(request: HttpRequest, caller: Caller, entity_id: str, property_name: str) -> Answer:
    """What hangs on a listing by one property."""
    limit, offset = _window(request)
    return Answer(_page(_hanging(whole(stood(entity_id))).get(property_name, []), limit, offset))


@endpoint("GET", READ, (Permission.SEE_LISTS,))
def catalog(request: HttpRequest, caller: Caller) -> Answer:
    """The lists, and the collections of them, as datasets."""
    compiled = dict(Collection.objects.exclude(current=None).values_list("slug", "current__index_id"))
    versions = opened_soon(DEFAULT).edition.versions if compiled.get(DEFAULT) else {}
    datasets = []
    for source in sources().exclude(current=None):
        number = str(source.current.number) if source.current else ""
        indexed = str(versions[source.slug]) if source.slug in versions else None
        datasets.append(_dataset(source.slug, source.title, number, indexed, url=source.homepage or None))
    for collection in Collection.objects.prefetch_related("sources").order_by("slug"):
        children = [source.slug for source in collection.sources.all()]
        if collection.slug == DEFAULT:
            children = sorted(versions)
        index = compiled.get(collection.slug)
        datasets.append(_dataset(collection.slug, collection.title, index or "", index, children=children))
    current = [each["name"] for each in datasets if each["index_current"]]
    outdated = [each["name"] for each in datasets if each["load"] and not each["index_current"]]
    return Answer({"datasets": datasets, "current": current, "outdated": outdated, "index_stale": bool(outdated)})


@endpoint("GET", READ, ())
def algorithms(request: HttpRequest, caller: Caller) -> Answer:
    """The one engine there is."""
    features = {
        name: {"description": text, "coefficient": 1.0, "url": "/api/v1/docs"} for name, text in FEATURES.items()
    }
    told = {
        "name": ALGORITHM,
        "description": "Tahaluf: names aligned across Arabic and Latin script; every score is explained.",
        "features": features,
        "docs": {"description": "docs/accuracy.md", "features": features, "config": {}},
    }
    return Answer({"algorithms": [told], "default": ALGORITHM, "best": ALGORITHM})


@endpoint("GET", READ, ())
def statements(request: HttpRequest, caller: Caller) -> Answer:
    """Not offered."""
    raise Refused(501, "api.statements")


@csrf_exempt
@public
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether names can be screened; for load balancers, without a token."""
    if request.method not in ("GET", "HEAD"):
        return refuse(
            Refused(405, "api.method", expected="GET, HEAD", found=str(request.method), headers={"Allow": "GET, HEAD"})
        )
    try:
        opened_soon(DEFAULT)
    except TahalufError:
        return refuse(Refused(503, "api.lists", headers={"Retry-After": "5"}))
    return HttpResponse(b'{"status":"ok"}', "application/json")


def stood(entity_id: str) -> ListingState:
    """The listing of that id; Refused (404) where none stands. Of two lists' listings of one id, the first list's."""
    states = listings_now(entity_id) if len(entity_id) <= 200 else []
    if not states:
        raise Refused(404, "api.entity", field="entity_id", found=entity_id)
    return min(states, key=lambda state: state.source.slug)


def whole(state: ListingState) -> dict[str, Any]:
    """A listing with all that hangs on it."""
    slug = state.source.slug
    linked = states_now((slug, target) for target in targets_of(state))
    return nested(state, {listing_id: each for (_, listing_id), each in linked.items()})


def _hanging(entity: dict[str, Any]) -> dict[str, list[Any]]:
    properties: dict[str, list[Any]] = entity["properties"]
    return {name: values for name, values in properties.items() if any(isinstance(value, dict) for value in values)}


def _window(request: HttpRequest) -> tuple[int, int]:
    limit = read_integer(request.GET, "limit", PAGE, MOST_PAGE)
    return limit, read_integer(request.GET, "offset", 0, MOST_OFFSET)


def _page(values: list[Any], limit: int, offset: int) -> dict[str, Any]:
    return {
        "results": values[offset : offset + limit], "limit": limit, "offset": offset,
        "total": {"value": len(values), "relation": "eq"},
    }  # fmt: skip


def _dataset(
    name: str,
    title: str,
    version: str,
    indexed: str | None,
    *,
    url: str | None = None,
    children: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "name": name, "title": title, "summary": None, "url": url, "load": True, "entities_url": None,
        "version": version, "index_version": indexed, "index_current": indexed is not None and indexed == version,
        "children": children or [],
    }  # fmt: skip
