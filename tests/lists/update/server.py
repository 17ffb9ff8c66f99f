"""A publisher's server on this machine that answers as it is told, well or badly."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Publisher:
    """The answers to come (the last one repeats), and the requests that came."""

    port: int = 0
    answers: list[Answer] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/list.xml"

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def serve() -> Iterator[Publisher]:
    publisher = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.requests.append(dict(self.headers))
            try:
                publisher.next_answer()(self)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    publisher.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        publisher.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def send(body: bytes, status: int = 200, headers: dict[str, str] | None = None, length: int | None = None) -> Answer:
    """An answer; with `length` it announces another length than it has."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(target: str) -> Answer:
    return send(b"", 302, {"Location": target})


def endless(block: bytes, blocks: int) -> Answer:
    """A body without an announced length that goes on and on."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(blocks):
            handler.wfile.write(block)

    return answer


def stall(publisher: Publisher) -> Answer:
    """A body that begins and never goes on, until the test is over."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"<?xml")
        handler.wfile.flush()
        publisher.released.wait()

    return answer


def trickle(publisher: Publisher, answer: bytes, count: int = 2000) -> Answer:
    """An answer, headers and all, of which a byte comes now and then, for as long as a test can take."""

    def send_slowly(handler: BaseHTTPRequestHandler) -> None:
        for byte in answer[:count]:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            if publisher.released.wait(0.05):
                return

    return send_slowly
