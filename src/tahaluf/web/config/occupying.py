"""Who uses the desk's data folder: servers and workers share it, a restore wants it alone.

A lock of the system on a file, which ends with the process, however that ends.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tahaluf.domain import Problem, TahalufError

try:
    import fcntl
except ImportError:  # not on Windows, where nobody is kept from restoring under a running desk
    fcntl = None  # type: ignore[assignment]


@contextmanager
def sharing(data: Path) -> Iterator[None]:
    """The desk runs here, as it may several times."""
    with _locked(data, alone=False):
        yield


@contextmanager
def having_alone(data: Path) -> Iterator[None]:
    """Nobody else may use the desk for a while; TahalufError (`web.backup.in_use`) where somebody does."""
    with _locked(data, alone=True):
        yield


@contextmanager
def _locked(data: Path, *, alone: bool) -> Iterator[None]:
    run = data / "run"
    run.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(run / "in-use", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except OSError as taken:
                raise TahalufError(Problem("web.backup.in_use"), permanent=False) from taken
        yield
    finally:
        os.close(file)
