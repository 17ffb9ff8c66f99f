"""The tree above its leaves, out of hash tiles of which each came in one or two copies, either of them damaged perhaps.

The partial tiles at the right edge give the root; a full tile gives its hash in the tile above. So every tile that is
given out is the signed tree's.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import product

from tahaluf.exchange.checkpoint import Checkpoint
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.merkle import ReadNode
from tahaluf.exchange.merkle.hashing import HASH, hash_full, join
from tahaluf.exchange.merkle.tiles import HEIGHT, WIDTH, Tile, node_reader

Copies = Callable[[Tile], Sequence[bytes]]


def split_hashes(data: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [data[at : at + HASH] for at in range(0, len(data), HASH)]


def edge_of(size: int) -> list[Tile]:
    """The partial tiles of the tree of a size, from the highest level down."""
    levels = range((size.bit_length() + HEIGHT - 1) // HEIGHT)
    sizes = [(level, size >> level * HEIGHT) for level in reversed(levels)]
    return [Tile(level, count // WIDTH, count % WIDTH) for level, count in sizes if count % WIDTH]


def peaks_of(hashes: Sequence[bytes]) -> list[bytes]:
    """The roots of the complete subtrees over a partial tile, the largest first."""
    peaks, at = [], 0
    for bit in reversed(range(HEIGHT)):
        if len(hashes) >> bit & 1:
            peaks.append(hash_full(hashes[at : at + (1 << bit)]))
            at += 1 << bit
    return peaks


class Upper:
    """The verified hash tiles of one log, all but the full ones of level 0."""

    def __init__(self, checkpoint: Checkpoint, copies: Copies, tiles: Iterable[Tile]) -> None:
        """`tiles`: those that came. ExchangeError (`exchange.log.root`) if no copies at the edge lead to the root."""
        self.size = checkpoint.size
        self._tiles = dict(_right_edge(checkpoint, copies))
        full = [tile for tile in tiles if tile.width == WIDTH and tile.level > 0]
        for tile in sorted(full, key=lambda tile: -tile.level):
            above = self.node(tile.level + 1, tile.number)
            right = (data for data in copies(tile) if len(data) == WIDTH * HASH)
            found = next((data for data in right if hash_full(split_hashes(data)) == above), None)
            if found is not None:
                self._tiles[tile] = found

    def node(self, level: int, number: int) -> bytes | None:
        """The hash of a full tile of the level below, if it is known."""
        count = (self.size >> level * HEIGHT) - number // WIDTH * WIDTH
        if count <= number % WIDTH:
            return None
        data = self._tiles.get(Tile(level, number // WIDTH, min(WIDTH, count)))
        return data[number % WIDTH * HASH :][:HASH] if data else None

    def leaves(self, tile: Tile) -> list[bytes] | None:
        """The leaf hashes of the partial tile at the edge."""
        data = self._tiles.get(tile)
        return split_hashes(data) if data else None

    def reader(self, tile: Tile | None = None, leaves: Sequence[bytes] = ()) -> ReadNode:
        """Reads complete nodes, with one more tile of leaf hashes; ExchangeError (`exchange.log.tile`) for others."""

        def read(wanted: Tile) -> bytes:
            data = b"".join(leaves) if wanted == tile else self._tiles.get(wanted)
            if data is None:
                raise refuse("exchange.log.tile", "a tile that came whole", wanted.path)
            return data

        return node_reader(read, self.size)


def _right_edge(checkpoint: Checkpoint, copies: Copies) -> list[tuple[Tile, bytes]]:
    edge = edge_of(checkpoint.size)
    right = [[data for data in copies(tile) if len(data) == tile.width * HASH] for tile in edge]
    peaks = [{data: peaks_of(split_hashes(data)) for data in some} for some in right]
    for chosen in product(*right):
        of_all = [peak for data, known in zip(chosen, peaks, strict=True) for peak in known[data]]
        if join(of_all) == checkpoint.root:
            return list(zip(edge, chosen, strict=True))
    raise refuse("exchange.log.root", checkpoint.root.hex(), f"{[len(some) for some in right]} copies at the edge")
