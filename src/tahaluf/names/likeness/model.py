"""The learned likeness: opened once, it encodes tokens for the kernels and compares single tokens."""

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
from tahaluf.names.likeness.brief import make_briefs
from tahaluf.names.likeness.kernel import OPCODES, OUT, Codes, Model, compare_letters_of, new_desk
from tahaluf.names.tables import table, table_bytes

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
        common = _known_numbers(texts, common_names().by_spelling, MOST_NAMES)
        kin = _known_numbers(texts, kin_groups(), MOST_KIN)
        keys = (int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") for text in texts)
        codes = Codes(
            encoded.arabic, encoded.source, encoded.target, encoded.skeleton, encoded.sizes,
            np.fromiter(keys, dtype=np.uint64, count=len(texts)), self._alone(encoded.target), other, common,
            make_briefs(encoded, other, kin), kin,
        )  # fmt: skip
        self._assign_common(texts, codes)
        return codes

    def _assign_common(self, texts: Sequence[str], codes: Codes) -> None:
        names = common_names()
        if len(texts) == 0 or self.spellings is None:
            return
        row_of, listed = self.spellings
        settled = (codes.arabic | (codes.common[:, 0] != NONE)).tolist()
        alike = {
            row: names.by_skeleton.get(skeleton(text), ())
            for row, text in enumerate(texts)
            if not settled[row] and len(text) >= 3
        }
        rows = np.repeat(np.fromiter(alike, np.intp, len(alike)), list(map(len, alike.values())))
        others = np.asarray([row_of[text] for own in alike.values() for text in own], dtype=np.intp)
        out = np.empty(len(rows), np.float32)
        compare_letters_of(codes, rows, listed, others, self.tables, new_desk(), out)
        odds = iter(out.tolist())
        for row, spellings in alike.items():
            found: dict[int, float] = {}
            for spelling, own in zip(spellings, odds, strict=False):
                for number in names.by_spelling[spelling]:
                    found[number] = max(own, found.get(number, -9.0))
            best = max(found.values(), default=-9.0)
            if best >= ASSIGNED:
                near = sorted((-own, number) for number, own in found.items() if own >= best - MARGIN)
                codes.common[row, : len(near[:MOST_NAMES])] = [number for _, number in near[:MOST_NAMES]]

    def _alone(self, target: NDArray[np.int8]) -> NDArray[np.float32]:
        now = np.where((target >= 0) & (target < 26), target, 26).astype(np.intp)
        before = np.concatenate([np.full((len(target), 1), 26), now[:, :-1]], axis=1)
        own = np.where(target >= 0, self.chance[before, now], np.float32(0.0))
        return np.asarray(own.sum(axis=1), dtype=np.float32)


def _known_numbers(texts: Sequence[str], known: Mapping[str, tuple[int, ...]], most: int) -> NDArray[np.int16]:
    out = np.full((len(texts), most), NONE, dtype=np.int16)
    for row, numbers in enumerate(map(known.get, texts)):
        if numbers:
            out[row, : len(numbers)] = numbers
    return out


# Log-odds from the gain over chance: intercept and slope for Latin, cross-script and Arabic pairs (decision 0011).
WEIGHTS = (-3.2, 6.4, -3.6, 8.1, -9.0, 12.5)
FLOOR = -16.0
# Where the strings of no letter, of one, two and three begin among the operations.
OP_STARTS = (0, 1, 27, 703)


@cache
def likeness() -> LikenessModel:
    """The committed model, read once in a process."""
    stored = table("likeness")
    cross = _read_tables(stored["cross"], len(ARABIC_UNITS))
    latin = _read_tables(stored["latin"], len(LATIN_UNITS))
    content = table_bytes("likeness") + table_bytes("common_names") + repr(WEIGHTS).encode()
    digest = blake2b(content, digest_size=6).hexdigest()
    tables = Model(*cross, *latin, np.asarray(WEIGHTS, dtype=np.float32), kin_odds())
    return LikenessModel(tables, np.asarray(stored["chance"], dtype=np.float32), digest).with_common_names()


def _read_tables(
    stored: Mapping[str, Any], units: int
) -> tuple[NDArray[np.uint16], NDArray[np.float32], NDArray[np.float32]]:
    rows = list(stored["units"].values())
    strings = sorted(sorted({""}.union(*rows)), key=len)
    column = {text: number for number, text in enumerate(strings)}
    ops = np.full(OPCODES, len(strings), dtype=np.uint16)
    place = np.zeros(len(strings), dtype=np.intp)
    for letters in np.asarray(strings, dtype="S3").view(np.uint8).reshape(-1, 3).T:
        place = np.where(letters > 0, place * 26 + (letters.astype(np.intp) - 97), place)
    ops[np.asarray(OP_STARTS)[list(map(len, strings))] + place] = np.arange(len(strings))
    costs = np.full((units * 3, len(strings) + 1), FLOOR, dtype=np.float32)
    costs[:, -1] = OUT
    places = np.repeat(np.arange(len(rows)), list(map(len, rows))), [column[text] for row in rows for text in row]
    costs[places] = [cost for row in rows for cost in row.values()]
    return ops, costs, np.asarray(stored["insert"], dtype=np.float32)
