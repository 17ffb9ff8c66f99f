"""The receiver's side of one log: a verified copy of it, grown by whatever line its files come by.

Nothing counts before the checkpoint that covers it has been verified and the tree leads to its root. It may be cut
anywhere: payload tiles that came stay, and are not asked for again. See `spec/exchange/sync.md`.
"""

import json
from collections.abc import Callable, Collection

from tahaluf.exchange.checkpoint import Checkpoint, News, judge, verify_checkpoint
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.log.store import Store
from tahaluf.exchange.merkle.tiles import WIDTH, number_path, parse_entries, tile_path
from tahaluf.exchange.payload import Payload, Unpacked, pack, unpack

# The file at a path under the log's origin, or None where the sender has none.
Fetch = Callable[[str], bytes | None]
MISSING, ERASED, CHECKPOINT = "missing", "erased", "checkpoint"
ROOT = "exchange.log.root"


def follow(store: Store, note: bytes, publics: Collection[bytes], fetch: Fetch) -> range:
    """Brings a copy up to the log's signed head; the numbers that are new.

    `publics`: the author's keys for logs. ExchangeError: `exchange.note.*`, `exchange.checkpoint.*`, `exchange.log.*`;
    the copy is then what it was before.
    """
    checkpoint = verify_checkpoint(note, store.head.origin, publics)
    news = judge(store.head, checkpoint)
    if news in (News.ROLLBACK, News.EQUIVOCATION):
        raise refuse(f"exchange.checkpoint.{news}", store.head.text, checkpoint.text)
    start = store.size
    if news is News.GROWN:
        _grow(store, checkpoint, fetch)
    store.write(CHECKPOINT, note)
    return range(start, store.size)


def ask_again(store: Store, fetch: Fetch) -> None:
    """Asks for the payloads that came damaged or not at all."""
    missing = numbers_of(store, MISSING) - set(came_late(store))
    found: dict[int, Payload | None] = {}
    for tile in sorted({number // WIDTH for number in missing}):
        unpacked = _fetch_payloads(store, fetch, tile, store.commitments(tile))
        own = [number for number in missing if number // WIDTH == tile]
        found |= {number: unpacked.payloads[number % WIDTH] for number in own if unpacked.payloads[number % WIDTH]}
        erased = {number for number in own if number % WIDTH in unpacked.erased}
        _note(store, ERASED, erased)
        forget(store, erased)
    if found:
        store.fill(found)


def came_late(store: Store) -> list[int]:
    """Entries whose payload was missing and is there now: to be taken, and then forgotten."""
    missing = sorted(numbers_of(store, MISSING))
    return [number for number in missing for entry in store.entries(number, number + 1) if entry.payload]


def forget(store: Store, numbers: Collection[int]) -> None:
    """These are missing no longer."""
    if numbers:
        _keep(store, MISSING, numbers_of(store, MISSING) - set(numbers))


def numbers_of(store: Store, name: str) -> set[int]:
    """The entries whose payload is `MISSING`, or was `ERASED` when it came."""
    return set(json.loads(store.read(name) or b"[]"))


def _grow(store: Store, checkpoint: Checkpoint, fetch: Fetch) -> None:
    growth = store.begin()
    tiles = range(store.size // WIDTH, -(-checkpoint.size // WIDTH))
    for tile in tiles:
        width, behind = min(WIDTH, checkpoint.size - tile * WIDTH), max(0, store.size - tile * WIDTH)
        came = parse_entries(_fetch_tile(fetch, tile, width), width)
        store.write_all(growth.add(came[behind:]))
    if growth.frontier.root() != checkpoint.root:
        raise refuse(ROOT, checkpoint.root.hex(), growth.frontier.root().hex())
    for tile in tiles:
        full = store.read(tile_path("entries", tile)) if (tile + 1) * WIDTH <= checkpoint.size else None
        commitments = growth.edge if full is None else parse_entries(full, WIDTH)
        _take_payloads(store, fetch, tile, commitments, max(0, store.size - tile * WIDTH))
    before = store.size
    store.settle(growth)
    store.drop_narrower(before)


def _fetch_tile(fetch: Fetch, tile: int, width: int) -> bytes:
    """A partial tile that is gone has become full: its beginning is the same."""
    path = tile_path("entries", tile, width)
    data = fetch(path)
    if data is None and width < WIDTH:
        full = fetch(tile_path("entries", tile))
        data = None if full is None else full[: len(full) * width // WIDTH]
    if data is None:
        raise refuse("exchange.log.tile", "a file", path)
    return data


def _take_payloads(store: Store, fetch: Fetch, tile: int, commitments: list[bytes], behind: int) -> None:
    """Puts a payload tile in place; what is not right in it is noted and asked for again."""
    path = f"payload/{number_path(tile, len(commitments))}"
    first = tile * WIDTH
    known = store.read(path)
    if known is not None and not unpack(known, commitments).missing:
        return
    unpacked = _fetch_payloads(store, fetch, tile, commitments)
    held = store.payloads(tile) if behind else ()
    _note(store, MISSING, {first + at for at in unpacked.missing if at >= behind})
    _note(store, ERASED, {first + at for at in unpacked.erased if at >= behind})
    store.write(path, pack([*held, *unpacked.payloads[behind:]]))


def _fetch_payloads(store: Store, fetch: Fetch, tile: int, commitments: list[bytes]) -> Unpacked:
    width = len(commitments)
    for path in dict.fromkeys((f"payload/{number_path(tile, width)}", f"payload/{number_path(tile, WIDTH)}")):
        data = fetch(path)
        if data is not None:
            # A full tile begins as the partial one did: what stands behind is not asked for yet.
            return unpack(data, commitments)
    return Unpacked((None,) * width, (), tuple(range(width)))


def _note(store: Store, name: str, numbers: set[int]) -> None:
    if numbers - (known := numbers_of(store, name)):
        _keep(store, name, known | numbers)


def _keep(store: Store, name: str, numbers: set[int]) -> None:
    store.write(name, json.dumps(sorted(numbers)).encode())
