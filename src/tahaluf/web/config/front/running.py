"""A WSGI application (PEP 3333) run in a thread: its answer is handed to the event loop as soon as there is enough.

`ask` comes before a large body is taken: an application that refuses its sender, or its size, does so without having
looked at it. One that wants to see it is left there, and called again with the whole.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

from tahaluf.web.config.front.answers import CHUNK, Answer, Broken, FileBody, FileSource, Room, Spool
from tahaluf.web.config.front.asgi import Environ, Headers

_LOG = logging.getLogger("tahaluf.front")
# What is kept in memory of an answer.
MOST_KEPT = 1 << 18
Application = Callable[..., Iterable[bytes]]


class Wanted(BaseException):
    """The application reads the body. No Exception, lest it be answered as a fault."""


class _Untaken:
    """A body that has not been taken yet."""

    def read(self, *_size: int) -> NoReturn:
        raise Wanted

    readline = readlines = __iter__ = read


class Run:
    """One call of an application. `begin` gets the answer, once; what is large of it waits in the `room`."""

    def __init__(self, application: Application, begin: Callable[[Answer], object], room: Room) -> None:
        self._application, self._begin, self._room = application, begin, room
        self._status, self._headers = 500, list[tuple[bytes, bytes]]()

    def ask(self, environ: Environ) -> bool:
        """Whether it wants to see the body; else it has answered."""
        try:
            self.call({**environ, "wsgi.input": _Untaken()})
        except Wanted:
            return True
        return False

    def call(self, environ: Environ) -> None:
        """Runs to the end of the answer."""
        environ["wsgi.file_wrapper"] = FileBody
        result = self._application(environ, self._start)
        if isinstance(result, FileBody) and result.lies_in_a_file() and environ["REQUEST_METHOD"] != "HEAD":
            count = _length(self._headers)
            if count is None or count > MOST_KEPT:
                self._begin(Answer(self._status, self._headers, FileSource(self._room, result, count or 1 << 62)))
                return
        try:
            self._gather(result, only_head=environ["REQUEST_METHOD"] == "HEAD")
        finally:
            if close := getattr(result, "close", None):
                close()

    def _start(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        self._status = int(status.partition(" ")[0])
        self._headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]

    def _gather(self, result: Iterable[bytes], *, only_head: bool) -> None:
        pieces = _pieces(result)
        first = next(pieces, b"")
        second = next(pieces, b"")
        if not second:
            self._begin(Answer(self._status, self._headers, first))
            return
        spool = Spool(self._room)
        if only_head:
            spool.end()
            self._begin(Answer(self._status, self._headers, spool))
            return
        whole = False
        self._begin(Answer(self._status, self._headers, spool))
        try:
            for piece in (first, second):
                spool.write(piece)
            for piece in pieces:
                spool.write(piece)
            whole = True
        except Broken:
            _LOG.warning("an answer that nobody took was given up")
        finally:
            spool.end(broken=not whole)


def _pieces(result: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes: all up to MOST_KEPT first, then in larger pieces than applications make."""
    parts: list[bytes] = []
    size, most = 0, MOST_KEPT
    for part in result:
        if size and size + len(part) > most:
            yield b"".join(parts)
            parts, size, most = [], 0, CHUNK
        parts.append(part)
        size += len(part)
    yield b"".join(parts)


def _length(headers: Headers) -> int | None:
    for name, value in headers:
        if name.lower() == b"content-length":
            return int(value)
    return None
