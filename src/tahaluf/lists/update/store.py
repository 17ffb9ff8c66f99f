"""The lists kept on disk: for each source the last good version, earlier ones, and a manifest that says what each is.

Files are written aside, flushed to the disk and renamed, so that a reader sees the old version or the new one, whole.
The current version is a copy of a kept one, never the same file.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Any

from tahaluf.domain import InputError, Problem, Where

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a list: its file among the versions, and what was found in it."""

    file: str
    sha256: str
    fetched_at: str
    url: str
    count: int
    published_on: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Store:
    """A directory with one folder a source: `current.xml`, `versions/`, `manifest.json`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def folder(self, name: str) -> Path:
        return self.directory / name

    def current(self, name: str) -> Path:
        """The last good version's file, whether or not there is one yet."""
        return self.folder(name) / "current.xml"

    def versions(self, name: str) -> list[Version]:
        """What the manifest holds, the newest last; InputError where it is damaged."""
        path = self.folder(name) / MANIFEST
        if not path.exists():
            return []
        known = {field.name for field in fields(Version)}
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))["versions"]
            return [Version(**{key: value for key, value in item.items() if key in known}) for item in raw]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                Problem("lists.update.manifest", Where(file=str(path)), "a manifest", repr(error))
            ) from error

    @contextmanager
    def scratch(self, name: str) -> Iterator[IO[bytes]]:
        """A file beside the versions to download into; it is gone afterwards, unless it was kept."""
        folder = self.folder(name) / "versions"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f".download-{os.getpid()}.part"
        try:
            with path.open("w+b") as stream:
                yield stream
        finally:
            path.unlink(missing_ok=True)

    def keep(self, name: str, download: Path, version: Version, limit: int) -> None:
        """Makes a checked download the current version and forgets the oldest beyond `limit`."""
        folder = self.folder(name)
        kept = folder / "versions" / version.file
        flush(download)
        download.replace(kept)
        self.copy(name, kept)
        versions = [*(item for item in self.versions(name) if item.file != version.file), version]
        self.write_manifest(name, versions[-max(limit, 1) :])
        for item in versions[: -max(limit, 1)]:
            (folder / "versions" / item.file).unlink(missing_ok=True)

    def copy(self, name: str, kept: Path) -> None:
        """Puts a copy of a kept version in the current one's place: what is done to the one leaves the other alone."""
        aside = self.folder(name) / ".current.part"
        shutil.copyfile(kept, aside)
        flush(aside)
        aside.replace(self.current(name))

    def is_whole(self, name: str, version: Version) -> bool:
        """Whether the current file is that version, byte for byte."""
        return matches(self.current(name), version)

    def restore(self, name: str, version: Version) -> bool:
        """Puts a version back in the current one's place; whether it is among the kept ones, whole."""
        kept = self.folder(name) / "versions" / version.file
        if not matches(kept, version):
            return False
        self.copy(name, kept)
        return True

    def write_manifest(self, name: str, versions: list[Version]) -> None:
        path = self.folder(name) / MANIFEST
        document: dict[str, Any] = {"format": 1, "versions": [asdict(item) for item in versions]}
        aside = path.with_suffix(".part")
        aside.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        flush(aside)
        aside.replace(path)
        flush(path.parent)


def flush(path: Path) -> None:
    """Sees to it that a file (or a folder's names) is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def matches(path: Path, version: Version) -> bool:
    try:
        return hash_file(path) == version.sha256
    except OSError:
        return False


def hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
