"""The files of one log, and what has been verified of it: reading, growing, erasing.

What stands up to `head` is right; what a crash left beyond is written over. `Store` believes what it is given to
append: an `Author` makes it, a follower has verified it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tahaluf.exchange.checkpoint import Checkpoint, parse_checkpoint
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.log.grow import Growth
from tahaluf.exchange.log.ports import Files
from tahaluf.exchange.merkle import EMPTY_ROOT, Frontier, ReadNode, make_consistency, make_inclusion
from tahaluf.exchange.merkle.hashing import HASH
from tahaluf.exchange.merkle.tiles import (
    HEIGHT,
    WIDTH,
    Tile,
    node_reader,
    parse_entries,
    payload_path,
    tile_at,
    tile_path,
)
from tahaluf.exchange.payload import Payload, pack, unpack

# The head as it was verified or is about to be signed: text of a checkpoint, without a signature.
HEAD = "head"


class Entry(NamedTuple):
    """An entry by its number: the commitment, and its payload, None where that is erased or not there."""

    number: int
    commitment: bytes
    payload: Payload | None


class Store:
    """One log's files. ExchangeError (`exchange.log.…`) where they are not what the head says."""

    def __init__(self, files: Files, origin: str) -> None:
        self._files, self._origin = files, origin
        told = files.read(self._path(HEAD))
        self.head = Checkpoint(origin, 0, EMPTY_ROOT) if told is None else parse_checkpoint(told.decode())
        if self.head.origin != origin:
            raise refuse("exchange.checkpoint.origin", origin, self.head.origin)
        self.frontier = read_frontier(self.read_node(), self.head.size)
        if self.frontier.root() != self.head.root:
            raise refuse("exchange.log.root", self.head.root.hex(), self.frontier.root().hex())

    @property
    def size(self) -> int:
        """How many entries stand up to the head."""
        return self.head.size

    def read(self, path: str) -> bytes | None:
        """A file of the log, as it is served."""
        return self._files.read(self._path(path))

    def write(self, path: str, data: bytes) -> None:
        """Puts a file in place: a tile beyond the head, the checkpoint, the audience."""
        self._files.write(self._path(path), data)

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Puts files in place, one after another."""
        for path, data in files:
            self.write(path, data)

    def append(self, entries: Sequence[tuple[bytes, Payload | None]]) -> Checkpoint:
        """Commitments with their payloads, None for one that is erased or not there; the head after them."""
        number, wide = divmod(self.size, WIDTH)
        payloads = [*(self.payloads(number) if wide else ()), *(payload for _, payload in entries)]
        for at in range(0, len(payloads) if entries else 0, WIDTH):
            own = payloads[at : at + WIDTH]
            self.write(payload_path(number + at // WIDTH, len(own)), pack(own))
        growth = self.begin()
        self.write_all(growth.add(commitment for commitment, _ in entries))
        return self.settle(growth)

    def begin(self) -> Growth:
        """What adds entries behind the head."""
        number, wide = divmod(self.size, WIDTH)
        levels = range(max(1, -(-self.size.bit_length() // HEIGHT)))
        return Growth(self.frontier, self.commitments(number) if wide else (), [self._edge(level) for level in levels])

    def settle(self, growth: Growth) -> Checkpoint:
        """Makes what was added count, its payloads having been written before; the new head."""
        self.write_all(growth.end())
        head = Checkpoint(self._origin, growth.frontier.size, growth.frontier.root())
        self.write(HEAD, head.text.encode())
        self._drop_partial(self.size, head.size)
        self.head, self.frontier = head, growth.frontier
        return head

    def drop_narrower(self, before: int) -> None:
        """Removes payload tiles that are narrower than what stands from an earlier size on: a copy needs none, and what
        is erased meanwhile must not lie in one."""
        for tile in range(before // WIDTH, -(-self.size // WIDTH)):
            for width in range(1, tile_at(0, tile, self.size).width):
                self._take_away(payload_path(tile, width))

    def drop_beyond(self) -> None:
        """Removes payload tiles beyond the head, of what a crash left unsigned and nobody will ever sign."""
        tile, wide = divmod(self.size, WIDTH)
        while any([self._take_away(payload_path(tile, width)) for width in range(wide + 1, WIDTH + 1)]):
            tile, wide = tile + 1, 0

    def commitments(self, number: int) -> list[bytes]:
        """Those of the entry tile of a number, as wide as it is."""
        width = tile_at(0, number, self.size).width
        return parse_entries(self._tile(tile_path("entries", number, width)), width)

    def payloads(self, number: int) -> tuple[Payload | None, ...]:
        """Those of the payload tile of a number."""
        commitments = self.commitments(number)
        return unpack(self._tile(payload_path(number, len(commitments))), commitments).payloads

    def entries(self, start: int, stop: int | None = None) -> Iterator[Entry]:
        """Entries from a number on, in their order."""
        stop = self.size if stop is None else min(stop, self.size)
        for tile in range(start // WIDTH, -(-stop // WIDTH)):
            both = zip(self.commitments(tile), self.payloads(tile), strict=True)
            for number, (commitment, payload) in enumerate(both, tile * WIDTH):
                if start <= number < stop:
                    yield Entry(number, commitment, payload)

    def fill(self, payloads: dict[int, Payload | None]) -> None:
        """Puts other payloads in the places of these entries: what was missing, or None to erase what is there."""
        for tile in sorted({number // WIDTH for number in payloads}):
            commitments, now = self.commitments(tile), list(self.payloads(tile))
            for number, payload in payloads.items():
                if number // WIDTH == tile:
                    now[number % WIDTH] = payload
            # The wider first: a reader that misses a narrower one asks for it.
            for width in range(len(commitments), 0, -1):
                path = payload_path(tile, width)
                data = self.read(path)
                if data is not None and data != (packed := pack(now[:width])):
                    self.write(path, packed)

    def read_node(self) -> ReadNode:
        """Reads the complete nodes of the tree."""
        return node_reader(lambda tile: self._tile(tile.path), self.head.size)

    def prove_inclusion(self, number: int) -> list[bytes]:
        """The proof that an entry stands under the head."""
        return make_inclusion(self.read_node(), number, self.size)

    def prove_growth(self, old: int) -> list[bytes]:
        """The proof that the log of the head begins with that of an earlier size."""
        return make_consistency(self.read_node(), old, self.size) if old else []

    def _take_away(self, path: str) -> bool:
        if self.read(path) is None:
            return False
        self._files.remove(self._path(path))
        return True

    def _edge(self, level: int) -> list[bytes]:
        """The hashes of the tile at the right edge of a level, none where it is full."""
        number, wide = divmod(self.size >> level * HEIGHT, WIDTH)
        data = self._tile(Tile(level, number, wide).path) if wide else b""
        return [data[at : at + HASH] for at in range(0, len(data), HASH)]

    def _tile(self, path: str) -> bytes:
        data = self.read(path)
        if data is None:
            raise refuse("exchange.log.tile", "a file", path)
        return data

    def _drop_partial(self, before: int, now: int) -> None:
        """Removes the partial tiles of what has become full: nobody needs another than the full one."""
        level = 0
        while before >> level * HEIGHT:
            number, wide = divmod(before >> level * HEIGHT, WIDTH)
            if wide and (now >> level * HEIGHT) // WIDTH > number:
                for width in range(1, WIDTH):
                    for path in _paths(level, number, width):
                        self._take_away(path)
            level += 1

    def _path(self, path: str) -> str:
        return f"{self._origin}/{path}"


def _paths(level: int, number: int, width: int) -> Iterable[str]:
    yield Tile(level, number, width).path
    if level == 0:
        yield tile_path("entries", number, width)
        yield payload_path(number, width)


def read_frontier(read: ReadNode, size: int) -> Frontier:
    """A tree's right edge out of its nodes."""
    peaks, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            peaks.append(read(level, start >> level))
            start += 1 << level
    return Frontier(size, peaks)
