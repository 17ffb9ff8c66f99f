"""Listings as FollowTheMoney entities, in the form that yente gives them; kept as finished JSON.

`entities_of` for many at once (the results of `/match`), `finished_of` for a whole list. What is kept goes by the
version of its list, so that a new version is never answered with the old one's words.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from threading import Lock
from typing import Any, NamedTuple

import orjson

from tahaluf.lists.ftm.fidelity import note_of_extra
from tahaluf.lists.ftm.write import make_entities
from tahaluf.web.api.match.facts import CODES, FACTS
from tahaluf.web.api.match.schemata import ABOVE
from tahaluf.web.catalogue.models import Edition, ListingState
from tahaluf.web.catalogue.queries import standing
from tahaluf.web.catalogue.stored import from_plain

Pair = tuple[str, str]
Times = dict[str, str | None]
MOST_BYTES = 24 << 20
TOPIC = note_of_extra("topics", "")


class Written(NamedTuple):
    """An entity, finished: `head` is its JSON object without the closing brace. The rest is what filters and sorting
    ask for; `facts` are lines `property:value`, each between two breaks."""

    id: str
    schema: str
    dataset: str
    topics: frozenset[str]
    countries: frozenset[str]
    last_change: str
    head: bytes
    caption: str = ""
    first_seen: str = ""
    last_seen: str = ""
    facts: str = ""

    @property
    def json(self) -> orjson.Fragment:
        """The whole object."""
        return orjson.Fragment(self.head + b"}")

    @property
    def datasets(self) -> tuple[str, ...]:
        return (self.dataset,)

    def told(self, name: str) -> list[str]:
        """The values of one of `FACTS`."""
        return [value for known, value in self.facts_told() if known == name]

    def facts_told(self) -> Iterator[tuple[str, str]]:
        """Each of `FACTS` that is known, and its value."""
        for line in self.facts.splitlines():
            name, _, value = line.partition(":")
            if value:
                yield name, value

    def within(self, schema: str) -> bool:
        """Whether it is of a schema or of one below it."""
        return self.schema == schema or schema in ABOVE.get(self.schema, ())


class Kept:
    """Finished entities, the least used of them forgotten beyond a number of bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._held = 0
        self._entities: OrderedDict[tuple[str, str, int], Written] = OrderedDict()
        self._lock = Lock()

    def find(self, keys: Iterable[tuple[str, str, int]]) -> dict[Pair, Written]:
        """Those that are kept."""
        found = {}
        with self._lock:
            for key in keys:
                if (entity := self._entities.get(key)) is not None:
                    self._entities.move_to_end(key)
                    found[key[:2]] = entity
        return found

    def keep(self, key: tuple[str, str, int], entity: Written) -> None:
        with self._lock:
            if (old := self._entities.pop(key, None)) is not None:
                self._held -= len(old.head)
            self._entities[key] = entity
            self._held += len(entity.head)
            while self._held > self._most and len(self._entities) > 1:
                self._held -= len(self._entities.popitem(last=False)[1].head)

    def clear(self) -> None:
        with self._lock:
            self._entities.clear()
            self._held = 0


KEPT = Kept()


def entities_of(edition: Edition, pairs: Iterable[Pair]) -> dict[Pair, Written]:
    """The listings of an edition as entities, as far as they still stand; queries only for those not kept."""
    keys = {pair: (*pair, int(edition.versions.get(pair[0], 0))) for pair in pairs}
    found = KEPT.find(keys.values())
    missing = [pair for pair in keys if pair not in found]
    for pair, entity in _finished(missing):
        found[pair] = entity
        KEPT.keep(keys[pair], entity)
    return found


def _finished(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Written]]:
    """The listings that stand, finished."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for dataset, listing_id in pairs:
        wanted[dataset].append(listing_id)
    for dataset, ids in wanted.items():
        for entity in finished_of(dataset, ids):
            yield (dataset, entity.id), entity


def finished_of(dataset: str, ids: Iterable[str] | None = None) -> Iterator[Written]:
    """The listings of a list that stand, finished; all, or those of these ids."""
    for found in standing(dataset, ids):
        yield _finish(found.content, dataset, _times(found.number, found.changed, found.seen))


def finish(state: ListingState) -> Written:
    """A stored listing as a finished entity, without what hangs on it."""
    return _finish(state.content, state.source.slug, times_of(state))


def _finish(content: Mapping[str, Any], dataset: str, times: Times) -> Written:
    party = shaped(next(make_entities(from_plain(content))), times)
    properties = party["properties"]
    countries = {code for name in CODES for code in properties.get(name, ())}
    facts = [f"{name}:{value}\n" for name, values in properties.items() if name in FACTS for value in values]
    return Written(
        party["id"], party["schema"], dataset, frozenset(properties.get("topics", ())), frozenset(countries),
        party["last_change"] or "", orjson.dumps(party)[:-1], party["caption"], party["first_seen"] or "",
        party["last_seen"] or "", "\n" + "".join(facts),
    )  # fmt: skip


def shaped(entity: Mapping[str, Any], times: Mapping[str, str | None]) -> dict[str, Any]:
    """An entity in the form of yente's responses."""
    is_party = entity["schema"] in ABOVE
    properties = dict(entity["properties"])
    if is_party:
        lift_topics(properties)
    return {
        "id": entity["id"], "caption": entity["caption"], "schema": entity["schema"], "properties": properties,
        "datasets": list(entity["datasets"]), "referents": [], "target": is_party, **times,
    }  # fmt: skip


def lift_topics(properties: dict[str, list[str]]) -> None:
    """Topics that a FollowTheMoney file stated stand among a listing's notes; here they are topics again."""
    notes = properties.get("notes", [])
    if stated := [note for note in notes if note.startswith(TOPIC)]:
        topics = (*properties.get("topics", ()), *(note.removeprefix(TOPIC) for note in stated))
        properties["topics"] = list(dict.fromkeys(topics))
        properties["notes"] = [note for note in notes if note not in stated]
        if not properties["notes"]:
            del properties["notes"]


def times_of(state: ListingState) -> Times:
    """When the listing came, was seen last and changed last, as this desk saw it."""
    now = state.source.current
    return _times(state.since.number, state.since.imported_at, now.imported_at if now is not None else None)


def _times(number: int, changed: datetime, seen: datetime | None) -> Times:
    """By the number of the version since which a listing stands as it does, when that came, when the last one did."""
    told = moment(changed)
    return {
        "first_seen": told if number == 1 else None,
        "last_seen": moment(seen) if seen is not None else told,
        "last_change": told,
    }


def moment(at: datetime) -> str:
    """A time as yente writes it: ISO 8601 to the second, in UTC, without a zone."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
