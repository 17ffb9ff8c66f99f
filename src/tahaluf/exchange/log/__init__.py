"""A log as files: its author lets it grow and signs it, a receiver keeps a verified copy of it.

Both keep the paths of `spec/exchange/log.md`, so that what is served, relayed, put on a stick or read back is one and
the same. Reach for `Author` to append, for `follow` to keep a copy, for `Store` to read either.
"""

from tahaluf.exchange.log.author import Author
from tahaluf.exchange.log.folder import Folder
from tahaluf.exchange.log.follow import ERASED, MISSING, Fetch, ask_again, came_late, follow, forget, numbers_of
from tahaluf.exchange.log.ports import Files
from tahaluf.exchange.log.store import Entry, Store

__all__ = [
    "ERASED",
    "MISSING",
    "Author",
    "Entry",
    "Fetch",
    "Files",
    "Folder",
    "Store",
    "ask_again",
    "came_late",
    "follow",
    "forget",
    "numbers_of",
]
