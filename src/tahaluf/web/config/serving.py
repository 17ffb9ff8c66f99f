"""The desk's processes: a web server and a worker beside it, both watched, started again when they end by accident.

Reach for `serve`. The server is granian in a process of its own, which forks as many as are asked for.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from types import FrameType
from typing import NamedTuple

from tahaluf.domain import Problem, TahalufError

APPLICATION = "tahaluf.web.config.front.desk:application"
# Connections of a web process at once; those that do nothing are closed after half a minute.
CONNECTIONS = 1024
# glibc gives every thread memory of its own and does not give it back; threads that wait for each other need one.
# And it holds on to more and more of what was freed, unless it is told how much.
ALLOCATION = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 17),
}
END_SECONDS = 30.0
# A process that ends so soon and so often will not do better the next time.
SOON_SECONDS, MOST_ENDS = 10.0, 4


class Order(NamedTuple):
    """What is to run."""

    host: str
    port: int
    processes: int
    data: Path


def check_address(host: str, port: int) -> None:
    """TahalufError where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as taken:
            raise TahalufError(Problem("web.port_in_use", found=f"{host}:{port}"), permanent=False) from taken


def serve(order: Order, on_ready: Callable[[], None]) -> int:
    """Run until SIGTERM or SIGINT; the exit code. TahalufError where a process keeps ending."""
    stop = Event()
    with _signals(stop), _metrics_folder(order):
        running = [_Child("server", server_command(order)), _Child("worker", _worker())]
        try:
            for child in running:
                child.start()
            _await(order, running[0], stop, on_ready)
            while not stop.wait(0.25):
                for child in running:
                    child.watch()
        finally:
            for child in running:
                child.ask_to_end()
            deadline = time.monotonic() + END_SECONDS
            for child in running:
                child.end(deadline)
    return 0


class _Child:
    """A process of the desk. It has a group of its own, so that Ctrl-C reaches it once, through us."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self._command = name, command
        self._process: subprocess.Popen[bytes] | None = None
        self._began, self._ends = 0.0, 0

    def start(self) -> None:
        self._began = time.monotonic()
        follow = {"preexec_fn": _end_with_parent} if sys.platform == "linux" else {}
        variables = ALLOCATION | os.environ
        self._process = subprocess.Popen(self._command, process_group=0, env=variables, **follow)  # type: ignore[call-overload] # noqa: S603

    def watch(self) -> None:
        """Starts it again where it ended."""
        if self._process is None or self._process.poll() is None:
            return
        self._ends = self._ends + 1 if time.monotonic() - self._began < SOON_SECONDS else 1
        if self._ends >= MOST_ENDS:
            found = f"{self.name}, {self._process.returncode}"
            raise TahalufError(Problem("web.process_ended", found=found), permanent=False)
        self._end_group()
        self.start()

    def ask_to_end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self, deadline: float) -> None:
        if self._process is None:
            return
        try:
            self._process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._end_group()
            self._process.wait()

    def _end_group(self) -> None:
        """Ends what it started: a server's own workers outlive it when it is killed, and go on answering."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


def server_command(order: Order) -> list[str]:
    options = {
        "--interface": "asginl", "--host": order.host, "--port": str(order.port), "--workers": str(order.processes),
        "--backpressure": str(CONNECTIONS), "--http": "1",
        "--workers-kill-timeout": "20", "--log-level": "error",
    }  # fmt: skip
    flags = ["--no-ws", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *(w for pair in options.items() for w in pair), *flags, APPLICATION]


def _worker() -> list[str]:
    return [sys.executable, "-m", "tahaluf.web.config.worker"]


def _await(order: Order, server: _Child, stop: Event, on_ready: Callable[[], None]) -> None:
    """Until the server answers, or it is over."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(order.host, order.host)  # noqa: S104
    while not stop.wait(0.1):
        server.watch()
        try:
            socket.create_connection((host, order.port), 1).close()
        except OSError:
            continue
        on_ready()
        return


@contextmanager
def _metrics_folder(order: Order) -> Iterator[None]:
    """Where the server's processes add up their counts; emptied, lest the dead are counted."""
    folder = order.data / "run" / f"metrics-{order.port}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _signals(stop: Event) -> Iterator[None]:
    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_with_parent() -> None:
    """Asks the kernel to end this process when the one that started it is killed."""
    import ctypes  # noqa: PLC0415 (on Linux only)

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
