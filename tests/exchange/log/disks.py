"""Disks for tests: in memory, and one whose machine stops at a chosen step."""

from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(Exception):
    """The machine went down."""


class Disk:
    """`Files` in memory. With `steps`, the machine stops at that write or removal, before or after it took place."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self.files = {} if files is None else files
        self.steps: int | None = None
        self.after = False
        self.done = 0

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def write(self, path: str, data: bytes) -> None:
        with_it = self._step()
        if with_it:
            self.files[path] = bytes(data)
        if self._stops():
            raise Stopped

    def remove(self, path: str) -> None:
        if self._step():
            self.files.pop(path, None)
        if self._stops():
            raise Stopped

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Of a database on this machine: it stops before all of it, or after."""
        if not self._step():
            raise Stopped
        yield
        if self._stops():
            raise Stopped

    def _step(self) -> bool:
        self.done += 1
        return not self._stops() or self.after

    def _stops(self) -> bool:
        return self.steps is not None and self.done >= self.steps
