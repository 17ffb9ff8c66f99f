"""An array that grows at its end without being copied each time."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST = 1024


class Growing:
    """Items are added, never changed: a view that was taken stays as it was while others add."""

    def __init__(self, first: NDArray[Any]) -> None:
        self._room = np.empty((LEAST, *first.shape[1:]), dtype=first.dtype)
        self._size = 0
        self.extend(first)

    @property
    def view(self) -> NDArray[Any]:
        """The items so far."""
        return self._room[: self._size]

    def extend(self, items: NDArray[Any]) -> None:
        """Add items of the same shape and type."""
        size = self._size + len(items)
        if size > len(self._room):
            room = np.empty((max(size, 2 * len(self._room)), *self._room.shape[1:]), dtype=self._room.dtype)
            room[: self._size] = self.view
            self._room = room
        self._room[self._size : size] = items
        self._size = size
