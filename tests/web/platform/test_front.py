"""What stands before the application, with a real server and real sockets: slow clients, bodies and answers of all
sizes, and what is refused."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path

import pytest

from tahaluf.web.config.front.application import MEMORY_BYTES, MOST_WAITING
from tests.web.platform.clients import Server, has_come, is_open, read_all, read_whole, served, spooled, wait_until

BLOCK = b"0123456789abcdef" * 4096
SMALL = 1 << 20
MANY = 40
Serve = Callable[..., Server]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts a server with limits of its own."""
    with ExitStack() as running:
        yield lambda **limits: running.enter_context(served(tmp_path, **limits))


def test_nobody_waits_for_slow_senders_and_slow_takers(serve: Serve) -> None:
    server = serve()
    with ExitStack() as lines:
        for _ in range(MANY):
            lines.enter_context(server.slow_sender())
            lines.enter_context(server.slow_sender(length=2 * SMALL))
            lines.enter_context(server.slow_taker("/stream/200"))
            lines.enter_context(server.slow_taker("/file/200"))
        for _ in range(20):
            # Whoever waits for one of them gets no answer until `ask` gives up.
            assert server.ask("POST", "/echo", b"abc")[0] == 200
        taker = lines.enter_context(server.slow_taker("/stream/200"))
        assert read_whole(taker) == 200 * BLOCK


@pytest.mark.parametrize("length", [0, 1, 100_000, (1 << 19) - 1, 1 << 19, (1 << 19) + 1, SMALL - 1, SMALL, SMALL + 1,
                                    5_000_000, 60_000_000])  # fmt: skip
