"""Lines for the client that need no socket: to a server of ours, and to servers with other people's faults."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tahaluf.exchange.taxii.client import LineError, Reply
from tahaluf.exchange.taxii.envelope import StixObject
from tahaluf.exchange.taxii.server import Request, TaxiiServer
from tahaluf.exchange.taxii.times import parse_timestamp, write_timestamp
from tests.exchange.taxii.asking import HEADERS, TAXII
from tests.exchange.taxii.memory import READER

NODE = "https://node.example"


@dataclass
class Line:
    """To a server of ours. `asked` keeps the queries; `change` may change a reply; the line fails `failing` times."""

    server: TaxiiServer
    change: Callable[[dict[str, Any], dict[str, str]], None] | None = None
    failing: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)

    def get(self, url: str, query: Sequence[tuple[str, str]] = ()) -> Reply:
        self.asked.append(dict(query))
        if self.failing:
            self.failing -= 1
            raise LineError("cut")
        response = self.server.answer(Request("GET", url.removeprefix(NODE), query, HEADERS), READER)
        headers = {name.lower(): value for name, value in response.sent_headers().items()}
        if self.change is None or response.status != 200:
            return Reply(response.status, response.body, headers)
        envelope = json.loads(response.body)
        self.change(envelope, headers)
        return Reply(200, json.dumps(envelope).encode(), headers)


def without_next(envelope: dict[str, Any], headers: dict[str, str]) -> None:
    """As servers do that know no `next`."""
    envelope.pop("next", None)


def without_more(envelope: dict[str, Any], headers: dict[str, str]) -> None:
    """As servers do that know neither."""
    envelope.pop("next", None)
    envelope.pop("more", None)


@dataclass
class DatedLine:
    """To a server that gives objects any dates: several may bear one. It has dates alone, or a `next`, too."""

    entries: list[tuple[datetime, StixObject]]
    most: int = 1_000
    says_more: bool = True
    has_next: bool = False

    def get(self, url: str, query: Sequence[tuple[str, str]] = ()) -> Reply:
        asked = dict(query)
        after = parse_timestamp(asked["added_after"]) if "added_after" in asked else None
        later = [entry for entry in self.entries if after is None or entry[0] > after]
        begin = int(asked.get("next", 0))
        end = begin + min(int(asked["limit"]), self.most)
        page = later[begin:end]
        headers = {"content-type": TAXII}
        if page:
            headers |= {"x-taxii-date-added-last": write_timestamp(page[-1][0])}
        said: dict[str, Any] = {"more": end < len(later)} if self.says_more else {}
        said |= {"next": str(end)} if self.has_next and end < len(later) else {}
        objects = b",".join(each.data for _, each in page)
        rest = "".join(f",{json.dumps(name)}:{json.dumps(value)}" for name, value in said.items())
        return Reply(200, b'{"objects":[' + objects + b"]" + rest.encode() + b"}", headers)
