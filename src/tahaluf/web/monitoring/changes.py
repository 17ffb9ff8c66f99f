"""What changed between two editions of the lists: by the versions of each that they were compiled from.

Reach for `changes_between`; it reads two indexed columns, not the listings.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tahaluf.web.catalogue.models import ListingState, ListSource

Pair = tuple[str, str]


class Changes(NamedTuple):
    """Listings (list, id) that are new or stand otherwise than before, and those that are gone."""

    changed: frozenset[Pair]
    removed: frozenset[Pair]


def changes_between(before: Mapping[str, int], now: Mapping[str, int]) -> Changes:
    """`before` and `now` map each list's short name to the number of its version, as `Edition.versions` does; a list
    that is in one of them only has come, or gone, with all its listings."""
    changed: set[Pair] = set()
    removed: set[Pair] = set()
    for slug in before.keys() | now.keys():
        if before.get(slug) != now.get(slug):
            old, new = _states(slug, before.get(slug)), _states(slug, now.get(slug))
            changed |= {(slug, listing) for listing, state in new.items() if old.get(listing) != state}
            removed |= {(slug, listing) for listing in old.keys() - new.keys()}
    return Changes(frozenset(changed), frozenset(removed))


def _states(slug: str, number: int | None) -> dict[str, int]:
    """Listing → the number of its state, in one version of a list."""
    source = ListSource.objects.filter(slug=slug).first()
    if number is None or source is None:
        return {}
    return dict(ListingState.objects.at(source.pk, number).values_list("listing_id", "pk"))
