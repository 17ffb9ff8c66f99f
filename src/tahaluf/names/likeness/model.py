"""The learned likeness: opened once, it encodes tokens for the kernels and compares single tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.letters import encode
from tahaluf.names.likeness.kernel import Codes, Model


@dataclass(frozen=True, slots=True)
class LikenessModel:
    """The tables, the chance of Latin letters by themselves ([27, 27] log-probabilities of letter pairs), the version."""

    tables: Model
    chance: NDArray[np.float32]
    version: str

    def codes(self, tokens: Sequence[str], bare: Mapping[int, str] | None = None) -> Codes:
        """Rows for `tokens`, then one for each other form in `bare` (token number → text)."""
        bare = bare or {}
        texts = [*tokens, *bare.values()]
        encoded = encode(texts)
        other = np.full(len(texts), -1, dtype=np.int32)
        for row, number in enumerate(bare, start=len(tokens)):
            other[number] = row
        keys = (int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") for text in texts)
        return Codes(
            encoded.arabic, encoded.source, encoded.target, encoded.skeleton, encoded.sizes,
            np.fromiter(keys, dtype=np.uint64, count=len(texts)), self._alone(encoded.target), other,
        )  # fmt: skip

    def _alone(self, target: NDArray[np.int8]) -> NDArray[np.float32]:
        now = np.where((target >= 0) & (target < 26), target, 26).astype(np.intp)
        before = np.concatenate([np.full((len(target), 1), 26), now[:, :-1]], axis=1)
        return np.where(target >= 0, self.chance[before, now], 0.0).sum(axis=1).astype(np.float32)
