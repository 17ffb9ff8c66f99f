"""Collections in memory that take and delete objects, and a server over them. All names are invented."""

import json
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tahaluf.exchange.taxii.envelope import StixObject, split_envelope
from tahaluf.exchange.taxii.server import About, Discovery, Outcome, Posting, Root, Settings, Stub, TaxiiServer, Wanted
from tahaluf.exchange.taxii.times import TICK, date_after, parse_timestamp, write_timestamp

NAMESPACE = uuid.UUID("a2c8de3c-61c6-4a96-a35b-2d1d5bbfb1f6")
START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
READER = "finance.belmor.example"
KEY = bytes(range(32))


def clock() -> datetime:
    return datetime.now(UTC)


class MemoryCollection:
    """Entries by number; what is deleted leaves a gap."""

    def __init__(self, about: About, now: Callable[[], datetime] = clock) -> None:
        self.about = about
        self.now = now
        self.dates: list[datetime] = []
        self.entries: list[tuple[Stub, bytes] | None] = []
        self.by_id: dict[str, list[Stub]] = {}
        self.postings: dict[str, Posting] = {}
        self.beside: tuple[bytes, ...] = ()

    def append(self, each: StixObject, date_added: datetime | None = None) -> Stub:
        date = date_after(date_added or self.now(), self.dates[-1] if self.dates else None)
        version = each.version or write_timestamp(date)
        stub = Stub(len(self.dates), each.id, version, date, len(each.data), each.spec_version)
        self.dates.append(date)
        self.entries.append((stub, each.data))
        self.by_id.setdefault(each.id, []).append(stub)
        return stub

    def size(self) -> int:
        return len(self.dates)

    def date_added(self, number: int) -> datetime:
        return self.dates[number]

    def find(self, begin: int, end: int, wanted: Wanted, most: int) -> Sequence[Stub]:
        found: list[Stub] = []
        for entry in self.entries[begin:end]:
            if len(found) == most:
                break
            if entry is not None and wanted.takes(entry[0].id):
                found.append(entry[0])
        return found

    def versions(self, ids: Collection[str]) -> Mapping[str, Sequence[Stub]]:
        return {id: self.by_id[id] for id in ids if self.by_id.get(id)}

    def read(self, stubs: Sequence[Stub]) -> Sequence[bytes | None]:
        return [entry[1] if (entry := self.entries[stub.number]) else None for stub in stubs]

    def companions(self, stubs: Sequence[Stub]) -> Sequence[bytes]:
        return self.beside

    def add(self, objects: Sequence[StixObject]) -> Posting:
        requested = self.now()
        done = []
        for each in objects:
            known = self.by_id.get(each.id, ())
            same = next((stub for stub in known if each.version in (None, stub.version)), None)
            done.append(Outcome(each.id, (same or self.append(each)).version))
        posting = Posting(str(uuid.uuid4()), "complete", requested, tuple(done))
        self.postings[posting.id] = posting
        return posting

    def delete(self, stubs: Sequence[Stub]) -> None:
        for stub in stubs:
            self.entries[stub.number] = None
            self.by_id[stub.id] = [each for each in self.by_id[stub.id] if each.number != stub.number]


@dataclass
class MemoryRoot:
    """A root, its collections, and who may see which: all may see those that nobody is named for."""

    root: Root
    collections: dict[str, MemoryCollection] = field(default_factory=dict)
    audiences: dict[str, set[str]] = field(default_factory=dict)
    postings: dict[str, Posting] = field(default_factory=dict)

    def may_see(self, principal: str, id: str) -> bool:
        return id in self.collections and principal in self.audiences.get(id, {principal})


