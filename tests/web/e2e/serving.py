"""A demo desk in a process of its own, and the way into it; for tests and for pictures."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
START_SECONDS = 180


class Desk(NamedTuple):
    """Where it is reached, and the password of all its invented people."""

    url: str
    password: str


@contextmanager
def demo_desk(data: Path) -> Iterator[Desk]:
    """`tahaluf serve --demo` with its data in this folder, until it answers."""
    port, said = _free_port(), data / "said.txt"
    command = [str(Path(sys.executable).with_name("tahaluf")), "serve", "--demo", "--port", str(port)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TAHALUF_", "DJANGO_"))}
    environment |= {"TAHALUF_DATA": str(data), "TAHALUF_LANG": "en", "PYTHONUNBUFFERED": "1"}
    with said.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield Desk(f"http://127.0.0.1:{port}", _wait(process, port, said))
    finally:
        process.terminate()
        process.wait(30)


def sign_in(page: Any, desk: Desk, name: str) -> None:
    """By the form, as this person."""
    page.goto("/account/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", desk.password)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "login" not in url)


def speak(page: Any, language: str) -> None:
    """By the switch in the head of the page."""
    if page.get_attribute("html", "lang") != language:
        page.click(f".languages button[value={language}]")
        page.wait_for_selector(f"html[lang={language}]")


def _wait(process: "subprocess.Popen[bytes]", port: int, said: Path) -> str:
    """The password that the desk tells, once it answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        told = re.search(r"password: (\S+)", said.read_text("utf-8", "replace"))
        if told and _answers(port):
            return told[1]
        time.sleep(0.3)
    raise AssertionError(f"the desk did not start:\n{said.read_text('utf-8', 'replace')[-3000:]}")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
