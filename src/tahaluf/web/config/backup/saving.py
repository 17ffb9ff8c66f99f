"""Saving the desk while it runs."""

import hashlib
import io
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from tahaluf import __version__
from tahaluf.domain import InputError, Problem, Where
from tahaluf.web.common.audit.models import AuditHead
from tahaluf.web.common.audit.services import record
from tahaluf.web.config.backup import files
from tahaluf.web.config.backup.databases import database, sqlite_path
from tahaluf.web.config.backup.manifest import DATA, DATABASE, MANIFEST, Manifest, Member


def save(out: Path) -> Manifest:
    """Write the desk to a new file, whole or not at all; who may read it may read everything."""
    if out.exists():
        raise InputError(Problem("web.backup.exists", Where(file=str(out))))
    record(None, "desk.saved", ("", ""))
    with tempfile.TemporaryDirectory(dir=_scratch(), prefix="backup-") as scratch, _whole(out) as made:
        # The database first: files that it does not know of yet do no harm, files that it misses would.
        manifest = _manifest()
        copy = Path(scratch) / DATABASE
        database().save(copy)
        with tarfile.open(fileobj=made, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            manifest.members[DATABASE] = _add(tar, copy, DATABASE)
            for path in files.walk(settings.DATA, sqlite_path()):
                _add_if_there(tar, path, manifest)
            _add_manifest(tar, manifest)
    return manifest


def applied_migrations() -> list[str]:
    """`app.name` of each."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _manifest() -> Manifest:
    head = AuditHead.objects.filter(pk=1).first()
    audit = f"{head.sequence}:{head.digest}" if head else ""
    return Manifest(timezone.now().isoformat(), __version__, database().engine, applied_migrations(), audit)


def _add_if_there(tar: tarfile.TarFile, path: Path, manifest: Manifest) -> None:
    name = DATA + path.relative_to(settings.DATA).as_posix()
    try:
        manifest.members[name] = _add(tar, path, name)
    except FileNotFoundError:
        return  # deleted since the folder was read, as retention has it


def _add(tar: tarfile.TarFile, path: Path, name: str) -> Member:
    with path.open("rb") as file:
        told = tarfile.TarInfo(name)
        told.size, told.mode, told.mtime = os.fstat(file.fileno()).st_size, 0o600, int(path.stat().st_mtime)
        reading = _Digesting(file)
        tar.addfile(told, reading)
    return Member(told.size, reading.digest.hexdigest())


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    text = manifest.to_bytes()
    told = tarfile.TarInfo(MANIFEST)
    told.size, told.mode, told.mtime = len(text), 0o600, int(time.time())
    tar.addfile(told, io.BytesIO(text))


class _Digesting:
    """A file that is digested as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block


def _scratch() -> Path:
    folder: Path = settings.DATA / "run"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def _whole(out: Path) -> Iterator[BinaryIO]:
    made = out.with_name(out.name + ".new")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        made.rename(out)
    finally:
        made.unlink(missing_ok=True)
