"""Canonical bytes: the RFC 8785 serialization of what the exchange signs or hashes. See `spec/exchange/record.md`.

`write_canonical` makes them and `parse_canonical` takes them in; both refuse whatever is outside the profile. Bytes
that were received are kept as they are: parsing checks that they are canonical and never replaces them.
"""

from tahaluf.exchange.canonical.parse import parse_canonical
from tahaluf.exchange.canonical.profile import Json, check_profile
from tahaluf.exchange.canonical.write import write_canonical

__all__ = ["Json", "check_profile", "parse_canonical", "write_canonical"]
