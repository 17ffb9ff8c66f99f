"""One log as its files go into a bundle: the head as it was signed, even while the log grows on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tahaluf.exchange.bundle.payloads import Found, Gap
from tahaluf.exchange.bundle.ports import ServedLog
from tahaluf.exchange.bundle.ranges import Ranges
from tahaluf.exchange.checkpoint import parse_checkpoint
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.merkle.hashing import HASH
from tahaluf.exchange.merkle.tiles import ENTRY, WIDTH, Tile, parse_entries, payload_path, tile_at, tile_path, tiles_of
from tahaluf.exchange.notes import parse_note
from tahaluf.exchange.payload import unpack


@dataclass(slots=True)
class ServedTile:
    """A number's files: leaf hashes, if they do not stand among the heads; entries; payloads, for the rule."""

    hashes: bytes | None
    entries: bytes
    found: list[Found]


class OutgoingLog:
    """Reads what is carried of a log; ExchangeError (`exchange.log.tile`) for a file that is not there."""

    def __init__(self, log: ServedLog, numbers: Ranges, lacks: Ranges, cosigned: Mapping[str, bytes]) -> None:
        self._log, self._lacks, self._cosigned = log, lacks, cosigned
        self._note = self._whole("checkpoint")
        self.audience = self._whole("audience")
        head = parse_checkpoint(parse_note(self._note).text)
        if head.origin != log.head.origin or head.size > log.head.size:
            raise refuse("exchange.checkpoint.origin", log.head.text, head.text)
        self.origin, self._size = head.origin, head.size
        self._numbers = numbers & Ranges([(0, head.size)])

    @property
    def first(self) -> int:
        """The number from which on payloads are carried."""
        return self._numbers.parts[0][0] if self._numbers else self._size

    def heads(self) -> Iterator[tuple[str, bytes]]:
        """Paths and bytes of what stands before the tiles: notes, then hashes from the highest level down."""
        yield "checkpoint", self._note
        yield "audience", self.audience
        for member in sorted(self._cosigned):
            yield f"cosigned/{member}", self._cosigned[member]
        upper = [tile for tile in tiles_of(self._size) if tile.level > 0 or tile.width < WIDTH]
        for tile in sorted(upper, key=lambda tile: (-tile.level, tile.number)):
            yield tile.path, self._tile(str(tile.level), tile, HASH)

    def tiles(self) -> Iterator[Tile]:
        """The numbers that hold what is asked for."""
        touched = Ranges((start // WIDTH, -(-stop // WIDTH)) for start, stop in self._numbers.parts)
        return (tile_at(0, number, self._size) for number in touched)

    def read_tile(self, tile: Tile) -> ServedTile:
        entries = self._tile("entries", tile, ENTRY)
        hashes = self._tile("0", tile, HASH) if tile.width == WIDTH else None
        return ServedTile(hashes, entries, self._payloads(tile, parse_entries(entries, tile.width)))

    def _payloads(self, tile: Tile, commitments: list[bytes]) -> list[Found]:
        """What the sender lacks itself is no erasure: the receiver is to ask another for it."""
        narrow, full = (self._log.read(payload_path(tile.number, width)) for width in (tile.width, WIDTH))
        unpacked = unpack(narrow if narrow is not None else full or b"", commitments)
        first = tile.number * WIDTH
        found: list[Found] = []
        for at, payload in enumerate(unpacked.payloads):
            erased = at in unpacked.erased and first + at not in self._lacks
            found.append(payload if payload is not None else Gap.ERASED if erased else Gap.WITHHELD)
        return found

    def _tile(self, kind: str, tile: Tile, item: int) -> bytes:
        """A partial tile that is gone has become full: its beginning is the same."""
        for width in (tile.width, WIDTH):
            data = self._log.read(tile_path(kind, tile.number, width))
            if data is not None and len(data) == width * item:
                return data[: tile.width * item]
        raise refuse("exchange.log.tile", "a file", tile_path(kind, tile.number, tile.width))

    def _whole(self, path: str) -> bytes:
        data = self._log.read(path)
        if data is None:
            raise refuse("exchange.log.tile", "a file", path)
        return data