@dataclass
class MemoryCollections:
    """All roots of a server."""

    shown: Discovery
    roots: dict[str, MemoryRoot] = field(default_factory=dict)

    def discovery(self, principal: str) -> Discovery:
        return self.shown

    def root(self, principal: str, root: str) -> Root | None:
        return self.roots[root].root if root in self.roots else None

    def collections(self, principal: str, root: str) -> Sequence[MemoryCollection]:
        found = self.roots[root]
        return [each for id, each in found.collections.items() if found.may_see(principal, id)]

    def collection(self, principal: str, root: str, id: str) -> MemoryCollection | None:
        found = self.roots[root]
        return found.collections[id] if found.may_see(principal, id) else None

    def posting(self, principal: str, root: str, id: str) -> Posting | None:
        kept = self.roots[root].postings | {
            key: posting for each in self.collections(principal, root) for key, posting in each.postings.items()
        }
        return kept.get(id)


def identity(number: int, modified: datetime = START, **more: Any) -> StixObject:
    """An invented identity of STIX 2.1, spelled as no serializer would."""
    spelled = modified.strftime("%Y-%m-%dT%H:%M:%S.") + f"{modified.microsecond // 1000:03}Z"
    fields = {
        "type": "identity", "spec_version": "2.1", "id": f"identity--{uuid.uuid5(NAMESPACE, str(number))}",
        "created": "2026-11-20T09:30:00.000Z", "modified": spelled, "name": f"عبد الرحمن {number}",
        "identity_class": "individual",
    }  # fmt: skip
    text = json.dumps(fields | more, ensure_ascii=number % 2 == 0, separators=(" ,", ": "))
    return split_envelope(f'{{"objects": [{text}]}}'.encode()).objects[0]


def filled(count: int, id: str = "log", **about: Any) -> MemoryCollection:
    """A collection of so many identities, one second after another."""
    ticks = iter(range(10**9))
    collection = MemoryCollection(About(id, "Listed", **about), lambda: START + next(ticks) * 10**6 * TICK)
    for number in range(count):
        collection.append(identity(number))
    return collection


def served(*collections: MemoryCollection, page: int = 1_000, **audiences: set[str]) -> TaxiiServer:
    """A server with one root, `api`, over these."""
    root = MemoryRoot(Root("Root"), {each.about.id: each for each in collections}, audiences)
    shown = Discovery("Node", ("https://node.example/api/",), default="https://node.example/api/")
    return TaxiiServer(MemoryCollections(shown, {"api": root}), Settings(KEY, page))


def load(data: dict[str, Any], page: int = 20) -> TaxiiServer:
    """A server over the data file of the standard's reference server, with its dates."""
    found = data["/discovery"]
    discovery = Discovery(found["title"], tuple(found["api_roots"]), found["description"], found["contact"])
    collections = MemoryCollections(replace(discovery, default=found["default"]))
    for name, values in data.items():
        if name != "/discovery":
            collections.roots[name] = load_root(values)
    return TaxiiServer(collections, Settings(KEY, page, 'Basic realm="taxii"'))


def load_root(values: dict[str, Any]) -> MemoryRoot:
    information = values["information"]
    root = MemoryRoot(Root(information["title"], information["description"], information["max_content_length"]))
    for each in values["status"]:
        at = parse_timestamp(each["request_timestamp"])
        lists = (outcomes(each[name]) for name in ("successes", "failures", "pendings"))
        root.postings[each["id"]] = Posting(each["id"], each["status"], at, *lists)
    for each in values["collections"]:
        root.collections[each["id"]] = load_collection(each)
    return root


def outcomes(values: list[dict[str, str]]) -> tuple[Outcome, ...]:
    return tuple(Outcome(each["id"], each["version"], each.get("message", "")) for each in values)


def load_collection(values: dict[str, Any]) -> MemoryCollection:
    about = About(
        values["id"], values["title"], values.get("description", ""), values["can_read"], values["can_write"],
        can_delete=values["can_write"], media_types=tuple(values["media_types"]),
    )  # fmt: skip
    collection = MemoryCollection(about)
    dates = {(each["id"], each["version"]): parse_timestamp(each["date_added"]) for each in values["manifest"]}
    objects = split_envelope(json.dumps({"objects": values["objects"]}).encode()).objects
    # The date of two versions is one there, and ours strictly increase: the newer STIX goes first.
    for each in sorted(objects, key=lambda each: (dates[each.id, str(each.version)], each.spec_version == "2.0")):
        collection.append(each, dates[each.id, str(each.version)])
    return collection
