"""From verified entries to what the node holds: withdrawals first, whatever log they came in. See `withdrawal.md`."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from tahaluf.exchange.access import is_for
from tahaluf.exchange.errors import ExchangeError, refuse
from tahaluf.exchange.ids import split_origin
from tahaluf.exchange.log import Entry, came_late, forget
from tahaluf.exchange.node.ports import Aside, Place, Placed
from tahaluf.exchange.node.state import Node
from tahaluf.exchange.record import Record, parse_record

AT_ONCE = 1000
NOT_ADDRESSED = "exchange.ingress.not_addressed"


def take_withdrawals(node: Node, origins: Iterable[str], now: datetime) -> list[Placed]:
    """The first step: every withdrawal of all logs that stands behind what was taken so far; those that were news."""
    taken = []
    for origin in origins:
        for entry in _behind(node, origin):
            found = _read(node, origin, entry, now)
            if isinstance(found, Placed) and found.record.is_withdrawal and _withdraw(node, found, now):
                taken.append(found)
    return taken


def take_log(node: Node, origin: str, now: datetime) -> list[Aside]:
    """The second step: all that stands behind what was taken of one log; what of it was put aside."""
    put_aside = []
    records: list[Placed] = []
    aside: list[Aside] = []
    number = node.holdings.applied(origin)
    for entry in _behind(node, origin):
        found = _read(node, origin, entry, now)
        if isinstance(found, Placed):
            if found.record.is_withdrawal:
                # What stands before it is taken first, so that it finds all versions.
                node.holdings.take(origin, number, records, aside)
                records, aside = [], []
                _withdraw(node, found, now)
            records.append(found)
        elif found is not None:
            aside.append(found)
            put_aside.append(found)
        number = entry.number + 1
        if len(records) + len(aside) >= AT_ONCE:
            node.holdings.take(origin, number, records, aside)
            records, aside = [], []
    node.holdings.take(origin, number, records, aside)
    put_aside += _take_late(node, origin, now)
    _destroy_withdrawn(node, origin)
    return put_aside


def _take_late(node: Node, origin: str, now: datetime) -> list[Aside]:
    """What was missing and has come stands before what was taken: it is taken by its number, then forgotten."""
    store = node.shelf.store(origin)
    late = came_late(store)
    found = [_read(node, origin, entry, now) for number in late for entry in store.entries(number, number + 1)]
    for one in found:
        if isinstance(one, Placed) and one.record.is_withdrawal:
            _withdraw(node, one, now)
    records = [one for one in found if isinstance(one, Placed)]
    aside = [one for one in found if isinstance(one, Aside)]
    if found:
        node.holdings.take(origin, node.holdings.applied(origin), records, aside)
    forget(store, late)
    return aside


def _behind(node: Node, origin: str) -> Iterator[Entry]:
    return node.shelf.store(origin).entries(node.holdings.applied(origin))


def _read(node: Node, origin: str, entry: Entry, now: datetime) -> Placed | Aside | None:
    """What an entry says; what is wrong with it; or nothing where its payload is erased, or is still to come."""
    if entry.payload is None:
        return None
    place = Place(origin, entry.number)
    record = None
    try:
        record = parse_record(entry.payload.record)
        _check_place(origin, record)
    except ExchangeError as refused:
        return Aside(place, entry.commitment, refused.problem.code, record.id if record else None)
    own = record.author == node.member
    if not own and not is_for(record, node.member, now, node.registry).allowed:
        return Aside(place, entry.commitment, NOT_ADDRESSED, record.id)
    return Placed(place, entry.commitment, record)


def _check_place(origin: str, record: Record) -> None:
    """A record stands in the log of its author and its audience, or nowhere."""
    author, audience = split_origin(origin)
    if record.author != author:
        raise refuse("exchange.record.author", author, record.author, "author")
    if record.marking.audience.id != audience:
        raise refuse("exchange.record.marking", audience, record.marking.audience.id, "marking")


def _withdraw(node: Node, placed: Placed, now: datetime) -> bool:
    """Whether it was news. Salts and bytes of all versions are destroyed first: what stops in between is done again."""
    current = node.holdings.current(placed.record.id)
    if current is not None and current.record.author != placed.record.author:
        return False
    destroy(node, node.holdings.places(placed.record.id))
    if current is not None and current.record.is_withdrawal:
        return False
    node.holdings.withdraw(placed, now)
    return True


def destroy(node: Node, places: Iterable[Place]) -> None:
    """Erases the payloads of entries, in every file, but for those of withdrawals, which tell of nobody."""
    by_origin: dict[str, list[int]] = {}
    for place in places:
        by_origin.setdefault(place.origin, []).append(place.number)
    for origin, numbers in by_origin.items():
        store = node.shelf.store(origin)
        found = [number for number in numbers for entry in store.entries(number, number + 1) if _may_tell(entry)]
        if found:
            store.fill(dict.fromkeys(found))


def _destroy_withdrawn(node: Node, origin: str) -> None:
    """Versions that came after their withdrawal had, by a line that was behind."""
    holdings = node.holdings
    author, _ = split_origin(origin)
    places = [place for own in holdings.withdrawn(author) for place in holdings.places(own) if place.origin == origin]
    destroy(node, places)


def _may_tell(entry: Entry) -> bool:
    """What is erased already may lie in a narrower tile: the machine stopped in between."""
    if entry.payload is None:
        return True
    try:
        return not parse_record(entry.payload.record).is_withdrawal
    except ExchangeError:
        return True
