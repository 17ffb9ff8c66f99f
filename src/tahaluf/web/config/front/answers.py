"""Answers on their way from a thread, which waits for nobody, to whoever takes them at a pace of their own.

Small ones lie in memory. What is larger, or has no end yet, is written into files without a name, whose bytes come back
as they are sent; a file that is given as it is stays where it is.
"""

import asyncio
import io
import os
import tempfile
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, NamedTuple, Protocol

from tahaluf.web.config.front.asgi import Headers
from tahaluf.web.config.front.budget import Budget

CHUNK = 1 << 16
PART_BYTES = 8 << 20


class Source(Protocol):
    """Where an answer comes from, piece by piece."""

    broken: "asyncio.Future[None]"
    """Done where there will be no whole answer."""

    async def read(self) -> bytes:
        """The next piece, nothing at the end; Broken."""

    def close(self) -> None:
        """Nobody takes it any more."""


class Answer(NamedTuple):
    """How an application answered."""

    status: int
    headers: Headers
    body: bytes | Source


class Room(NamedTuple):
    """Where answers wait: the loop that sends them, the folder of files without a name, how many bytes these may have
    in all, threads that wait for nothing but the disk, and the application's own."""

    loop: asyncio.AbstractEventLoop
    folder: Path
    budget: Budget
    files: Executor
    threads: Executor


class Broken(Exception):
    """An answer that ends before its end, or one that nobody takes any more."""


class Spool:
    """What a thread writes, and the event loop reads meanwhile. Broken where more waits than there is room for."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._came = asyncio.Event()
        self.broken = room.loop.create_future()
        self._lock = Lock()
        self._parts: deque[_Part] = deque()
        self._ended = self._closed = False

    def write(self, data: bytes) -> None:
        """Of a thread: adds to the end."""
        with self._lock:
            if not self._parts or self._parts[-1].written >= PART_BYTES:
                self._parts.append(_Part(self._room.folder))
            if self._closed or not self._room.budget.take(len(data)):
                raise Broken
            part = self._parts[-1]
            before = part.written
            try:
                part.write(data)
            except OSError as full:
                self._room.budget.give(before + len(data) - part.written)
                raise Broken from full
        self._tell(self._came.set)

    def end(self, *, broken: bool = False) -> None:
        """Of a thread: nothing more comes."""
        self._ended = True
        self._tell(self._break if broken else self._came.set)

    async def read(self) -> bytes:
        while True:
            self._came.clear()
            if data := await self._room.loop.run_in_executor(self._room.files, self._next):
                return data
            if self.broken.done():
                raise Broken
            if self._ended and not self._waits():
                return b""
            await self._came.wait()

    def close(self) -> None:
        self._closed = True
        self._room.files.submit(self._clear)

    def _clear(self) -> None:
        with self._lock:
            while self._parts:
                self._give_back(self._parts.popleft())

    def _tell(self, what: Callable[[], None]) -> None:
        # The loop is over where the process ends under a thread that still works.
        with suppress(RuntimeError):
            self._room.loop.call_soon_threadsafe(what)

    def _break(self) -> None:
        if not self.broken.done():
            self.broken.set_result(None)
        self._came.set()

    def _waits(self) -> bool:
        with self._lock:
            return any(part.waits for part in self._parts)

    def _next(self) -> bytes:
        with self._lock:
            while self._parts and not self._parts[0].waits:
                if self._parts[0].written < PART_BYTES:
                    return b""
                self._give_back(self._parts.popleft())
            return self._parts[0].read(CHUNK) if self._parts else b""

    def _give_back(self, part: "_Part") -> None:
        self._room.budget.give(part.written)
        part.close()


class _Part:
    """A file of a spool."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, prefix="answer.upload", buffering=0)  # noqa: SIM115
        self.written = self._sent = 0

    @property
    def waits(self) -> bool:
        return self._sent < self.written

    def write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            count = os.pwrite(self._file.fileno(), rest, self.written)
            self.written += count
            rest = rest[count:]

    def read(self, count: int) -> bytes:
        data = os.pread(self._file.fileno(), min(count, self.written - self._sent), self._sent)
        self._sent += len(data)
        return data

    def close(self) -> None:
        self._file.close()


class FileBody:
    """`wsgi.file_wrapper` (PEP 3333): an answer out of a file; closing it closes what the application opened."""

    def __init__(self, file: IO[bytes], block: int = CHUNK) -> None:
        self.file, self._block = file, block
        self.close: Callable[[], None] = getattr(file, "close", lambda: None)

    def __iter__(self) -> "FileBody":
        return self

    def __next__(self) -> bytes:
        if data := self.file.read(self._block):
            return data
        raise StopIteration

    def lies_in_a_file(self) -> bool:
        """Whether reading is reading a file, and no work."""
        return type(self.file) in (io.BufferedReader, io.BufferedRandom, io.FileIO)


class FileSource:
    """Sends `count` bytes of a file at most. It is closed by one of the application's threads."""

    def __init__(self, room: Room, body: FileBody, count: int) -> None:
        self._room, self._body, self._left = room, body, count
        self.broken = room.loop.create_future()

    async def read(self) -> bytes:
        read, count = self._body.file.read, min(CHUNK, self._left)
        try:
            data: bytes = await self._room.loop.run_in_executor(self._room.files, read, count)
        except OSError as fault:
            raise Broken from fault
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._room.threads.submit(self._body.close)
