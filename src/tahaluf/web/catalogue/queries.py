"""Reading lists: listings as they stand, their histories, and search.

`listing_now` and `states_now` see what is current in each list, whether or not the list is screened against.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from tahaluf.domain import Link
from tahaluf.web.catalogue.models import Collection, Edition, ListingState, ListSource, ListVersion
from tahaluf.web.catalogue.searching import Found, search

__all__ = [
    "Found",
    "Standing",
    "collections",
    "fetched_sources",
    "history",
    "imported_sources",
    "is_collection",
    "last_state",
    "linked_elsewhere",
    "linked_states",
    "listing_now",
    "listings_now",
    "pending",
    "search",
    "source_of",
    "sources",
    "standing",
    "states_now",
    "versions_of",
]

Pair = tuple[str, str]
PIECE = 400
MOST_LINKS = 300
COLUMNS = ("listing_id", "content", "since__number", "since__imported_at", "source__current__imported_at")


class Standing(NamedTuple):
    """A listing as it stands, for whoever reads many: its plain values, the number of the version since which it
    stands so, when that came, and when the newest came."""

    listing_id: str
    content: dict[str, Any]
    number: int
    changed: datetime
    seen: datetime | None


def listing_now(dataset: str, listing_id: str) -> ListingState | None:
    """The listing as it stands in its list's current version."""
    states = ListingState.objects.now().select_related("source", "since")
    return states.filter(source__slug=dataset, listing_id=listing_id).first()


def states_now(pairs: Iterable[Pair]) -> dict[Pair, ListingState]:
    """The listings that stand, by list and id; those that do not are left out. One query for each few hundred."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for dataset, listing_id in pairs:
        wanted[dataset].add(listing_id)
    found = {}
    for dataset, ids in wanted.items():
        every = sorted(ids)
        for start in range(0, len(every), PIECE):
            states = ListingState.objects.now().select_related("source", "since")
            for state in states.filter(source__slug=dataset, listing_id__in=every[start : start + PIECE]):
                found[dataset, state.listing_id] = state
    return found


def standing(dataset: str, ids: Iterable[str] | None = None) -> Iterator[Standing]:
    """The listings of a list that stand, all in the order in which they came, or those of these ids; one query for
    each few hundred."""
    states = ListingState.objects.now().filter(source__slug=dataset)
    if ids is None:
        yield from map(Standing._make, states.order_by("pk").values_list(*COLUMNS).iterator(PIECE))
        return
    wanted = list(ids)
    for start in range(0, len(wanted), PIECE):
        rows = states.filter(listing_id__in=wanted[start : start + PIECE]).values_list(*COLUMNS)
        yield from map(Standing._make, rows)


def listings_now(listing_id: str) -> list[ListingState]:
    """The listings of that id in any list."""
    return list(ListingState.objects.now().select_related("source", "since").filter(listing_id=listing_id)[:20])


def linked_states(dataset: str, links: Iterable[Link]) -> dict[str, ListingState]:
    """The listings that links lead to, by id, else by the words of the link: publishers also name the other's
    reference, or the name that heads it; a name that two listings bear leads nowhere."""
    ids, words = _split(list(links)[:MOST_LINKS])
    states = ListingState.objects.now().select_related("source").filter(source__slug=dataset)
    found: dict[str, ListingState] = {}
    doubtful = set()
    for state in states.filter(Q(listing_id__in=ids) | Q(reference__in=words) | Q(caption__in=words)):
        found[state.listing_id] = state
        for key in {state.reference, state.caption} & words:
            if key in found:
                doubtful.add(key)
            found[key] = state
    return {key: state for key, state in found.items() if key not in doubtful}


def linked_elsewhere(dataset: str, links: Iterable[Link]) -> dict[str, ListingState]:
    """The listings of other lists that links lead to by id; an id that two of them use leads nowhere."""
    ids = {link.target for link in list(links)[:MOST_LINKS] if link.target}
    others = ListingState.objects.now().select_related("source").exclude(source__slug=dataset)
    found: dict[str, list[ListingState]] = defaultdict(list)
    for state in others.filter(listing_id__in=ids) if ids else ():
        found[state.listing_id].append(state)
    return {key: states[0] for key, states in found.items() if len(states) == 1}


def _split(links: list[Link]) -> tuple[set[str], set[str]]:
    """The ids that links give, and the words of those that give none."""
    return {link.target for link in links if link.target}, {link.text[:500] for link in links if not link.target}


def history(dataset: str, listing_id: str) -> list[ListingState]:
    """The states of a listing, the newest first, with the versions in which each began and ended."""
    states = ListingState.objects.filter(source__slug=dataset, listing_id=listing_id, since__ready=True)
    return list(states.select_related("source", "since", "until").order_by("-since__number"))


def last_state(dataset: str, listing_id: str) -> ListingState | None:
    """The listing as it stands, or as it stood when it was removed."""
    return listing_now(dataset, listing_id) or next(iter(history(dataset, listing_id)), None)


def pending() -> set[str]:
    """Active lists whose current version is not yet in the index that people screen against."""
    edition = Edition.objects.filter(current_of__slug="default").first()
    compiled = edition.versions if edition else {}
    active = ListSource.objects.filter(active=True, current__isnull=False).values_list("slug", "current__number")
    return {slug for slug, number in active if compiled.get(slug) != number}


def collections() -> list[Collection]:
    """All collections with their lists and current editions, by short name."""
    return list(Collection.objects.select_related("current").prefetch_related("sources").order_by("slug"))


def is_collection(slug: str) -> bool:
    """Whether a collection has this short name."""
    return Collection.objects.filter(slug=slug).exists()


def sources() -> QuerySet[ListSource]:
    """All lists that have a version."""
    return ListSource.objects.select_related("current")


def imported_sources() -> list[ListSource]:
    """The lists that have a version."""
    return list(sources().exclude(current=None))


def fetched_sources() -> list[ListSource]:
    """The active lists that are fetched from their publishers."""
    return list(sources().exclude(source="").filter(active=True))


def source_of(slug: str) -> ListSource | None:
    """The list of this short name."""
    return sources().filter(slug=slug).first()


def versions_of(source: ListSource) -> QuerySet[ListVersion]:
    """The versions of a list whose import is over."""
    return source.versions.filter(ready=True)
