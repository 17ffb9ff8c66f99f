"""What a node says, and takes back. See `spec/exchange/record.md` and `withdrawal.md`."""

from collections.abc import Iterator
from datetime import datetime

from tahaluf.exchange.access import may_follow, may_have
from tahaluf.exchange.egress import Decision, Line, Sending
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.marking import Audience
from tahaluf.exchange.node.ports import Place, Placed
from tahaluf.exchange.node.state import Node
from tahaluf.exchange.node.take import take_log
from tahaluf.exchange.record import Draft, Record, write_record, write_withdrawal


def preview(node: Node, draft: Draft, now: datetime) -> dict[str, Decision]:
    """Of every member, whether it would receive the record now by the line, and why or why not."""
    record = write_record(draft, now)
    sending = Sending(node.member, Line.SYNC, node.registry)
    return {member.id: may_have(record, member.id, now, sending) for member in node.registry.members}


def publish(node: Node, draft: Draft, now: datetime, supersedes: str | None = None) -> Placed:
    """Says a record to the audience of its marking; `supersedes`: the id of the record that it is a later version of.

    ExchangeError where that one was withdrawn, is not the node's own, or has another audience.
    """
    before = _standing(node, supersedes) if supersedes else None
    if before and before.record.marking.audience != draft.marking.audience:
        raise refuse("exchange.record.marking", "the audience of the version before", "another", "members")
    record = write_record(draft, now, before=(before.record, before.commitment) if before else None)
    return _append(node, record, now)


def withdraw(node: Node, record_id: str, reason: str, now: datetime) -> Placed:
    """Takes a record back for ever, at all who were ever served it; the entry in the record's own log."""
    before = _standing(node, record_id)
    placed = _append(node, write_withdrawal((before.record, before.commitment), reason, now), now)
    tell_who_left(node, now)
    return placed


def tell_who_left(node: Node, now: datetime) -> list[Placed]:
    """Tells withdrawals to who was served the record and cannot follow its log any longer, each in a log of its own.

    To be called from time to time: someone may leave between a withdrawal and the next time that it asks.
    """
    told = []
    for record_id in node.holdings.withdrawn(node.member):
        current = node.holdings.current(record_id)
        if current is not None:
            for receiver in _left(node, current, now):
                told.append(_tell(node, current, receiver, now))
    return told


def open_withdrawals(node: Node) -> dict[str, list[str]]:
    """Of each record that the node withdrew, who has not confirmed it yet; a withdrawal without any is done."""
    holdings, ledger = node.holdings, node.ledger
    return {
        record_id: sorted(set(ledger.receivers(record_id)) - set(holdings.confirmed(record_id)))
        for record_id in sorted(holdings.withdrawn(node.member))
    }


def _left(node: Node, current: Placed, now: datetime) -> Iterator[str]:
    audience = current.record.marking.audience
    told = {place.origin for place in node.holdings.places(current.record.id)}
    confirmed = node.holdings.confirmed(current.record.id)
    for receiver in sorted(set(node.ledger.receivers(current.record.id)) - set(confirmed)):
        if may_follow(node.registry, audience, receiver, now):
            continue
        if node.shelf.origin(Audience(members=(receiver,))) not in told:
            yield receiver


def _tell(node: Node, current: Placed, receiver: str, now: datetime) -> Placed:
    reason = current.record.withdrawal or "other"
    audience = Audience(members=(receiver,))
    return _append(node, write_withdrawal((current.record, current.commitment), reason, now, audience), now)


def _append(node: Node, record: Record, now: datetime) -> Placed:
    author = node.shelf.author(record.marking.audience)
    [number] = author.append([record.data])
    take_log(node, author.head.origin, now)
    [entry] = author.store.entries(number, number + 1)
    return Placed(Place(author.head.origin, number), entry.commitment, record)


def _standing(node: Node, record_id: str) -> Placed:
    found = node.holdings.current(record_id)
    if found is None or found.record.author != node.member:
        raise refuse("exchange.record.author", f"a record of {node.member}", record_id, "id")
    if found.record.is_withdrawal:
        raise refuse("exchange.withdrawal.final", "a record that stands", record_id, "id")
    return found
