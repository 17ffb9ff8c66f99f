"""Texts of a batch, put end to end for the kernel."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tahaluf.screening.kernel.lines import Pool


class Texts:
    """Texts that grow at the end; `add` says by which number the first of some is found."""

    def __init__(self) -> None:
        self._texts: list[bytes] = []

    def add(self, texts: Iterable[bytes]) -> int:
        """Adds texts, numbered one after the other from what is returned on."""
        first = len(self._texts)
        self._texts += texts
        return first

    def pool(self) -> Pool:
        """All of them for the kernel."""
        return Pool(np.frombuffer(b"".join(self._texts), np.uint8), starts_of(self._texts))


def starts_of(texts: Sequence[bytes], first: int = 0) -> NDArray[np.int64]:
    """Where each text begins, and where the last one ends."""
    starts = np.full(len(texts) + 1, first, np.int64)
    starts[1:] += np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    return starts


def lengths_of(pool: Pool, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """How long these texts are."""
    return np.asarray(pool.starts[numbers + 1] - pool.starts[numbers])
