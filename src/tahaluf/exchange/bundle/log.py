"""One log out of a bundle: its tiles verified one by one against the tree and against what the receiver holds of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tahaluf.exchange.bundle.payloads import Gap, Read, most_of, read_payloads
from tahaluf.exchange.bundle.ports import HeldLog
from tahaluf.exchange.bundle.ranges import Ranges
from tahaluf.exchange.bundle.tile import TileFiles, find_commitments, find_leaves, find_payload
from tahaluf.exchange.bundle.upper import Upper
from tahaluf.exchange.checkpoint import Checkpoint
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.merkle import ReadNode, make_consistency, root_at
from tahaluf.exchange.merkle.hashing import hash_full
from tahaluf.exchange.merkle.tiles import WIDTH, Tile
from tahaluf.exchange.payload import Payload


@dataclass(frozen=True, slots=True)
class TakenEntry:
    """A verified entry; `payload` is None with the reason in `gap`."""

    origin: str
    number: int
    commitment: bytes
    payload: Payload | None
    gap: Gap | None = None


class TwoHistoriesError(Exception):
    """The bundle's signed head and the one held cannot be of one log: what `equivocation.prove_equivocation` needs."""

    def __init__(self, prefix_root: bytes, consistency: Sequence[bytes]) -> None:
        super().__init__("two histories")
        self.prefix_root, self.consistency = prefix_root, tuple(consistency)


@dataclass(slots=True)
class Budget:
    """How many bytes payloads may still be expanded to: 64 times what was read, and 1 MiB, so far."""

    read: int = 0
    expanded: int = 0

    def left(self) -> int:
        return max(0, 64 * self.read + 1_048_576 - self.expanded)


class LogCheck:
    """Takes the tiles of a log in any order; says at the end what was taken and what is missing."""

    def __init__(self, origin: str, head: Checkpoint, held: HeldLog | None, upper: Upper | None) -> None:
        """`upper` is None where the head is not beyond what is held. TwoHistoriesError if it contradicts that."""
        self.origin, self.head = origin, head
        self._held, self._upper = held, upper
        self._held_size = held.head.size if held else 0
        new = Ranges([(min(self._held_size, head.size), head.size)])
        self.lacks = (held.lacks() if held else Ranges()) | new
        self._found: dict[int, dict[Gap | None, Ranges]] = {}
        self._known: list[tuple[int, int]] = []
        self.proven = self._held_size in (0, head.size) or upper is None
        self.noted: set[str] = set()
        if held and upper is None:
            self._check_old(held)
        elif upper and not self.proven:
            self._prove(upper.reader())

    @property
    def taken(self) -> Ranges:
        return self._all(None)

    @property
    def erased(self) -> Ranges:
        return self._all(Gap.ERASED)

    @property
    def withheld(self) -> Ranges:
        return self._all(Gap.WITHHELD)

    @property
    def known(self) -> Ranges:
        """What came and was no news."""
        return Ranges(self._known)

    @property
    def missing(self) -> Ranges:
        """What is still to be asked for."""
        return self.lacks - self.taken - self.erased - self.withheld

    def take(self, number: int, files: TileFiles, budget: Budget) -> Iterator[TakenEntry]:
        """The entries of a tile that are new or were lacking. TwoHistoriesError if it shows another history."""
        first = number * WIDTH
        if first + files.width <= self._held_size:
            yield from self._take_held(number, files, budget)
            return
        if self._upper is None or files.width != min(WIDTH, self.head.size - first):
            return
        read = self._read(files, budget)
        leaves = self._find_leaves(Tile(0, number, files.width), files, read)
        if leaves is None or not self._grows(Tile(0, number, files.width), leaves):
            return
        commitments = find_commitments(files, read, leaves)
        yield from self._entries(number, commitments, read)

    def _take_held(self, number: int, files: TileFiles, budget: Budget) -> Iterator[TakenEntry]:
        """A tile whose entries the receiver holds: only payloads can be news."""
        here = (number * WIDTH, number * WIDTH + files.width)
        if self._held is None or not self.lacks.within(*here):
            self._known.append(here)
            return
        commitments = self._held.commitments(number)[: files.width]
        yield from self._entries(number, commitments, self._read(files, budget))

    def _entries(self, tile: int, commitments: Sequence[bytes | None], read: Read) -> Iterator[TakenEntry]:
        first, stop = tile * WIDTH, tile * WIDTH + len(commitments)
        before = self._found.get(tile, {}).get(None, Ranges())
        lacking = self.lacks.within(first, stop)
        wanted = lacking - before
        self._known += (Ranges([(first, stop)]) - lacking).parts
        numbers: dict[Gap | None, list[int]] = {}
        taken = []
        for number in wanted:
            commitment = commitments[number - first]
            if commitment is None:
                continue
            found = find_payload(read, number - first, commitment)
            payload, gap = (found, None) if isinstance(found, Payload) else (None, found)
            numbers.setdefault(gap, []).append(number)
            taken.append(TakenEntry(self.origin, number, commitment, payload, gap))
        by_gap = {gap: Ranges.of(some) for gap, some in numbers.items()}
        by_gap[None] = before | by_gap.get(None, Ranges())
        self._found[tile] = by_gap
        yield from taken

    def _all(self, gap: Gap | None) -> Ranges:
        return Ranges(part for found in self._found.values() if gap in found for part in found[gap].parts)

    def _read(self, files: TileFiles, budget: Budget) -> Read:
        most = min(most_of(files.width), budget.left())
        read = read_payloads(files.payload, files.width, most)
        budget.expanded += read.expanded
        if read.expanded > most:
            self.noted.add("exchange.bundle.bound")
        elif read.excess:
            self.noted.add("exchange.log.payload")
        return read

    def _find_leaves(self, tile: Tile, files: TileFiles, read: Read) -> list[bytes] | None:
        upper = self._upper
        if upper is None:
            return None
        if tile.width < WIDTH:
            return upper.leaves(tile)
        above = upper.node(1, tile.number)
        return None if above is None else find_leaves(files, read, lambda leaves: hash_full(leaves) == above)

    def _grows(self, tile: Tile, leaves: Sequence[bytes]) -> bool:
        """Whether the tree begins with the one held, which the tile at its edge shows."""
        if not self.proven and self._upper is not None and tile.number == self._held_size // WIDTH:
            self._prove(self._upper.reader(tile, leaves))
        return self.proven

    def _prove(self, read: ReadNode) -> None:
        """Compares the roots at the size held, if the tiles for it are there."""
        held = self._held
        if held is None:
            return
        try:
            root = root_at(read, self._held_size)
        except ExchangeError:
            return  # the tile at the edge of what is held comes later, or is lost
        if root != held.head.root:
            raise TwoHistoriesError(root, _consistency(read, self._held_size, self.head.size))
        self.proven = True

    def _check_old(self, held: HeldLog) -> None:
        """An older head is no news; it must be of the log that is held."""
        if self.head.size == 0:
            return
        root = root_at(held.read_node(), self.head.size)
        if root != self.head.root:
            raise TwoHistoriesError(root, make_consistency(held.read_node(), self.head.size, self._held_size))


def _consistency(read: ReadNode, old: int, new: int) -> list[bytes]:
    """The proof from the held size on, as far as the tiles are there: empty otherwise."""
    try:
        return make_consistency(read, old, new)
    except ExchangeError:
        return []
