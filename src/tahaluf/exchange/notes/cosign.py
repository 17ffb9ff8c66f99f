"""Cosignatures, C2SP's version 1: a receiver's word that it saw this head of a log, and none that contradicts it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tahaluf.exchange.errors import refuse
from tahaluf.exchange.notes.keys import COSIGNS, SIGNATURE, CosigningKey, VerifyingKey
from tahaluf.exchange.notes.note import Note, SignatureLine

CODE = "exchange.note.signature"
TIME = 8
LAST_SECOND = 253_402_300_799  # of year 9999


@dataclass(frozen=True, slots=True)
class Cosignature:
    """Who saw the head, and when, by its own clock."""

    name: str
    seen_at: datetime


def cosigned_bytes(text: str, seconds: int) -> bytes:
    """What a cosigner signs."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosign(text: str, key: CosigningKey, at: datetime) -> SignatureLine:
    """The line to add to a checkpoint whose text was verified and found consistent; ValueError for a naive time."""
    if at.utcoffset() is None:
        raise ValueError("a time without its offset from UTC")
    seconds = int(at.timestamp())
    signature = seconds.to_bytes(TIME, "big") + key.sign(cosigned_bytes(text, seconds))
    return SignatureLine(key.verifying.name, key.verifying.key_id, signature)


def verify_cosignatures(note: Note, keys: Iterable[VerifyingKey]) -> tuple[Cosignature, ...]:
    """Those of known keys, in their order; ExchangeError (`exchange.note.signature`) if one of them is wrong."""
    known = {(key.name, key.key_id): key for key in keys if key.kind == COSIGNS}
    found = []
    for line in note.lines:
        key = known.get((line.name, line.key_id))
        if key is not None:
            found.append(verify_line(note.text, line, key))
    return tuple(found)


def verify_line(text: str, line: SignatureLine, key: VerifyingKey) -> Cosignature:
    """One cosignature of a known key."""
    seconds = int.from_bytes(line.signature[:TIME], "big")
    right = len(line.signature) == TIME + SIGNATURE and seconds <= LAST_SECOND
    if not right or not key.verifies(line.signature[TIME:], cosigned_bytes(text, seconds)):
        raise refuse(CODE, f"a cosignature of {line.name}", "a wrong one")
    return Cosignature(line.name, datetime.fromtimestamp(seconds, UTC))
