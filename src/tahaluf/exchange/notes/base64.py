"""Base64 with one spelling for each value: RFC 4648, section 4, padding in place, no unused bit set."""

import base64
import binascii

from tahaluf.exchange.errors import refuse


def write_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def parse_base64(text: str, code: str, length: int | None = None) -> bytes:
    """The bytes; ExchangeError (`code`) for any spelling but the one, or another number of bytes than `length`."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise refuse(code, "base64", text) from error
    if write_base64(data) != text or length not in (None, len(data)):
        raise refuse(code, f"base64 of {length or 'whole'} bytes, spelled exactly", text)
    return data
