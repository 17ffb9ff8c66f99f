"""Secrets in the database, sealed: whoever has a copy of the database alone, without the desk's key, cannot read them.

Fernet (AES-128-CBC with HMAC-SHA256) under a key derived from `SECRET_KEY` by HKDF (RFC 5869); what was sealed under a
former key (`SECRET_KEY_FALLBACKS`) can still be opened.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unsealable(Exception):
    """What is to be opened was sealed under a key that is not known here, or was altered."""


def seal(secret: str) -> str:
    """Sealed anew each time: the same secret twice does not show as the same."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret; Unsealable if it cannot be opened."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unsealable from error


def _box() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tahaluf: secrets in the database")
    return Fernet(urlsafe_b64encode(derived.derive(key.encode())))
