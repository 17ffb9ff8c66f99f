"""Everything of a collection, page by page: reach for `pull`, and keep each page's cursor with its objects.

Pages are followed by `next`. From a server that gives none they are followed by date, each asked for from just before
the last one's end, and what comes twice is dropped. Where that cannot reach everything, because more objects than a
page bear one date, it is an error: never a silent end.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from tahaluf.exchange.errors import ExchangeError, refuse
from tahaluf.exchange.taxii.client.cursor import MOST_SEEN, Cursor
from tahaluf.exchange.taxii.client.errors import refused
from tahaluf.exchange.taxii.client.ports import Reply, Transport
from tahaluf.exchange.taxii.client.resources import ask, slashed
from tahaluf.exchange.taxii.envelope import Envelope, EnvelopeError, StixObject, split_envelope
from tahaluf.exchange.taxii.times import TICK, parse_timestamp, write_timestamp

MOST_BARREN = 100
MOST_NEXT = 10_000
STUCK = "exchange.sync.stuck"


@dataclass(frozen=True, slots=True)
class Pulled:
    """The objects of one page that were not seen before, in the server's order, and where to go on after it.

    `rejected` is what stood among them and is no object: to be reported, and no reason to leave the rest.
    """

    objects: tuple[StixObject, ...]
    cursor: Cursor
    rejected: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One reply, read. `more` is None where the server does not say."""

    envelope: Envelope
    more: bool | None
    following: str | None
    last: datetime | None


def pull(transport: Transport, collection: str, cursor: Cursor | None = None, limit: int = 1_000) -> Iterator[Pulled]:
    """All of the collection at that URL that was added since the cursor, page by page.

    LineError where the line failed: go on later from the last page's cursor. ExchangeError `exchange.sync.refused` for
    what is no TAXII; `exchange.sync.stuck` where the server's paging does not reach everything or goes round in a
    circle. A page may bring an object again that was pulled before: taking an object twice must do no harm.
    """
    url = slashed(collection) + "objects/"
    cursor = cursor or Cursor()
    cursor = cursor if cursor.following else rewind(cursor)
    barren = 0
    while True:
        turn, cursor = take_turn(transport, url, cursor, limit)
        new = tuple(each for each in turn.envelope.objects if key_of(each) not in cursor.seen)
        moved = advance(cursor, turn)
        barren = 0 if new else barren + 1
        yield Pulled(new, moved, turn.envelope.rejected)
        if is_end(turn, moved.until != cursor.until, limit):
            return
        if barren > MOST_BARREN:
            raise refuse(STUCK, "an end, or something new", f"{barren} pages without either")
        if moved.following is None:
            check_progress(turn, cursor, moved, limit)
            moved = rewind(moved)
        cursor = moved


def is_end(turn: Turn, advanced: bool, limit: int) -> bool:
    """Whether nothing follows a page.

    Servers that know no `next` may not say `more` either, and may hold fewer objects to be a page than were asked for:
    then nothing follows once a page that was not full did not get past the one before.
    """
    if turn.more is not None:
        return not turn.more
    return not advanced and len(turn.envelope.objects) + len(turn.envelope.rejected) < limit


def take_turn(transport: Transport, url: str, cursor: Cursor, limit: int) -> tuple[Turn, Cursor]:
    """The reply, and the cursor that it was asked with: a `next` that the server refuses is given up for the date."""
    try:
        return read_turn(ask(transport, url, parameters(cursor, limit))), cursor
    except ExchangeError as error:
        if cursor.following is None or error.problem.code != "exchange.sync.refused":
            raise
    cursor = rewind(replace(cursor, following=None))
    return read_turn(ask(transport, url, parameters(cursor, limit))), cursor


def parameters(cursor: Cursor, limit: int) -> list[tuple[str, str]]:
    """The query; all versions are asked for, so that none is missed between two pulls."""
    asked = [("limit", str(limit)), ("match[version]", "all")]
    if cursor.after is not None:
        asked.append(("added_after", cursor.after))
    if cursor.following is not None:
        asked.append(("next", cursor.following))
    return asked


def read_turn(reply: Reply) -> Turn:
    try:
        envelope = split_envelope(reply.body)
    except EnvelopeError as error:
        raise refused("an envelope", str(error)) from error
    following = envelope.properties.get("next")
    if following is not None and (not isinstance(following, str) or not 0 < len(following) <= MOST_NEXT):
        raise refused("a next", following)
    more = envelope.properties.get("more", True if following else None)
    if not isinstance(more, bool | None):
        raise refused("more: true or false", more)
    return Turn(envelope, more, following if more else None, read_last(reply))


def read_last(reply: Reply) -> datetime | None:
    """The date of the page's last object, if the server gives it."""
    text = reply.headers.get("x-taxii-date-added-last")
    if text is None:
        return None
    try:
        return parse_timestamp(text)
    except ValueError as error:
        raise refused("a date", text) from error


def rewind(cursor: Cursor) -> Cursor:
    """To be asked from just before the last date seen: more may have been added with that very date."""
    if cursor.until is None:
        return replace(cursor, following=None)
    return replace(cursor, after=write_timestamp(parse_timestamp(cursor.until) - TICK), following=None)


def advance(cursor: Cursor, turn: Turn) -> Cursor:
    """The cursor after a page."""
    keys = frozenset(map(key_of, turn.envelope.objects))
    until = parse_timestamp(cursor.until) if cursor.until else None
    if turn.last is not None and (until is None or turn.last > until):
        # What bears the page's last date stands in this page, or also in those before if they end on that date.
        return Cursor(cursor.after, turn.following, write_timestamp(turn.last), keys)
    seen = cursor.seen | keys
    return replace(cursor, following=turn.following, seen=seen if len(seen) <= MOST_SEEN else keys)


def check_progress(turn: Turn, before: Cursor, after: Cursor, limit: int) -> None:
    """An error if asking by date cannot go on: no dates are given, or a page did not get past the one before."""
    if turn.last is None:
        raise refuse(STUCK, "a next, or dates to go on by", "neither")
    if after.until == before.until:
        found = f"{len(turn.envelope.objects)} objects, and more, all added at {write_timestamp(turn.last)}"
        raise refuse(STUCK, f"fewer than {limit} objects of one date, or a next", found)


def key_of(each: StixObject) -> tuple[str, str]:
    """What makes an object that one: its id and version; the hash of its bytes where it has no version."""
    return each.id, each.version if each.version is not None else hashlib.sha256(each.data).hexdigest()
