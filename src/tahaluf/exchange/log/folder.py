"""Files in a folder of the disk."""

import os
import re
import secrets
from pathlib import Path

PART = re.compile(r"[A-Za-z0-9._+-]{1,250}")


class Folder:
    """`Files` under a folder. ValueError for a path that would leave it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str) -> bytes | None:
        """The whole file, or None where there is none."""
        try:
            return self._place(path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, path: str, data: bytes) -> None:
        """Written beside, flushed, renamed into place, and the folder flushed."""
        place = self._place(path)
        _make_folder(place.parent)
        beside = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
        try:
            with beside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        _flush_folder(place.parent)

    def remove(self, path: str) -> None:
        """Removes a file, if it is there."""
        self._place(path).unlink(missing_ok=True)

    def _place(self, path: str) -> Path:
        parts = path.split("/")
        if not all(PART.fullmatch(part) and part.strip(".") for part in parts):
            raise ValueError(f"not a path of a log: {path[:80]!r}")
        return self._root.joinpath(*parts)


def _make_folder(folder: Path) -> None:
    """A folder and those above it, each known to the disk."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
