"""The signed head of a log: reading it strictly, signing it, and judging a new one against the one kept.

See `spec/exchange/checkpoint.md`. A receiver calls `verify_checkpoint`, then `judge`; entries are believed after both.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import split_origin
from tahaluf.exchange.merkle import EMPTY_ROOT, check_consistency
from tahaluf.exchange.notes import SigningKey, VerifyingKey, sign_note, verify_note
from tahaluf.exchange.notes.base64 import parse_base64, write_base64

CODE = "exchange.checkpoint.form"
NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
MOST = 2**53 - 1
HASH = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Origin, size and root: the head of a log."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        split_origin(self.origin)
        if not 0 <= self.size <= MOST or len(self.root) != HASH or (self.size == 0 and self.root != EMPTY_ROOT):
            raise refuse(CODE, "a size of 53 bits and a root of 32 bytes", f"{self.size}, {self.root.hex()}")

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{write_base64(self.root)}\n"


class News(StrEnum):
    """What a verified checkpoint is against the one kept."""

    NONE = "none"
    GROWN = "grown"
    ROLLBACK = "rollback"
    EQUIVOCATION = "equivocation"


def parse_number(text: str, code: str, least: int = 0) -> int:
    """A decimal without leading zeros, up to 2^53 - 1; ExchangeError (`code`) for any other spelling."""
    if not NUMBER.fullmatch(text) or not least <= int(text) <= MOST:
        raise refuse(code, f"a decimal from {least} on", text)
    return int(text)


def parse_checkpoint(text: str) -> Checkpoint:
    """A note's text as a checkpoint; ExchangeError (`exchange.checkpoint.form`, `exchange.log.origin`) otherwise."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise refuse(CODE, "origin, size, root", text)
    return Checkpoint(lines[0], parse_number(lines[1], CODE), parse_base64(lines[2], CODE, HASH))


def sign_checkpoint(checkpoint: Checkpoint, key: SigningKey) -> bytes:
    """The note; ValueError for a key of another name than the origin."""
    if key.verifying.name != checkpoint.origin:
        raise ValueError("a log's key bears the name of its origin")
    return sign_note(checkpoint.text, key)


def verify_checkpoint(data: bytes, origin: str, publics: Iterable[bytes]) -> Checkpoint:
    """The checkpoint of a log, signed by one of its author's public keys for logs.

    ExchangeError: `exchange.note.*` for form and signature, `exchange.checkpoint.origin` for another log's.
    """
    note = verify_note(data, [VerifyingKey(origin, public) for public in publics])
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != origin:
        raise refuse("exchange.checkpoint.origin", origin, checkpoint.origin)
    return checkpoint


def judge(kept: Checkpoint, new: Checkpoint) -> News:
    """What can be said without a proof. `GROWN` is to be proven by `check_growth` or by the entries."""
    if kept.origin != new.origin:
        raise refuse("exchange.checkpoint.origin", kept.origin, new.origin)
    if new.size < kept.size:
        return News.ROLLBACK
    if new.size > kept.size:
        return News.GROWN
    return News.NONE if new.root == kept.root else News.EQUIVOCATION


def check_growth(kept: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> None:
    """Raises ExchangeError unless the new log begins with the kept one.

    `exchange.checkpoint.rollback`, `exchange.checkpoint.equivocation`, or for a proof that leads elsewhere
    `exchange.checkpoint.proof`, `exchange.log.proof`.
    """
    news = judge(kept, new)
    if news in (News.ROLLBACK, News.EQUIVOCATION):
        raise refuse(f"exchange.checkpoint.{news}", f"size {kept.size}, {kept.root.hex()}", new.text)
    if kept.size == 0 or news is News.NONE:
        if proof:
            raise refuse("exchange.checkpoint.proof", "no proof", str(len(proof)))
        return
    check_consistency(kept.size, new.size, proof, kept.root, new.root)
