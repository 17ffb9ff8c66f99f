"""A web process with the front and an application of its own (`fronted.py`), and clients that are slow on purpose."""

import os
import select
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tahaluf.web.config.serving import APPLICATION, Order, server_command
from tests.conftest import ROOT
from tests.web.platform.test_serving import descendants_of


class Server:
    """A web process, its port, and where its files without a name lie."""

    def __init__(self, port: int, program: "subprocess.Popen[bytes]", log: Path) -> None:
        self.port, self.program, self.log = port, program, log

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 30)

    def ask(self, method: str, path: str, body: bytes | Iterator[bytes] = b"", **headers: str) -> tuple[int, bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, given, encode_chunked=not isinstance(body, bytes))
            answer = connection.getresponse()
            return answer.status, answer.read()

    def slow_sender(self, path: str = "/echo", length: int = 1000) -> socket.socket:
        """Has begun to send a body, and sent three bytes."""
        line = self.connect()
        line.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\na=1".encode())
        return line

    def slow_taker(self, path: str) -> socket.socket:
        """Has asked, and takes nothing of the answer."""
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(30)
        line.connect(("127.0.0.1", self.port))
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        return line


@contextmanager
def served(folder: Path, patience: int = 60, body: int = 80 << 20, waiting: int = 1 << 30) -> Iterator[Server]:
    """A server with limits of its own: seconds, the largest body, bytes that may wait."""
    with ExitStack() as running:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        limits = {"PATIENCE": patience, "BODY": body, "WAITING": waiting, "FOLDER": folder}
        given = {f"FRONTED_{name}": str(value) for name, value in limits.items()}
        command = server_command(Order("127.0.0.1", port, 1, folder))
        command[command.index(APPLICATION)] = "tests.web.platform.fronted:application"
        command[command.index("--workers-kill-timeout") + 1] = "5"
        log = folder / f"log-{port}"
        with log.open("wb") as out:
            program = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **given}, stdout=out, stderr=out)
        running.callback(program.wait, 30)
        running.callback(program.terminate)
        server = Server(port, program, log)
        _await(server)
        yield server


def _await(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            server.connect().close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(server.log.read_text())


def read_all(line: socket.socket) -> bytes:
    came = b""
    try:
        while part := line.recv(1 << 16):
            came += part
    except ConnectionResetError:
        pass
    return came


def read_whole(line: socket.socket) -> bytes:
    answer = HTTPResponse(line, method="GET")
    answer.begin()
    return answer.read()


def is_open(line: socket.socket) -> bool:
    return line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1) == b"\x01"


def has_come(line: socket.socket) -> bool:
    return bool(select.select([line], [], [], 0)[0])


def spooled(server: Server) -> list[str]:
    """What a web process has open of files without a name."""
    found = []
    for pid in descendants_of(server.program.pid):
        for file in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                if (name := str(file.readlink())).startswith(str(server.log.parent)) and "deleted" in name:
                    found.append(name)
    return found


def wait_until(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return held
