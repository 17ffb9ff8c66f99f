"""One page of a collection: by number, in order, in bounded work.

The version filters look at all versions of an object in the collection, not only at those in the page or added after a
time: so pages of any size, followed by number or by date, give every object that is asked for exactly once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tahaluf.exchange.taxii.server.filters import Filters
from tahaluf.exchange.taxii.server.ports import Collection, Stub, Wanted
from tahaluf.exchange.taxii.times import parse_timestamp

MOST_LOOKED_AT = 64_000
MOST_BYTES = 33_554_432
LEAST_BATCH = 128


@dataclass(frozen=True, slots=True)
class Page:
    """Entries in order; the number that the next page begins at, or None; the date up to which all was seen."""

    stubs: tuple[Stub, ...]
    following: int | None
    seen_until: datetime | None


def first_after(collection: Collection, when: datetime, end: int) -> int:
    """The number of the first entry that was added later than that, or `end`: by bisection."""
    low, high = 0, end
    while low < high:
        middle = (low + high) // 2
        if collection.date_added(middle) <= when:
            low = middle + 1
        else:
            high = middle
    return low


def read_page(collection: Collection, filters: Filters, begin: int | None, limit: int) -> Page:
    """The page from a number on, or the first one.

    It is short, and says from where to go on, where it would hold over 32 MiB, or where 64,000 entries were looked at.
    """
    end = collection.size()
    if begin is None:
        begin = first_after(collection, filters.added_after, end) if filters.added_after else 0
    taken: list[Stub] = []
    known: dict[str, frozenset[int]] = {}
    size = looked_at = 0
    for batch in batches(collection, begin, end, filters.wanted, max(limit + 1, LEAST_BATCH)):
        for stub in choose(collection, batch, filters, known):
            size += stub.length
            if len(taken) == limit or (taken and size > MOST_BYTES):
                return Page(tuple(taken), stub.number, taken[-1].date_added)
            taken.append(stub)
        looked_at += len(batch)
        if looked_at >= MOST_LOOKED_AT and batch[-1].number + 1 < end:
            return Page(tuple(taken), batch[-1].number + 1, batch[-1].date_added)
    return Page(tuple(taken), None, taken[-1].date_added if taken else None)


def batches(collection: Collection, begin: int, end: int, wanted: Wanted, most: int) -> Iterator[Sequence[Stub]]:
    """The entries that fit, some at a time, none of them empty."""
    while begin < end:
        found = collection.find(begin, end, wanted, most)
        if found:
            yield found
        if len(found) < most:
            return
        begin = found[-1].number + 1


def choose(
    collection: Collection, stubs: Sequence[Stub], filters: Filters, known: dict[str, frozenset[int]]
) -> list[Stub]:
    """Those of the versions of STIX and of the object that are asked for.

    `known` keeps, by id, the numbers of the versions that are: so the versions of an object are looked at once a page.
    """
    fitting = [stub for stub in stubs if filters.wanted.takes(stub.id)]
    if filters.versions.all and filters.spec_versions is not None:
        return [stub for stub in fitting if stub.spec_version in filters.spec_versions]
    versions = collection.versions({stub.id for stub in fitting if stub.id not in known})
    known.update({id: stand(siblings, filters) for id, siblings in versions.items() if siblings})
    return [stub for stub in fitting if stub.number in known.get(stub.id, ())]


def stand(siblings: Sequence[Stub], filters: Filters) -> frozenset[int]:
    """The numbers of one object's versions that are asked for: first by version of STIX, then by its own."""
    if filters.spec_versions is None:
        newest = max(stub.spec_version for stub in siblings)
        kept = [stub for stub in siblings if stub.spec_version == newest]
    else:
        kept = [stub for stub in siblings if stub.spec_version in filters.spec_versions]
    if not kept:
        return frozenset()
    if filters.versions.all or (len(kept) == 1 and not filters.versions.at):
        return frozenset(stub.number for stub in kept)
    return frozenset(stub.number for stub in pick(kept, filters, version_order))


def pick(kept: Sequence[Stub], filters: Filters, order: Callable[[Stub], tuple[datetime, int]]) -> Iterator[Stub]:
    versions = filters.versions
    yield from (stub for stub in kept if order(stub)[0] in versions.at)
    if versions.first:
        yield min(kept, key=order)
    if versions.last:
        yield max(kept, key=order)


def version_order(stub: Stub) -> tuple[datetime, int]:
    """By the object's own time; one that has none that can be read stands where it was added."""
    try:
        return parse_timestamp(stub.version), stub.number
    except ValueError:
        return stub.date_added, stub.number
