"""Payload tiles: salts and records, packed 256 at a time. See `spec/exchange/log.md`.

Unpacking is bounded before it is done, hashes before anything is parsed, and keeps what is whole of a damaged tile.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tahaluf.exchange.commitment import SALT, commit
from tahaluf.exchange.errors import refuse

MOST = 262_144
HEAD = SALT + 4
STEP = 4_096  # what damage in the stream can cost before it
DEFLATE = -15  # zlib's window bits for RFC 1951: no checksum, so that what is whole of a damaged tile can be had
CODE = "exchange.log.payload"
ERASED_HEAD = bytes(HEAD)


@dataclass(frozen=True, slots=True)
class Payload:
    """A record's bytes and the salt that its commitment was made with."""

    salt: bytes
    record: bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a payload tile gave, by entry: the payload, or None where it is erased or missing, and which of the two.

    `excess` says that something stands after the last payload, which no right tile has.
    """

    payloads: tuple[Payload | None, ...]
    erased: tuple[int, ...]
    missing: tuple[int, ...]
    excess: bool = False


def pack(payloads: Iterable[Payload | None]) -> bytes:
    """The file of a payload tile; None is an erased payload. ExchangeError (`exchange.log.payload`) out of bounds."""
    packer = zlib.compressobj(level=6, wbits=DEFLATE)
    return b"".join([*(packer.compress(written(payload)) for payload in payloads), packer.flush()])


def written(payload: Payload | None) -> bytes:
    if payload is None:
        return ERASED_HEAD
    if not 0 < len(payload.record) <= MOST or len(payload.salt) != SALT:
        raise refuse(CODE, f"1 to {MOST} bytes and a salt of {SALT}", str(len(payload.record)))
    return payload.salt + len(payload.record).to_bytes(4, "big") + payload.record


def unpack(data: bytes, commitments: Sequence[bytes]) -> Unpacked:
    """What a tile holds for its entries' commitments. Never raises for damage: what is not whole is `missing`.

    At most 36 + 262,144 bytes an entry are expanded.
    """
    expanded, excess = expand(data, len(commitments) * (HEAD + MOST))
    payloads: list[Payload | None] = []
    erased: list[int] = []
    missing: list[int] = []
    at = 0
    for number, commitment in enumerate(commitments):
        head = expanded[at : at + HEAD]
        length = int.from_bytes(head[SALT:], "big")
        whole = len(head) == HEAD and length <= MOST and at + HEAD + length <= len(expanded)
        if not whole:
            at = len(expanded)  # where the next one begins cannot be known
        record = bytes(expanded[at + HEAD : at + HEAD + length]) if whole else b""
        at += HEAD + len(record) if whole else 0
        right = whole and length > 0 and commit(bytes(head[:SALT]), record) == commitment
        payloads.append(Payload(bytes(head[:SALT]), record) if right else None)
        if not right:
            (erased if whole and head == ERASED_HEAD else missing).append(number)
    return Unpacked(tuple(payloads), tuple(erased), tuple(missing), excess or at < len(expanded))


def expand(data: bytes, most: int) -> tuple[bytearray, bool]:
    """What a DEFLATE stream gives up to a bound or up to where it is damaged, and whether more stands after it."""
    expander = zlib.decompressobj(wbits=DEFLATE)
    expanded = bytearray()
    pending, fed = b"", 0
    try:
        while not expander.eof and len(expanded) <= most:
            if not pending:
                # In slices: what is left over is copied each time.
                pending, fed = data[fed : fed + STEP], fed + STEP
            given = expander.decompress(pending, min(STEP, most + 1 - len(expanded)))
            pending = expander.unconsumed_tail
            expanded += given
            if not given and not pending and fed >= len(data):
                break
    except zlib.error:
        return expanded, False  # what came before is looked at, and believed only if it gives its commitment
    return expanded, bool(expander.unused_data or pending or fed < len(data))
