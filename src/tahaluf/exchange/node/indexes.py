"""The index notes that a node gives: to each receiver all logs that it is in. See `spec/exchange/index.md`."""

from datetime import datetime, timedelta

from tahaluf.exchange.access import may_follow
from tahaluf.exchange.ids import index_origin
from tahaluf.exchange.index import Index, IndexLine, State, parse_index, sign_index
from tahaluf.exchange.node.state import Node
from tahaluf.exchange.notes import SigningKey, parse_note

GOOD_FOR = timedelta(days=7)


def index_note(node: Node, receiver: str, now: datetime) -> tuple[Index, bytes]:
    """The note for a receiver: the one given before while it says all and is not half over, else the next."""
    path = f"given/{index_origin(node.member, receiver)}"
    before = node.shelf.files.read(path)
    kept = None if before is None else parse_index(parse_note(before).text)
    lines = _lines(node, receiver, now, kept)
    if kept is not None and before is not None and lines == kept.lines and now < kept.issued_at + GOOD_FOR / 2:
        return kept, before
    issued = now.replace(microsecond=0)
    index = Index(node.member, receiver, kept.sequence + 1 if kept else 1, issued, issued + GOOD_FOR, lines)
    note = sign_index(index, SigningKey(index_origin(node.member, receiver), node.identity.log_seed))
    # On the disk before it leaves: a sequence is never given twice.
    node.shelf.files.write(path, note)
    return index, note


def _lines(node: Node, receiver: str, now: datetime, kept: Index | None) -> tuple[IndexLine, ...]:
    given = {line.audience: line for line in kept.lines} if kept else {}
    for audience, author in node.shelf.own():
        if author.head.size and may_follow(node.registry, audience, receiver, now):
            given[audience.id] = IndexLine(audience.id, author.head.size, author.head.root)
        elif before := given.get(audience.id):
            given[audience.id] = IndexLine(audience.id, before.size, before.root, State.CLOSED)
    return tuple(line for _, line in sorted(given.items()))
