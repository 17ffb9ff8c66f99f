"""The identifiers of a file's rows: which were there before, and what a row without one is called.

Memory is bounded: `REMEMBERED` identifiers are kept, eight bytes and a line number each, and that no more are kept is
reported once. Two different ones are taken for the same once in many million files.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

REMEMBERED = 1 << 24
Hashes = npt.NDArray[np.int64]


class SeenIds:
    """Identifiers and the lines that they were first met on."""

    def __init__(self) -> None:
        # Sorted runs, each at least twice as long as the next: few to search, and each id is merged a few times.
        self._runs: list[tuple[Hashes, Hashes]] = []
        self._count = 0
        self.full_from: int | None = None

    def name(self, given: Sequence[str], lines: Sequence[int]) -> list[str]:
        """The identifiers as given; a row without one goes by its line, in a form that no row before it has."""
        blank = [row for row, text in enumerate(given) if not text]
        if not blank:
            return list(given)
        named, present = list(given), set(given)
        for row in blank:
            name, turn = f"line-{lines[row]}", 1
            while name in present or self._find(np.array([hash(name)], np.int64))[0]:
                turn += 1
                name = f"line-{lines[row]}-{turn}"
            present.add(name)
            named[row] = name
        return named

    def add(self, ids: Sequence[str], lines: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Remembers a batch; for each row whose identifier was there before, its number and the first line."""
        hashes = np.fromiter(map(hash, ids), np.int64, len(ids))
        numbers = np.asarray(lines, np.int64)
        order = np.argsort(hashes, kind="stable")
        kept = np.ones(len(ids), bool)
        kept[order[1:]] = hashes[order[1:]] != hashes[order[:-1]]
        first = self._find(hashes)
        if first.any() or not kept.all():
            here = dict(zip(hashes[kept].tolist(), numbers[kept].tolist(), strict=True))
            for row in np.flatnonzero((first > 0) | ~kept).tolist():
                yield row, int(first[row]) or here[int(hashes[row])]
        self._keep(order[kept[order] & (first[order] == 0)], hashes, numbers)

    def _find(self, hashes: Hashes) -> Hashes:
        """The first line of each; 0 where it is new."""
        found = np.zeros(len(hashes), np.int64)
        for known, lines in self._runs:
            at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
            found = np.where(known[at] == hashes, lines[at], found)
        return found

    def _keep(self, order: npt.NDArray[np.intp], hashes: Hashes, lines: Hashes) -> None:
        if not len(order):
            return
        if self._count + len(order) > REMEMBERED:
            self.full_from = self.full_from or int(lines[order].min())
            return
        self._count += len(order)
        self._runs.append((hashes[order], lines[order]))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < 2 * len(self._runs[-1][0]):
            known, numbers = (np.concatenate(pair) for pair in zip(*self._runs[-2:], strict=True))
            merged = np.argsort(known, kind="stable")
            self._runs[-2:] = [(known[merged], numbers[merged])]
