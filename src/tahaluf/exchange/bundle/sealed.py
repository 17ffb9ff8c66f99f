"""A bundle sealed to its receiver, for a courier who is not: HPKE for a file key, ChaCha20-Poly1305 for small chunks.

A damaged chunk costs itself: it is read as zero bytes, and the tar's reader goes on behind it. HPKE says nothing of the
sender; authorship is in the notes.
"""

import secrets
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tahaluf.exchange.bundle.ports import Sink, Source
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import is_member_id
from tahaluf.exchange.notes.keys import id_of_key

HEADING = b"tahaluf sealed bundle 1\n"
HEADER = 4_096
CHUNK = 4_096
TAG = 16
KEY = 32
WRAPPED = 32 + KEY + TAG
SEALS = 0xFF
CODE = "exchange.bundle.sealed"
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def nonce(number: int, *, last: bool) -> bytes:
    """That of a chunk: by its place, so that what is lost before it does not matter."""
    return number.to_bytes(11, "big") + bytes([last])


def info_of(receiver: str, public: bytes) -> bytes:
    """What stands before the encapsulated key, and is bound to it."""
    return HEADING + f"{receiver}\n{id_of_key(receiver, SEALS, public).hex()}\n".encode()


class Sealer:
    """A file to write a bundle to, sealed to a receiver; `close` it, or it is a bundle that was cut."""

    def __init__(self, sink: Sink, receiver: str, public: bytes) -> None:
        """`public`: the receiver's X25519 key for seals. ExchangeError for a key that agrees on nothing secret."""
        if not is_member_id(receiver):
            raise refuse(CODE, "a member id", receiver)
        key = secrets.token_bytes(KEY)
        info = info_of(receiver, public)
        try:
            wrapped = SUITE.encrypt(key, X25519PublicKey.from_public_bytes(public), info)
        except ValueError as error:
            raise refuse(CODE, "an X25519 key", public.hex()) from error
        self._sink, self._cipher = sink, ChaCha20Poly1305(key)
        self._pending = bytearray()
        self._number = 0
        sink.write((info + wrapped).ljust(HEADER, b"\x00") * 2)

    def write(self, data: bytes, /) -> int:
        """Takes bytes of the tar."""
        self._pending += data
        whole = max(0, len(self._pending) - 1) // CHUNK * CHUNK  # one byte at least is kept for the last chunk
        for at in range(0, whole, CHUNK):
            self._seal(bytes(self._pending[at : at + CHUNK]), last=False)
        del self._pending[:whole]
        return len(data)

    def close(self) -> None:
        """Seals the last chunk. The file below stays open."""
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        self._sink.write(self._cipher.encrypt(nonce(self._number, last=last), data, None))
        self._number += 1


class Unsealer:
    """The tar of a sealed bundle, in a stream; `damaged` chunks are zero bytes; `cut` if its last one did not come."""

    def __init__(self, source: Source, receiver: str, privates: Iterable[bytes]) -> None:
        """`privates`: the receiver's X25519 keys for seals, past ones too.

        ExchangeError: `exchange.bundle.receiver` for another's bundle, `exchange.bundle.sealed` for no right header.
        """
        headers = [read_whole(source, HEADER) for _ in range(2)]
        self._cipher = ChaCha20Poly1305(_open_header(headers, receiver, list(privates)))
        self._source = source
        self._ahead = read_whole(source, CHUNK + TAG)
        self._pending = bytearray()
        self._number = 0
        self._ended = False
        self.damaged = 0
        self.cut = True

    def read(self, size: int, /) -> bytes:
        """Up to that many bytes of the tar; none at its end."""
        while len(self._pending) < size and not self._ended:
            self._pending += self._open_next()
        given = bytes(self._pending[:size])
        del self._pending[:size]
        return given

    def _open_next(self) -> bytes:
        chunk, self._ahead = self._ahead, read_whole(self._source, CHUNK + TAG)
        number, self._number = self._number, self._number + 1
        self._ended = not self._ahead
        for last in (self._ended, not self._ended):
            try:
                data = self._cipher.decrypt(nonce(number, last=last), chunk, None)
            except InvalidTag:
                continue
            if last:
                # What its sealer did not put there is not read.
                self.cut, self._ended = False, True
            return data
        self.damaged += 1
        return bytes(max(0, len(chunk) - TAG))


def read_whole(source: Source, size: int) -> bytes:
    """That many bytes, or as many as there are."""
    pieces = []
    while size > 0 and (piece := source.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def is_sealed(beginning: bytes) -> bool:
    """Whether these first 8,192 bytes are a sealed bundle's: in either copy of its header."""
    return any(beginning[at:].startswith(HEADING) for at in (0, HEADER))


def _open_header(headers: list[bytes], receiver: str, privates: list[bytes]) -> bytes:
    keys = [X25519PrivateKey.from_private_bytes(private) for private in privates]
    told = None
    for header in headers:
        for key in keys:
            info = info_of(receiver, key.public_key().public_bytes_raw())
            if not header.startswith(info):
                continue
            try:
                return SUITE.decrypt(header[len(info) :][:WRAPPED], key, info)
            except InvalidTag:
                continue
        name = header.removeprefix(HEADING).partition(b"\n")[0].decode("ascii", "replace")
        told = name if header.startswith(HEADING) and is_member_id(name) and name != receiver else told
    if told is not None:
        raise refuse("exchange.bundle.receiver", receiver, told)
    raise refuse(CODE, "a header sealed to a key of the receiver", headers[0][:64].hex())