def test_a_body_comes_through_as_it_was_sent(serve: Serve, length: int) -> None:
    server = serve()
    body = (BLOCK * (length // len(BLOCK) + 1))[:length]
    status, told = server.ask("POST", "/echo", body)
    assert (status, json.loads(told)["came"]) == (200, length)
    assert json.loads(told)["digest"] == hashlib.sha256(body).hexdigest()
    assert json.loads(told)["environ"]["CONTENT_LENGTH"] == str(length)
    status, told = server.ask("POST", "/echo", body, Expect="100-continue")
    assert (status, json.loads(told)["came"]) == (200, length)


def test_a_body_without_a_length_is_taken_while_it_is_small(serve: Serve) -> None:
    server = serve()
    status, told = server.ask("POST", "/echo", iter([b"abc", BLOCK]), Transfer_Encoding="chunked")
    assert (status, json.loads(told)["came"]) == (200, 3 + len(BLOCK))
    assert json.loads(told)["environ"]["CONTENT_LENGTH"] == str(3 + len(BLOCK))
    with server.connect() as line:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        line.sendall(b"100001\r\n" + b"x" * (SMALL + 1) + b"\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 411 ")


def test_who_sends_nothing_or_next_to_nothing_is_cut(serve: Serve) -> None:
    server = serve(patience=1)
    for length in (1000, 2 * SMALL):
        with server.slow_sender(length=length) as silent:
            assert read_all(silent).startswith(b"HTTP/1.1 408 ")
    with server.slow_sender(length=100_000) as dripping:
        dripping.setblocking(False)
        deadline = time.monotonic() + 30
        came = b""
        while not came and time.monotonic() < deadline:
            dripping.sendall(b"x")
            time.sleep(0.2)
            try:
                came = dripping.recv(1000)
            except BlockingIOError:
                continue
        assert came.startswith(b"HTTP/1.1 408 ")


def test_who_sends_slowly_but_steadily_is_heard(serve: Serve) -> None:
    server = serve(patience=1)
    with server.slow_sender(length=8_003) as line:
        for _ in range(20):
            line.sendall(b"x" * 400)
            time.sleep(0.1)
        assert json.loads(read_whole(line))["came"] == 8_003


def test_who_takes_nothing_is_cut_and_who_takes_slowly_is_not(serve: Serve) -> None:
    server = serve(patience=1)
    with ExitStack() as lines:
        paths = ("/stream/400", "/file/400", "/stream/3")
        idle = [lines.enter_context(server.slow_taker(path)) for path in paths]
        steady = lines.enter_context(server.slow_taker("/stream/400"))
        deadline = time.monotonic() + 30
        while any(is_open(line) for line in idle) and time.monotonic() < deadline:
            assert steady.recv(4096)
            time.sleep(0.1)
        assert not any(is_open(line) for line in idle)
        assert is_open(steady)
        steady.close()
    assert server.ask("GET", "/echo")[0] == 200
    assert wait_until(lambda: not spooled(server))


def test_what_is_above_a_bound_is_refused_before_it_is_taken(serve: Serve) -> None:
    server = serve(body=4 * SMALL, waiting=6 * SMALL)
    expecting = "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n"
    for path, length, told in (
        ("/echo", 5 * SMALL, b"HTTP/1.1 413 "),
        ("/refuse", 2 * SMALL, b"HTTP/1.1 403 "),  # the application has its say first
        ("/echo", 4 * SMALL, b"HTTP/1.1 100 "),
    ):
        with server.connect() as line:
            line.sendall(expecting.format(path, length).encode())
            assert line.recv(1000).startswith(told)
    with server.slow_sender(length=4 * SMALL), server.connect() as second:
        assert wait_until(lambda: bool(spooled(server)))
        second.sendall(expecting.format("/echo", 3 * SMALL).encode())
        refusal = second.recv(1000)
        assert refusal.startswith(b"HTTP/1.1 503 ") and b"retry-after: 10\r\n" in refusal.lower()
        assert server.ask("POST", "/echo", b"x" * SMALL)[0] == 200
    assert wait_until(lambda: not spooled(server))
    assert server.ask("POST", "/echo", b"x" * 4 * SMALL)[0] == 200


def test_small_bodies_are_bounded_too_by_number_and_by_bytes(serve: Serve) -> None:
    server = serve()
    with ExitStack() as lines:
        small = [lines.enter_context(server.slow_sender()) for _ in range(MOST_WAITING + 20)]
        assert wait_until(lambda: sum(has_come(line) for line in small) == 20)
        assert server.ask("POST", "/echo", b"a")[0] == 503
        assert server.ask("GET", "/echo")[0] == 200
    assert wait_until(lambda: server.ask("POST", "/echo", b"a")[0] == 200)
    with ExitStack() as lines:
        room = MEMORY_BYTES // SMALL
        large = [lines.enter_context(server.slow_sender(length=SMALL)) for _ in range(room + 8)]
        for line in large:
            with suppress(ConnectionError):
                line.sendall(b"x" * (SMALL - 4))
        assert wait_until(lambda: sum(has_come(line) for line in large) >= 8)
        refused = [read_all(line)[:13] for line in large if has_come(line)]
        assert b"HTTP/1.1 503 " in refused and set(refused) <= {b"HTTP/1.1 503 ", b""}
        assert server.ask("POST", "/echo", b"a")[0] == 200
    assert wait_until(lambda: server.ask("POST", "/echo", b"x" * SMALL)[0] == 200)


def test_answers_come_whole_or_visibly_broken(serve: Serve) -> None:
    server = serve()
    for path in ("/stream/0", "/stream/1", "/stream/5", "/stream/200", "/file/1", "/file/200"):
        assert server.ask("GET", path) == (200, BLOCK * int(path.rpartition("/")[2])), path
        assert server.ask("HEAD", path) == (200, b"")
    assert server.ask("GET", "/unchanged") == (304, b"")
    with pytest.raises((IncompleteRead, ConnectionError)):
        server.ask("GET", "/stop/200")
    assert server.ask("GET", "/fault")[0] == 500
    assert "Salma" not in server.log.read_text()
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        for path in ("/stream/5", "/file/5", "/unchanged", "/echo", "/file/5"):
            connection.request("POST", path, b"abc")
            connection.getresponse().read()
            line = connection.sock
        assert connection.sock is line


def test_who_leaves_stops_the_work(serve: Serve) -> None:
    server = serve()
    with server.slow_taker("/stream/1000000000") as line:
        assert line.recv(100)
        assert wait_until(lambda: bool(spooled(server)))
    assert wait_until(lambda: not spooled(server))


def test_an_answer_that_nobody_takes_is_given_up_where_the_room_ends(serve: Serve) -> None:
    server = serve(waiting=16 * SMALL)
    with server.slow_taker("/stream/1000000000") as line:
        assert wait_until(lambda: not is_open(line))
    assert wait_until(lambda: not spooled(server))


def test_the_application_hears_of_a_request_what_it_did_before(serve: Serve) -> None:
    server = serve()
    headers = {"X-Forwarded-For": "203.0.113.5", "X_Forwarded_For": "10.0.0.1", "Cookie": "a=1"}
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        connection.request("GET", "/echo/?q=%C3%A9", headers=headers)
        environ = json.loads(connection.getresponse().read())["environ"]
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["HTTP_X_FORWARDED_FOR"] == "203.0.113.5"
    assert environ["HTTP_HOST"] == f"127.0.0.1:{server.port}"
    assert (environ["QUERY_STRING"], environ["HTTP_COOKIE"]) == ("q=%C3%A9", "a=1")
    assert "CONTENT_LENGTH" not in environ
    with server.connect() as line:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc")
        assert line.recv(1000)[:12] in (b"HTTP/1.1 200", b"HTTP/1.1 400")
    with server.connect() as line:
        chunked = b"Transfer-Encoding: chunked\r\nContent-Length: 3000000\r\n\r\n2\r\nab\r\n0\r\n\r\n"
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: localhost\r\n" + chunked)
        assert json.loads(read_whole(line))["environ"]["CONTENT_LENGTH"] == "2"


def test_a_web_process_ends_beside_slow_clients(serve: Serve) -> None:
    server = serve()
    with ExitStack() as lines:
        lines.enter_context(server.slow_sender())
        lines.enter_context(server.slow_taker("/stream/200"))
        lines.enter_context(server.slow_taker("/file/200"))
        working = lines.enter_context(server.slow_taker("/sleep/2"))
        time.sleep(0.5)
        server.program.terminate()
        assert read_whole(working) == b"slept"
        assert server.program.wait(30) == 0
