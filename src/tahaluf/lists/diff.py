"""What changed between two versions of a list: which listings came, went, or say something else.

Pure: listings in, a value out; order within either version does not matter, nor does the order within a field.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from tahaluf.domain import Listing

FIELDS = tuple(item.name for item in fields(Listing) if item.name not in ("id", "dataset"))


@dataclass(frozen=True, slots=True)
class Change:
    """One field: the values that only the old version has, and those that only the new one has."""

    field: str
    removed: tuple[Any, ...]
    added: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Amendment:
    """A listing that both versions have, and its fields that differ."""

    listing_id: str
    caption: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs, each part in the order of ids."""

    added: tuple[Listing, ...]
    removed: tuple[Listing, ...]
    amended: tuple[Amendment, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.amended)


def diff(old: Iterable[Listing], new: Iterable[Listing]) -> Difference:
    """Compares two versions by the ids of their listings. The old version is held in memory, the new one streams."""
    before = {listing.id: listing for listing in old}
    added: list[Listing] = []
    amended: list[Amendment] = []
    for listing in new:
        earlier = before.pop(listing.id, None)
        if earlier is None:
            added.append(listing)
        elif changes := compare_listings(earlier, listing):
            amended.append(Amendment(listing.id, listing.caption, changes))
    return Difference(
        added=tuple(sorted(added, key=lambda listing: listing.id)),
        removed=tuple(before[key] for key in sorted(before)),
        amended=tuple(sorted(amended, key=lambda amendment: amendment.listing_id)),
    )


def compare_listings(old: Listing, new: Listing) -> tuple[Change, ...]:
    """The fields in which two versions of a listing differ."""
    changes = []
    for name in FIELDS:
        before, after = as_values(getattr(old, name)), as_values(getattr(new, name))
        if before != after:
            gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
            if gone or come:
                changes.append(Change(name, tuple(gone.elements()), tuple(come.elements())))
    return tuple(changes)


def as_values(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
