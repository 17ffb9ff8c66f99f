"""What differs between two versions of a list: which listings, and in which fields.

lines = difference(source, 1, 3)          # counted and cut by the database: ids and captions
detail(lines[:25])                        # the fields of some of them
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from typing import NamedTuple, overload

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from tahaluf.domain import Listing
from tahaluf.lists.diff import Change, compare_listings
from tahaluf.web.catalogue.models import ListingState, ListSource, ListVersion, StateQuerySet
from tahaluf.web.catalogue.stored import from_plain

ADDED, REMOVED, AMENDED = "added", "removed", "amended"
# Who is no longer listed comes first: that must reach everyone, however much else has changed.
ORDER = (REMOVED, ADDED, AMENDED)
PIECE = 500


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


class Difference(Sequence[Line]):
    """The listings that differ between two versions, in `ORDER` and then by name. Nothing is read before it is asked
    for: `counts` and `len` count, a slice reads its own lines."""

    def __init__(self, source: ListSource, old: int, new: int) -> None:
        before, after = ListingState.objects.at(source.pk, old), ListingState.objects.at(source.pk, new)
        came = after.filter(since__number__gt=old, since__ready=True)
        same_id = {"listing_id": OuterRef("listing_id")}
        self._before = before
        self._shown: tuple[str, ...] = ORDER
        self._states: dict[str, StateQuerySet] = {
            REMOVED: before.filter(~Exists(after.filter(**same_id)), until__number__lte=new, until__ready=True),
            ADDED: came.filter(~Exists(before.filter(**same_id))),
            # What came back as it was has no difference.
            AMENDED: came.filter(Exists(before.filter(**same_id).exclude(digest=OuterRef("digest")))),
        }

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {what: self._states[what].count() for what in ORDER}

    def only(self, what: str) -> "Difference":
        """Those of one kind; `counts` stay those of all."""
        narrowed = copy(self)
        narrowed._shown = (what,)
        return narrowed

    def read(self, what: str, start: int, stop: int) -> list[Line]:
        """Lines of one kind, by their places among these."""
        rows = self._states[what].order_by(Lower("caption"), "listing_id")
        read = list(rows.values_list("listing_id", "caption", "reference", "pk")[start:stop])
        if what == REMOVED:
            return [Line(what, *row[:3], row[3], None) for row in read]
        old = self._before.filter(listing_id__in=[row[0] for row in read]) if what == AMENDED else None
        keys = dict(old.values_list("listing_id", "pk")) if old is not None else {}
        return [Line(what, *row[:3], keys.get(row[0]), row[3]) for row in read]

    def __len__(self) -> int:
        return sum(self.counts[what] for what in self._shown)

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> list[Line]: ...

    def __getitem__(self, place: int | slice) -> Line | list[Line]:
        if isinstance(place, int):
            at = range(len(self))[place]
            return self[at : at + 1][0]
        start, stop, _step = place.indices(len(self))
        lines: list[Line] = []
        for what in self._shown:
            count = self.counts[what]
            if start < min(stop, count):
                lines += self.read(what, start, min(stop, count))
            start, stop = max(0, start - count), max(0, stop - count)
        return lines

    def __iter__(self) -> Iterator[Line]:
        for start in range(0, len(self), PIECE):
            yield from self[start : start + PIECE]


def difference(source: ListSource, old: int, new: int) -> Difference:
    """Between two versions, by number, the older first; before the first version nothing was listed."""
    return Difference(source, old, new)


def made_by(version: ListVersion) -> Difference:
    """What a version changed; how much that is was counted when it came."""
    lines = difference(version.source, version.number - 1, version.number)
    lines.counts = {REMOVED: version.removed, ADDED: version.added, AMENDED: version.amended}
    return lines


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
