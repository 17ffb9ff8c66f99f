"""The files of a node: its own logs, and the copies of others'."""

import json
from collections.abc import Iterator

from tahaluf.exchange.ids import log_origin, split_origin
from tahaluf.exchange.log import Author, Files, Store
from tahaluf.exchange.marking import Audience, parse_audience
from tahaluf.exchange.node.identity import Identity

OWN = "own/audiences"


class Shelf:
    """Opens each log once. One process at a time appends to the node's own logs."""

    def __init__(self, files: Files, identity: Identity) -> None:
        self.files, self._identity = files, identity
        self._authors: dict[str, Author] = {}
        self._copies: dict[str, Store] = {}
        self._audiences = {own.id: own for own in map(parse_audience, json.loads(files.read(OWN) or b"[]"))}

    def author(self, audience: Audience) -> Author:
        """The node's own log for an audience, begun where there is none."""
        if audience.id not in self._audiences:
            # Known before it is begun: no log is forgotten.
            audiences = {**self._audiences, audience.id: audience}
            told = [json.loads(own.canonical()) for own in audiences.values()]
            self.files.write(OWN, json.dumps(told).encode())
            self._audiences = audiences
        if audience.id not in self._authors:
            identity = self._identity
            self._authors[audience.id] = Author(self.files, identity.member, audience, identity.log_seed)
        return self._authors[audience.id]

    def own(self) -> Iterator[tuple[Audience, Author]]:
        """The node's own logs, by audience id."""
        for _, audience in sorted(self._audiences.items()):
            yield audience, self.author(audience)

    def audience(self, audience_id: str) -> Audience | None:
        """The audience of one of the node's own logs."""
        return self._audiences.get(audience_id)

    def store(self, origin: str) -> Store:
        """Any log, own or copied, to read."""
        author, audience_id = split_origin(origin)
        if author == self._identity.member and audience_id in self._audiences:
            return self.author(self._audiences[audience_id]).store
        return self.copy(origin)

    def copy(self, origin: str) -> Store:
        """The copy of another's log."""
        if origin not in self._copies:
            self._copies[origin] = Store(self.files, origin)
        return self._copies[origin]

    def copied_audience(self, origin: str) -> Audience | None:
        """Whom another's log is for, as it stands beside the copy."""
        told = self.copy(origin).read("audience")
        return None if told is None else parse_audience(json.loads(told))

    def reopen(self, origin: str) -> None:
        """Opens a copy anew when next it is asked for: what was begun with it failed."""
        self._copies.pop(origin, None)

    def origin(self, audience: Audience) -> str:
        """Of the node's own log for an audience."""
        return log_origin(self._identity.member, audience.id)
