"""Reads a bundle and verifies it, tile by tile: the one verifier for open and sealed ones, on a stick or in a node.

Iterate a `Verification`: what is verified is yielded, and whoever iterates keeps it, withdrawals first. Nothing else
leaves it. Afterwards `report` says what came and what to ask for again.
"""

from collections.abc import Iterator
from datetime import datetime

from tahaluf.exchange.bundle.heads import Heads
from tahaluf.exchange.bundle.log import Budget, LogCheck, TakenEntry, TwoHistoriesError
from tahaluf.exchange.bundle.members import FileRead, Members
from tahaluf.exchange.bundle.opening import Opening, TakenHead, TakenIndex
from tahaluf.exchange.bundle.places import Kind, Place
from tahaluf.exchange.bundle.ports import HeldLog, Kept, Source
from tahaluf.exchange.bundle.ranges import END, Ranges
from tahaluf.exchange.bundle.report import Refusals, Report
from tahaluf.exchange.bundle.sealed import Unsealer
from tahaluf.exchange.bundle.seen import SeenCheckpoint, TwoHistories, compare_seen
from tahaluf.exchange.bundle.tile import TileFiles
from tahaluf.exchange.bundle.upper import Upper
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.ids import split_origin
from tahaluf.exchange.merkle.tiles import Tile

Item = TakenIndex | TakenHead | TakenEntry | SeenCheckpoint | TwoHistories


