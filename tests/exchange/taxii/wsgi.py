"""A TAXII server as a WSGI application, and on a socket of this machine: what a web server before it has to do."""

import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from http.client import responses
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tahaluf.exchange.taxii.server import Request, TaxiiServer

USERS = {"admin": "Password0"}  # those of the reference server's tests


def basic(authorization: str) -> str | None:
    """The user of a right password."""
    scheme, _, given = authorization.partition(" ")
    user, _, password = base64.b64decode(given).decode().partition(":") if scheme == "Basic" else ("", "", "")
    return user if user in USERS and USERS[user] == password else None


def application(server: TaxiiServer) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """The server as WSGI has it."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        principal = basic(environ.get("HTTP_AUTHORIZATION", ""))
        headers = {"accept": environ.get("HTTP_ACCEPT", ""), "content-type": environ.get("CONTENT_TYPE", "")}
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        query = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
        asked = Request(environ["REQUEST_METHOD"], path, query, headers)
        length = min(int(environ.get("CONTENT_LENGTH") or 0), server.most_body(asked, principal) + 1)
        body = environ["wsgi.input"].read(length)
        response = server.answer(Request(asked.method, asked.path, asked.query, headers, body), principal)
        start_response(f"{response.status} {responses[response.status]}", list(response.sent_headers().items()))
        return [response.body]

    return answer


class Silent(WSGIRequestHandler):
    """Without a line for each request."""

    def log_message(self, format: str, *args: Any) -> None: ...


class Serving(WSGIServer):
    """Without a word of a line that breaks; over TLS where there is a context."""

    context: ssl.SSLContext | None = None

    def get_request(self) -> tuple[socket.socket, Any]:
        line, address = super().get_request()
        if self.context is None:
            return line, address
        try:
            return self.context.wrap_socket(line, server_side=True), address
        except OSError:
            line.close()
            raise

    def handle_error(self, request: Any, client_address: Any) -> None: ...


@contextlib.contextmanager
def on_socket(server: TaxiiServer, port: int = 0, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """The server's address while it serves."""
    with make_server("127.0.0.1", port, application(server), Serving, Silent) as serving:
        serving.context = context
        thread = threading.Thread(target=serving.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"{'https' if context else 'http'}://127.0.0.1:{serving.server_port}"
        finally:
            serving.shutdown()
            thread.join()
