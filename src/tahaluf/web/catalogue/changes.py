"""What differs between two versions of a list: which listings, and in which fields.

lines = difference(source, 1, 3)          # light: ids and captions
detail(lines[:25])                        # the fields of some of them
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tahaluf.domain import Listing
from tahaluf.lists.diff import Change, compare_listings
from tahaluf.web.catalogue.models import ListingState, ListSource, StateQuerySet
from tahaluf.web.catalogue.stored import from_plain

ADDED, REMOVED, AMENDED = "added", "removed", "amended"


class Line(NamedTuple):
    """A listing that differs; `old` and `new` are the keys of its states, None where it has none."""

    what: str
    listing_id: str
    caption: str
    reference: str
    old: int | None
    new: int | None


class Detailed(NamedTuple):
    """A line with what its fields say; only an amended one has changes."""

    line: Line
    listing: Listing
    changes: tuple[Change, ...]


class Seen(NamedTuple):
    pk: int
    caption: str
    reference: str
    digest: str


def difference(source: ListSource, old: int, new: int) -> list[Line]:
    """Between two versions, by number, the older first; before the first version nothing was listed."""
    states = ListingState.objects
    before = _seen(states.at(source.pk, old).filter(until__number__lte=new, until__ready=True))
    after = _seen(states.at(source.pk, new).filter(since__number__gt=old, since__ready=True))
    lines = []
    for listing_id in before.keys() | after.keys():
        one, other = before.get(listing_id), after.get(listing_id)
        if one is None or other is None or one.digest != other.digest:
            lines.append(_line(listing_id, one, other))
    order = (ADDED, AMENDED, REMOVED)
    return sorted(lines, key=lambda line: (order.index(line.what), line.caption.casefold(), line.listing_id))


def detail(lines: Iterable[Line]) -> list[Detailed]:
    """The fields of these lines: two queries' worth of states, however many."""
    every = list(lines)
    listings = listings_of([pk for line in every for pk in (line.old, line.new) if pk])
    return [_detail(line, listings) for line in every]


def listings_of(keys: Sequence[int]) -> dict[int, Listing]:
    rows = ListingState.objects.filter(pk__in=keys).values_list("pk", "content")
    return {pk: from_plain(content) for pk, content in rows}


def _detail(line: Line, listings: dict[int, Listing]) -> Detailed:
    old, new = listings.get(line.old or 0), listings.get(line.new or 0)
    shown = new or old
    if shown is None:
        raise ValueError("a line has one state at least")
    return Detailed(line, shown, compare_listings(old, new) if old and new else ())


def _line(listing_id: str, one: Seen | None, other: Seen | None) -> Line:
    shown = other or one
    if shown is None:
        raise ValueError("a line has one state at least")
    what = ADDED if one is None else REMOVED if other is None else AMENDED
    return Line(what, listing_id, shown.caption, shown.reference, one and one.pk, other and other.pk)


def _seen(states: StateQuerySet) -> dict[str, Seen]:
    rows = states.values_list("listing_id", "pk", "caption", "reference", "digest")
    return {row[0]: Seen(*row[1:]) for row in rows}
