"""Members, logs and bundles for tests, and a receiver that keeps what it is given. All are invented."""

import hashlib
import io
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tahaluf.exchange.bundle import (
    Carried,
    Dispatch,
    Item,
    Ranges,
    Report,
    TakenEntry,
    TakenHead,
    TakenIndex,
    Verification,
    Written,
    open_bundle,
    write_bundle,
)
from tahaluf.exchange.checkpoint import Checkpoint
from tahaluf.exchange.egress import Line
from tahaluf.exchange.ids import index_origin
from tahaluf.exchange.index import Index, IndexLine, sign_index
from tahaluf.exchange.log import Author, Store
from tahaluf.exchange.marking import Audience, Marking, Purpose, Tlp
from tahaluf.exchange.merkle import ReadNode
from tahaluf.exchange.notes import SigningKey
from tahaluf.exchange.payload import Payload
from tahaluf.exchange.record import Draft, Record, write_record
from tahaluf.exchange.registry import Key, KeyUse, Member, Registry, Role, Term, parse_registry
from tests.exchange.log.disks import Disk

SENDER = "interior.azmar.example"
RECEIVER = "finance.belmor.example"
THIRD = "customs.caldera.example"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=UTC)
SEED = hashlib.sha256(b"log of the sender").digest()
SEAL = hashlib.sha256(b"seal of the receiver").digest()
SEAL_PUBLIC = X25519PrivateKey.from_private_bytes(SEAL).public_key().public_bytes_raw()
TO_ONE = Audience(members=(RECEIVER,))
TO_BOTH = Audience(members=(THIRD, RECEIVER))
TO_THIRD = Audience(members=(THIRD,))
ALL_PURPOSES = tuple(purpose for purpose in Purpose if purpose is not Purpose.WITHDRAWAL)


def member(name: str, *keys: Key) -> Member:
    return Member(name, Role.MEMBER, ALL_PURPOSES, (Term(START),), keys)


LOG_KEY = Key(KeyUse.LOG, SigningKey(SENDER, SEED).verifying.public, START)
REGISTRY = Registry((member(THIRD), member(RECEIVER, Key(KeyUse.SEAL, SEAL_PUBLIC, START)), member(SENDER, LOG_KEY)))


def marking(audience: Audience = TO_ONE, tlp: Tlp = Tlp.AMBER, **changes: Any) -> Marking:
    return Marking(tlp, audience, (Purpose.BORDERS, Purpose.FINANCE), SENDER, **changes)


def person(number: int, under: Marking | None = None, words: str = "") -> Record:
    """A person's record; `words` makes it longer."""
    name = f"Ould Sidi {number}"
    properties: dict[str, Any] = {"name": [name], "birthDate": [f"19{number % 90 + 10}-04-02"], "nationality": ["az"]}
    if words:
        properties["notes"] = [words]
    content: Any = [{"id": f"az-{number}", "properties": properties, "schema": "Person"}]
    draft = Draft("entity", content, {"identity_class": "individual", "name": name}, under or marking())
    return write_record(draft, NOW, f"identity--{number:08x}-5d0e-4b8f-9b3c-0f6d0a3f7c11")


def payload(number: int, record: bytes) -> Payload:
    """With a salt that every run gives again."""
    return Payload(hashlib.sha256(b"salt %d" % number).digest(), record)


def log_of(size: int, audience: Audience = TO_ONE, disk: Disk | None = None, **changes: Any) -> Author:
    author = Author(Disk() if disk is None else disk, SENDER, audience, SEED)
    under = marking(audience, **changes)
    start = author.head.size
    author.append_payloads([payload(number, person(number, under).data) for number in range(start, start + size)])
    return author


def index_note(*heads: Checkpoint, receiver: str = RECEIVER, sequence: int = 1) -> bytes:
    lines = [IndexLine(head.origin.rpartition("/")[2], head.size, head.root) for head in heads]
    index = Index(
        SENDER, receiver, sequence, NOW, NOW + timedelta(days=7), tuple(sorted(lines, key=lambda line: line.audience))
    )
    return sign_index(index, SigningKey(index_origin(SENDER, receiver), SEED))


