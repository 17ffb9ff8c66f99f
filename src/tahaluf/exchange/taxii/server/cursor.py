"""The opaque `next`: the number of the next entry, bound by a key to everything else that the page was asked with."""

import base64
import binascii
import hmac
import json

from tahaluf.exchange.taxii.server.message import Refusal

MAC = 16
NUMBER = 8
LEAST_KEY = 32


def write_cursor(key: bytes, number: int, context: tuple[object, ...]) -> str:
    """32 letters that need no escaping in a URL or in JSON."""
    counted = number.to_bytes(NUMBER, "big")
    return base64.urlsafe_b64encode(counted + authenticate(key, counted, context)).decode()


def read_cursor(key: bytes, text: str, context: tuple[object, ...]) -> int:
    """The number; Refusal 400 unless this server wrote it for this principal, resource and filters."""
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii"))
    except (binascii.Error, UnicodeError):
        data = b""
    counted = data[:NUMBER]
    exact = len(data) == NUMBER + MAC and base64.urlsafe_b64encode(data).decode() == text
    if not exact or not hmac.compare_digest(data[NUMBER:], authenticate(key, counted, context)):
        raise Refusal(400, "next", "This next is not of this page: it goes with the filters that it was given for.")
    return int.from_bytes(counted, "big")


def authenticate(key: bytes, counted: bytes, context: tuple[object, ...]) -> bytes:
    if len(key) < LEAST_KEY:
        raise ValueError(f"a key of at least {LEAST_KEY} bytes")
    said = json.dumps(context, ensure_ascii=True).encode()
    return hmac.digest(key, b"tahaluf taxii next 1\n" + counted + said, "sha256")[:MAC]
