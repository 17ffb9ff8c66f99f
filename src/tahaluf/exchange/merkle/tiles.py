"""A tree as C2SP's tiles: 256 hashes a file, on levels of eight. See `spec/exchange/log.md`.

`Tiles` grows them in memory and reads any complete node out of them; `tile_path` names the files.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tahaluf.exchange.errors import refuse
from tahaluf.exchange.merkle.hashing import HASH, hash_full
from tahaluf.exchange.merkle.prove import ReadNode

HEIGHT = 8
WIDTH = 1 << HEIGHT
COMMITMENT = 32
ENTRY = 2 + COMMITMENT
CODE = "exchange.log.tile"


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of a tree: level and number, and its width, 256 when it is full."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        return tile_path(str(self.level), self.number, self.width)


def tile_path(kind: str, number: int, width: int = WIDTH) -> str:
    """`tile/0/x001/x234/067.p/3`; `kind` is a level or `entries`."""
    return f"tile/{kind}/{number_path(number, width)}"


def payload_path(number: int, width: int = WIDTH) -> str:
    """`payload/000.p/3`."""
    return f"payload/{number_path(number, width)}"


def number_path(number: int, width: int) -> str:
    if number < 0 or not 1 <= width <= WIDTH:
        raise ValueError("a tile has a number from 0 on and 1 to 256 hashes")
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*("x" + group for group in groups[:-1]), groups[-1]])
    return path if width == WIDTH else f"{path}.p/{width}"


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of the tree of a size, level by level."""
    level = 0
    while size:
        yield from (Tile(level, number) for number in range(size // WIDTH))
        if size % WIDTH:
            yield Tile(level, size // WIDTH, size % WIDTH)
        level, size = level + 1, size // WIDTH


class Tiles:
    """The hashes of a growing tree, by level of tiles."""

    def __init__(self) -> None:
        self.levels: list[list[bytes]] = [[]]

    def append(self, leaf: bytes) -> None:
        """One more leaf hash; a tile that becomes full gives a hash to the level above."""
        level = 0
        while True:
            if level == len(self.levels):
                self.levels.append([])
            hashes = self.levels[level]
            hashes.append(leaf)
            if len(hashes) % WIDTH:
                return
            leaf, level = hash_full(hashes[-WIDTH:]), level + 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        return len(self.levels[0])

    def data(self, tile: Tile) -> bytes:
        """The bytes of a tile's file; ExchangeError (`exchange.log.tile`) for one that there is not."""
        start = tile.number * WIDTH
        found = self.levels[tile.level][start : start + tile.width] if tile.level < len(self.levels) else []
        if len(found) != tile.width:
            raise refuse(CODE, "a tile of the tree", tile.path)
        return b"".join(found)

    def read(self, level: int, number: int) -> bytes:
        """A complete node, for making proofs."""
        return node_reader(self.data, self.size)(level, number)


def node_reader(read_tile: Callable[[Tile], bytes], size: int) -> ReadNode:
    """Reads the complete nodes of the tree of a size out of its tiles.

    What it gives raises ExchangeError (`exchange.log.tile`) for a tile of another length.
    """

    def read(level: int, number: int) -> bytes:
        within = level % HEIGHT
        start = number << within
        tile = tile_at(level // HEIGHT, start // WIDTH, size)
        data = read_tile(tile)
        if len(data) != tile.width * HASH:
            raise refuse(CODE, f"{tile.width * HASH} bytes", f"{len(data)} in {tile.path}")
        start %= WIDTH
        hashes = [data[at * HASH : (at + 1) * HASH] for at in range(start, start + (1 << within))]
        if len(hashes[-1]) != HASH:
            raise refuse(CODE, "a complete node", f"level {level}, number {number} of {size}")
        return hash_full(hashes)

    return read


def tile_at(level: int, number: int, size: int) -> Tile:
    """A tile of the tree of a size, as wide as it is; ExchangeError (`exchange.log.tile`) beyond the edge."""
    width = min(WIDTH, (size >> level * HEIGHT) - number * WIDTH)
    if width < 1:
        raise refuse(CODE, "a tile of the tree", f"level {level}, number {number} of {size}")
    return Tile(level, number, width)


def write_entries(commitments: Iterable[bytes]) -> bytes:
    """The bytes of an entry tile."""
    return b"".join(COMMITMENT.to_bytes(2, "big") + commitment for commitment in commitments)


def parse_entries(data: bytes, width: int) -> list[bytes]:
    """The commitments of an entry tile of a width; ExchangeError (`exchange.log.tile`) for any other form."""
    if len(data) != width * ENTRY:
        raise refuse(CODE, f"{width * ENTRY} bytes", str(len(data)))
    entries = [data[at : at + ENTRY] for at in range(0, len(data), ENTRY)]
    if any(entry[:2] != b"\x00\x20" for entry in entries):
        raise refuse(CODE, "entries of 32 bytes", "others")
    return [entry[2:] for entry in entries]
