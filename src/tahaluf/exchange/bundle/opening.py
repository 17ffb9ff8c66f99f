"""The beginning of a bundle: registry, index notes, checkpoints and audiences, verified before any tile is looked at.

Each is tried in both of its copies. What is refused is noted with its code, and the rest goes on without it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from tahaluf.exchange.bundle.heads import Heads
from tahaluf.exchange.bundle.manifest import Manifest, parse_manifest
from tahaluf.exchange.bundle.places import SHORT, Kind
from tahaluf.exchange.bundle.ports import Kept
from tahaluf.exchange.bundle.report import Refusals
from tahaluf.exchange.canonical import parse_canonical
from tahaluf.exchange.checkpoint import Checkpoint, verify_checkpoint
from tahaluf.exchange.errors import ExchangeError, refuse
from tahaluf.exchange.ids import split_group_version, split_index_origin, split_origin
from tahaluf.exchange.index import Index, compare_indexes, verify_index
from tahaluf.exchange.marking import Audience, parse_audience
from tahaluf.exchange.registry import KeyUse, Registry

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class TakenIndex:
    """A verified index note that is newer than the one kept."""

    index: Index
    note: bytes


@dataclass(frozen=True, slots=True)
class TakenHead:
    """A verified checkpoint of a log that the receiver is in; its growth is proven when its entries come."""

    checkpoint: Checkpoint
    note: bytes
    audience: bytes


class Opening:
    """What the heads of a bundle say to one receiver at a time, by the registry that it keeps or that comes along."""

    def __init__(self, heads: Heads, receiver: str, kept: Kept, now: datetime, refusals: Refusals) -> None:
        """ExchangeError (`exchange.bundle.receiver`) for a bundle that says that it is for somebody else."""
        self._heads, self._receiver, self._kept, self._now = heads, receiver, kept, now
        self._refusals = refusals
        self._seen: set[str] = set()
        self.index_sizes: dict[tuple[str, str], int] = {}
        self._check_receiver()
        self.registry = self._read_registry()

    def indexes(self) -> Iterator[TakenIndex]:
        """Those that are news; may be asked again when more heads came."""
        for place in self._heads.of_kind(Kind.INDEX):
            if place.name in self._seen:
                continue
            found = self._first(place.name, partial(self._read_index, place.origin))
            if found is None:
                continue
            self._seen.add(place.name)
            index, note = found
            kept = self._kept.index(index.author)
            self.index_sizes |= {(index.author, line.audience): line.size for line in index.lines}
            if kept is None or kept.text != index.text:
                yield TakenIndex(index, note)

    def head(self, origin: str) -> TakenHead | None:
        """The checkpoint of a log whose audience the receiver is in; None, and noted, otherwise."""
        checkpoint = self._first(f"{origin}/checkpoint", partial(self.read_checkpoint, origin))
        audience = self._first(f"{origin}/audience", partial(self._read_audience, origin))
        if checkpoint is None or audience is None:
            return None
        if not self.registry.has_audience(self._receiver, audience[0], self._now):
            self._refusals.add("exchange.ingress.not_addressed", origin)
            return None
        return TakenHead(checkpoint[0], checkpoint[1], audience[1])

    def read_checkpoint(self, origin: str, data: bytes) -> Checkpoint:
        """A checkpoint of a log by its author's keys; ExchangeError for a wrong one."""
        return verify_checkpoint(data, origin, self._publics(split_origin(origin)[0]))

    def _first(self, name: str, read: Callable[[bytes], Read]) -> tuple[Read, bytes] | None:
        """The first copy of a file that is right. If none is, the last one's code is noted; no copy is noted too."""
        code = "exchange.bundle.form"
        for data in self._heads.copies(name):
            try:
                return read(data), data
            except ExchangeError as error:
                code = error.problem.code
        self._refusals.add(code, name)
        return None

    def _publics(self, author: str) -> tuple[bytes, ...]:
        member = self.registry.by_id.get(author)
        return member.publics(KeyUse.LOG, self._now) if member else ()

    def _read_index(self, origin: str, data: bytes) -> Index:
        author, receiver = split_index_origin(origin)
        if receiver != self._receiver:
            raise refuse("exchange.index.origin", self._receiver, receiver)
        index = verify_index(data, author, receiver, self._publics(author))
        kept = self._kept.index(author)
        if kept:
            compare_indexes(kept, index)
        return index

    def _read_audience(self, origin: str, data: bytes) -> Audience:
        """ExchangeError (`exchange.log.audience`) unless it is the origin's, and of those whom the registry knows."""
        audience = parse_audience(parse_canonical(data, SHORT))
        if audience.id != split_origin(origin)[1]:
            raise refuse("exchange.log.audience", split_origin(origin)[1], audience.id)
        groups = [(self.registry.groups_by_id.get(name), n) for name, n in map(split_group_version, audience.groups)]
        known = all(group and number <= len(group.versions) for group, number in groups)
        if not known or not all(member in self.registry.by_id for member in audience.members):
            raise refuse("exchange.log.audience", "members and groups of the registry", audience.id)
        return audience

    def _check_receiver(self) -> None:
        told = []
        for data in self._heads.copies("bundle.json"):
            try:
                told.append(parse_manifest(data))
            except ExchangeError as error:
                self._refusals.add(error.problem.code, "bundle.json")
        self.manifest: Manifest | None = next((own for own in told if own.receiver == self._receiver), None)
        if told and self.manifest is None:
            raise refuse("exchange.bundle.receiver", self._receiver, told[0].receiver)

    def _read_registry(self) -> Registry:
        """The bundle's, in one of its two copies or the other, where it is a right update; else the one kept."""
        places = list(self._heads.of_kind(Kind.REGISTRY))
        copies = {place.part: self._heads.copies(place.name) for place in places}
        for which in range(max(map(len, copies.values()), default=0)):
            try:
                return self._kept.registry({part: own[min(which, len(own) - 1)] for part, own in copies.items()})
            except ExchangeError as error:
                self._refusals.add(error.problem.code, "registry")
        return self._kept.registry({})
