"""Files of lists below the data folder: recognized by their content, kept under a name that it gives, whole or not."""

import hashlib
import os
import re
import shutil
import uuid
from contextlib import suppress
from pathlib import Path

from django.conf import settings

LISTS, INCOMING, INDEXES, FETCHED = "lists", "incoming", "indexes", "fetched"
_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9]{1,8}){1,2}\Z")


def data_path(relative: str) -> Path:
    """The place of what the database names relative to the data folder."""
    return Path(settings.DATA) / relative


def content_digest(path: Path) -> str:
    """SHA-256, in hex, of a file; of a folder, of the names and contents of its files."""
    if path.is_file():
        return _file_digest(path)
    digest = hashlib.sha256()
    for item in sorted(path.iterdir()):
        if item.is_file():
            digest.update(item.name.encode() + bytes.fromhex(_file_digest(item)))
    return digest.hexdigest()


def keep_file(path: Path, slug: str, digest: str, file_name: str) -> str:
    """Copies a list's file to where it is kept, in place of nothing; returns the place, relative to the data folder."""
    suffix = match[0] if (match := _SUFFIX.search(file_name)) else ""
    relative = f"{LISTS}/{slug}/{digest[:24]}{suffix}"
    kept = data_path(relative)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = kept.with_name(f".{uuid.uuid4().hex}")
        try:
            _copy(path, aside)
            aside.rename(kept)
        finally:
            _remove(aside)
    return relative


def remove_upload(path: Path) -> None:
    """Removes a file that was sent, and its folder."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def _copy(path: Path, aside: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, aside)
        return
    with path.open("rb") as source, aside.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
