"""A token as numbers: the form in which the compiled kernels see it.

`encode` makes, for N folded tokens, fixed-width arrays: source units (an Arabic letter or a Latin letter group, told
apart at the start, middle and end of the token), target letters, and the consonant skeleton. Longer tokens are cut.
It goes token by token and says what is meant; `names.likeness.encode` gives the same arrays from compiled code.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.tables import table

WIDTH = 24
SKELETON_WIDTH = 14
START, MIDDLE, END = 0, 1, 2


def _first_of(units: Iterable[str]) -> str:
    """A pattern for the first of `units` that stands at a place; by their first letters, so that few are tried."""
    rests: dict[str, list[str]] = {}
    for unit in units:
        rests.setdefault(unit[0], []).append(unit[1:])
    return "|".join(f"{letter}(?:{'|'.join(own)})" for letter, own in rests.items())


_TABLE = table("romanization")
ARABIC_LETTERS: str = _TABLE["arabic_letters"]
LATIN_UNITS: list[str] = _TABLE["latin_units"]
ARABIC_UNITS: list[str] = _TABLE["arabic_units"]
ARABIC_SOURCE = len(ARABIC_UNITS) * 3
LATIN_SOURCE = len(LATIN_UNITS) * 3
_ARABIC = {letter: index for index, letter in enumerate(ARABIC_LETTERS)}
# Units as they are numbered in the middle of a token.
_LATIN_MIDDLE = {unit: index * 3 + MIDDLE for index, unit in enumerate(LATIN_UNITS)}
_ARABIC_MIDDLE = {unit: index * 3 + MIDDLE for index, unit in enumerate(ARABIC_UNITS)}
_ARABIC_CUT = re.compile(_first_of(ARABIC_UNITS))
_LATIN_CUT = re.compile(_first_of(LATIN_UNITS))
RESPELLED: dict[str, str] = _TABLE["respelled"]
_RESPELL = re.compile(_first_of(RESPELLED))
_ANY_ARABIC = re.compile("[\u0600-\u08ff]")
SYMBOLS = {symbol: index for index, symbol in enumerate("btjhxdrzsfgklmn")}
ARABIC_SKELETON: dict[str, str] = _TABLE["arabic_skeleton"]
LATIN_SKELETON: dict[str, str] = _TABLE["latin_skeleton"]
# Two letters that are one sound: only a skeleton reads them so.
ARABIC_CH = ("تش", "چ")
# The letters from a on as numbers from 0 on, and what is no letter.
_NO_TARGETS = bytes(set(range(256)) - set(range(97, 123)))
_TARGETS = bytes(max(0, code - 97) for code in range(256))
_DOUBLED = re.compile(r"(.)\1+")
_ARABIC_SKELETON_CUT = re.compile("|".join(ARABIC_SKELETON))
_LATIN_SKELETON_CUT = re.compile(_first_of(LATIN_SKELETON))


@dataclass(frozen=True, slots=True)
class TokenCodes:
    """N tokens as arrays. `arabic`: bool [N]; `source`: int16 [N, WIDTH]; `target`: int8 [N, WIDTH], −1 padded;
    `skeleton`: int8 [N, SKELETON_WIDTH], −1 padded; `sizes`: int8 [N, 3] = lengths of source, target and skeleton.
    """

    arabic: NDArray[np.bool_]
    source: NDArray[np.int16]
    target: NDArray[np.int8]
    skeleton: NDArray[np.int8]
    sizes: NDArray[np.int8]


def is_arabic(token: str) -> bool:
    """Whether a romanized token is kept in Arabic letters."""
    return not token.isascii() and _ANY_ARABIC.search(token) is not None


@lru_cache(maxsize=1 << 16)
def skeleton(token: str) -> str:
    """The consonant key of a folded token: one symbol a consonant class, vowels left out, doubles single."""
    single = _DOUBLED.sub(r"\1", token)
    if is_arabic(token):
        return "".join(map(ARABIC_SKELETON.__getitem__, _ARABIC_SKELETON_CUT.findall(single.replace(*ARABIC_CH))))
    return "".join(map(LATIN_SKELETON.__getitem__, _LATIN_SKELETON_CUT.findall(respell(single))))


def skeleton_symbols(token: str) -> bytes:
    """The whole skeleton, each symbol by its number."""
    return bytes(map(SYMBOLS.__getitem__, skeleton(token)))


@lru_cache(maxsize=1 << 15)
def respell(token: str) -> str:
    """A Latin token with Swedish, Baltic and German spellings of Russian sibilants read as the English ones."""
    return _RESPELL.sub(lambda found: RESPELLED[found[0]], token)


def source_units(token: str) -> list[int]:
    """The token cut into source units, each numbered with its position in the token."""
    if is_arabic(token):
        units = [_ARABIC_MIDDLE[unit] for unit in _ARABIC_CUT.findall(token)]
    else:
        units = [_LATIN_MIDDLE[unit] for unit in _LATIN_CUT.findall(respell(token))]
    if len(units) > 1:
        units[-1] += END - MIDDLE
    if units:
        units[0] += START - MIDDLE
    return units


def target_letters(token: str) -> list[int]:
    """Latin letters as 0–25, or Arabic ones by their place in the table."""
    if is_arabic(token):
        return [_ARABIC[char] for char in token if char in _ARABIC]
    return list(respell(token).encode("ascii", "ignore").translate(_TARGETS, _NO_TARGETS))


def encode(tokens: Sequence[str]) -> TokenCodes:
    """Arrays for `tokens` (folded and romanized)."""
    count = len(tokens)
    arabic = np.fromiter(map(is_arabic, tokens), dtype=bool, count=count)
    source, source_size = _padded(map(source_units, tokens), count, WIDTH, np.int16)
    target, target_size = _padded(map(target_letters, tokens), count, WIDTH, np.int8)
    keys = map(skeleton_symbols, tokens)
    key, key_size = _padded(keys, count, SKELETON_WIDTH, np.int8)
    return TokenCodes(arabic, source, target, key, np.stack([source_size, target_size, key_size], axis=1))


def _padded(
    rows: Iterable[Sequence[int]], count: int, width: int, dtype: type
) -> tuple[NDArray[Any], NDArray[np.int8]]:
    cut = [row[:width] for row in rows]
    sizes = np.fromiter(map(len, cut), dtype=np.int8, count=count)
    out: NDArray[Any] = np.full((count, width), -1, dtype=dtype)
    # Row by row and in front: just the order in which the values come.
    out[np.arange(width) < sizes[:, None]] = np.fromiter(chain.from_iterable(cut), dtype=dtype)
    return out, sizes
