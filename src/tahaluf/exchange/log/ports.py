"""What a log needs of whatever keeps its files."""

from typing import Protocol


class Files(Protocol):
    """Files by path: parts of `A-Z a-z 0-9 . - _ +`, joined by `/`."""

    def read(self, path: str) -> bytes | None:
        """The whole file, or None where there is none."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Puts a file in place, whole or not at all, whatever was there; on the disk for good when it returns."""
        ...

    def remove(self, path: str) -> None:
        """Removes a file, if it is there."""
        ...
