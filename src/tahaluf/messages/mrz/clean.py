"""Many zones at once: which of them have every field of its type and every check digit right.

Reach for `clean_zones` before the long way of `types` and `repair`, which it spares for nearly all zones of a good
file. What it answers is what those two would find to be without fault, States and misread fillers aside.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tahaluf.messages.mrz.checks import ALPHABET
from tahaluf.messages.mrz.forms import CODE, ISSUER, LAYOUTS, Form
from tahaluf.messages.mrz.types import KINDS, SEXES

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
_VALUES = np.array([ALPHABET.find(chr(code)) for code in range(256)], np.int64).clip(0)
_DIGIT_ZERO = ord("0")

Flags = npt.NDArray[np.bool_]


class _Shape(NamedTuple):
    """`classes`: [256] bits of the classes that a character is of; `allowed`: [size] the class of each position;
    `weights`: [size, checks]; `places`: [checks] where each check digit stands."""

    classes: npt.NDArray[np.uint8]
    allowed: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.int64]
    places: list[int]


@cache
def _shape(form: Form) -> _Shape:
    layout = LAYOUTS[form]
    kinds = [KINDS, LETTERS, "0123456789", SEXES, "0123456789" + LETTERS]
    classes = np.zeros(256, np.uint8)
    for bit, kind in enumerate(kinds):
        classes[[ord(char) for char in kind]] |= 1 << bit
    allowed = np.full(layout.size, 1 << 4, np.uint8)
    for part in (CODE, ISSUER, layout.name, layout.nationality):
        allowed[part] = 1 << 1
    allowed[0] = 1 << 0
    checks: list[tuple[tuple[slice, ...], int]] = [
        ((layout.number,), layout.number_check),
        ((layout.birth,), layout.birth_check),
        ((layout.expiry,), layout.expiry_check),
    ]
    if layout.optional_check is not None:
        checks.append(((layout.optional,), layout.optional_check))
    if layout.composite_check is not None:
        checks.append((layout.composed, layout.composite_check))
    weights = np.zeros((layout.size, len(checks)), np.int64)
    for column, (parts, _) in enumerate(checks):
        over = np.concatenate([np.arange(part.start, part.stop) for part in parts])
        weights[over, column] = np.resize([7, 3, 1], len(over))
    places = [place for _, place in checks]
    allowed[[*places, *range(*layout.birth.indices(layout.size)), *range(*layout.expiry.indices(layout.size))]] = 1 << 2
    allowed[layout.sex] = 1 << 3
    return _Shape(classes, allowed, weights, places)


def clean_zones(texts: Sequence[str], form: Form) -> Flags:
    """For each zone of this form (its lines joined) whether it is clean."""
    size = LAYOUTS[form].size
    shape = _shape(form)
    codes = np.frombuffer("".join(texts).encode("ascii"), np.uint8).reshape(len(texts), size)
    typed = (shape.classes[codes] & shape.allowed).all(axis=1)
    wanted = (_VALUES[codes] @ shape.weights) % 10
    found = codes[:, shape.places].astype(np.int64) - _DIGIT_ZERO
    flags: Flags = typed & (wanted == found).all(axis=1)
    return flags
