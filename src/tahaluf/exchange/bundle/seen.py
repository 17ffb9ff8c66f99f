"""Checkpoints that others have seen, carried for comparison: two that cannot be of one log convict its author."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tahaluf.exchange.bundle.log import LogCheck
from tahaluf.exchange.bundle.opening import Opening
from tahaluf.exchange.bundle.places import Place
from tahaluf.exchange.bundle.ports import HeldLog
from tahaluf.exchange.bundle.report import Refusals
from tahaluf.exchange.checkpoint import Checkpoint
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.merkle import make_consistency, root_at


@dataclass(frozen=True, slots=True)
class SeenCheckpoint:
    """A checkpoint with its author's signature, as `member` has it; whoever keeps the log compares it with its tree."""

    member: str
    checkpoint: Checkpoint
    note: bytes


@dataclass(frozen=True, slots=True)
class TwoHistories:
    """A signed head that contradicts the log that is held, or that came with it.

    With the signed head that is held it is the proof of equivocation, if `consistency` leads from `prefix_root` to the
    larger of the two; `prefix_root` is the root that the larger one's tree has at the size of the smaller one.
    """

    origin: str
    note: bytes
    prefix_root: bytes
    consistency: tuple[bytes, ...]


def compare_seen(
    place: Place,
    notes: Sequence[bytes],
    opening: Opening,
    logs: tuple[HeldLog | None, LogCheck | None],
    refusals: Refusals,
) -> Iterator[SeenCheckpoint | TwoHistories]:
    """A seen checkpoint of a log that the receiver holds or that is in the bundle; others are none of its business."""
    held, log = logs
    for note in notes:
        try:
            seen = opening.read_checkpoint(place.origin, note)
        except ExchangeError as error:
            refusals.add(error.problem.code, place.name)
            continue
        if held is None and log is None:
            refusals.add("exchange.ingress.not_addressed", place.name)
            continue
        found = _contradiction(seen, note, held, log)
        if found:
            refusals.add("exchange.checkpoint.equivocation", place.name)
        yield found or SeenCheckpoint(place.part, seen, note)
        return


def _contradiction(seen: Checkpoint, note: bytes, held: HeldLog | None, log: LogCheck | None) -> TwoHistories | None:
    if held and 0 < seen.size <= held.head.size:
        root = root_at(held.read_node(), seen.size)
        if root != seen.root:
            proof = make_consistency(held.read_node(), seen.size, held.head.size)
            return TwoHistories(seen.origin, note, root, tuple(proof))
    elif log and seen.size == log.head.size and seen.root != log.head.root:
        return TwoHistories(seen.origin, note, log.head.root, ())
    return None
