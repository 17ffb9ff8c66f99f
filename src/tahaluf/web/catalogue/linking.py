"""Which listings are linked to a listing: links stand with the one that they lead from, and are looked up backwards.

What leads where is read once for each version of a list that somebody asks about, and kept in the process.
"""

from collections import defaultdict
from functools import lru_cache

from tahaluf.web.catalogue.models import ListingState, ListSource

PIECE = 2000


def linked_from(source: ListSource, listing_id: str) -> tuple[str, ...]:
    """The ids of the listings of the same list that lead to this one by its id, in the order in which they came."""
    now = source.current
    return _backwards(source.pk, now.number, now.digest).get(listing_id, ()) if now is not None else ()


@lru_cache(maxsize=64)
def _backwards(source_id: int, number: int, digest: str) -> dict[str, tuple[str, ...]]:
    """From where each listing is linked to; the digest is the version's, whose content never changes."""
    leading: dict[str, dict[str, None]] = defaultdict(dict)
    states = ListingState.objects.at(source_id, number).filter(content__links__isnull=False).order_by("pk")
    for listing_id, links in states.values_list("listing_id", "content__links").iterator(PIECE):
        for link in links:
            if target := link.get("target"):
                leading[target][listing_id] = None
    return {target: tuple(ids) for target, ids in leading.items()}
