"""A backup into a folder: every file as its manifest has it, or nothing."""

import hashlib
import tarfile
from pathlib import Path
from typing import BinaryIO

from tahaluf.domain import InputError, Problem, Where
from tahaluf.web.config.backup.manifest import MANIFEST, MOST_BYTES, Manifest, read_manifest

BLOCK = 1 << 20


def unpack(backup: Path, into: Path) -> Manifest:
    """Write all members below a folder. InputError for what is no backup, is not whole, holds what its manifest does
    not name, or would be written elsewhere."""
    try:
        with tarfile.open(backup, mode="r:") as tar:
            manifest = _manifest(tar, backup)
            wanted = dict(manifest.members)
            for told in tar:
                if told.name == MANIFEST:
                    continue
                member = wanted.pop(told.name, None)
                if member is None or not told.isreg() or told.size != member.size:
                    raise _damaged(told.name)
                _write(tar, told, into / told.name, member.digest)
    except (tarfile.TarError, EOFError) as wrong:
        raise InputError(Problem("web.backup.format", Where(str(backup)), found=str(wrong)[:200])) from wrong
    if wanted:
        raise _damaged(min(wanted))
    return manifest


def _manifest(tar: tarfile.TarFile, backup: Path) -> Manifest:
    try:
        told = tar.getmember(MANIFEST)
    except KeyError:
        raise InputError(Problem("web.backup.format", Where(str(backup)), found=f"no {MANIFEST}")) from None
    file = tar.extractfile(told) if told.isreg() and told.size <= MOST_BYTES else None
    return read_manifest(file.read() if file else b"", str(backup))


def _write(tar: tarfile.TarFile, told: tarfile.TarInfo, place: Path, digest: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = tar.extractfile(told)
    if file is None:
        raise _damaged(told.name)
    with file, place.open("xb") as out:
        place.chmod(0o600)
        if _copy(file, out) != digest:  # type: ignore[arg-type]
            raise _damaged(told.name)


def _copy(file: BinaryIO, out: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
        out.write(block)
    return digest.hexdigest()


def _damaged(name: str) -> InputError:
    return InputError(Problem("web.backup.damaged", Where(item=name[:200])))
