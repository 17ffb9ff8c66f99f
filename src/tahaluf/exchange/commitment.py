"""What stands in a log for a record: SHA-256 over a random salt and the record's bytes. See `spec/exchange/log.md`.

The salt keeps names from being guessed out of hashes, and lets a payload be destroyed while the log still verifies.
"""

import hashlib
import secrets

from tahaluf.exchange.errors import refuse

SALT = 32
COMMITMENT = 32


def new_salt() -> bytes:
    """32 bytes of the system's random source: new for every entry."""
    return secrets.token_bytes(SALT)


def commit(salt: bytes, record: bytes) -> bytes:
    """The 32-byte commitment; ValueError for a salt of another length."""
    if len(salt) != SALT:
        raise ValueError("a salt has 32 bytes")
    return hashlib.sha256(salt + record).digest()


def check_commitment(salt: bytes, record: bytes, commitment: bytes) -> None:
    """Raises ExchangeError (`exchange.log.commitment`) unless the payload is what the entry commits to."""
    if len(salt) != SALT or not record or commit(salt, record) != commitment:
        raise refuse("exchange.log.commitment", commitment.hex(), "another payload")
