"""The routes that only read: search, the catalog, algorithms, readiness; those of one listing are in `adjacent`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tahaluf.domain import TahalufError
from tahaluf.web.accounts.guards import public
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.api.access import Caller
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.browsing import browse, facets, find
from tahaluf.web.api.match.datasets import DEFAULT, against, opened_soon
from tahaluf.web.api.match.endpoints import READ, Answer, endpoint, refuse
from tahaluf.web.api.match.entities import entities_of
from tahaluf.web.api.match.parameters import ALGORITHM, read_browsing, read_window
from tahaluf.web.api.match.sorting import in_order
from tahaluf.web.catalogue.queries import collections, imported_sources, sources

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
    limit, offset = read_window(given)
    asked = read_browsing(given)
    place = against(dataset)
    text = given.get("q", "").strip()
    found, every = find(place, text) if text else (browse(place), True)
    passing = [entity for entity in found if place.admits(entity, asked.filter)] if asked.target else []
    if asked.sorts:
        passing = in_order(passing, asked.sorts, getattr)
    page = passing[offset : offset + limit]
    finished = entities_of(place.opened.edition, [(entity.dataset, entity.id) for entity in page])
    titles = {source.slug: source.title for source in sources()}
    value = {
        "limit": limit,
        "offset": offset,
        "total": {"value": len(passing), "relation": "eq" if every else "gte"},
        "results": [made.json for entity in page if (made := finished.get((entity.dataset, entity.id)))],
        "facets": facets(passing, asked.facets, titles),
    }
    return Answer(value)


@endpoint("GET", READ, (Permission.SEE_LISTS,))
def catalog(request: HttpRequest, caller: Caller) -> Answer:
    """The lists, and the collections of them, as datasets."""
    every = collections()
    compiled = {each.slug: each.current.index_id for each in every if each.current is not None}
    versions = opened_soon(DEFAULT).edition.versions if compiled.get(DEFAULT) else {}
    datasets = []
    for source in imported_sources():
        number = str(source.current.number) if source.current else ""
        indexed = str(versions[source.slug]) if source.slug in versions else None
        datasets.append(_dataset(source.slug, source.title, number, indexed, url=source.homepage or None))
    for collection in every:
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
