"""Keeps published lists up to date: the only part of `lists` that opens a connection.

`update(source, store)` downloads one list, checks that it is whole and plausible, and only then puts it in the place
of the
last good one. Whatever goes wrong, the last good one stays.
"""

from tahaluf.lists.update.fetch import Policy
from tahaluf.lists.update.sources import Source, load_sources
from tahaluf.lists.update.store import Store, Version
from tahaluf.lists.update.update import Update, update

__all__ = ["Policy", "Source", "Store", "Update", "Version", "load_sources", "update"]
