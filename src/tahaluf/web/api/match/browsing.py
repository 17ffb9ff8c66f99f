"""What `/search` looks through: what a text brings up, or every listing of an edition, and how many there are of what.

Of every listing of an edition only what filters ask for is held, once for an edition, when someone first browses it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

from django.utils.translation import get_language

from tahaluf.lists.ftm.properties import COUNTRIES_BACK, DOCUMENT_TYPES
from tahaluf.names.countries import country_name
from tahaluf.web.api.match.datasets import Against
from tahaluf.web.api.match.entities import Written, finish, finished_of
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.catalogue.queries import search

MOST_FOUND = 200
MOST_VALUES = 100
LABELS = {
    "countries": "Countries", "topics": "Topics", "datasets": "Data sources", "schema": "Types", "genders": "Genders",
    "identifiers": "Identifiers",
}  # fmt: skip
VALUES: dict[str, Callable[[Written], Collection[str]]] = {
    "countries": lambda entity: entity.countries,
    "topics": lambda entity: entity.topics,
    "datasets": lambda entity: entity.datasets,
    "schema": lambda entity: (entity.schema,),
    "genders": lambda entity: entity.told("gender"),
    "identifiers": lambda entity: {value for name, value in entity.facts_told() if name in DOCUMENT_TYPES},
}
TOPICS = {"sanction": "Sanctioned entity"}
_LOCK = Lock()


class Total(NamedTuple):
    """How many; `exact` is False where there may be more."""

    value: int
    exact: bool = True


def find(place: Against, text: str) -> tuple[list[Written], bool]:
    """The listings that a text brings up, the best first, and whether these are all."""
    found = search(text, limit=MOST_FOUND, dataset=place.only)
    versions = place.opened.edition.versions
    return [finish(each.state) for each in found if each.state.source.slug in versions], len(found) < MOST_FOUND


def browse(place: Against) -> Sequence[Written]:
    """Every listing of an edition, without its JSON."""
    with _LOCK:
        return _light(place.opened.edition)


@lru_cache(maxsize=2)
def _light(edition: Edition) -> tuple[Written, ...]:
    return tuple(_lighten(edition))


def _lighten(edition: Edition) -> Iterator[Written]:
    once: dict[frozenset[str], frozenset[str]] = {}
    for slug in sorted(edition.versions):
        for entity in finished_of(slug):
            topics, countries = (once.setdefault(each, each) for each in (entity.topics, entity.countries))
            yield entity._replace(head=b"", topics=topics, countries=countries)


def facets(entities: Sequence[Written], asked: Collection[str], titles: Mapping[str, str]) -> dict[str, Any]:
    """How many of the entities have each country, topic, list or schema; the most frequent first."""
    told = {}
    for name in dict.fromkeys(asked):
        read = VALUES.get(name, _nothing)
        counts = Counter(value for entity in entities for value in read(entity))
        told[name] = {
            "label": LABELS.get(name, name.title()),
            "values": [
                {"name": value, "label": _label(name, value, titles), "count": count}
                for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES]
            ],
        }
    return told


def _nothing(_: Written) -> Collection[str]:
    return ()


def _label(name: str, value: str, titles: Mapping[str, str]) -> str:
    if name == "countries":
        return country_name(COUNTRIES_BACK.get(value, value), get_language() or "en")
    return titles.get(value, value) if name == "datasets" else TOPICS.get(value, value)
