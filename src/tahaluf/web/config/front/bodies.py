"""The body of a request, taken whole in the event loop, within bounds of time, size and number.

Small ones are kept in memory, larger ones in a file without a name. A sender that gives nothing for a while, or
less than the least rate for longer, is late.
"""

import asyncio
import tempfile
from concurrent.futures import Executor
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from tahaluf.web.config.front.asgi import Receive
from tahaluf.web.config.front.budget import Budget

# The largest body that is taken of whoever comes, and kept in memory.
SMALL = 1 << 20
# Bytes a second: less than the slowest lines that people work on, more than it pays to hold a place with.
LEAST_RATE = 500


class Refused(Exception):
    """A body that is not taken: the status that says so."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The sender has closed the connection."""


class Bounds(NamedTuple):
    """`patience`: seconds without a byte; `folder`: of files without a name, worked on by `files`, threads that wait
    for nothing but the disk; the budgets of all bodies that wait: their number, their bytes in memory and in files."""

    patience: float
    folder: Path
    files: Executor
    places: Budget
    memory: Budget
    disk: Budget


class Body(NamedTuple):
    """A body, its bytes counted."""

    stream: IO[bytes]
    length: int


async def take_small(receive: Receive, length: int | None, bounds: Bounds, held: ExitStack) -> Body:
    """A body of at most SMALL bytes; Refused (408, 411, 503), Gone. Without a length it is chunked. What it takes of
    the budgets comes back with `held`."""
    parts: list[bytes] = []
    came = 0
    _borrow(bounds.places, 1, held)
    async with _Pace(bounds.patience) as pace:
        more = True
        while more and came != length:
            part, more = await _receive(receive)
            _borrow(bounds.memory, len(part), held)
            parts.append(part)
            if (came := came + len(part)) > SMALL:
                raise Refused(411)
            pace.heard(came)
    _check(came, length)
    return Body(BytesIO(b"".join(parts)), came)


async def take_large(receive: Receive, length: int, bounds: Bounds, held: ExitStack) -> Body:
    """A body in a file, which is closed with `held`; Refused (408, 503), Gone."""
    loop = asyncio.get_running_loop()
    _borrow(bounds.places, 1, held)
    _borrow(bounds.disk, length, held)
    file = held.enter_context(tempfile.TemporaryFile(dir=bounds.folder, prefix="body.upload"))  # noqa: SIM115 (it is one)
    came = 0
    try:
        async with _Pace(bounds.patience) as pace:
            more = True
            while more and came < length:
                part, more = await _receive(receive)
                came += len(part)
                pace.rest()
                await loop.run_in_executor(bounds.files, file.write, part)
                pace.heard(came)
        await loop.run_in_executor(bounds.files, file.seek, 0)
    except OSError as full:
        raise Refused(503) from full
    _check(came, length)
    return Body(file, came)


class _Pace:
    """Within it one has to be heard of in time: Refused (408)."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._limit = asyncio.timeout(patience)

    async def __aenter__(self) -> "_Pace":
        await self._limit.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        try:
            await self._limit.__aexit__(*error)  # type: ignore[arg-type]
        except TimeoutError as late:
            raise Refused(408) from late

    def heard(self, came: int) -> None:
        """So many bytes have come since the beginning."""
        latest = self._began + self._patience + came / LEAST_RATE
        self._limit.reschedule(min(self._loop.time() + self._patience, latest))

    def rest(self) -> None:
        """What follows is not the sender's to hurry."""
        self._limit.reschedule(None)


def _borrow(budget: Budget, count: int, held: ExitStack) -> None:
    if not budget.take(count):
        raise Refused(503)
    held.callback(budget.give, count)


async def _receive(receive: Receive) -> tuple[bytes, bool]:
    message = await receive()
    if message["type"] != "http.request":
        raise Gone
    return message.get("body", b""), message.get("more_body", False)


def _check(came: int, length: int | None) -> None:
    if length is not None and came != length:
        raise Gone