class Verification:
    """One bundle read for one receiver; iterate it once."""

    def __init__(self, source: Source, receiver: str, kept: Kept, now: datetime) -> None:
        if now.utcoffset() is None:
            raise ValueError("a time without its offset from UTC")
        self._source, self._receiver, self._kept, self._now = source, receiver, kept, now
        self._refusals = Refusals()
        self._members = Members(source, self._refusals)
        self._heads = Heads(self._refusals)
        self._budget = Budget()
        self._opening: Opening | None = None
        self._logs: dict[str, LogCheck] = {}
        self._notes: dict[str, bytes] = {}
        self._tried: dict[str, int] = {}
        self._refused: set[str] = set()

    def __iter__(self) -> Iterator[Item]:
        """What is verified. ExchangeError (`exchange.bundle.receiver`) before anything of a bundle for another."""
        group: dict[Kind, FileRead] = {}
        for file in self._members:
            if file.place.is_head:
                self._heads.add(file.place, file.data)
            elif file.place.kind is not Kind.PAD:
                if group and not _are_together(next(iter(group.values())).place, file.place):
                    yield from self._take(group)
                    group = {}
                group[file.place.kind] = file
        yield from self._take(group)
        if self._is_cut():
            self._refusals.add("exchange.bundle.cut", "bundle")
        yield from self._finish()

    @property
    def report(self) -> Report:
        """What came, when all has been iterated."""
        logs = self._logs
        return Report(
            taken={origin: log.taken for origin, log in logs.items()},
            known={origin: log.known for origin, log in logs.items()},
            erased={origin: log.erased for origin, log in logs.items()},
            withheld={origin: log.withheld for origin, log in logs.items()},
            missing=self._missing(),
            refused=tuple(self._refusals.seen),
            more_refused=self._refusals.more,
            skipped=self._members.skipped,
            cut=self._is_cut(),
        )

    def _is_cut(self) -> bool:
        return self._members.cut or (isinstance(self._source, Unsealer) and self._source.cut)

    def _take(self, group: dict[Kind, FileRead]) -> Iterator[Item]:
        """One number of a log: its files that stood together."""
        if not group:
            return
        yield from self._open()
        place = next(iter(group.values())).place
        yield from self._begin(place.origin)
        log = self._logs.get(place.origin)
        if log is None:
            return
        self._budget.read = self._members.read_bytes
        files = TileFiles.of(place.width, {kind: file.data for kind, file in group.items()})
        try:
            yield from log.take(place.number, files, self._budget)
        except TwoHistoriesError as error:
            yield from self._contradict(place.origin, error)
        for code in sorted(log.noted):
            self._refusals.add(code, place.name)
        log.noted.clear()

    def _open(self) -> Iterator[Item]:
        """Registry and index notes, before the first tile."""
        if self._opening is None:
            self._opening = Opening(self._heads, self._receiver, self._kept, self._now, self._refusals)
            yield from self._opening.indexes()

    def _begin(self, origin: str) -> Iterator[Item]:
        """Verifies a log's head and upper tiles; again when more of them came, after they could not be verified."""
        count = self._heads.count(origin)
        if origin in self._logs or origin in self._refused or self._tried.get(origin) == count or not self._opening:
            return
        self._tried[origin] = count
        head, held = self._opening.head(origin), self._kept.log(origin)
        if head is None:
            return
        self._notes[origin] = head.note
        try:
            self._logs[origin] = self._check(origin, head, held)
        except ExchangeError as error:
            self._refusals.add(error.problem.code, origin)
            return
        except TwoHistoriesError as error:
            yield from self._contradict(origin, error)
            return
        self._heads.forget_hashes(origin)
        yield head

    def _check(self, origin: str, head: TakenHead, held: HeldLog | None) -> LogCheck:
        if held and head.checkpoint.size <= held.head.size:
            return LogCheck(origin, head.checkpoint, held, None)
        places = self._heads.of_log(origin, Kind.HASHES)
        tiles = [Tile(place.level, place.number, place.width) for place in places]
        upper = Upper(head.checkpoint, lambda tile: self._heads.copies(f"{origin}/{tile.path}"), tiles)
        return LogCheck(origin, head.checkpoint, held, upper)

    def _contradict(self, origin: str, error: TwoHistoriesError) -> Iterator[Item]:
        """Two signed heads that are not of one log: nothing more is taken of it."""
        self._refusals.add("exchange.checkpoint.equivocation", origin)
        self._refused.add(origin)
        self._logs.pop(origin, None)
        yield TwoHistories(origin, self._notes[origin], error.prefix_root, error.consistency)

    def _finish(self) -> Iterator[Item]:
        """Logs without a tile of their own, notes that came late, and what others have seen."""
        yield from self._open()
        if self._opening is None:
            return
        yield from self._opening.indexes()
        for origin in self._heads.origins():
            yield from self._begin(origin)
        for place in self._heads.of_kind(Kind.COSIGNED):
            notes = self._heads.copies(place.name)
            held, log = self._kept.log(place.origin), self._logs.get(place.origin)
            yield from compare_seen(place, notes, self._opening, (held, log), self._refusals)
        for origin, log in self._logs.items():
            if not log.proven:
                self._refusals.add("exchange.checkpoint.proof", origin)

    def _missing(self) -> dict[str, Ranges]:
        """Of logs whose head could not be verified, all that is not held."""
        missing = {origin: log.missing for origin, log in self._logs.items()}
        sizes = self._opening.index_sizes if self._opening else {}
        for (author, audience), size in sizes.items():
            origin = f"{author}/log/1/{audience}"
            if origin not in missing and origin not in self._refused:
                missing[origin] = self._beyond(origin, size)
        for origin in self._heads.origins():
            if origin not in missing and origin not in self._refused and not self._not_addressed(origin):
                missing[origin] = self._beyond(origin, END)
        return {origin: ranges for origin, ranges in missing.items() if ranges}

    def _beyond(self, origin: str, size: int) -> Ranges:
        held = self._kept.log(origin)
        start = held.head.size if held else 0
        return (held.lacks() if held else Ranges()) | Ranges([(min(start, size), size)])

    def _not_addressed(self, origin: str) -> bool:
        _, audience = split_origin(origin)
        return bool(audience) and ("exchange.ingress.not_addressed", origin) in self._refusals.seen


def _are_together(one: Place, other: Place) -> bool:
    return (one.origin, one.number, one.width) == (other.origin, other.number, other.width)
