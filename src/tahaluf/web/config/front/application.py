"""The ASGI application that `tahaluf serve` runs, one in each web process; Django's WSGI application is behind it.

A request has one of THREADS threads only while the application works on it: its body has been taken before, its answer
is sent afterwards. How slow a client is does not matter to others.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from tahaluf.web.config.front.answers import Answer, Broken, Room, Source
from tahaluf.web.config.front.asgi import Environ, Receive, Scope, Send, build_environ
from tahaluf.web.config.front.bodies import SMALL, Body, Bounds, Gone, Refused, take_large, take_small
from tahaluf.web.config.front.budget import Budget
from tahaluf.web.config.front.lines import cut, watch
from tahaluf.web.config.front.running import Application, Run

_LOG = logging.getLogger("tahaluf.front")
# Requests are short work for the processor, and threads of one process only wait for each other.
THREADS = 4
# Half of the connections that the server takes, so that slow senders leave room for others.
MOST_WAITING = 512
MEMORY_BYTES = 32 << 20
RETRY_SECONDS = 10


class Limits(NamedTuple):
    """`patience`: seconds; `body_bytes`: the largest body; `waiting_bytes`: most that waits in files, in `folder`."""

    patience: float
    body_bytes: int
    waiting_bytes: int
    folder: Path


class Front:
    """An ASGI application (HTTP only) before a WSGI application."""

    def __init__(
        self, application: Application, limits: Limits, count: Callable[[str, int], object] = lambda *_: None
    ) -> None:
        """`count` hears of the method and status of what is answered before the application is called."""
        self._application, self._limits, self._count = application, limits, count
        self._threads = ThreadPoolExecutor(THREADS, "request")
        self._files = ThreadPoolExecutor(2, "files")
        disk = Budget(limits.waiting_bytes)
        self._bounds = Bounds(
            limits.patience, limits.folder, self._files, Budget(MOST_WAITING), Budget(MEMORY_BYTES), disk
        )
        self._watching = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._watching:
            self._watching = True
            watch(int(scope["server"][1]), self._limits.patience)
        try:
            await self._give(scope, receive, send, await self._answer(scope, receive))
        except Gone:
            pass
        except Refused as refused:
            self._count(scope["method"], refused.status)
            await _send_whole(send, _say(refused.status))
        except Broken:
            _cut(scope)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        environ = build_environ(scope)
        chunked = any(name == b"transfer-encoding" for name, _ in scope["headers"])
        length = 0 if chunked else _length(environ.get("CONTENT_LENGTH", ""))
        with ExitStack() as held:
            body = Body(BytesIO(), 0)
            if length > SMALL:
                if (refusal := await self._run(environ, asking=True)) is not None:
                    return refusal
                if length > self._limits.body_bytes:
                    raise Refused(413)
                body = await take_large(receive, length, self._bounds, held)
            elif length or chunked:
                body = await take_small(receive, None if chunked else length, self._bounds, held)
                environ["CONTENT_LENGTH"] = str(body.length)
            environ["wsgi.input"] = body.stream
            return await self._run(environ) or _say(500)

    async def _run(self, environ: Environ, *, asking: bool = False) -> Answer | None:
        """The application's answer, none where it was only asked and wants the body."""
        loop = asyncio.get_running_loop()
        begun: asyncio.Future[Answer | None] = loop.create_future()

        def settle(answer: Answer | None) -> None:
            if not begun.done():
                begun.set_result(answer)

        def tell(answer: Answer | None) -> None:
            # The loop is over where the process ends under a thread that still works.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(settle, answer)

        room = Room(loop, self._limits.folder, self._bounds.disk, self._files, self._threads)
        run = Run(self._application, tell, room)
        self._threads.submit(_work, run, environ, tell, asking)
        return await begun

    async def _give(self, scope: Scope, receive: Receive, send: Send, answer: Answer) -> None:
        if isinstance(answer.body, bytes):
            await _send_whole(send, answer)
            return
        sending = asyncio.ensure_future(_send_pieces(send, answer, answer.body))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait((sending, leaving, answer.body.broken), return_when=asyncio.FIRST_COMPLETED)
            if answer.body.broken.done():
                raise Broken
            if sending.done():
                sending.result()
        finally:
            sending.cancel()
            leaving.cancel()
            answer.body.close()


def _work(run: Run, environ: Environ, tell: Callable[[Answer | None], None], asking: bool) -> None:
    """In a thread. Django answers for its own faults; what comes here is a fault of what is around it."""
    try:
        if not asking:
            run.call(environ)
        elif run.ask(environ):
            tell(None)
    except BaseException:
        _LOG.exception("the application failed")
        tell(_say(500))


def _length(told: str) -> int:
    if told and not (told.isascii() and told.isdigit()):
        raise Refused(400)
    return int(told or 0)


def _say(status: int) -> Answer:
    """An answer of the front's own, after which nothing more is taken of the connection."""
    text = f"{status} {HTTPStatus(status).phrase}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", str(RETRY_SECONDS).encode()))
    return Answer(status, headers, text)


async def _send_whole(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _send_pieces(send: Send, answer: Answer, source: Source) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    while piece := await source.read():
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _left(receive: Receive) -> None:
    """Until the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _cut(scope: Scope) -> None:
    cut(int(scope["server"][1]), (scope["client"][0], int(scope["client"][1])))
