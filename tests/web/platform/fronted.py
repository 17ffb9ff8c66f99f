"""A WSGI application behind the desk's front, served as the desk is: what passes is told by what comes out.

`python -m granian … tests.web.platform.fronted:application`; the limits are in FRONTED_… .
"""

import hashlib
import json
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tahaluf.web.common.logs import Lines
from tahaluf.web.config.front.application import Front, Limits

_OUT = logging.StreamHandler()
_OUT.setFormatter(Lines())
logging.basicConfig(handlers=[_OUT])
FOLDER = Path(os.environ["FRONTED_FOLDER"])
BLOCK = b"0123456789abcdef" * 4096
Start = Callable[[str, list[tuple[str, str]]], Any]


def respond(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """By its path: /echo tells what came, /stream and /file give so many blocks, /refuse looks at nothing."""
    name, _, count = environ["PATH_INFO"].strip("/").partition("/")
    return PLACES[name](environ, start, int(count or 0))


def echo(environ: dict[str, Any], start: Start, _count: int) -> Iterable[bytes]:
    digest, came = hashlib.sha256(), 0
    while part := environ["wsgi.input"].read(1 << 16):
        digest.update(part)
        came += len(part)
    start("200 OK", [("Content-Type", "application/json")])
    words = {name: value for name, value in environ.items() if isinstance(value, str)}
    return [json.dumps({"came": came, "digest": digest.hexdigest(), "environ": words}).encode()]


def stream(environ: dict[str, Any], start: Start, count: int) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return _blocks(count)


def stop(environ: dict[str, Any], start: Start, count: int) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return _blocks(count, fails=True)


def file(environ: dict[str, Any], start: Start, count: int) -> Iterable[bytes]:
    given = tempfile.TemporaryFile(dir=FOLDER)  # noqa: SIM115 (the server closes it)
    for _ in range(count):
        given.write(BLOCK)
    given.seek(0)
    start("200 OK", [("Content-Length", str(count * len(BLOCK)))])
    wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](given)
    return wrapped


def refuse(environ: dict[str, Any], start: Start, _count: int) -> Iterable[bytes]:
    start("403 Forbidden", [("Content-Length", "2")])
    return [b"no"]


def unchanged(environ: dict[str, Any], start: Start, _count: int) -> Iterable[bytes]:
    start("304 Not Modified", [("ETag", '"1"')])
    return []


def fault(environ: dict[str, Any], start: Start, _count: int) -> Iterable[bytes]:
    raise RuntimeError("Salma Idrissi")


def sleep(environ: dict[str, Any], start: Start, count: int) -> Iterable[bytes]:
    time.sleep(count)
    start("200 OK", [])
    return [b"slept"]


def _blocks(count: int, *, fails: bool = False) -> Iterator[bytes]:
    for _ in range(count):
        yield BLOCK
    if fails:
        raise RuntimeError("Salma Idrissi")


PLACES = {
    "echo": echo, "stream": stream, "stop": stop, "file": file, "refuse": refuse, "unchanged": unchanged,
    "fault": fault, "sleep": sleep,
}  # fmt: skip
application = Front(
    respond,
    Limits(
        float(os.environ["FRONTED_PATIENCE"]),
        int(os.environ["FRONTED_BODY"]),
        int(os.environ["FRONTED_WAITING"]),
        FOLDER,
    ),
)
