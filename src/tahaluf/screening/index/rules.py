"""What can be asked of a stored array: its type, its shape, and that compiled code may follow its values.

Compiled code does not look where it reads; so whatever is a place in another array is held to it, once, at opening.
A `Rule` is one row of the table in `layout`; a check says what was expected and found where it fails.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Sizes = Mapping[str, int]
Arrays = Mapping[str, Array]
LARGE = 1e6
# Rows that are looked at together: few enough to stay near the processor.
AT_ONCE = 4096


class Fault(NamedTuple):
    """What was expected of an array, and what was found."""

    expected: str
    found: str


class Check(Protocol):
    """One thing that must be true of the values of an array of the right type and shape."""

    def fault(self, array: Array, sizes: Sizes, arrays: Arrays) -> Fault | None:
        """None where it is true."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`type` by NumPy's name; `shape` in numbers and in sizes (`"N"`, `"N+1"`), which all arrays must agree on."""

    type: str
    shape: tuple[str | int, ...]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """Every value is at least `low` and under `high`, a number or a size."""

    low: int
    high: int | str

    def fault(self, array: Array, sizes: Sizes, arrays: Arrays) -> Fault | None:
        values = array.view(np.uint8) if array.dtype == bool else array
        return _outside(values, self.low, _length(self.high, sizes) - 1)


@dataclass(frozen=True, slots=True)
class Finite:
    """Every value is a number, and none is beyond all reason: sums of them stay numbers."""

    def fault(self, array: Array, sizes: Sizes, arrays: Arrays) -> Fault | None:
        return _outside(array, -LARGE, LARGE)


@dataclass(frozen=True, slots=True)
class Starts:
    """Ranges in an array of size `of`, end to end: from 0 to its end, each of `least` to `most` items."""

    of: str
    least: int = 0
    most: int | None = None

    def fault(self, array: Array, sizes: Sizes, arrays: Arrays) -> Fault | None:
        ends = (int(array[0]), int(array[-1]))
        if ends != (0, sizes[self.of]):
            return Fault(f"0 … {sizes[self.of]}", f"{ends[0]} … {ends[1]}")
        most = sizes[self.of] if self.most is None else self.most
        # Values are brought within bounds first, lest a difference overflow.
        return _outside(array, 0, sizes[self.of]) or _outside(array[1:] - array[:-1], self.least, most)


@dataclass(frozen=True, slots=True)
class Rising:
    """No value is less than the one before it."""

    def fault(self, array: Array, sizes: Sizes, arrays: Arrays) -> Fault | None:
        falls = array[1:] < array[:-1]
        return Fault("x[k] ≤ x[k + 1]", f"k = {int(falls.argmax())}") if falls.any() else None


@dataclass(frozen=True, slots=True)
class Padded:
    """In each row as many values as `sizes_array` says (in its `column`, if it has several) are 0 or more, the rest −1.

    Values are under `high`; in rows that `special` marks, if given, under its number instead.
    """

    sizes_array: str
    high: int
    column: int | None = None
    special: tuple[str, int] | None = None

    def fault(self, array: Array, sizes: Sizes, arrays: Arrays) -> Fault | None:
        own = arrays[self.sizes_array] if self.column is None else arrays[self.sizes_array][:, self.column]
        width = array.shape[1]
        if (fault := _outside(own, 0, width)) is not None:
            return fault
        # Every row is held to one of a few patterns: one for each length, twice where some rows are marked.
        pattern = own.astype(np.intp) if self.special is None else own + np.where(arrays[self.special[0]], width + 1, 0)
        highs = [self.high] if self.special is None else [self.high, self.special[1]]
        padding, limits = _patterns(width, highs, array.dtype)
        for start in range(0, len(array), AT_ONCE):
            rows = slice(start, start + AT_ONCE)
            # Without the padding, all are from 0 to under the limit of their place, which is 1 where padding stood.
            values = array[rows] ^ padding.take(pattern[rows], axis=0)
            wrong = values.view(limits.dtype) >= limits.take(pattern[rows], axis=0)
            if wrong.any():
                row = start + int(wrong.any(axis=1).argmax())
                return Fault(f"{int(own[row])} × 0 ≤ x < {self.high}, −1 …", f"[{row}]: {array[row].tolist()}")
        return None


