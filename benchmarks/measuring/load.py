"""A load client: some connections that each send the next request as soon as the last is answered; one thread, nothing
read but the length.

    answers = run_load(("127.0.0.1", 8000), requests, connections=16)
"""

import selectors
import socket
import time
from collections.abc import Sequence
from typing import NamedTuple

END = b"\r\n\r\n"


class Load(NamedTuple):
    """Wall-clock seconds, the time of each answer in seconds, how many were no 200."""

    seconds: float
    took: list[float]
    refused: int

    def at_share(self, share: float) -> float:
        """The milliseconds that this share stays at or under."""
        ranked = sorted(self.took)
        return ranked[min(int(share * len(ranked)), len(ranked) - 1)] * 1000


def request_of(path: str, secret: str, body: bytes) -> bytes:
    """A POST of JSON as bytes."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {secret}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Connection:
    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begun = 0.0
        self.came = b""
        self.needs = -1

    def send(self, request: bytes) -> None:
        self.begun, self.came, self.needs = time.perf_counter(), b"", -1
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Whether the answer is whole."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("the server closed the connection")
        self.came += part
        if self.needs < 0 and (end := self.came.find(END)) >= 0:
            head = self.came[:end].lower()
            at = head.index(b"content-length:") + len(b"content-length:")
            self.needs = end + len(END) + int(head[at:].split(b"\r\n", 1)[0])
        return 0 <= self.needs <= len(self.came)


def run_load(address: tuple[str, int], requests: Sequence[bytes], connections: int) -> Load:
    """All requests, each once, over so many connections."""
    took: list[float] = []
    refused = 0
    waiting = iter(requests)
    with selectors.DefaultSelector() as ready:
        begin = time.perf_counter()
        for request, _ in zip(waiting, range(connections), strict=False):
            connection = _Connection(address)
            ready.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(request)
        while ready.get_map():
            for key, _ in ready.select():
                connection = key.data
                if not connection.receive():
                    continue
                took.append(time.perf_counter() - connection.begun)
                refused += not connection.came.startswith(b"HTTP/1.1 200")
                if request := next(waiting, b""):
                    connection.send(request)
                else:
                    ready.unregister(connection.socket)
                    connection.socket.close()
        return Load(time.perf_counter() - begin, took, refused)
