"""Ed25519 keys of notes: a name, a type, and the id that both give with the public key.

Seeds and private keys are never shown: their `repr` has the name only.
"""

import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tahaluf.exchange.errors import refuse
from tahaluf.exchange.notes.base64 import parse_base64, write_base64
from tahaluf.exchange.notes.note import KEY_ID, is_key_name

CODE = "exchange.note.key"
PUBLIC_KEY = 32
SIGNATURE = 64
SIGNS_TEXT = 0x01
COSIGNS = 0x04
FIELD = 2**255 - 19
ORDER_EIGHT = 2707385501144840649318225287225658788936804267575313519463743609750303402022
# y of the points of order 1, 2, 4 and 8, as RFC 8032 encodes it; the sign of x does not matter
SMALL_ORDER = {0, 1, FIELD - 1, ORDER_EIGHT, FIELD - ORDER_EIGHT}


def id_of_key(name: str, kind: int, public: bytes) -> bytes:
    """The 4-byte key id."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:KEY_ID]


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """A public key under a name. Making one of small order, of another length or for another type is refused."""

    name: str
    public: bytes
    kind: int = SIGNS_TEXT
    key_id: bytes = field(init=False)

    def __post_init__(self) -> None:
        if not is_key_name(self.name) or self.kind not in (SIGNS_TEXT, COSIGNS):
            raise refuse(CODE, "a key name and a known type", self.name)
        if len(self.public) != PUBLIC_KEY or not is_safe_point(self.public):
            raise refuse(CODE, "an Ed25519 key of full order", self.public.hex())
        object.__setattr__(self, "key_id", id_of_key(self.name, self.kind, self.public))

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature is right; False for one of another length."""
        if len(signature) != SIGNATURE:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{write_base64(bytes([self.kind]) + self.public)}"


def is_safe_point(public: bytes) -> bool:
    """Neither of small order nor with a coordinate that is written in two ways."""
    y = int.from_bytes(public, "little") & (2**255 - 1)
    return y < FIELD and y not in SMALL_ORDER


def parse_key(text: str) -> VerifyingKey:
    """`name+id+base64`; ExchangeError (`exchange.note.key`) for any other form, or an id that is not the key's."""
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise refuse(CODE, "name+id+key", text)
    name, key_id, encoded = parts
    data = parse_base64(encoded, CODE, 1 + PUBLIC_KEY)
    key = VerifyingKey(name, data[1:], data[0])
    if key.key_id.hex() != key_id:
        raise refuse(CODE, key.key_id.hex(), key_id)
    return key


class SigningKey:
    """A private key that signs notes under the name it is asked to; one for logs serves all origins of its author."""

    kind = SIGNS_TEXT

    def __init__(self, name: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifying = VerifyingKey(name, self._private.public_key().public_bytes_raw(), self.kind)

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._private.sign(message)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.verifying.name!r})"


class CosigningKey(SigningKey):
    """A private key for cosignatures only: its ids differ, and so must its bytes, from those of the key for logs."""

    kind = COSIGNS
