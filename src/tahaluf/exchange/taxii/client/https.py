"""The real line: HTTPS by the standard library, bounded in time and bytes. No other module here opens sockets."""

import ssl
import time
from collections.abc import Sequence
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from tahaluf.exchange.errors import LineError, refuse
from tahaluf.exchange.taxii.client.errors import refused
from tahaluf.exchange.taxii.client.ports import MOST_REPLY, Reply
from tahaluf.exchange.taxii.media import TAXII

PORTS = {"https": 443, "http": 80}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
STEP = 1_048_576


class NoRedirection(HTTPRedirectHandler):
    """A redirection would carry who asks to somewhere else: it is shown as it is."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        return None


class HttpsTransport:
    """One server, by its origin (`https://taxii.example`); plain HTTP to this machine alone.

    `authorization` is sent as it is. `context` bears client certificates and the authorities that are trusted. A
    server may be silent for `timeout` seconds, and a reply may take `longest` seconds and have `most` bytes.
    """

    def __init__(
        self,
        origin: str,
        authorization: str | None = None,
        context: ssl.SSLContext | None = None,
        timeout: float = 60.0,
        longest: float = 600.0,
        most: int = MOST_REPLY,
    ) -> None:
        self.origin = origin_of(origin)
        self.authorization = authorization
        self.timeout = timeout
        self.longest = longest
        self.most = most
        self.opener: OpenerDirector = build_opener(
            NoRedirection(), HTTPSHandler(context=context or ssl.create_default_context())
        )

    def get(self, url: str, query: Sequence[tuple[str, str]] = ()) -> Reply:
        """See `Transport.get`."""
        if origin_of(url) != self.origin:
            raise refused("a URL of this server", url)
        headers = {"Accept": TAXII, "User-Agent": "tahaluf"}
        if self.authorization is not None:
            headers["Authorization"] = self.authorization
        request = Request(f"{url}?{urlencode(query)}" if query else url, headers=headers)  # noqa: S310 (its scheme was checked)
        try:
            with self.opener.open(request, timeout=self.timeout) as response:
                return self.read(response)
        except HTTPError as error:
            with error:
                return Reply(error.code, b"", {name.lower(): value for name, value in error.headers.items()})
        except (OSError, HTTPException) as error:
            raise LineError(f"{type(error).__name__}: {error}") from error

    def read(self, response: HTTPResponse) -> Reply:
        """Whole, or an error: a reply that breaks off is none."""
        body = bytearray()
        end = time.monotonic() + self.longest
        while piece := response.read1(STEP):
            body += piece
            if time.monotonic() > end:
                raise LineError(f"no whole reply in {self.longest:.0f} s")
            if len(body) > self.most:
                raise refuse("exchange.sync.bound", f"at most {self.most} bytes", "more")
        length = response.headers.get("Content-Length")
        if length is not None and length.isdigit() and len(body) < int(length):
            raise LineError(f"{len(body)} of {length} bytes")
        return Reply(response.status, bytes(body), {name.lower(): value for name, value in response.headers.items()})


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port; ExchangeError (`exchange.sync.refused`) for a scheme that is not served."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise refused("a URL", url) from error
    if not host or parts.username or not (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)):
        raise refused("a URL of https", url)
    return parts.scheme, host, port or PORTS[parts.scheme]
