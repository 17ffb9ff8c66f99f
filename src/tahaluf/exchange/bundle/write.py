"""Writes a bundle for one receiver: what may go, from the numbers on that it lacks, in a stream.

Each record is asked of the egress rule, with the line `open` or `sealed`. What may not go this way stands in its tile
as withheld: the receiver learns that there is something to ask for by another way, and nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tahaluf.exchange.access import may_follow, may_have
from tahaluf.exchange.bundle.manifest import Manifest
from tahaluf.exchange.bundle.outgoing import OutgoingLog, ServedTile
from tahaluf.exchange.bundle.payloads import Gap, most_of, pack_found
from tahaluf.exchange.bundle.places import AGAIN
from tahaluf.exchange.bundle.ports import CheckOutgoing, EverServed, NoteServed, ServedLog, Sink
from tahaluf.exchange.bundle.ranges import Ranges
from tahaluf.exchange.bundle.writing import TarWriter
from tahaluf.exchange.canonical import parse_canonical
from tahaluf.exchange.egress import Line, Sending
from tahaluf.exchange.errors import ExchangeError, refuse
from tahaluf.exchange.ids import split_index_origin, split_origin
from tahaluf.exchange.marking import Audience, parse_audience
from tahaluf.exchange.merkle.tiles import WIDTH, Tile, payload_path, tile_path
from tahaluf.exchange.notes import parse_note
from tahaluf.exchange.payload import HEAD, Payload
from tahaluf.exchange.record import Record, parse_record
from tahaluf.exchange.registry import Registry

PAD = bytes(8_192)  # two sealed chunks: no block that is lost touches both copies of what stands twice


@dataclass(frozen=True, slots=True)
class Dispatch:
    """From whom to whom, when, by which line (`OPEN` or `SEALED`), under which registry, ledger and second check."""

    sender: str
    receiver: str
    sequence: int
    made_at: datetime
    line: Line
    registry: Registry
    ever_served: EverServed
    note_served: NoteServed
    check_outgoing: CheckOutgoing


@dataclass(frozen=True, slots=True)
class Carried:
    """One log to carry: the numbers that the receiver lacks, those whose payload the sender lacks itself, and
    checkpoints of it as others, by member id, have it."""

    log: ServedLog
    numbers: Ranges
    lacks: Ranges = field(default_factory=Ranges)
    cosigned: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """What went: bytes, files, how many records by origin; what was withheld; origins that are not the receiver's."""

    bytes: int = 0
    files: int = 0
    sent: dict[str, int] = field(default_factory=dict)
    withheld: dict[str, Ranges] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def write_bundle(
    sink: Sink,
    dispatch: Dispatch,
    logs: Iterable[Carried],
    indexes: Sequence[bytes] = (),
    registry: Mapping[str, bytes] | None = None,
) -> Written:
    """Writes the tar; `indexes` are notes for the receiver, `registry` the files of registry.md by name.

    If it raises, what was written is to be destroyed: ExchangeError, or whatever the second check raises.
    """
    if dispatch.line not in (Line.OPEN, Line.SEALED):
        raise ValueError("a bundle goes open or sealed")
    tar, written = TarWriter(sink, dispatch.receiver, dispatch.check_outgoing), Written()
    outgoing = [OutgoingLog(carried.log, carried.numbers, carried.lacks, carried.cosigned) for carried in logs]
    outgoing.sort(key=lambda log: log.origin)
    audiences = {log.origin: _audience(log, dispatch) for log in outgoing}
    written.left_out = tuple(origin for origin, audience in audiences.items() if audience is None)
    mine = [log for log in outgoing if audiences[log.origin] is not None]
    for prefix in ("", AGAIN):
        _write_heads(tar, prefix, dispatch, mine, indexes, registry or {})
        if not prefix:
            tar.add("pad", PAD)
    for log in mine:
        for tile in log.tiles():
            _write_tile(tar, dispatch, log, tile, written)
    tar.end()
    written.bytes, written.files = tar.bytes, tar.files
    return written


