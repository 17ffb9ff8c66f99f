"""A TAXII 2.1 client: `discover` → `list_collections` → `pull`, over a `Transport`.

`client.https` is the real one; it is imported by who wants a line to be opened.
"""

from tahaluf.exchange.errors import LineError
from tahaluf.exchange.taxii.client.cursor import Cursor, read_cursor
from tahaluf.exchange.taxii.client.pages import Pulled, pull
from tahaluf.exchange.taxii.client.ports import Reply, Transport
from tahaluf.exchange.taxii.client.resources import RemoteCollection, discover, list_collections

__all__ = [
    "Cursor",
    "LineError",
    "Pulled",
    "RemoteCollection",
    "Reply",
    "Transport",
    "discover",
    "list_collections",
    "pull",
    "read_cursor",
]
