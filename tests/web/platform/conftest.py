"""Desks of their own, on real databases: a file of SQLite, or one on the server that TAHALUF_TEST_DATABASE names."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

SERVER = os.environ.get("TAHALUF_TEST_DATABASE", "")
PREPARE = "from tahaluf.web.config.preparing import prepare; prepare()"
SETUP = "import django; django.setup()\n"


class Desk:
    """An installation: its folder, its database, and a way to run programs in it."""

    def __init__(self, data: Path, database: str = "") -> None:
        self.data, self.database = data, database
        self._running: list[subprocess.Popen[str]] = []

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TAHALUF_", "DJANGO_"))}
        given = {"TAHALUF_DATABASE": self.database} if self.database else {}
        return {
            **kept, **given, "TAHALUF_DATA": str(self.data), "TAHALUF_LANG": "en",
            "DJANGO_SETTINGS_MODULE": "tahaluf.web.config.settings", "PYTHONWARNINGS": "ignore",
        }  # fmt: skip

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command of `tahaluf`, running."""
        command = [sys.executable, "-c", "from tahaluf.cli.main import main; main()", *arguments]
        running = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )  # fmt: skip
        self._running.append(running)
        return running

    def end(self) -> None:
        """Nothing of a test that failed goes on."""
        for running in self._running:
            if running.poll() is None:
                running.kill()
                running.communicate()

    def tahaluf(self, *arguments: str, code: int = 0) -> str:
        """What a command says, on both ways."""
        running = self.start(*arguments)
        said = "".join(running.communicate(timeout=120))
        assert running.returncode == code, said
        return said

    def python(self, program: str, *arguments: str) -> str:
        """What a program prints that finds Django set up."""
        command = [sys.executable, "-c", SETUP + program, *arguments]
        ended = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        return ended.stdout


def administer(statement: str) -> None:
    """A statement outside of any transaction, in the database that the variable names."""
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that is copied for each test: tables are made once."""
    desk = Desk(tmp_path_factory.mktemp("prepared") / "data", _new_database() if SERVER else "")
    desk.python(PREPARE)
    yield desk
    drop_desk(desk)


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk without a table."""
    desk = Desk(tmp_path / "empty", _new_database() if SERVER else "")
    desk.data.mkdir(mode=0o700)
    yield desk
    drop_desk(desk)


@pytest.fixture
def new_desk(prepared: Desk, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Gives a copy of a desk, if none is named of one in which nobody has done anything yet."""
    made: list[Desk] = []

    def make(like: Desk = prepared) -> Desk:
        made.append(copy_desk(like, tmp_path / f"desk-{len(made)}"))
        return made[-1]

    yield make
    for desk in made:
        drop_desk(desk)


@pytest.fixture
def desk(new_desk: Callable[[], Desk]) -> Desk:
    """A desk in which nobody has done anything yet."""
    return new_desk()


def copy_desk(desk: Desk, place: Path) -> Desk:
    """A desk as it stands, with nothing running in it, a second time."""
    shutil.copytree(desk.data, place)
    return Desk(place, _new_database(like=desk.database) if SERVER else "")


def _new_database(like: str = "") -> str:
    name = f"tahaluf_desk_{uuid.uuid4().hex[:12]}"
    template = f" TEMPLATE {urlsplit(like).path[1:]}" if like else ""
    administer(f"CREATE DATABASE {name}{template}")
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


def drop_desk(desk: Desk) -> None:
    desk.end()
    if desk.database:
        administer(f"DROP DATABASE IF EXISTS {urlsplit(desk.database).path[1:]} WITH (FORCE)")