def _audience(log: OutgoingLog, dispatch: Dispatch) -> Audience | None:
    """The log's audience, if the receiver may have the log at all."""
    data = log.audience
    audience = parse_audience(parse_canonical(data, len(data)))
    if audience.id != split_origin(log.origin)[1]:
        raise refuse("exchange.log.audience", log.origin, audience.id)
    return audience if may_follow(dispatch.registry, audience, dispatch.receiver, dispatch.made_at) else None


def _write_heads(
    tar: TarWriter,
    prefix: str,
    dispatch: Dispatch,
    logs: Sequence[OutgoingLog],
    indexes: Sequence[bytes],
    registry: Mapping[str, bytes],
) -> None:
    needs = {log.origin: log.first for log in logs}
    manifest = Manifest(dispatch.receiver, dispatch.sender, dispatch.made_at, dispatch.sequence, needs)
    tar.add(f"{prefix}bundle.json", manifest.canonical())
    for name in sorted(registry):
        tar.add(f"{prefix}registry/{name}", registry[name])
    for origin, note in sorted((_index_origin(note, dispatch.receiver), note) for note in indexes):
        tar.add(prefix + origin, note)
    for log in logs:
        for path, data in log.heads():
            tar.add(f"{prefix}{log.origin}/{path}", data)


def _index_origin(note: bytes, receiver: str) -> str:
    """ExchangeError (`exchange.index.origin`) for a note for somebody else: it would tell who that one's logs are."""
    origin = parse_note(note).text.partition("\n")[0]
    if split_index_origin(origin)[1] != receiver:
        raise refuse("exchange.index.origin", receiver, origin)
    return origin


def _write_tile(tar: TarWriter, dispatch: Dispatch, log: OutgoingLog, tile: Tile, written: Written) -> None:
    served = log.read_tile(tile)
    if served.hashes is not None:
        tar.add(f"{log.origin}/{tile.path}", served.hashes)
    tar.add(f"{log.origin}/{tile_path('entries', tile.number, tile.width)}", served.entries)
    records = _release(dispatch, log, served)
    if records:
        dispatch.note_served(log.origin, records)
    data = pack_found(served.found)
    expanded = sum(HEAD + len(own.record) if isinstance(own, Payload) else HEAD for own in served.found)
    if tar.expands_too_far(len(data), expanded):
        data = pack_found(served.found, level=0)
        if tar.expands_too_far(len(data), expanded) or expanded > most_of(tile.width):
            raise refuse("exchange.bundle.bound", "payloads within the bounds", tile.path)
    tar.add(f"{log.origin}/{payload_path(tile.number, tile.width)}", data)
    written.sent[log.origin] = written.sent.get(log.origin, 0) + len(records)
    held_back = [tile.number * WIDTH + at for at, own in enumerate(served.found) if own is Gap.WITHHELD]
    written.withheld[log.origin] = written.withheld.get(log.origin, Ranges()) | Ranges.of(held_back)


def _release(dispatch: Dispatch, log: OutgoingLog, served: ServedTile) -> list[Record]:
    """The records of a tile that may go; the places of the others are marked as withheld."""
    records = []
    for at, own in enumerate(served.found):
        if not isinstance(own, Payload):
            continue
        record = _may_go(own, dispatch, log.origin)
        if record is None:
            served.found[at] = Gap.WITHHELD
        else:
            records.append(record)
    return records


def _may_go(payload: Payload, dispatch: Dispatch, origin: str) -> Record | None:
    """The record if the rule says yes; what cannot be read is of an unknown marking, and stays."""
    try:
        record = parse_record(payload.record)
    except ExchangeError:
        return None
    if (record.author, record.marking.audience.id) != split_origin(origin):
        return None
    served = dispatch.ever_served(record.id)
    sending = Sending(dispatch.sender, dispatch.line, dispatch.registry, served)
    return record if may_have(record, dispatch.receiver, dispatch.made_at, sending).allowed else None
