"""The tiles that a log gets when entries are added, in a stream: memory is the right edge, however many come."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tahaluf.exchange.merkle import Frontier, hash_leaf
from tahaluf.exchange.merkle.hashing import hash_full
from tahaluf.exchange.merkle.tiles import WIDTH, Tile, tile_path, write_entries

File = tuple[str, bytes]


@dataclass(slots=True)
class Edge:
    """A tile that is not full yet: its number and what it holds."""

    number: int
    items: list[bytes] = field(default_factory=list)


class Growth:
    """A log that grows. What `add` and `end` give is to be written in its order; nothing of it counts before the head
    says so."""

    def __init__(self, frontier: Frontier, commitments: Sequence[bytes], hashes: Sequence[Sequence[bytes]]) -> None:
        """`commitments` and, level by level, `hashes`: those of the tiles at the right edge that are not full."""
        self.frontier = frontier.copy()
        self._entries = Edge(frontier.size // WIDTH, list(commitments))
        self._levels = [Edge((frontier.size >> 8 * level) // WIDTH, list(own)) for level, own in enumerate(hashes)]

    @property
    def edge(self) -> list[bytes]:
        """The commitments of the tile that is not full."""
        return self._entries.items

    def add(self, commitments: Iterable[bytes]) -> Iterator[File]:
        """Entries at the end; the tiles that they have made full."""
        for commitment in commitments:
            self._entries.items.append(commitment)
            if len(self._entries.items) == WIDTH:
                yield tile_path("entries", self._entries.number), write_entries(self._entries.items)
                self._entries = Edge(self._entries.number + 1)
            leaf = hash_leaf(commitment)
            self.frontier.append(leaf)
            yield from self._push(leaf, 0)

    def end(self) -> Iterator[File]:
        """The tiles that are not full."""
        if own := self._entries.items:
            yield tile_path("entries", self._entries.number, len(own)), write_entries(own)
        for level, edge in enumerate(self._levels):
            if edge.items:
                yield Tile(level, edge.number, len(edge.items)).path, b"".join(edge.items)

    def _push(self, own: bytes, level: int) -> Iterator[File]:
        if level == len(self._levels):
            self._levels.append(Edge(0))
        edge = self._levels[level]
        edge.items.append(own)
        if len(edge.items) == WIDTH:
            yield Tile(level, edge.number).path, b"".join(edge.items)
            self._levels[level] = Edge(edge.number + 1)
            yield from self._push(hash_full(edge.items), level + 1)
