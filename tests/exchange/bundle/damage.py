"""Damage done to bundles, and what came of it, compared byte by byte with what the logs really hold."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from tahaluf.exchange.bundle import Item, Report, Sealer, TakenEntry, TakenHead, TakenIndex, Verification, open_bundle
from tahaluf.exchange.bundle.sealed import CHUNK
from tahaluf.exchange.bundle.tar import BLOCK, END, padding, parse_header, write_header
from tahaluf.exchange.commitment import commit
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.log import Author
from tahaluf.exchange.payload import Payload
from tests.exchange.bundle.cast import (
    NOW,
    RECEIVER,
    SEAL,
    SEAL_PUBLIC,
    TO_BOTH,
    Receiver,
    bundle_of,
    files_of,
    log_of,
    truth_of,
)

Slot = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Original:
    """A bundle as it was written, and the truth about all that it carries."""

    data: bytes
    truth: dict[Slot, Payload]
    notes: frozenset[bytes]

    @classmethod
    def of(cls, data: bytes, *authors: Author) -> "Original":
        files = files_of(data)
        notes = [data[part] for name, part in files.items() if name.endswith("/checkpoint") or "/index/" in name]
        return cls(data, truth_of(*authors), frozenset(notes))

    def spared(self, start: int, stop: int) -> set[Slot]:
        """The records whose payload tile, with its header, these bytes of the bundle do not touch."""
        spared = set(self.truth)
        for name, part in files_of(self.data).items():
            origin, found, number = name.partition("/payload/")
            if found and start < part.stop and part.start - BLOCK < stop:
                tile = int(number.partition(".p/")[0].replace("x", "").replace("/", ""))
                spared -= {(origin, at) for at in range(tile * 256, tile * 256 + 256)}
        return spared

    def wrong(self, items: Iterable[Item]) -> list[Item]:
        """What was yielded as verified and is not what was written."""
        return [item for item in items if not self._is_right(item)]

    def _is_right(self, item: Item) -> bool:
        if isinstance(item, TakenEntry):
            own = self.truth.get((item.origin, item.number))
            right = own is not None and item.commitment == commit(own.salt, own.record)
            return right and item.payload in (None, own)
        return isinstance(item, TakenHead | TakenIndex) and item.note in self.notes


@cache
def two_logs() -> Original:
    """One of three tiles, one of one."""
    authors = [log_of(600), log_of(5, TO_BOTH)]
    return Original.of(bundle_of(*authors), *authors)


@cache
def small() -> list[Original]:
    """For many mutations: logs of one tile."""
    pairs = [(log_of(4), log_of(3, TO_BOTH)), (log_of(1), log_of(9, TO_BOTH))]
    return [Original.of(bundle_of(*authors), *authors) for authors in pairs]


def read(data: bytes, receiver: Receiver | None = None) -> tuple[list[Item], Report]:
    """What is yielded to a receiver, by default one that holds nothing. ExchangeError as a verification raises it."""
    source = open_bundle(io.BytesIO(data), RECEIVER, [SEAL])
    found = Verification(source, RECEIVER, receiver or Receiver(), NOW)
    return list(found), found.report


def taken_of(items: Iterable[Item]) -> dict[Slot, Payload]:
    return {
        (item.origin, item.number): item.payload
        for item in items
        if isinstance(item, TakenEntry) and item.payload is not None
    }


def sealed(data: bytes) -> bytes:
    file = io.BytesIO()
    sealer = Sealer(file, RECEIVER, SEAL_PUBLIC)
    sealer.write(data)
    sealer.close()
    return file.getvalue()


def members_of(data: bytes) -> list[tuple[str, bytes]]:
    """Names and contents, in their order."""
    return [(name, data[part]) for name, part in files_of(data).items()]


def tar_of(members: Iterable[tuple[str, bytes]]) -> bytes:
    pieces = [write_header(name, len(data)) + data + bytes(padding(len(data))) for name, data in members]
    data = b"".join(pieces) + END
    return data + bytes(-len(data) % CHUNK)


def replaced(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """A bundle with other contents, or without them: by the end of their names, in both copies."""
    found = []
    for name, content in members_of(data):
        end = next((end for end in changes if name.endswith(end)), None)
        new = content if end is None else changes[end]
        if new is not None:
            found.append((name, new))
    return tar_of(found)


def headers_of(data: bytes) -> Iterator[int]:
    """Where blocks stand that are right headers."""
    return (at for at in range(0, len(data), BLOCK) if parse_header(data[at : at + BLOCK]))


@dataclass(slots=True)
class Outcome:
    """Of many mutations: wrong accepts, crashes, and how much of what single damaged blocks spared was salvaged."""

    runs: int = 0
    wrong: int = 0
    crashes: int = 0
    spared: int = 0
    salvaged: int = 0
    changed: int = 0
    first: str = ""


def mutate(data: bytes, random: Random) -> tuple[bytes, str, tuple[int, int] | None]:
    """One mutation of a bundle, what it was, and for damage of one block where it is."""
    kind = random.choice(
        ["block", "block", "zeros", "bits", "swap", "delete", "insert", "cut", "repeat", "run", "name"]
    )
    at = random.randrange(0, len(data), BLOCK)
    other = random.randrange(0, len(data), BLOCK)
    some = bytearray(data)
    if kind in ("block", "zeros"):
        length = min(BLOCK, len(data) - at)
        some[at : at + length] = random.randbytes(length) if kind == "block" else bytes(length)
        return bytes(some), kind, (at, at + length)
    if kind == "bits":
        for _ in range(random.choice((1, 1, 2, 8))):
            some[random.randrange(len(some))] ^= 1 << random.randrange(8)
    elif kind == "swap":
        some[at : at + BLOCK], some[other : other + BLOCK] = some[other : other + BLOCK], some[at : at + BLOCK]
    elif kind == "delete":
        del some[at : at + random.choice((1, 7, BLOCK, 4 * BLOCK))]
    elif kind == "insert":
        some[at:at] = random.randbytes(random.choice((1, BLOCK, 3 * BLOCK)))
    elif kind == "cut":
        del some[random.randrange(len(some)) :]
    elif kind == "repeat":
        some[at:at] = some[other : other + random.choice((1, 3, 20)) * BLOCK]
    elif kind == "run":
        start = random.randrange(len(some))
        length = min(random.choice((3, 40, 3_000)), len(some) - start)
        some[start : start + length] = random.randbytes(length)
    else:
        _change_header(some, random)
    return bytes(some), kind, None


def _change_header(data: bytearray, random: Random) -> None:
    """Another name or size with a right checksum: what damage would hardly do, and an enemy easily."""
    headers = list(headers_of(bytes(data)))
    if not headers:
        return
    at = random.choice(headers)
    name, size = parse_header(bytes(data[at : at + BLOCK])) or ("", 0)
    names = [found[0] for other in headers if (found := parse_header(bytes(data[other : other + BLOCK])))]
    if random.random() < 0.5:
        name = random.choice(names)
    else:
        size = max(0, size + random.choice((-512, -1, 1, 512, 5_000, 60_000_000)))
    data[at : at + BLOCK] = write_header(name, size)


def run_mutations(originals: list[Original], seed: int, count: int) -> Outcome:
    """So many mutated bundles, every fourth one sealed: the same seed gives the same ones."""
    random, outcome = Random(seed), Outcome()
    closed = [sealed(original.data) for original in originals]
    for run in range(count):
        which = random.randrange(len(originals))
        original, is_closed = originals[which], run % 4 == 3
        data, kind, where = mutate(closed[which] if is_closed else original.data, random)
        try:
            items, report = read(data)
        except ExchangeError:
            items, report = [], Report()
        except Exception as error:
            outcome.crashes += 1
            outcome.first = outcome.first or f"run {run}, {kind}: {error!r}"
            continue
        wrong = original.wrong(items)
        outcome.runs += 1
        outcome.wrong += len(wrong)
        outcome.changed += bool(report.skipped or report.refused or report.missing or report.cut)
        if wrong:
            outcome.first = outcome.first or f"run {run}, {kind}: {wrong[0]}"
        if where and not is_closed:
            spared = original.spared(*where)
            outcome.spared += len(spared)
            outcome.salvaged += len(spared & taken_of(items).keys())
    return outcome


def run_gate() -> Outcome:
    """The full number of mutated bundles, for a release; the checks of every day run a fifth of it."""
    return run_mutations([*small(), *small(), *small(), two_logs()], seed=0, count=100_000)
