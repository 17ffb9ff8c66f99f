"""Bringing a desk back: everything is unpacked and checked first; only then is what is there put aside."""

import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tahaluf.domain import InputError, Problem, TahalufError, Where
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.audit.services import record
from tahaluf.web.common.jobs.models import Worker
from tahaluf.web.common.jobs.process import is_worker_alive
from tahaluf.web.config.backup import files
from tahaluf.web.config.backup.databases import database, sqlite_path
from tahaluf.web.config.backup.manifest import DATA, DATABASE, Manifest
from tahaluf.web.config.backup.unpacking import unpack
from tahaluf.web.config.occupying import having_alone
from tahaluf.web.config.preparing import prepare, reaching_database

GONE_SECONDS = 3.0


def restore(backup: Path, *, replace: bool) -> Manifest:
    """Make this desk what the backup says. TahalufError, and nothing is changed, where it is not whole, of another
    kind or a newer version, where the desk runs, or holds something and `replace` is not said. Whatever goes wrong
    later puts everything back; the desk that was there is only deleted once the other is ready."""
    data = settings.DATA
    with having_alone(data), tempfile.TemporaryDirectory(dir=data / "run", prefix="restore-") as scratch:
        new = Path(scratch) / "new"
        new.mkdir()
        manifest = unpack(backup, new)
        _check(manifest, new, backup)
        _refuse_while_in_use()
        if not replace and not _is_empty():
            raise TahalufError(Problem("web.backup.not_empty"))
        old = Path(tempfile.mkdtemp(dir=data / "run", prefix="replaced-"))
        with reaching_database():
            _put_in_place(manifest, new, old)
            database().forget()
        shutil.rmtree(old)
    return manifest


def _put_in_place(manifest: Manifest, new: Path, old: Path) -> None:
    """The new desk for the old one, which then is in `old`; or everything is as it was."""
    database().replace(new / DATABASE, old)
    came: list[Path] = []
    try:
        _move_files(settings.DATA, new / DATA.rstrip("/"), old, came)
        prepare()
        record(None, "desk.restored", ("", ""), made_at=manifest.made_at, audit=manifest.audit)
    except BaseException:
        database().put_back(old)
        _move_back(settings.DATA, old, came)
        raise


def _refuse_while_in_use() -> None:
    """Servers and workers of this machine hold a lock; of those elsewhere the database knows."""
    with reaching_database():
        if Worker._meta.db_table in connection.introspection.table_names() and is_worker_alive():
            raise TahalufError(Problem("web.backup.in_use"), permanent=False)
        if others := _others_that_stay():
            raise TahalufError(Problem("web.backup.connected", found=", ".join(others)), permanent=False)


def _others_that_stay() -> list[str]:
    """Who else is connected to the database; a server takes a moment to see that somebody has left."""
    until = time.monotonic() + GONE_SECONDS
    while (others := database().others()) and time.monotonic() < until:
        time.sleep(0.2)
    return others


def _check(manifest: Manifest, new: Path, backup: Path) -> None:
    kind = database()
    if manifest.engine != kind.engine:
        raise InputError(Problem("web.backup.engine", Where(str(backup)), kind.engine, manifest.engine))
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if not known.issuperset(manifest.migrations):
        raise InputError(Problem("web.backup.version", Where(str(backup)), found=manifest.version))
    if DATABASE not in manifest.members:
        raise InputError(Problem("web.backup.format", Where(str(backup)), found=f"no {DATABASE}"))
    kind.check(new / DATABASE)


def _is_empty() -> bool:
    """Nobody has ever come in, nothing has been imported, no file is there."""
    with reaching_database():
        there = set(connection.introspection.table_names())
        models = (User, ListSource, AuditEntry)
        if any(model.objects.exists() for model in models if model._meta.db_table in there):
            return False
    tops = files.tops(settings.DATA, sqlite_path())
    return all(path.name in files.SELF_MADE or not any(path.rglob("*")) for path in tops)


def _move_files(data: Path, new: Path, old: Path, came: list[Path]) -> None:
    """The desk's files aside, and the new ones in, each of which is named before it comes."""
    for path in files.tops(data, sqlite_path()):
        shutil.move(path, old / path.name)
    for path in new.iterdir() if new.is_dir() else ():
        came.append(data / path.name)
        shutil.move(path, data / path.name)


def _move_back(data: Path, old: Path, came: list[Path]) -> None:
    for path in came:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for path in list(old.iterdir()):
        shutil.move(path, data / path.name)
    old.rmdir()
