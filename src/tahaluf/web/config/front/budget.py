"""How much may wait at once in a web process, for all who wait together."""

from threading import Lock


class Budget:
    """So many units, bytes or places, to be lent; threads may share it."""

    def __init__(self, most: int) -> None:
        self._left, self._lock = most, Lock()

    def take(self, count: int) -> bool:
        """Whether so many were left; they are then lent."""
        with self._lock:
            if count > self._left:
                return False
            self._left -= count
            return True

    def give(self, count: int) -> None:
        """What was lent comes back."""
        with self._lock:
            self._left += count
