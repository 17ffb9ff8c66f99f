"""What changed between two editions of the lists: by the versions of each that they were compiled from.

Reach for `changes_between`; it reads two indexed columns, not the listings. What left the lists, and not only what is
screened against, `gone_from_lists` tells.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Q

from tahaluf.web.catalogue.models import ListingState, ListSource
from tahaluf.web.catalogue.queries import states_now

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
            new, old = _only_in(slug, now.get(slug), before.get(slug)), _only_in(slug, before.get(slug), now.get(slug))
            changed |= {(slug, listing) for listing in new}
            removed |= {(slug, listing) for listing in old - new}
    return Changes(frozenset(changed), frozenset(removed))


def gone_from_lists(pairs: Iterable[Pair]) -> frozenset[Pair]:
    """Those of these that do not stand in the current version of their list, whether or not it is screened against. Of
    a list that is no longer here nothing is known."""
    wanted = frozenset(pairs)
    here = set(ListSource.objects.filter(slug__in={slug for slug, _ in wanted}).values_list("slug", flat=True))
    standing = states_now(pair for pair in wanted if pair[0] in here)
    return frozenset(pair for pair in wanted if pair[0] in here and pair not in standing)


def _only_in(slug: str, number: int | None, other: int | None) -> set[str]:
    """Listings that stand in one version of a list otherwise than in another, or not at all in that."""
    source = ListSource.objects.filter(slug=slug).first()
    if number is None or source is None:
        return set()
    states = ListingState.objects.at(source.pk, number)
    if other is not None:
        states = states.filter(Q(since__number__gt=other) | Q(until__number__lte=other))
    return set(states.values_list("listing_id", flat=True))
