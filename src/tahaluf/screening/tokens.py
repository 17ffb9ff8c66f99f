"""The distinct tokens that subjects bear, met once and kept: their codes, their rarity, the listed tokens near them.

A screener keeps one table for all its batches: travellers share few distinct tokens, so most batches add little.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.kin import kin_groups
from tahaluf.names.letters import skeleton_key
from tahaluf.names.likeness.kernel import Codes
from tahaluf.names.likeness.model import LikenessModel
from tahaluf.screening.growing import Growing
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.near import MOST, NearWork, near_tokens, new_near_work
from tahaluf.screening.rarity import rarity

ANY_EDITS = 2
LIKELY, DOUBTFUL = 0.6, 0.75
SHORTEST_SPLIT = 6
PADDING = b"\xff"
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
        words, sizes = index.skeleton_words.tobytes(), index.skeleton_sizes.tolist()
        width = index.skeleton_words.shape[1]
        starts = range(0, len(words), width)
        keys = (words[start : start + size] for start, size in zip(starts, sizes, strict=True))
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
            halves = {row: self._halves(row, text) for row, text in unknown.items()}
            made = iter(self.made_rows([half for own in halves.values() for half in own], 0))
            for row, own in halves.items():
                numbers = [next(made) for _ in own]
                known[row] = tuple(number for number in numbers if self.best[number] >= LIKELY)
        return known

    def _halves(self, row: int, text: str) -> list[str]:
        if len(text) < SHORTEST_SPLIT or self.best[row] >= DOUBTFUL:
            return []
        cuts = ((text[:cut], text[cut:]) for cut in range(2, len(text) - 1))
        return [
            half for pair in cuts if all(map(self._is_listed, pair)) and any(map(self._is_met, pair)) for half in pair
        ]

    def _is_listed(self, text: str) -> bool:
        return self.has_skeleton(skeleton_key(text).rstrip(PADDING))

    def _is_met(self, text: str) -> bool:
        """Whether looking for it, letter for letter or by its kin, may find anything: all that is listed, but for what
        `narrow` left out."""
        return skeleton_key(text).rstrip(PADDING) in self._met or text in kin_groups()

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
        skeletons = [skeleton_key(text).rstrip(PADDING) for text in (*texts, *bare.values())]
        held = np.fromiter((self._counts.get(key, 0) for key in skeletons), np.int32, rows)
        self._weight.extend(rarity(held, new, len(self._index.listing_kind)))
        self.skeletons += skeletons
        self._show()
        known.update((token, first + number) for number, token in enumerate(unknown))

    def _keep(self, counts: NDArray[np.int32], found: NDArray[np.int32], p: NDArray[np.float32]) -> None:
        kept = np.arange(MOST)[None, :] < counts[:, None]
        starts, tokens, chances = self._near
        starts.extend(starts.view[-1] + np.cumsum(counts))
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
