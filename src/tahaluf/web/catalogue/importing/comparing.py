"""What a draft changes in a list, by the meaning of `tahaluf.lists.diff`: an order that differs is no change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tahaluf.lists.diff import compare_listings
from tahaluf.web.catalogue.importing.reading import PIECE, Draft
from tahaluf.web.catalogue.models import ListingState, ListSource, ListVersion
from tahaluf.web.catalogue.stored import from_plain


class Before(NamedTuple):
    """A listing's state in the version before."""

    pk: int
    digest: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of listings that come or say something else, and the states that end, by id."""

    added: list[str]
    amended: dict[str, int]
    removed: dict[str, int]
    before: int


def compare(draft: Draft, source: ListSource | None, base: ListVersion | None) -> Changes:
    """The draft against the version before."""
    before = states_before(source, base)
    added = [key for key in draft.places if key not in before]
    differing = [key for key, place in draft.places.items() if key in before and before[key].digest != place.digest]
    amended = {key: before[key].pk for key in _amended(draft, {key: before[key].pk for key in differing})}
    removed = {key: state.pk for key, state in before.items() if key not in draft.places}
    return Changes(added, amended, removed, len(before))


def states_before(source: ListSource | None, base: ListVersion | None) -> dict[str, Before]:
    if source is None or base is None:
        return {}
    rows = ListingState.objects.at(source.pk, base.number).values_list("listing_id", "pk", "digest")
    return {listing_id: Before(pk, digest) for listing_id, pk, digest in rows.iterator(chunk_size=2000)}


def _amended(draft: Draft, states: dict[str, int]) -> Iterator[str]:
    for piece in pieces(states):
        rows = ListingState.objects.filter(pk__in=[states[key] for key in piece]).values_list("listing_id", "content")
        for listing_id, content in rows:
            if compare_listings(from_plain(content), from_plain(draft.plain(listing_id))):
                yield listing_id


def pieces(keys: Iterable[str], size: int = PIECE) -> Iterator[list[str]]:
    """The keys, some at a time."""
    every = list(keys)
    for start in range(0, len(every), size):
        yield every[start : start + size]
