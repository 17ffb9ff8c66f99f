"""Who may have the files of a log, and which of its payloads: derived from the egress rule, with its line and time."""

from datetime import datetime

from tahaluf.exchange.egress import Decision, Line, Reason, Release, Sending, may_send
from tahaluf.exchange.marking import Audience, Purpose
from tahaluf.exchange.record import Record
from tahaluf.exchange.registry import KeyUse, Registry, Role

RECEIPT = "receipt"


def may_follow(registry: Registry, audience: Audience, receiver: str, now: datetime) -> bool:
    """Whether a log's checkpoint, entries and hashes are for this member: it belongs to the coalition and has the
    audience now, or the log is for it alone: by that one it learns of withdrawals even when it has left."""
    member = registry.by_id.get(receiver)
    if member is None:
        return False
    if audience == Audience(members=(receiver,)):
        return True
    term = member.term(now)
    belongs = term is not None and not term.suspended and member.role in (Role.MEMBER, Role.OBSERVER)
    return belongs and registry.has_audience(receiver, audience, now)


def may_have(record: Record, receiver: str, now: datetime, sending: Sending) -> Decision:
    """Whether a record may go at all: a withdrawal and its receipt as such, any other for one of its purposes."""
    undoes = record.is_withdrawal or record.kind == RECEIPT
    release = Release(record.author, record.marking, undoes)
    purposes = (Purpose.WITHDRAWAL,) if undoes else record.marking.purposes
    decision = Decision(Reason.PURPOSE_NOT_RELEASED)
    for purpose in purposes:
        decision = may_send(release, receiver, purpose, now, sending)
        if decision.allowed:
            break
    return decision


def publics_of(registry: Registry, author: str, now: datetime) -> tuple[bytes, ...]:
    """The keys for logs of a member that are good now; none of one that is not known."""
    member = registry.by_id.get(author)
    return member.publics(KeyUse.LOG, now) if member else ()


def is_for(record: Record, receiver: str, now: datetime, registry: Registry) -> Decision:
    """The question that a receiver asks itself of what its author sent."""
    return may_have(record, receiver, now, Sending(record.author, Line.SYNC, registry))
