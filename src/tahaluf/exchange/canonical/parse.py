"""Bytes → value, only if the bytes are canonical: reach for it wherever signed or committed JSON comes in."""

import orjson

from tahaluf.exchange.canonical.profile import CODE, Json
from tahaluf.exchange.canonical.write import write_canonical
from tahaluf.exchange.errors import refuse


def parse_canonical(data: bytes, limit: int) -> Json:
    """The value of canonical bytes of at most `limit` bytes; ExchangeError (`exchange.canonical`) otherwise.

    What is not canonical (white space, another order, a name twice, another spelling of a number or an escape) is found
    by writing the value again and comparing.
    """
    if len(data) > limit:
        raise refuse(CODE, f"at most {limit} bytes", str(len(data)))
    try:
        value: Json = orjson.loads(data)
    except ValueError as error:
        raise refuse(CODE, "JSON", str(error)) from error
    if write_canonical(value) != data:
        raise refuse(CODE, "canonical bytes of RFC 8785", "another serialization")
    return value
