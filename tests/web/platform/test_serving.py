"""The desk from nothing: it starts, says how to come in, answers, ends when told."""

import os
import re
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.web.platform.conftest import Desk


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@contextmanager
def slow_senders(port: int, count: int) -> Iterator[None]:
    """People on a bad line: each has begun to send a thousand bytes, and sent three."""
    head = b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    with ExitStack() as lines:
        for _ in range(count):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", port)))
            line.sendall(head + b"Content-Type: application/x-www-form-urlencoded\r\n\r\na=1")
        time.sleep(0.5)
        yield


def descendants_of(pid: int) -> list[int]:
    return [each for child in children_of(pid) for each in (child, *descendants_of(child))]


def children_of(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(parts[1]) == pid:
            found.append(int(path.parent.name))
    return found


def test_a_desk_is_served_and_ends_when_told(desk: Desk) -> None:
    port = free_port()
    serving = desk.start("serve", "--port", str(port), "--workers", "2")
    assert serving.stdout
    said = serving.stdout.readline()
    link = re.search(r"(/invitation/\S+)", said)
    assert link, said
    assert str(port) in serving.stdout.readline()
    assert get(port, link[1])[0] == 200
    deadline = time.monotonic() + 60
    while '"worker": "ok"' not in (health := get(port, "/healthz")[1]) and time.monotonic() < deadline:
        time.sleep(0.3)
    assert '"status": "degraded"' in health  # no list has been imported
    purposes = "from tahaluf.web.review.tables.purposes import Purpose; print(Purpose.objects.count())"
    assert desk.python(purposes).strip() == "3"
    for _ in range(30):
        get(port, "/account/login/")
    counted = get(port, "/metrics")[1]
    assert re.search(r'tahaluf_requests_total\{method="GET",status="200",view="account_login"\} 30', counted)
    assert 'tahaluf_jobs{state="done"}' in counted
    assert get(port, "/metrics", **{"X-Forwarded-For": "203.0.113.5"})[0] == 403
    assert "checks" not in get(port, "/healthz", **{"X-Forwarded-For": "203.0.113.5"})[1]

    with slow_senders(port, 40):
        # Whoever waits for one of them gets no answer until `get` gives up.
        assert get(port, "/account/login/")[0] == 200

    taken = desk.tahaluf("serve", "--port", str(port), code=1)
    assert "in use already" in taken
    refused = desk.tahaluf("restore", os.devnull, code=1)
    assert "is running" in refused

    children = children_of(serving.pid)
    assert len(children) == 2
    serving.send_signal(signal.SIGTERM)
    _out, error = serving.communicate(timeout=60)
    assert serving.returncode == 0, error
    assert "Traceback" not in error
    assert link[1].split("/")[2] not in error
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_a_server_that_is_killed_comes_back_and_none_outlives_the_one_that_watches(desk: Desk) -> None:
    port = free_port()
    serving = desk.start("serve", "--port", str(port))
    assert serving.stdout
    while str(port) not in serving.stdout.readline().removeprefix("First"):
        continue
    orphans = descendants_of(serving.pid)
    for child in children_of(serving.pid):
        os.kill(child, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if get(port, "/healthz")[0] == 200:
                break
        except OSError:
            time.sleep(0.2)
    assert get(port, "/healthz")[0] == 200
    assert not [pid for pid in orphans if Path(f"/proc/{pid}/exe").exists()]
    children = descendants_of(serving.pid)
    serving.kill()
    serving.communicate()
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}/exe").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not [pid for pid in children if Path(f"/proc/{pid}/exe").exists()]


ADDING = """
from tahaluf.web.accounts.services import create_person, make_token
from tahaluf.web.review.purposes.services import ensure_defaults
purpose = ensure_defaults()[0].slug
owner = create_person("salma.idrissi", by=None, roles=["analyst"])
print(make_token(owner, "files", ["write"], 1, purpose=purpose)[1])
"""


def test_a_file_is_taken_of_members_alone_and_of_strangers_not_a_byte(desk: Desk) -> None:
    port = free_port()
    secret = desk.python(ADDING).strip()
    serving = desk.start("serve", "--port", str(port))
    assert serving.stdout
    while str(port) not in serving.stdout.readline().removeprefix("First"):
        continue
    rows = b"name\r\n" + b"".join(b"Qwx%dp Vjh%dy\r\n" % (number, number) for number in range(200_000))
    before = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n'
    body = before + rows + b"\r\n--cut--\r\n"
    assert len(body) > 3 << 20
    for path, more, told in (
        ("/account/login/", "", b"403"),
        ("/account/login/", f"Cookie: csrftoken={'a' * 32}\r\n", b"413"),
        ("/api/v1/screenings", "", b"401"),
        ("/api/v1/screenings", f"Authorization: Bearer {secret}\r\n", b"201"),
    ):
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n{more}"
        kind = f"Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: {len(body)}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", port), 60) as line:
            line.sendall((head + kind).encode())
            said = line.recv(1000)
            if secret in more:
                assert said.startswith(b"HTTP/1.1 100 ")
                line.sendall(body)
                said = line.recv(1000)
            assert said.startswith(b"HTTP/1.1 " + told), said
    with socket.create_connection(("127.0.0.1", port), 60) as line:
        head = "POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n"
        line.sendall(head.encode() + b"x" * 0x100001 + b"\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 411 ")
    assert 'tahaluf_requests_total{method="POST",status="411",view="front"} 1' in get(port, "/metrics")[1]
    serving.send_signal(signal.SIGTERM)
    _out, error = serving.communicate(timeout=60)
    assert "Traceback" not in error
    assert "the application failed" not in error


def test_people_are_invited_from_the_command_line(desk: Desk) -> None:
    assert "nobody here is called" in desk.tahaluf("person", "invite", "salma.idrissi", code=1)
    assert "no role" in desk.tahaluf("person", "invite", "salma.idrissi", "--role", "king", code=1)
    first = desk.tahaluf(
        "person", "invite", "salma.idrissi", "--role", "supervisor", "--address", "https://desk.example/"
    )
    assert first.startswith("https://desk.example/invitation/")
    second = desk.tahaluf("person", "invite", "Salma.Idrissi")
    assert "/invitation/" in second
    assert first.strip().rsplit("/", 2)[1] != second.strip().rsplit("/", 2)[1]


def test_a_worker_does_what_is_due_and_ends(desk: Desk) -> None:
    desk.python("from tahaluf.web.common.jobs.services import enqueue; enqueue('common.prune', {})")
    desk.tahaluf("worker", "--once")
    told = desk.python("from tahaluf.web.common.jobs.models import Job\nprint({j.state for j in Job.objects.all()})")
    assert told.strip() == "{'done'}"


def test_a_worker_wants_a_database_that_is_ready(empty_desk: Desk) -> None:
    assert "tahaluf serve" in empty_desk.tahaluf("worker", "--once", code=1)


def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data", "postgresql://nobody@127.0.0.1:1/none")
    said = desk.tahaluf("serve", "--port", str(free_port()), code=1)
    assert "database cannot be reached" in said
    assert "Traceback" not in said
