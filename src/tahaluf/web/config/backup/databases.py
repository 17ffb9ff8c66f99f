"""Taking the database out whole and putting it back: SQLite by its own backup, PostgreSQL by its client programs."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import connection, connections, transaction

from tahaluf.domain import InputError, Problem, TahalufError, Where

REPLACED = "tahaluf_replaced"
# Where the operator's role may not see what a session is, it is taken for a client.
OTHERS = """SELECT DISTINCT COALESCE(host(client_addr), ''), application_name FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
    AND COALESCE(backend_type, 'client backend') = 'client backend' ORDER BY 1, 2"""


class Database(Protocol):
    """A kind of database."""

    engine: str

    def save(self, out: Path) -> None:
        """Write the database as it stands at one moment."""

    def others(self) -> list[str]:
        """Who else is connected, as the operator may know them."""

    def check(self, kept: Path) -> None:
        """TahalufError where what was saved cannot be put back."""

    def replace(self, kept: Path, aside: Path) -> None:
        """Put in place what was saved, all of it, or the database is as it was; what was there stays aside."""

    def put_back(self, aside: Path) -> None:
        """What stands aside in place of what is there."""

    def forget(self) -> None:
        """What stands aside, but in that folder, is needed no more."""


def database() -> Database:
    """The one that the settings name."""
    given = settings.DATABASES["default"]
    if connection.vendor == "postgresql":
        return PostgreSQL(given)
    return SQLite(Path(str(given["NAME"])))


def sqlite_path() -> Path | None:
    """Where the database's file is, if it is one."""
    kind = database()
    return kind.path if isinstance(kind, SQLite) else None


class SQLite:
    """A file, with others beside it while it is open."""

    engine = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def save(self, out: Path) -> None:
        with closing(sqlite3.connect(self.path, timeout=60)) as live, closing(sqlite3.connect(out)) as copy:
            live.backup(copy)

    def others(self) -> list[str]:
        """Of this machine alone there can be some, and those hold the lock of the data folder."""
        return []

    def check(self, kept: Path) -> None:
        try:
            with closing(sqlite3.connect(f"file:{kept}?mode=ro", uri=True)) as copy:
                found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as damaged:
            found = str(damaged)
        if found != "ok":
            raise InputError(Problem("web.backup.damaged", Where(item="database"), found=found))

    def replace(self, kept: Path, aside: Path) -> None:
        connections.close_all()
        try:
            for path in self._files():
                shutil.move(path, aside / path.name)
            shutil.move(kept, self.path)
            self.path.chmod(0o600)
        except OSError:
            self.put_back(aside)
            raise

    def put_back(self, aside: Path) -> None:
        connections.close_all()
        there = self._files(aside)
        if self.path.name in [path.name for path in there]:
            for path in self._files():
                path.unlink()
        for path in there:
            shutil.move(path, self.path.with_name(path.name))

    def forget(self) -> None:
        return None

    def _files(self, folder: Path | None = None) -> list[Path]:
        """Those of the database that are there, here or aside; the one that makes it a database comes last."""
        names = [self.path.name + end for end in ("-wal", "-shm", "")]
        return [path for name in names if (path := (folder or self.path.parent) / name).exists()]


class PostgreSQL:
    """A server, by `pg_dump` and `pg_restore`."""

    engine = "postgresql"

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def save(self, out: Path) -> None:
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={out}")

    def others(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(OTHERS)
            return [" ".join(part for part in row if part) or "?" for row in cursor.fetchall()]

    def check(self, kept: Path) -> None:
        self._run("pg_restore", "--list", str(kept), connect=False)

    def replace(self, kept: Path, aside: Path) -> None:
        """The present tables are put aside in a schema of their own until all is well."""
        self._rename("public", REPLACED)
        try:
            self._run(
                "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
                "--schema=public", str(kept),
            )  # fmt: skip
        except TahalufError:
            self.put_back(aside)
            raise
        connections.close_all()

    def put_back(self, aside: Path) -> None:
        self._sql("DROP SCHEMA IF EXISTS public CASCADE", f"ALTER SCHEMA {REPLACED} RENAME TO public")
        connections.close_all()

    def forget(self) -> None:
        self._sql(f"DROP SCHEMA IF EXISTS {REPLACED} CASCADE")

    def _rename(self, old: str, new: str) -> None:
        self._sql(f"DROP SCHEMA IF EXISTS {new} CASCADE", f"ALTER SCHEMA {old} RENAME TO {new}", f"CREATE SCHEMA {old}")

    def _sql(self, *statements: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _run(self, program: str, *arguments: str, connect: bool = True) -> None:
        if (path := shutil.which(program)) is None:
            raise TahalufError(Problem("web.backup.tool", expected=program))
        ended = subprocess.run(  # noqa: S603
            [path, *arguments, *(self._address() if connect else ())],
            env=self._environment(),
            capture_output=True,
            check=False,
        )
        if ended.returncode:
            said = ended.stderr.decode("utf-8", "replace").strip().splitlines() or [str(ended.returncode)]
            raise TahalufError(Problem("web.backup.failed", expected=program, found=said[0][:300]))

    def _address(self) -> list[str]:
        options = {"host": "HOST", "port": "PORT", "username": "USER", "dbname": "NAME"}
        return [f"--{name}={self._given[key]}" for name, key in options.items() if self._given.get(key)]

    def _environment(self) -> dict[str, str]:
        """A password goes by the environment: an argument would be seen by every user of the machine."""
        password = self._given.get("PASSWORD")
        return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