def _patterns(width: int, highs: Sequence[int], dtype: np.dtype[Any]) -> tuple[Array, Array]:
    """For each of `highs`, and for each number of values in a row: what pads the row, and what each value is under."""
    front = np.arange(width) < np.arange(width + 1)[:, None]
    padding = np.where(front, 0, -1).astype(dtype)
    limits = np.concatenate([np.where(front, high, 1) for high in highs]).astype(f"u{dtype.itemsize}")
    return np.concatenate([padding] * len(highs)), limits


@dataclass(frozen=True, slots=True)
class Widths:
    """The values of column k are from 0 to `most[k]`."""

    most: tuple[int, ...]

    def fault(self, array: Array, sizes: Sizes, arrays: Arrays) -> Fault | None:
        faults = (_outside(array[:, column], 0, most) for column, most in enumerate(self.most))
        return next(filter(None, faults), None)


@dataclass(frozen=True, slots=True)
class Owners:
    """The first rows, as many as `size` says, are their own owners; all others are owned by one of them."""

    size: str

    def fault(self, array: Array, sizes: Sizes, arrays: Arrays) -> Fault | None:
        own = sizes[self.size]
        if len(array) < own:
            return Fault(f"R ≥ {own}", str(len(array)))
        if not np.array_equal(array[:own], np.arange(own)):
            return Fault(f"0, 1, … {own - 1}", f"{array[:own].tolist()}")
        return _outside(array, 0, own - 1)


@dataclass(frozen=True, slots=True)
class Derived:
    """Every value is the one that other arrays give."""

    make: Callable[[Arrays], Array]

    def fault(self, array: Array, sizes: Sizes, arrays: Arrays) -> Fault | None:
        wrong = array != self.make(arrays)
        if not wrong.any():
            return None
        row = int(wrong.argmax())
        return Fault(f"[{row}]: {int(self.make(arrays)[row])}", f"[{row}]: {int(array[row])}")


def _outside(array: Array, least: float, most: float) -> Fault | None:
    if array.size == 0:
        return None
    # What is under 0 is beyond all numbers of its type when read without a sign: one pass does for both ends.
    unsigned = least == 0 and array.dtype.kind == "i" and array.flags.c_contiguous
    if unsigned and array.view(f"u{array.dtype.itemsize}").max() <= most:
        return None
    low, high = array.min(), array.max()
    # Written so that what is no number fails, too.
    return None if low >= least and high <= most else Fault(f"{least:g} ≤ x ≤ {most:g}", f"{low} … {high}")


def bind_sizes(rules: Mapping[str, Rule], arrays: Arrays, known: Sizes) -> dict[str, int]:
    """The sizes that are `known`, and those that the shapes of `arrays` give; the first array to name one decides."""
    sizes = dict(known)
    for name, rule in rules.items():
        for term, length in zip(rule.shape, arrays[name].shape, strict=False):
            if isinstance(term, str):
                size, _, more = term.partition("+")
                sizes.setdefault(size, length - int(more or 0))
    return sizes


def shape_fault(rule: Rule, array: Array, sizes: Sizes) -> Fault | None:
    """What is wrong with the type or the shape of an array."""
    wanted = tuple(_length(term, sizes) for term in rule.shape)
    if array.dtype.name == rule.type and array.shape == wanted and min(wanted) >= 0:
        return None
    return Fault(f"{rule.type} {list(wanted)}", f"{array.dtype.name} {list(array.shape)}")


def _length(term: str | int, sizes: Sizes) -> int:
    if isinstance(term, int):
        return term
    size, _, more = term.partition("+")
    return sizes.get(size, -1) + int(more or 0)


def find_fault(rules: Mapping[str, Rule], arrays: Arrays, known: Sizes) -> tuple[str, Fault] | None:
    """The first array that breaks its rule, and how. All shapes are looked at before any value."""
    sizes = bind_sizes(rules, arrays, known)
    for name, rule in rules.items():
        if (fault := shape_fault(rule, arrays[name], sizes)) is not None:
            return name, fault
    for name, rule in rules.items():
        for check in rule.checks:
            if (fault := check.fault(arrays[name], sizes, arrays)) is not None:
                return name, fault
    return None
