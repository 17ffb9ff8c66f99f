"""Where a pull stands: kept with what was pulled, in one transaction, it can be cut anywhere and goes on."""

import json
from dataclasses import dataclass

from tahaluf.exchange.errors import refuse

MOST_SEEN = 100_000


@dataclass(frozen=True, slots=True)
class Cursor:
    """`after` is the date to ask from, None from the beginning; `following` the server's `next`, if it gave one.

    `until` is the last date seen; `seen` holds what was seen of that date, so that asking from just before it again
    brings nothing twice.
    """

    after: str | None = None
    following: str | None = None
    until: str | None = None
    seen: frozenset[tuple[str, str]] = frozenset()

    def write(self) -> str:
        """As text, to be kept."""
        seen = [list(key) for key in sorted(self.seen)]
        return json.dumps({"after": self.after, "following": self.following, "until": self.until, "seen": seen})


def read_cursor(text: str) -> Cursor:
    """What `write` wrote; ExchangeError (`exchange.sync.cursor`) for anything else."""
    try:
        value = json.loads(text)
        seen = frozenset((str(id), str(version)) for id, version in value["seen"])
        found = Cursor(value["after"], value["following"], value["until"], seen)
    except (ValueError, KeyError, TypeError) as error:
        raise refuse("exchange.sync.cursor", "a kept cursor", text) from error
    if not all(isinstance(part, str | None) for part in (found.after, found.following, found.until)):
        raise refuse("exchange.sync.cursor", "a kept cursor", text)
    return found
