"""The files of a bundle in a stream: one in memory at a time, each bounded before it is read.

After damage it goes on at the next block that is a right header. So a damaged block costs the file that it touched.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tahaluf.exchange.bundle.places import Place, parse_place
from tahaluf.exchange.bundle.ports import Source
from tahaluf.exchange.bundle.report import Refusals
from tahaluf.exchange.bundle.tar import BLOCK, padding, parse_header

MOST_MEMBERS = 1_000_000
STEP = 65_536
ZERO = bytes(BLOCK)


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file's place and its bytes: fewer than its header says only where the bundle is cut."""

    place: Place
    data: bytes


class Members:
    """Iterate it once; what is refused is in `refusals`, and what was read, skipped and cut off is counted."""

    def __init__(self, source: Source, refusals: Refusals) -> None:
        self._source, self._refusals = source, refusals
        self.read_bytes = 0
        self.skipped = 0
        self.cut = False

    def __iter__(self) -> Iterator[FileRead]:
        zeros, count = 0, 0
        while block := self._read(BLOCK):
            if block == ZERO:
                zeros += 1
                continue
            self.skipped += zeros * BLOCK
            zeros = 0
            found = parse_header(block)
            place = self._judge(*found) if found else None
            if not found or place is None:
                self.skipped += len(block)
                continue
            count += 1
            if count > MOST_MEMBERS:
                self._refusals.add("exchange.bundle.bound", f"{MOST_MEMBERS} files")
                self.cut = True
                return
            size = found[1]
            data = self._read(size)
            # what is cut off is no padding; the next block is looked for right behind
            self._read(padding(size))
            yield FileRead(place, data)
        self.cut = zeros < 2

    def _judge(self, name: str, size: int) -> Place | None:
        """The place of a file that is to be read; the name and size of others are noted."""
        place = parse_place(name)
        if place is None:
            self._refusals.add("exchange.bundle.name", name[:250])
        elif not place.fits(size):
            self._refusals.add("exchange.bundle.bound", name)
            return None
        return place

    def _read(self, size: int) -> bytes:
        """That many bytes, or as many as there are; memory is asked for as they come."""
        pieces = []
        while size > 0 and (piece := self._source.read(min(size, STEP))):
            pieces.append(piece)
            size -= len(piece)
            self.read_bytes += len(piece)
        return b"".join(pieces)