def dispatch(**changes: Any) -> Dispatch:
    given: dict[str, Any] = {
        "sender": SENDER,
        "receiver": RECEIVER,
        "sequence": 41,
        "made_at": NOW,
        "line": Line.OPEN,
        "registry": REGISTRY,
        "ever_served": lambda _id: False,
        "note_served": lambda _origin, _records: None,
        "check_outgoing": lambda _path, _data, _receiver: None,
    }
    return Dispatch(**(given | changes))


def carried(author: Author, start: int = 0, **more: Any) -> Carried:
    return Carried(author.store, Ranges([(start, author.head.size)]), **more)


def written(
    logs: Iterable[Carried], indexes: Sequence[bytes] = (), registry: Mapping[str, bytes] | None = None, **changes: Any
) -> tuple[bytes, Written]:
    file = io.BytesIO()
    summary = write_bundle(file, dispatch(**changes), logs, indexes, registry)
    return file.getvalue(), summary


def bundle_of(*authors: Author, **changes: Any) -> bytes:
    """Everything of these logs, with an index note."""
    note = index_note(*(author.head for author in authors))
    return written([carried(author) for author in authors], [note], **changes)[0]


class Copy:
    """A log as the receiver holds it."""

    def __init__(self, origin: str) -> None:
        self.store = Store(Disk(), origin)
        self.payloads: dict[int, Payload] = {}
        self.gone: set[int] = set()

    @property
    def head(self) -> Checkpoint:
        return self.store.head

    def commitments(self, number: int) -> list[bytes]:
        return self.store.commitments(number)

    def read_node(self) -> ReadNode:
        return self.store.read_node()

    def lacks(self) -> Ranges:
        return Ranges([(0, self.head.size)]) - Ranges.of(self.payloads) - Ranges.of(self.gone)


class Receiver:
    """Keeps what bundles give, as a node would: entries count once all up to a checkpoint are there."""

    def __init__(self, name: str = RECEIVER, known: Registry = REGISTRY) -> None:
        self.name, self.known = name, known
        self.indexes: dict[str, Index] = {}
        self.logs: dict[str, Copy] = {}
        self.staged: dict[str, dict[int, TakenEntry]] = {}
        self.items: list[Item] = []

    def registry(self, files: Mapping[str, bytes]) -> Registry:
        if files:
            self.known = parse_registry(files["registry.json"])
        return self.known

    def index(self, author: str) -> Index | None:
        return self.indexes.get(author)

    def log(self, origin: str) -> Copy | None:
        return self.logs.get(origin)

    def read(self, data: bytes, now: datetime = NOW) -> Report:
        """Takes a bundle in, keeps what it yields, and gives its report."""
        found = Verification(open_bundle(io.BytesIO(data), self.name, [SEAL]), self.name, self, now)
        self.items = list(found)
        for item in self.items:
            if isinstance(item, TakenIndex):
                self.indexes[item.index.author] = item.index
            elif isinstance(item, TakenEntry):
                self.staged.setdefault(item.origin, {})[item.number] = item
        for item in self.items:
            if isinstance(item, TakenHead):
                self.settle(item.checkpoint)
        return found.report

    def settle(self, head: Checkpoint) -> None:
        copy = self.logs.get(head.origin) or Copy(head.origin)
        staged = self.staged.get(head.origin, {})
        numbers = range(copy.head.size, head.size)
        if all(number in staged for number in numbers) and numbers:
            assert copy.store.append([(staged[number].commitment, None) for number in numbers]) == head
            self.logs[head.origin] = copy
        for number, entry in staged.items():
            if number < copy.head.size and entry.payload is not None:
                copy.payloads[number] = entry.payload

    def records(self, origin: str) -> dict[int, bytes]:
        copy = self.logs.get(origin)
        return {number: own.record for number, own in copy.payloads.items()} if copy else {}


def files_of(bundle: bytes) -> dict[str, slice]:
    """Where the content of each file stands in a bundle."""
    with tarfile.open(fileobj=io.BytesIO(bundle)) as tar:
        return {own.name: slice(own.offset_data, own.offset_data + own.size) for own in tar.getmembers()}


def truth_of(*authors: Author) -> dict[tuple[str, int], Payload]:
    """What the logs really hold, by origin and number."""
    return {
        (author.head.origin, entry.number): entry.payload
        for author in authors
        for entry in author.store.entries(0)
        if entry.payload is not None
    }
