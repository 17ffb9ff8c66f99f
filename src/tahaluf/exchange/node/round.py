"""One round with another node: its index note, the logs that are new, then withdrawals before all else.

It may be cut anywhere and run again: what was verified stays, nothing is taken twice. See `spec/exchange/sync.md`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from tahaluf.exchange.access import publics_of
from tahaluf.exchange.canonical import parse_canonical
from tahaluf.exchange.checkpoint import parse_checkpoint
from tahaluf.exchange.errors import ExchangeError, LineError, refuse
from tahaluf.exchange.ids import index_origin, log_origin, split_origin
from tahaluf.exchange.index import Index, State, compare_indexes, parse_index, verify_index
from tahaluf.exchange.log import MISSING, Fetch, ask_again, follow, numbers_of
from tahaluf.exchange.marking import Audience, Marking, Purpose, Tlp, parse_audience
from tahaluf.exchange.node.compare import compare
from tahaluf.exchange.node.ports import Aside, Peer, Placed, Receipt
from tahaluf.exchange.node.publish import publish, tell_who_left
from tahaluf.exchange.node.state import Node
from tahaluf.exchange.node.take import take_log, take_withdrawals
from tahaluf.exchange.notes import parse_note
from tahaluf.exchange.record import Draft
from tahaluf.exchange.times import write_seconds

AUDIENCE, MOST_AUDIENCE = "audience", 65_536


@dataclass(slots=True)
class Report:
    """What a round brought: withdrawals, entries by origin, what was put aside, alarms by their codes; and whether the
    author had nothing new."""

    quiet: bool = False
    withdrawn: list[Placed] = field(default_factory=list)
    grown: dict[str, range] = field(default_factory=dict)
    aside: list[Aside] = field(default_factory=list)
    alarms: list[tuple[str, str]] = field(default_factory=list)


def run_round(node: Node, author: str, peer: Peer, now: datetime) -> Report:
    """Brings this node up to what an author gives it; LineError where the line fails, to be tried again."""
    report = Report()
    index = _fetch_index(node, author, peer, now, report)
    if index is None:
        return report
    origins = [log_origin(author, line.audience) for line in index.lines]
    open_now = {log_origin(author, line.audience) for line in index.lines if line.state is State.OPEN}
    try:
        for origin, line in zip(origins, index.lines, strict=True):
            if origin in open_now:
                _follow(node, origin, line.size, peer, now, report)
    finally:
        _take(node, origins, now, report)
    report.quiet = report.quiet and not report.grown and not report.alarms
    return report


def meet(node: Node, other: str, peer: Peer, now: datetime) -> Report:
    """A round, and a comparison of what both see of others' logs."""
    report = run_round(node, other, peer, now)
    for proof in compare(node, other, peer, now):
        origin = parse_checkpoint(parse_note(proof.first).text).origin
        report.alarms.append((origin, "exchange.checkpoint.equivocation"))
    return report


def _fetch_index(node: Node, author: str, peer: Peer, now: datetime, report: Report) -> Index | None:
    """The author's note, new or kept. One that is refused is an alarm, and the kept one stands."""
    path = index_origin(author, node.member)
    before = node.shelf.files.read(f"kept/{path}")
    kept = None if before is None else parse_index(parse_note(before).text)
    reply = peer.get(path, str(kept.sequence) if kept else "")
    if reply.same or reply.data is None:
        report.quiet = reply.same
        return kept
    try:
        new = verify_index(reply.data, author, node.member, publics_of(node.registry, author, now))
        if kept is not None:
            compare_indexes(kept, new)
    except ExchangeError as refused:
        report.alarms.append((path, refused.problem.code))
        return kept
    node.shelf.files.write(f"kept/{path}", reply.data)
    return new


def _follow(node: Node, origin: str, size: int, peer: Peer, now: datetime, report: Report) -> None:
    store = node.shelf.copy(origin)
    author = origin.partition("/")[0]

    def fetch(path: str) -> bytes | None:
        return peer.get(f"{origin}/{path}").data

    try:
        if store.size < size:
            note = fetch("checkpoint")
            _fetch_audience(node, origin, fetch)
            grown = follow(store, note, publics_of(node.registry, author, now), fetch) if note is not None else range(0)
            if grown:
                report.grown[origin] = grown
        if store.size < size:
            report.alarms.append((origin, "exchange.index.withheld"))
        if numbers_of(store, MISSING):
            ask_again(store, fetch)
    except LineError:
        node.shelf.reopen(origin)
        raise
    except ExchangeError as refused:
        node.shelf.reopen(origin)
        report.alarms.append((origin, refused.problem.code))


def _fetch_audience(node: Node, origin: str, fetch: Fetch) -> None:
    """Once for each log: whom it is for, by which it may be compared with others."""
    store = node.shelf.copy(origin)
    if store.read(AUDIENCE) is None and (data := fetch(AUDIENCE)) is not None:
        audience = parse_audience(parse_canonical(data, MOST_AUDIENCE))
        if log_origin(split_origin(origin)[0], audience.id) != origin:
            raise refuse("exchange.log.audience", origin, audience.id)
        store.write(AUDIENCE, data)


def _take(node: Node, origins: list[str], now: datetime, report: Report) -> None:
    """Withdrawals of all logs, their receipts, then everything else."""
    report.withdrawn = take_withdrawals(node, origins, now)
    give_receipts(node, now)
    for origin in origins:
        report.aside += take_log(node, origin, now)
    give_receipts(node, now)


def wake(node: Node, now: datetime) -> None:
    """To be called when a node comes up: what was begun when it stopped is ended."""
    for _, author in node.shelf.own():
        take_log(node, author.head.origin, now)
    tell_who_left(node, now)
    give_receipts(node, now)


def give_receipts(node: Node, now: datetime) -> None:
    """A receipt for each withdrawal that was taken, in the log of this node and the author alone."""
    for receipt in node.holdings.due_receipts():
        publish(node, _receipt_draft(node.member, receipt), now)
        node.holdings.receipted(receipt)


def _receipt_draft(member: str, receipt: Receipt) -> Draft:
    place, commitment, record_id, taken_at = receipt
    audience = Audience(members=(place.origin.partition("/")[0],))
    return Draft(
        "receipt",
        {
            "commitment": commitment.hex(),
            "number": place.number,
            "origin": place.origin,
            "taken_at": write_seconds(taken_at),
        },
        {"content": "receipt", "object_refs": [record_id]},
        Marking(Tlp.AMBER_STRICT, audience, (Purpose.COORDINATION,), member),
    )
