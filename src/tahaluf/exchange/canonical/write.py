"""Value → canonical bytes, by the fast writer; `reference` is the slow and obvious one that it is tested against."""

import orjson

from tahaluf.exchange.canonical.profile import Json, check_profile


def write_canonical(value: Json) -> bytes:
    """The RFC 8785 bytes of a value of the profile; ExchangeError (`exchange.canonical`) for any other."""
    check_profile(value)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
