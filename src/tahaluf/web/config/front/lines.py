"""The connections of a web process, as the system knows them: those that nothing gets through are cut.

granian has no bound of time for taking an answer; what the other side has acknowledged, Linux counts. Elsewhere nobody
is cut (a slow taker holds a connection there, and no thread).
"""

import logging
import os
import socket
import stat
import struct
import sys
from contextlib import suppress
from threading import Thread
from time import sleep
from typing import NamedTuple

from tahaluf.web.config.front.bodies import LEAST_RATE

_LOG = logging.getLogger("tahaluf.front")
# struct tcp_info (linux/tcp.h): tcpi_bytes_acked
_ACKNOWLEDGED, _INFO_BYTES = 120, 128
ESTABLISHED = 1


class Line(NamedTuple):
    """A connection: its descriptor, who is at the other end, bytes that wait to be acknowledged, that ever were."""

    descriptor: int
    peer: tuple[str, int]
    waiting: int
    acknowledged: int


def watch(port: int, patience: float) -> None:
    """Cuts slow takers from now on, every `patience` seconds, in a thread that does nothing else."""
    if sys.platform == "linux":
        Thread(target=_watch, args=(port, patience), name="lines", daemon=True).start()


def cut(port: int, peer: tuple[str, int]) -> None:
    """Ends a connection at once, so that what was sent of an answer is not taken for the whole."""
    for line in _lines(port) if sys.platform == "linux" else ():
        if line.peer == peer:
            _shut(line)


def allow_descriptors(most: int = 8192) -> None:
    """As many open files as a process of its many connections may need."""
    try:
        import resource  # noqa: PLC0415 (not everywhere)
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _watch(port: int, patience: float) -> None:
    before: dict[tuple[int, tuple[str, int]], Line] = {}
    while True:
        sleep(patience)
        now = {(line.descriptor, line.peer): line for line in _lines(port)}
        for key, line in now.items():
            if (was := before.get(key)) and line.waiting and was.waiting and _is_slow(was, line, patience):
                _shut(line)
                _LOG.warning("a slow taker was cut")
        before = now


def _is_slow(was: Line, now: Line, seconds: float) -> bool:
    """Whether all that was waiting could have gone at the least rate, and has not."""
    return now.acknowledged - was.acknowledged < min(was.waiting, LEAST_RATE * seconds)


def _lines(port: int) -> list[Line]:
    found = []
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 (names alone, and soon)
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode) and (line := _line(int(name), port)):
                found.append(line)
    return found


def _line(descriptor: int, port: int) -> Line | None:
    import termios  # noqa: PLC0415 (as fcntl, not everywhere)
    from fcntl import ioctl  # noqa: PLC0415

    with socket.socket(fileno=os.dup(descriptor)) as line:
        if line.family not in (socket.AF_INET, socket.AF_INET6) or line.type != socket.SOCK_STREAM:
            return None
        if line.getsockname()[1] != port:
            return None
        info = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
        if info[0] != ESTABLISHED:
            return None
        (waiting,) = struct.unpack("i", ioctl(line, termios.TIOCOUTQ, b"\0" * 4))
        (acknowledged,) = struct.unpack_from("Q", info, _ACKNOWLEDGED)
        return Line(descriptor, line.getpeername()[:2], waiting, acknowledged)


def _shut(line: Line) -> None:
    """The server owns the descriptor: it sees the end, and closes it."""
    with suppress(OSError), socket.socket(fileno=os.dup(line.descriptor)) as connection:
        if connection.getpeername()[:2] == line.peer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.shutdown(socket.SHUT_RDWR)
