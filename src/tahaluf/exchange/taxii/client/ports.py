"""The line that the client is handed: one request at a time, to one server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

MOST_REPLY = 104_857_600


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: names of headers are in lower case."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Transport(Protocol):
    """One server. It sends who asks, bounds time and bytes, and follows no redirection."""

    def get(self, url: str, query: Sequence[tuple[str, str]] = ()) -> Reply:
        """The reply, whatever its status, of at most 104,857,600 bytes.

        LineError where there is none; ExchangeError `exchange.sync.bound` where it is longer, `exchange.sync.refused`
        for a URL of another server.
        """
