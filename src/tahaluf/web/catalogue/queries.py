"""Reading lists: listings as they stand, their histories, and search.

`listing_now` and `states_now` see what is current in each list, whether or not the list is screened against.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from tahaluf.domain import Link
from tahaluf.web.catalogue.models import Edition, ListingState, ListSource
from tahaluf.web.catalogue.searching import Found, search

__all__ = [
    "Found",
    "history",
    "last_state",
    "linked_states",
    "listing_now",
    "listings_now",
    "pending",
    "search",
    "sources",
    "states_now",
]

Pair = tuple[str, str]
PIECE = 400
MOST_LINKS = 300


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


def listings_now(listing_id: str) -> list[ListingState]:
    """The listings of that id in any list."""
    return list(ListingState.objects.now().select_related("source", "since").filter(listing_id=listing_id)[:20])


def linked_states(dataset: str, links: Iterable[Link]) -> dict[str, ListingState]:
    """The listings that links lead to, by id, else by the words of the link: publishers also name the other's
    reference, or the name that heads it; a name that two listings bear leads nowhere."""
    ids, words = _split(list(links)[:MOST_LINKS])
    states = ListingState.objects.now().filter(source__slug=dataset)
    found: dict[str, ListingState] = {}
    doubtful = set()
    for state in states.filter(Q(listing_id__in=ids) | Q(reference__in=words) | Q(caption__in=words)):
        found[state.listing_id] = state
        for key in {state.reference, state.caption} & words:
            if key in found:
                doubtful.add(key)
            found[key] = state
    return {key: state for key, state in found.items() if key not in doubtful}


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


def sources() -> QuerySet[ListSource]:
    """All lists that have a version."""
    return ListSource.objects.select_related("current")
