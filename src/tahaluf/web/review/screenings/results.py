"""The files that a screening writes, which grow piece by piece and are cut back to what the database says when a run
that was killed goes on.

A worker that has lost its lease unknowingly may write once more before it is told: the same bytes to the same place as
whoever has taken over, for a piece is read and screened the same way by both.
"""

import os
from pathlib import Path
from typing import IO

from tahaluf.domain import InputError, Problem


class ResultFiles:
    """Hits and rejects, open for writing after the last bytes that count."""

    def __init__(self, hits: Path, hits_bytes: int, rejects: Path, rejects_bytes: int) -> None:
        self._hits = _open_at(hits, hits_bytes)
        try:
            self._rejects = _open_at(rejects, rejects_bytes)
        except BaseException:
            self._hits.close()
            raise

    def write(self, hits: bytes, rejects: bytes) -> tuple[int, int]:
        """Adds to both, down to the disk; their lengths now. They count once the database has them."""
        for file, content in ((self._hits, hits), (self._rejects, rejects)):
            if content:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        return self._hits.tell(), self._rejects.tell()

    def close(self) -> None:
        self._hits.close()
        self._rejects.close()


def _open_at(path: Path, length: int) -> IO[bytes]:
    path.touch(mode=0o600)
    file = path.open("r+b")
    size = file.seek(0, os.SEEK_END)
    if size < length:
        file.close()
        raise InputError(Problem("web.screening.files_lost", expected=str(length), found=str(size)))
    file.truncate(length)
    file.seek(length)
    return file
