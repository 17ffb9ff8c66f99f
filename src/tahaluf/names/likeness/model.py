"""The learned likeness: opened once, it encodes tokens for the kernels and compares single tokens."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.common import MOST_NAMES, NONE, common_names
from tahaluf.names.kin import MOST_KIN, kin_groups, kin_odds
from tahaluf.names.letters import ARABIC_UNITS, LATIN_UNITS, encode, skeleton
from tahaluf.names.likeness.kernel import OPCODES, Codes, Model, compare_letters
from tahaluf.names.tables import table

ASSIGNED, MARGIN = 1.5, 0.7


@dataclass(frozen=True, slots=True)
class LikenessModel:
    """The tables, the chance of Latin letters by themselves ([27, 27] log-probabilities of letter pairs), the
    version."""

    tables: Model
    chance: NDArray[np.float32]
    version: str
    spellings: tuple[dict[str, int], Codes] | None = None

    def with_common_names(self) -> "LikenessModel":
        """The same model, able to assign unknown spellings to common names."""
        latin = [text for texts in common_names().by_skeleton.values() for text in texts]
        return replace(self, spellings=({text: row for row, text in enumerate(latin)}, self.codes(latin)))

    def codes(self, tokens: Sequence[str], bare: Mapping[int, str] | None = None) -> Codes:
        """Rows for `tokens`, then one for each other form in `bare` (token number → text)."""
        bare = bare or {}
        texts = [*tokens, *bare.values()]
        encoded = encode(texts)
        other = np.full(len(texts), -1, dtype=np.int32)
        for row, number in enumerate(bare, start=len(tokens)):
            other[number] = row
        common = np.full((len(texts), MOST_NAMES), NONE, dtype=np.int16)
        for row, text in enumerate(texts):
            for place, number in enumerate(common_names().by_spelling.get(text, ())):
                common[row, place] = number
        kin = np.full((len(texts), MOST_KIN), NONE, dtype=np.int16)
        for row, text in enumerate(texts):
            for place, group in enumerate(kin_groups().get(text, ())):
                kin[row, place] = group
        keys = (int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") for text in texts)
        codes = Codes(
            encoded.arabic, encoded.source, encoded.target, encoded.skeleton, encoded.sizes,
            np.fromiter(keys, dtype=np.uint64, count=len(texts)), self._alone(encoded.target), other, common,
            _symbol_sets(encoded.skeleton), kin,
        )  # fmt: skip
        self._assign_common(texts, codes)
        return codes

    def _assign_common(self, texts: Sequence[str], codes: Codes) -> None:
        names = common_names()
        if len(texts) == 0 or self.spellings is None:
            return
        row_of, listed = self.spellings
        for row, text in enumerate(texts):
            if codes.common[row, 0] != NONE or codes.arabic[row] or len(text) < 3:
                continue
            found: dict[int, float] = {}
            for spelling in names.by_skeleton.get(skeleton(text), ()):
                odds = float(compare_letters(codes, row, listed, row_of[spelling], self.tables))
                for number in names.by_spelling[spelling]:
                    found[number] = max(odds, found.get(number, -9.0))
            best = max(found.values(), default=-9.0)
            if best >= ASSIGNED:
                near = sorted((-odds, number) for number, odds in found.items() if odds >= best - MARGIN)
                codes.common[row, : len(near[:MOST_NAMES])] = [number for _, number in near[:MOST_NAMES]]

    def _alone(self, target: NDArray[np.int8]) -> NDArray[np.float32]:
        now = np.where((target >= 0) & (target < 26), target, 26).astype(np.intp)
        before = np.concatenate([np.full((len(target), 1), 26), now[:, :-1]], axis=1)
        own = np.where(target >= 0, self.chance[before, now], np.float32(0.0))
        return np.asarray(own.sum(axis=1), dtype=np.float32)


def _symbol_sets(skeleton: NDArray[np.int8]) -> NDArray[np.int32]:
    bits = np.where(skeleton >= 0, 1 << skeleton.astype(np.int32), 0)
    return np.asarray(np.bitwise_or.reduce(bits, axis=1), dtype=np.int32)


# Log-odds from the gain over chance: intercept and slope for Latin, cross-script and Arabic pairs (decision 0011).
WEIGHTS = (-3.2, 6.4, -3.6, 8.1, -9.0, 12.5)
FLOOR = -16.0


@cache
def likeness() -> LikenessModel:
    """The committed model, read once in a process."""
    stored = table("likeness")
    cross = _read_tables(stored["cross"], len(ARABIC_UNITS))
    latin = _read_tables(stored["latin"], len(LATIN_UNITS))
    digest = blake2b(json.dumps([stored, table("common_names"), WEIGHTS]).encode(), digest_size=6).hexdigest()
    tables = Model(*cross, *latin, np.asarray(WEIGHTS, dtype=np.float32), kin_odds())
    return LikenessModel(tables, np.asarray(stored["chance"], dtype=np.float32), digest).with_common_names()


def _read_tables(
    stored: Mapping[str, Any], units: int
) -> tuple[NDArray[np.int16], NDArray[np.float32], NDArray[np.float32]]:
    strings = sorted(
        {text for row in stored["units"].values() for text in row} | {""}, key=lambda text: (len(text), text)
    )
    column = {text: number for number, text in enumerate(strings)}
    ops = np.full(OPCODES, -1, dtype=np.int16)
    for text, number in column.items():
        letters = [ord(char) - 97 for char in text]
        ops[(0, 1, 27, 703)[len(text)] + sum(v * 26**k for k, v in enumerate(reversed(letters)))] = number
    costs = np.full((units * 3, len(strings)), FLOOR, dtype=np.float32)
    for number, row in enumerate(stored["units"].values()):
        for text, cost in row.items():
            costs[number, column[text]] = cost
    return ops, costs, np.asarray(stored["insert"], dtype=np.float32)
