"""The learned likeness: opened once, it encodes tokens for the kernels and compares single tokens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.common import MOST_NAMES, NONE, common_names
from tahaluf.names.kin import MOST_KIN, kin_groups, kin_odds
from tahaluf.names.letters import ARABIC_UNITS, LATIN_UNITS, SKELETON_WIDTH, TokenCodes, skeleton_symbols
from tahaluf.names.likeness.assign import assign_names
from tahaluf.names.likeness.brief import make_briefs
from tahaluf.names.likeness.cut import write_chances
from tahaluf.names.likeness.encode import encode, skeleton_bytes
from tahaluf.names.likeness.kernel import OPCODES, OUT, Codes, Model, compare_letters_of, new_desk
from tahaluf.names.tables import table, table_bytes

ASSIGNED, MARGIN = 1.5, 0.7
LEAST_ASSIGNED = 3


@dataclass(frozen=True, slots=True)
class CommonSpellings:
    """The Latin spellings of common names as rows, those of one skeleton together: which, by the skeleton's symbols."""

    spans: Mapping[bytes, tuple[int, int]]
    codes: Codes


@dataclass(frozen=True, slots=True)
class LikenessModel:
    """The tables, the chance of Latin letters by themselves ([27, 27] log-probabilities of letter pairs), the
    version."""

    tables: Model
    chance: NDArray[np.float32]
    version: str
    spellings: Callable[[], CommonSpellings] | None = None

    def with_common_names(self) -> "LikenessModel":
        """The same model, able to assign unknown spellings to common names; those are encoded when first asked for."""
        return replace(self, spellings=cache(self._common_spellings))

    def _common_spellings(self) -> CommonSpellings:
        spans, latin = dict[bytes, tuple[int, int]](), list[str]()
        for texts in common_names().by_skeleton.values():
            spans[skeleton_symbols(texts[0])] = (len(latin), len(latin) + len(texts))
            latin += texts
        return CommonSpellings(spans, self.codes(latin))

    def codes(self, tokens: Sequence[str], bare: Mapping[int, str] | None = None) -> Codes:
        """Rows for `tokens`, then one for each other form in `bare` (token number → text)."""
        bare = bare or {}
        texts = [*tokens, *bare.values()]
        encoded = encode(texts)
        other = np.full(len(texts), -1, dtype=np.int32)
        other[list(bare)] = np.arange(len(tokens), len(texts))
        common = _known_numbers(texts, common_names().by_spelling, MOST_NAMES)
        kin = _known_numbers(texts, kin_groups(), MOST_KIN)
        keys = b"".join([blake2b(text.encode(), digest_size=8).digest() for text in texts])
        codes = Codes(
            encoded.arabic, encoded.source, encoded.target, encoded.skeleton, encoded.sizes,
            np.frombuffer(keys, dtype="<u8").astype(np.uint64), self._alone(encoded), other, common,
            make_briefs(encoded, other, kin), kin,
        )  # fmt: skip
        if texts and self.spellings is not None:
            self._assign_common(texts, codes, self.spellings())
        return codes

    def _assign_common(self, texts: Sequence[str], codes: Codes, spellings: CommonSpellings) -> None:
        """Fill `codes.common` of Latin tokens that are no known spelling: the names whose spellings, of the same
        skeleton, are likely enough the token's own; best first."""
        size = np.fromiter(map(len, texts), np.int64, len(texts))
        asking = np.flatnonzero(~codes.arabic & (codes.common[:, 0] == NONE) & (size >= LEAST_ASSIGNED))
        keys = skeleton_bytes(codes.skeleton[asking], codes.sizes[asking, 2])
        for place in np.flatnonzero(codes.sizes[asking, 2] == SKELETON_WIDTH).tolist():
            keys[place] = skeleton_symbols(texts[asking[place]])  # it may have been cut
        spans = np.asarray([spellings.spans.get(key, (0, 0)) for key in keys], dtype=np.int64).reshape(-1, 2)
        sizes = spans[:, 1] - spans[:, 0]
        stops = np.cumsum(sizes)
        others = np.arange(len(sizes) and stops[-1]) + np.repeat(spans[:, 1] - stops, sizes)
        odds, desk, listed = np.empty(len(others), np.float32), new_desk(), spellings.codes
        compare_letters_of(codes, np.repeat(asking, sizes), listed, others, self.tables, desk, odds)
        asked, bounds = (asking, np.append(0, stops), others), (ASSIGNED, MARGIN)
        assign_names(asked, odds, listed.common, bounds, np.empty(MOST_NAMES), codes.common)

    def _alone(self, encoded: TokenCodes) -> NDArray[np.float32]:
        own = np.zeros(encoded.target.shape, dtype=np.float32)
        if len(own):
            write_chances(encoded.target, encoded.sizes, self.chance, own)
        return np.asarray(own.sum(axis=1), dtype=np.float32)


def _known_numbers(texts: Sequence[str], known: Mapping[str, tuple[int, ...]], most: int) -> NDArray[np.int16]:
    """The numbers of each text [N, most], padded with `NONE`."""
    out = np.full((len(texts), most), NONE, dtype=np.int16)
    own = {row: known[text] for row, text in enumerate(texts) if text in known}
    rows, sizes = list(own), list(map(len, own.values()))
    own_place = list(chain.from_iterable(map(range, sizes)))
    out[np.repeat(np.asarray(rows, np.intp), sizes), own_place] = list(chain.from_iterable(own.values()))
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
