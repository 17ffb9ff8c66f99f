"""A TAXII 2.1 server without a web server: reach for `TaxiiServer`, hand it `Collections`.

It serves pages by number, in bounded work and memory; bytes of objects pass through as they are. What is not there and
what one may not see look the same.
"""

from tahaluf.exchange.taxii.server.message import Request, Response
from tahaluf.exchange.taxii.server.ports import (
    About,
    Collection,
    Collections,
    Discovery,
    Outcome,
    Posting,
    Root,
    Stub,
    Wanted,
    WritableCollection,
)
from tahaluf.exchange.taxii.server.serving import Settings, TaxiiServer

__all__ = [
    "About",
    "Collection",
    "Collections",
    "Discovery",
    "Outcome",
    "Posting",
    "Request",
    "Response",
    "Root",
    "Settings",
    "Stub",
    "TaxiiServer",
    "Wanted",
    "WritableCollection",
]
