"""An entity with all that hangs on it: sanctions, papers, addresses, and links to and from other listings."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from tahaluf.lists.ftm.write import make_entities
from tahaluf.web.api.match.entities import shaped, times_of
from tahaluf.web.catalogue.linking import linked_from
from tahaluf.web.catalogue.models import ListingState
from tahaluf.web.catalogue.queries import states_now
from tahaluf.web.catalogue.stored import from_plain

# By which property of the owner the entities that belong to it are found, and which of theirs leads back.
HANGING = {
    "Sanction": ("sanctions", "entity"),
    "Passport": ("identification", "holder"),
    "Identification": ("identification", "holder"),
    "UnknownLink": ("unknownLinkTo", "subject"),
}
LINK, INTO = "UnknownLink", "unknownLinkFrom"
# Of the listings that lead to one, so many are shown.
MOST_LEADING = 1000


class Whole(NamedTuple):
    """An entity with what hangs on it; `every` is False where more listings lead to it than are shown."""

    entity: dict[str, Any]
    every: bool


def whole(state: ListingState) -> Whole:
    """A listing with all that hangs on it; a query for each few hundred of those that it is linked with."""
    slug = state.source.slug
    leading = linked_from(state.source, state.listing_id)
    targets = targets_of(state)
    found = states_now((slug, each) for each in (*targets, *leading[:MOST_LEADING]))
    linked = {listing_id: each for (_, listing_id), each in found.items()}
    others = [linked[each] for each in leading[:MOST_LEADING] if each in linked]
    return Whole(nested(state, linked, others), len(leading) <= MOST_LEADING)


def nested(
    state: ListingState, linked: Mapping[str, ListingState], leading: Iterable[ListingState] = ()
) -> dict[str, Any]:
    """An entity with its sanctions, papers, addresses and links, each whole; `linked` are the listings that it leads
    to, `leading` those that lead to it."""
    times = times_of(state)
    first, *others = [shaped(entity, times) for entity in make_entities(from_plain(state.content))]
    addresses = {entity["id"]: entity for entity in others if entity["schema"] == "Address"}
    properties: dict[str, list[Any]] = first["properties"]
    if addresses:
        properties["addressEntity"] = list(addresses.values())
    for entity in others:
        if (hanging := HANGING.get(entity["schema"])) is None:
            continue
        name, back = hanging
        entity["properties"].pop(back, None)
        if entity["schema"] == LINK:
            ends = entity["properties"].get("object", [])
            entity["properties"]["object"] = [_end(end, linked) for end in ends]
        properties.setdefault(name, []).append(entity)
    if links := [link for other in leading for link in _links_of(other, state.listing_id)]:
        properties[INTO] = links
    return first


def _links_of(state: ListingState, target: str) -> Iterator[dict[str, Any]]:
    """The links of a listing that lead to another, each with the listing that it comes from."""
    times = times_of(state)
    party, *others = [shaped(entity, times) for entity in make_entities(from_plain(state.content))]
    for link in others:
        if link["schema"] == LINK and target in link["properties"].pop("object", ()):
            link["properties"]["subject"] = [party]
            yield link


def targets_of(state: ListingState) -> list[str]:
    """The ids of the listings that a listing is linked to."""
    links = state.content.get("links", ())
    return [link["target"] for link in links if isinstance(link, dict) and link.get("target")]


def _end(listing_id: str, linked: Mapping[str, ListingState]) -> Any:
    if (state := linked.get(listing_id)) is None:
        return listing_id
    return shaped(next(make_entities(from_plain(state.content))), times_of(state))
