"""What stands before the tiles: manifest, registry, notes, upper hashes. Each stands twice: no one block is vital.

The copies are candidates: whoever uses one verifies it, and takes the other where it is wrong.
"""

from collections import Counter
from collections.abc import Iterator

from tahaluf.exchange.bundle.places import Kind, Place
from tahaluf.exchange.bundle.report import Refusals

MOST_BYTES = 268_435_456
MOST_REGISTRY = 64
COST = 1_024  # what a file's name and place cost, however short it is


class Heads:
    """The candidates of each file, by place; a second copy that is the same is not kept."""

    def __init__(self, refusals: Refusals) -> None:
        self._refusals = refusals
        self._found: dict[str, tuple[Place, dict[bool, bytes]]] = {}
        self._logs: dict[str, dict[str, Place]] = {}
        self._counts: Counter[str] = Counter()
        self._bytes = 0
        self._registry = 0

    def add(self, place: Place, data: bytes) -> None:
        """Keeps a copy; a third one, or one over the bounds, is refused and noted."""
        copies = self._found[place.name][1] if place.name in self._found else {}
        if place.again in copies:
            self._refusals.add("exchange.bundle.name", place.name)
            return
        same = next((copy for copy in copies.values() if copy == data), None)
        if same is not None:
            copies[place.again] = same
            return
        self._registry += place.kind is Kind.REGISTRY
        if self._bytes + len(data) + COST > MOST_BYTES or self._registry > 2 * MOST_REGISTRY:
            self._refusals.add("exchange.bundle.bound", place.name)
            return
        self._bytes += len(data) + COST
        copies[place.again] = data
        self._found[place.name] = (place, copies)
        self._counts[place.origin] += 1
        if place.kind is not Kind.INDEX and place.origin:
            self._logs.setdefault(place.origin, {})[place.name] = place

    def copies(self, name: str) -> list[bytes]:
        """The different candidates for a file: none, one or two."""
        found = self._found.get(name)
        return list(dict.fromkeys(found[1].values())) if found else []

    def origins(self) -> list[str]:
        """The logs of which anything came."""
        return sorted(self._logs)

    def of_kind(self, kind: Kind) -> Iterator[Place]:
        """All files of a kind, by name."""
        return (self._found[name][0] for name in sorted(self._found) if self._found[name][0].kind is kind)

    def of_log(self, origin: str, kind: Kind) -> Iterator[Place]:
        """A log's files of a kind, by name."""
        places = self._logs.get(origin, {})
        return (places[name] for name in sorted(places) if places[name].kind is kind)

    def count(self, origin: str) -> int:
        """Grows with each file of a log: what could not be verified before may be when it has."""
        return self._counts[origin]

    def forget_hashes(self, origin: str) -> None:
        """Lets go of a log's hash tiles, once they were verified."""
        for place in self.of_log(origin, Kind.HASHES):
            self._bytes -= sum(len(data) for data in set(self._found[place.name][1].values()))
            self._found[place.name] = (place, dict.fromkeys(self._found[place.name][1], b""))
