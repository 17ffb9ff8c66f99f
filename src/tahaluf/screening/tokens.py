"""The distinct tokens that subjects bear, met once and kept: their codes, their rarity, the listed tokens near them.

A screener keeps one table for all its batches: travellers share few distinct tokens, so most batches add little.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.kin import kin_groups
from tahaluf.names.likeness.encode import cut_skeletons, skeleton_bytes
from tahaluf.names.likeness.kernel import Codes
from tahaluf.names.likeness.model import LikenessModel
from tahaluf.screening.growing import Growing
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.near import MOST, NearWork, near_tokens, new_near_work
from tahaluf.screening.rarity import rarity

ANY_EDITS = 2
LIKELY, DOUBTFUL = 0.6, 0.75
SHORTEST_SPLIT, SHORTEST_HALF = 6, 2
AT_ONCE = 4096
THREADS = min(os.cpu_count() or 1, 8)
LEAST_ROWS = 128
_POOL = ThreadPoolExecutor(THREADS, thread_name_prefix="near")
# A token as it stands, and its other form (with or without a glued article), "" if it has none.
Written = tuple[str, str]


class Near(NamedTuple):
    """The listed tokens near each row, best first: row k's stand at `starts[k]` to `starts[k + 1]`; `p`: 0–1."""

    starts: NDArray[np.int64]
    tokens: NDArray[np.int32]
    p: NDArray[np.float32]


