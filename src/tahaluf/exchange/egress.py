"""The one rule that decides whether a record may go to a receiver: pure, default deny, with exactly one reason.

It follows the table of `spec/exchange/egress.md` row by row, in its order. Nothing else in the system decides this:
collections, bundles, previews and answers are derived from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from tahaluf.exchange.marking import Audience, Marking, Onward, Purpose, Tlp
from tahaluf.exchange.registry import Member, Registry, Role

WIDE = (Tlp.CLEAR, Tlp.GREEN)
SEALED_ONLY = (Tlp.RED, Tlp.AMBER_STRICT)


class Line(StrEnum):
    """How a record would go: to a node, to a stock client, in a bundle sealed to the receiver, in an open one."""

    SYNC = "sync"
    TAXII = "taxii"
    SEALED = "sealed"
    OPEN = "open"


class Reason(StrEnum):
    """Why a record may go, or not; whoever shows one translates it."""

    RELEASED = "released"
    EVER_SERVED = "ever_served"
    INPUT = "input"
    PURPOSE_UNKNOWN = "purpose_unknown"
    LINE_UNKNOWN = "line_unknown"
    MARKING_UNKNOWN = "marking_unknown"
    RECEIVER_IS_SOURCE = "receiver_is_source"
    RECEIVER_UNKNOWN = "receiver_unknown"
    NOT_A_WITHDRAWAL = "not_a_withdrawal"
    SENDER_LEFT = "sender_left"
    SENDER_MAY_NOT_RELAY = "sender_may_not_relay"
    NEVER_SERVED = "never_served"
    ROLE = "role"
    RECEIVER_LEFT = "receiver_left"
    RECEIVER_SUSPENDED = "receiver_suspended"
    NOT_IN_AUDIENCE = "not_in_audience"
    EXPIRED = "expired"
    PURPOSE_NOT_RELEASED = "purpose_not_released"
    PURPOSE_NOT_ACCREDITED = "purpose_not_accredited"
    ROLE_TLP = "role_tlp"
    LINE_TLP = "line_tlp"
    LINE_AUDIENCE = "line_audience"


YES = (Reason.RELEASED, Reason.EVER_SERVED)


@dataclass(frozen=True, slots=True)
class Release:
    """What the rule knows of a record: author, marking (None where it is unknown), whether it is a withdrawal."""

    author: str
    marking: Marking | None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and the one reason."""

    reason: Reason

    @property
    def allowed(self) -> bool:
        return self.reason in YES


@dataclass(frozen=True, slots=True)
class Sending:
    """From whom, over which line, under which registry; and whether this record's id ever went to this receiver."""

    sender: str
    line: Line
    registry: Registry
    served: bool = False


def may_send(record: Release, receiver: str, purpose: Purpose, now: datetime, sending: Sending) -> Decision:
    """Whether the record may go to the receiver for the purpose at that time. Reads nothing but its arguments."""
    marking = record.marking if isinstance(record, Release) else None
    if refusal := next(refuse_question(record, receiver, purpose, now, sending), None):
        return Decision(refusal)
    member = sending.registry.by_id.get(receiver)
    if member is None or marking is None:
        return Decision(Reason.RECEIVER_UNKNOWN)
    if purpose is Purpose.WITHDRAWAL:
        return Decision(judge_withdrawal(record, marking, member, now, sending))
    refusals = chain(
        refuse_receiver(marking, member, purpose, now, sending.registry),
        refuse_sending(record.author, marking, member, now, sending),
    )
    return Decision(next(refusals, Reason.RELEASED))


def refuse_question(
    record: Release, receiver: str, purpose: Purpose, now: datetime, sending: Sending
) -> Iterator[Reason]:
    """Rows 1 to 5: what makes the question none."""
    if not isinstance(now, datetime) or now.utcoffset() is None or not are_typed(record, receiver, sending):
        yield Reason.INPUT
    if not isinstance(purpose, Purpose):
        yield Reason.PURPOSE_UNKNOWN
    if not isinstance(sending.line, Line):
        yield Reason.LINE_UNKNOWN
    if not isinstance(record.marking, Marking) or record.marking.originator != record.author:
        yield Reason.MARKING_UNKNOWN
    if receiver in (sending.sender, record.author):
        yield Reason.RECEIVER_IS_SOURCE


def are_typed(record: Release, receiver: str, sending: Sending) -> bool:
    """Callers from untyped code are refused, not guessed at."""
    return (
        isinstance(record, Release)
        and isinstance(sending, Sending)
        and isinstance(sending.registry, Registry)
        and all(isinstance(text, str) for text in (record.author, receiver, sending.sender))
        and all(isinstance(flag, bool) for flag in (record.withdrawn, sending.served))
    )


def judge_withdrawal(record: Release, marking: Marking, member: Member, now: datetime, sending: Sending) -> Reason:
    """Rows 7 to 11: whoever was given a record is told that it is withdrawn, whatever has become of them."""
    if not record.withdrawn:
        return Reason.NOT_A_WITHDRAWAL
    if sending.sender != record.author:
        return Reason.SENDER_MAY_NOT_RELAY
    if sending.served:
        return Reason.EVER_SERVED
    released = sending.registry.has_audience(member.id, marking.audience, now)
    return Reason.RELEASED if released else Reason.NEVER_SERVED


def refuse_receiver(
    marking: Marking, member: Member, purpose: Purpose, now: datetime, registry: Registry
) -> Iterator[Reason]:
    """Rows 12 to 19: why this receiver may not have it for this purpose now, by any line."""
    if member.role not in (Role.MEMBER, Role.OBSERVER):
        yield Reason.ROLE
    term = member.term(now)
    if term is None:
        yield Reason.RECEIVER_LEFT
    elif term.suspended:
        yield Reason.RECEIVER_SUSPENDED
    if not registry.has_audience(member.id, marking.audience, now):
        yield Reason.NOT_IN_AUDIENCE
    if marking.expires_at is not None and now >= marking.expires_at:
        yield Reason.EXPIRED
    if purpose not in marking.purposes:
        yield Reason.PURPOSE_NOT_RELEASED
    if purpose not in member.purposes:
        yield Reason.PURPOSE_NOT_ACCREDITED
    if member.role is Role.OBSERVER and marking.tlp not in WIDE:
        yield Reason.ROLE_TLP


def refuse_sending(author: str, marking: Marking, member: Member, now: datetime, sending: Sending) -> Iterator[Reason]:
    """Rows 20 to 23: why this sender may not give it, or this line may not carry it."""
    sender = sending.registry.by_id.get(sending.sender)
    term = sender.term(now) if sender else None
    if term is None or term.suspended:
        yield Reason.SENDER_LEFT
    if sending.sender != author and not may_relay(marking, now, sending):
        yield Reason.SENDER_MAY_NOT_RELAY
    if sending.line is Line.OPEN and marking.tlp in SEALED_ONLY:
        yield Reason.LINE_TLP
    if sending.line is Line.TAXII and marking.audience != Audience(members=(member.id,)):
        yield Reason.LINE_AUDIENCE


def may_relay(marking: Marking, now: datetime, sending: Sending) -> bool:
    """Whether who is not the author may carry it on: it is of the audience itself, and the marking lets it."""
    in_audience = sending.registry.has_audience(sending.sender, marking.audience, now)
    return marking.onward is Onward.AUDIENCE and in_audience
