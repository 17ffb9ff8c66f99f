"""Serving TAXII pages from a made collection of any size: reach for `measure_serving`.

The collection holds nothing per entry: numbers give ids, dates and bytes. So what is measured is the server's own work:
finding a date, choosing versions, joining bytes, authenticating `next`.
"""

import json
import random
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from time import perf_counter
from typing import NamedTuple

from tahaluf.exchange.taxii.server import About, Discovery, Posting, Request, Response, Root, Settings, TaxiiServer
from tahaluf.exchange.taxii.server import Collection as Served
from tahaluf.exchange.taxii.server.ports import Stub, Wanted
from tahaluf.exchange.taxii.times import TICK, write_timestamp

START = datetime(2026, 1, 1, tzinfo=UTC)
VERSION = "2026-01-01T00:00:00.000Z"
PAGE = 1_000
READER = "reader.example"
BYTES = 628
HEADERS = {"accept": "application/taxii+json;version=2.1"}


class MadeCollection:
    """So many identities of an equal length, a microsecond after another."""

    about = About("made", "Made")

    def __init__(self, count: int) -> None:
        self.count = count
        self.data = [make_object(number) for number in range(PAGE)]

    def size(self) -> int:
        return self.count

    def date_added(self, number: int) -> datetime:
        return START + number * TICK

    def stub(self, number: int) -> Stub:
        return Stub(number, f"identity--{number:036}", VERSION, self.date_added(number), BYTES)

    def find(self, begin: int, end: int, wanted: Wanted, most: int) -> Sequence[Stub]:
        return [self.stub(number) for number in range(begin, min(end, begin + most))]

    def versions(self, ids: Collection[str]) -> Mapping[str, Sequence[Stub]]:
        return {id: (self.stub(int(id[10:])),) for id in ids}

    def read(self, stubs: Sequence[Stub]) -> Sequence[bytes | None]:
        return [self.data[stub.number % PAGE] for stub in stubs]

    def companions(self, stubs: Sequence[Stub]) -> Sequence[bytes]:
        return ()


class MadeCollections:
    """One root with one collection, for everybody."""

    def __init__(self, collection: Served) -> None:
        self.only = collection

    def discovery(self, principal: str) -> Discovery:
        return Discovery("Made")

    def root(self, principal: str, root: str) -> Root | None:
        return Root("Made")

    def collections(self, principal: str, root: str) -> Sequence[Served]:
        return [self.only]

    def collection(self, principal: str, root: str, id: str) -> Served | None:
        return self.only

    def posting(self, principal: str, root: str, id: str) -> Posting | None:
        return None


class Serving(NamedTuple):
    """What was measured at a size: objects a second of one core, and the time of a page that 95 in 100 stay under."""

    size: int
    per_second: float
    page_ms: float


def measure_serving(size: int, pages: int = 100, resource: str = "objects", seed: int = 7) -> Serving:
    """Full pages of 1,000 from a collection of that size, from places all over it; by date and by `next`, in turn."""
    server = TaxiiServer(MadeCollections(MadeCollection(size)), Settings(bytes(range(32)), PAGE))
    rng = random.Random(seed)
    took: list[float] = []
    served = 0
    for _ in range(max(1, pages // 2)):
        after = write_timestamp(START + (rng.randint(0, max(0, size - 2 * PAGE)) - 1) * TICK)
        query = [("added_after", after)]
        for _ in range(2):
            begin = perf_counter()
            response = ask(server, resource, query)
            took.append(perf_counter() - begin)
            page = json.loads(response.body)
            served += len(page["objects"])
            query = [("added_after", after), ("next", page.get("next", ""))]
    return Serving(size, served / sum(took), sorted(took)[int(len(took) * 0.95)] * 1_000)


def ask(server: TaxiiServer, resource: str, query: list[tuple[str, str]]) -> Response:
    """A page; ValueError if it is none."""
    response = server.answer(Request("GET", f"/api/collections/made/{resource}/", query, HEADERS), READER)
    if response.status != 200:
        raise ValueError(response.body.decode())
    return response


def make_object(number: int) -> bytes:
    """An identity of the usual size; of its bytes only the length counts here."""
    fields = {"type": "identity", "id": f"identity--{number:036}", "spec_version": "2.1", "name": ""}
    fields["name"] = "x" * (BYTES - len(json.dumps(fields)))
    return json.dumps(fields).encode()