class TokenTable:
    """Grows with each batch; rows never change, so that kernels may read while others add."""

    def __init__(self, index: NameIndex, model: LikenessModel) -> None:
        self._index, self._model = index, model
        keys = skeleton_bytes(index.skeleton_words, index.skeleton_sizes)
        self._counts: dict[bytes, int] = dict(zip(keys, index.skeleton_count.tolist(), strict=True))
        met = (np.diff(index.member_starts) > 0).tolist()
        self._met = frozenset(key for key, is_met in zip(self._counts, met, strict=True) if is_met)
        self._rows: dict[Written, int] = {}
        self._made: dict[int, dict[Written, int]] = {0: {}, 1: {}}
        self._columns = [Growing(array) for array in model.codes([])]
        self._weight = Growing(np.zeros(0, dtype=np.float32))
        self._near = (
            Growing(np.zeros(1, dtype=np.int64)),
            Growing(np.zeros(0, dtype=np.int32)),
            Growing(np.zeros(0, dtype=np.float32)),
        )
        self._work = [new_near_work(len(index.skeleton_words), len(index.owner)) for _ in range(THREADS)]
        self._cuts: dict[int, tuple[int, ...]] = {}
        self.skeletons: list[bytes] = []
        self.best: list[float] = []
        self._show()

    def __len__(self) -> int:
        return len(self.skeletons)

    def rows(self, tokens: Sequence[Written]) -> list[int]:
        """Row numbers; unknown tokens are added."""
        return self._find(tokens, self._rows, ANY_EDITS)

    def made_rows(self, texts: Sequence[str], edits: int) -> list[int]:
        """Row numbers for tokens that were made by joining or splitting: nearness of at most `edits`; apart from
        the others."""
        return self._find([(text, "") for text in texts], self._made[edits], edits)

    def has_skeleton(self, key: bytes) -> bool:
        """Whether any listed token has just these consonants."""
        return key in self._counts

    def cut_rows(self, rows: Sequence[int], texts: Sequence[str]) -> Mapping[int, tuple[int, ...]]:
        """For each row the rows of the halves that its token may be cut into, where it is doubtful as it stands and
        the list has the like of both."""
        known = self._cuts
        unknown = {row: text for row, text in zip(rows, texts, strict=True) if row not in known}
        if unknown:
            best = self.best
            doubtful = [row for row, text in unknown.items() if len(text) >= SHORTEST_SPLIT and best[row] < DOUBTFUL]
            halves = self._halves([unknown[row] for row in doubtful])
            made = iter(self.made_rows(list(chain.from_iterable(halves)), 0))
            found: dict[int, tuple[int, ...]] = dict.fromkeys(unknown, ())
            for row, own in zip(doubtful, halves, strict=True):
                numbers = [next(made) for _ in own]
                found[row] = tuple(number for number in numbers if self.best[number] >= LIKELY)
            known.update(found)
        return known

    def _halves(self, texts: Sequence[str]) -> list[list[str]]:
        """For each text the halves that it may be cut into: both listed, and one of them may be found."""
        parts = (texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE))
        keys = chain.from_iterable(cut_skeletons(part, SHORTEST_HALF) for part in parts)
        return [
            [
                half
                for cut in range(SHORTEST_HALF, len(text) - SHORTEST_HALF + 1)
                if self._are_listed(text, cut, next(keys), next(keys))
                for half in (text[:cut], text[cut:])
            ]
            for text in texts
        ]

    def _are_listed(self, text: str, cut: int, left: bytes, right: bytes) -> bool:
        """Whether the list has the like of both halves of a text, of these skeletons, and looking for one of them,
        letter for letter or by its kin, may find anything: all that is listed, but for what `narrow` left out."""
        if left not in self._counts or right not in self._counts:
            return False
        return left in self._met or right in self._met or text[:cut] in kin_groups() or text[cut:] in kin_groups()

    def _find(self, tokens: Sequence[Written], known: dict[Written, int], edits: int) -> list[int]:
        unknown = [token for token in dict.fromkeys(tokens) if token not in known]
        for start in range(0, len(unknown), AT_ONCE):
            self._add(unknown[start : start + AT_ONCE], known, edits)
        return [known[token] for token in tokens]

    def _add(self, unknown: list[Written], known: dict[Written, int], edits: int) -> None:
        texts = [text for text, _ in unknown]
        bare = {number: other for number, (_, other) in enumerate(unknown) if other}
        new = self._model.codes(texts, bare)
        first, rows = len(self), len(new.key)
        other = np.where(new.other >= 0, new.other + first, -1).astype(np.int32)
        values: Any = new._replace(other=other)
        for column, items in zip(self._columns, values, strict=True):
            column.extend(items)
        counts, found = np.zeros(rows, dtype=np.int32), np.zeros((rows, MOST), dtype=np.int32)
        p = np.zeros((rows, MOST), dtype=np.float32)
        self._show()
        self._find_near(first, len(texts), edits, (counts, found, p))
        self._keep(counts, found, p)
        skeletons = skeleton_bytes(new.skeleton, new.sizes[:, 2])
        held = np.fromiter(map(self._counts.get, skeletons, repeat(0)), np.int32, rows)
        self._weight.extend(rarity(held, new, len(self._index.listing_kind)))
        self.skeletons += skeletons
        self._show()
        known.update((token, first + number) for number, token in enumerate(unknown))

    def _keep(self, counts: NDArray[np.int32], found: NDArray[np.int32], p: NDArray[np.float32]) -> None:
        starts, tokens, chances = self._near
        stops = np.cumsum(counts)
        kept = np.repeat(np.arange(len(counts)), counts), np.arange(counts.sum()) - np.repeat(stops - counts, counts)
        starts.extend(starts.view[-1] + stops)
        tokens.extend(found[kept])
        chances.extend(p[kept])
        self.best += np.where(counts > 0, p[:, 0], 0.0).tolist()

    def _show(self) -> None:
        """What kernels read: the rows as they are now."""
        self.codes = Codes._make(column.view for column in self._columns)
        self.weight: NDArray[np.float32] = self._weight.view
        self.near = Near._make(column.view for column in self._near)

    def _find_near(self, first: int, count: int, edits: int, out: tuple[NDArray[Any], ...]) -> None:
        """Fills `out` for rows `first` to `first + count`: by several threads where there are many, each with its own
        memory, for the kernel holds no lock."""
        parts = min(len(self._work), -(-count // LEAST_ROWS))
        bounds = [count * k // parts for k in range(parts + 1)] if parts else []
        jobs = [
            (work, first + start, first + stop, tuple(array[start:stop] for array in out))
            for work, start, stop in zip(self._work, bounds, bounds[1:], strict=False)
        ]
        if len(jobs) > 1:
            list(_POOL.map(lambda job: self._near_rows(edits, *job), jobs))
        elif jobs:
            self._near_rows(edits, *jobs[0])

    def _near_rows(self, edits: int, work: NearWork, first: int, last: int, out: tuple[NDArray[Any], ...]) -> None:
        index = self._index
        rows = (index.member_starts, index.members, index.owner)
        kin = (index.kin_starts, index.kin_tokens)
        keys = (index.delete_keys, index.delete_owners, index.delete_starts)
        lookup = (keys, index.skeleton_words, index.skeleton_sizes)
        near_tokens(self.codes, first, last, edits, index.codes, rows, kin, lookup, self._model.tables, work, out)
