"""What a node answers to another: the paths of `spec/exchange/sync.md`, by what the egress rule lets go.

Whoever may not have a file is answered as if there were none. The delivery ledger is written before the bytes leave.
"""

import re
from datetime import datetime

from tahaluf.exchange.access import may_follow, may_have
from tahaluf.exchange.egress import Line, Sending
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import is_member_id, log_origin
from tahaluf.exchange.log import Author
from tahaluf.exchange.merkle.tiles import HEIGHT, WIDTH, payload_path, tile_path
from tahaluf.exchange.node.indexes import index_note
from tahaluf.exchange.node.ports import Reply
from tahaluf.exchange.node.state import Node
from tahaluf.exchange.outgoing import releases
from tahaluf.exchange.payload import Payload, pack, unpack
from tahaluf.exchange.record import Record, parse_record

INDEX = re.compile(r"(?P<author>[^/\n]+)/index/1/(?P<receiver>[^/\n]+)")
FILE = re.compile(r"(?P<author>[^/\n]+)/log/1/(?P<audience>[0-9a-f]{64})/(?P<file>[a-z0-9./x]+)")
TILE = re.compile(
    r"(?P<kind>payload|tile/(?:entries|[0-9]))/(?P<number>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?"
)
NOTHING = Reply(None)


def serve(node: Node, path: str, asker: str, now: datetime, tag: str = "") -> Reply:
    """The answer to a member that the line has told who it is; `tag`: of the file that it has already."""
    if not is_member_id(asker) or asker == node.member:
        return NOTHING
    if found := INDEX.fullmatch(path):
        return _index(node, found["author"], found["receiver"], asker, now, tag)
    found = FILE.fullmatch(path)
    if found and found["author"] == node.member:
        audience = node.shelf.audience(found["audience"])
        if audience is not None and may_follow(node.registry, audience, asker, now):
            return _file(node, node.shelf.author(audience), found["file"], asker, now)
    elif found and found["file"] == "checkpoint":
        return _seen(node, log_origin(found["author"], found["audience"]), asker, now)
    return NOTHING


def _index(node: Node, author: str, receiver: str, asker: str, now: datetime, tag: str) -> Reply:
    if author != node.member or receiver != asker or asker not in node.registry.by_id:
        return NOTHING
    index, note = index_note(node, asker, now)
    own = str(index.sequence)
    return Reply(None, own, same=True) if tag == own else Reply(note, own)


def _file(node: Node, log: Author, file: str, asker: str, now: datetime) -> Reply:
    if file in ("checkpoint", "audience"):
        return Reply(log.store.read(file))
    found = TILE.fullmatch(file)
    if not found:
        return NOTHING
    number, width = int(re.sub(r"[x/]", "", found["number"])), int(found["width"] or WIDTH)
    kind = found["kind"].removeprefix("tile/")
    if not _is_signed(log, kind, number, width):
        return NOTHING
    if kind == "payload":
        return Reply(_payloads(node, log, number, width, asker, now))
    return Reply(log.store.read(tile_path(kind, number, width)))


def _seen(node: Node, origin: str, asker: str, now: datetime) -> Reply:
    """What this node saw of another's log, for who follows it as well: so that two histories come to light."""
    audience = node.shelf.copied_audience(origin)
    if audience is None or not may_follow(node.registry, audience, asker, now):
        return NOTHING
    return Reply(node.shelf.copy(origin).read("checkpoint"))


def _is_signed(log: Author, kind: str, number: int, width: int) -> bool:
    """Whether a tile is of a tree that was signed: what a crash left beyond the head is nobody's."""
    level = int(kind) if kind.isdigit() else 0
    return 1 <= width <= WIDTH and number * WIDTH + width <= log.head.size >> level * HEIGHT


def _payloads(node: Node, log: Author, number: int, width: int, asker: str, now: datetime) -> bytes | None:
    """A payload tile without what may not go. Unlike the one on the disk it is made for this receiver."""
    if log.store.read(payload_path(number, width)) is None:
        return None
    start = number * WIDTH
    entries = list(log.store.entries(start, start + width))
    given: list[Payload | None] = []
    ids: list[str] = []
    for entry in entries:
        record = parse_record(entry.payload.record) if entry.payload else None
        goes = record is not None and _may_go(node, record, asker, now)
        given.append(entry.payload if goes else None)
        if record is not None and goes:
            ids.append(record.id)
    packed = pack(given)
    _check_again(node, log, packed, [entry.commitment for entry in entries], asker, now)
    if ids:
        node.ledger.note(asker, ids, now)
    return packed


def _check_again(node: Node, log: Author, packed: bytes, commitments: list[bytes], asker: str, now: datetime) -> None:
    """The second check, on the bytes that are about to leave. ExchangeError (`exchange.egress.differs`) where it says
    no to what the first let go: then nothing is sent."""
    groups = node.registry.having_groups(now)
    for payload in unpack(packed, commitments).payloads:
        if payload is not None and not releases(payload.record, asker, groups, now):
            raise refuse("exchange.egress.differs", f"what is released to {asker}", log.head.origin)


def _may_go(node: Node, record: Record, asker: str, now: datetime) -> bool:
    served = record.is_withdrawal and asker in node.ledger.receivers(record.id)
    return may_have(record, asker, now, Sending(node.member, Line.SYNC, node.registry, served)).allowed
