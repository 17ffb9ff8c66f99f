"""The distinct tokens that subjects bear, met once and kept: their codes, their rarity, the listed tokens near them.

A screener keeps one table for all its batches: travellers share few distinct tokens, so most batches add little.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.letters import skeleton_key
from tahaluf.names.likeness.kernel import Codes
from tahaluf.names.likeness.model import LikenessModel
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.near import MOST, near_tokens
from tahaluf.screening.rarity import rarity

ANY_EDITS = 2
# A token as it stands, and its other form (with or without a glued article), "" if it has none.
Written = tuple[str, str]


class TokenTable:
    """Grows with each batch; rows never change, so that kernels may read while others add."""

    def __init__(self, index: NameIndex, model: LikenessModel) -> None:
        self._index, self._model = index, model
        self._counts = {
            key.tobytes(): int(count) for key, count in zip(index.skeleton_words, index.skeleton_count, strict=True)
        }
        self._rows: dict[Written, int] = {}
        self._made: dict[int, dict[Written, int]] = {0: {}, 1: {}}
        self.codes = model.codes([])
        self.weight = np.zeros(0, dtype=np.float32)
        self.near_starts = np.zeros(1, dtype=np.int64)
        self.near_tokens = np.zeros(0, dtype=np.int32)
        self.near_p = np.zeros(0, dtype=np.float32)

    def __len__(self) -> int:
        return len(self.codes.key)

    def rows(self, tokens: Sequence[Written]) -> list[int]:
        """Row numbers; unknown tokens are added."""
        known = self._rows
        unknown = [token for token in dict.fromkeys(tokens) if token not in known]
        if unknown:
            self._add(unknown, known, ANY_EDITS)
        return [known[token] for token in tokens]

    def made_rows(self, texts: Sequence[str], edits: int) -> list[int]:
        """Row numbers for tokens that were made by joining or splitting: nearness of at most `edits`; apart from
        the others."""
        known = self._made[edits]
        unknown = [(text, "") for text in dict.fromkeys(texts) if (text, "") not in known]
        if unknown:
            self._add(unknown, known, edits)
        return [known[text, ""] for text in texts]

    def best(self, row: int) -> float:
        """How likely the nearest listed token is a spelling of this one (0–1)."""
        start = self.near_starts[row]
        return float(self.near_p[start]) if start < self.near_starts[row + 1] else 0.0

    def has_skeleton(self, text: str) -> bool:
        """Whether any listed token has just this token's consonants."""
        return skeleton_key(text) in self._counts

    def _add(self, unknown: list[Written], known: dict[Written, int], edits: int) -> None:
        texts = [text for text, _ in unknown]
        bare = {number: other for number, (_, other) in enumerate(unknown) if other}
        new = self._model.codes(texts, bare)
        first = len(self.codes.key)
        other = np.where(new.other >= 0, new.other + first, -1).astype(np.int32)
        fields: Any = zip(self.codes, new._replace(other=other), strict=True)
        self.codes = Codes(*(np.concatenate(pair) for pair in fields))
        rows = len(new.key)
        counts = np.zeros(rows, dtype=np.int32)
        found = np.zeros((rows, MOST), dtype=np.int32)
        p = np.zeros((rows, MOST), dtype=np.float32)
        self._find_near(first, len(texts), edits, (counts, found, p))
        kept = np.arange(MOST)[None, :] < counts[:, None]
        self.near_starts = np.append(self.near_starts, self.near_starts[-1] + np.cumsum(counts))
        self.near_tokens = np.append(self.near_tokens, found[kept])
        self.near_p = np.append(self.near_p, p[kept])
        counts = np.fromiter((self._counts.get(key.tobytes(), 0) for key in new.skeleton), np.int32, rows)
        self.weight = np.append(self.weight, rarity(counts, new, len(self._index.listing_kind)))
        known.update((token, first + number) for number, token in enumerate(unknown))

    def _find_near(self, first: int, count: int, edits: int, out: tuple[NDArray[Any], ...]) -> None:
        index = self._index
        rows = (index.member_starts, index.members, index.owner)
        kin = (index.kin_starts, index.kin_tokens)
        keys = (index.delete_keys, index.delete_owners, index.delete_starts)
        lookup = (keys, index.skeleton_words, index.skeleton_sizes)
        near_tokens(self.codes, first, first + count, edits, index.codes, rows, kin, lookup, self._model.tables, out)
