"""Rows of many elements at once: values gathered in one pool, columns picked from it by arrays.

Elements of one plan are laid out together, and the rows are then put into the order of the file.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tahaluf.messages.iso20022.layout import Constants
from tahaluf.messages.iso20022.plan import Ints, Layout, Ragged
from tahaluf.messages.schema import DOCUMENT_TYPE, SUBJECT_SCHEMA

BATCH_ROWS = 2048
# Transactions may name nobody and still have values.
MOST_VALUES = 1 << 17
# Batches are small and soon gone: pages that a pool keeps for later would be most of what a reading takes.
MEMORY = pa.system_memory_pool()
# What is kept of one element: its first row, where its values and those of its transaction begin, transaction, line,
# message, what its identifiers begin with.
KEPT = 7
LISTS = ("names", "births", "residences", "places", "types", "numbers")


class Columns:
    """Gathers elements in the order of the file; `full` says that a batch is due, `take` gives it and begins anew."""

    def __init__(self, constants: Constants, rows: int = BATCH_ROWS) -> None:
        self._constants, self._most = constants, rows
        self._clear()

    def _clear(self) -> None:
        self._pool: list[str] = []
        self._kept: dict[tuple[int, int], list[int]] = {}
        self._layouts: dict[tuple[int, int], tuple[Layout, Layout | None]] = {}
        self._messages: list[str | None] = [None]
        self._rows = 0

    def __len__(self) -> int:
        return self._rows

    @property
    def full(self) -> bool:
        """Whether a whole batch has gathered."""
        return self._rows >= self._most or len(self._pool) >= MOST_VALUES

    def put(self, values: list[str]) -> int:
        """Adds values to the pool; where they begin."""
        begin = len(self._pool)
        self._pool += values
        return begin

    def message(self, text: str | None) -> int:
        """The number of a message's reference, for `add`."""
        if text is None:
            return 0
        if self._messages[-1] != text:
            self._messages.append(text)
        return len(self._messages) - 1

    def add(
        self, layout: Layout, begin: int, unit: int, line: int, message: int, prefix: int,
        common: tuple[Layout, int] | None,
    ) -> None:  # fmt: skip
        """The rows of one element; `common` is the transaction that they are given for and where its values begin."""
        of, at = common or (None, 0)
        key = (id(layout), id(of))
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = []
            self._layouts[key] = (layout, of)
        kept += (self._rows, begin, at, unit, line, message, prefix)
        self._rows += len(layout.plain)

    def take(self) -> pa.RecordBatch:
        """All that was added since the last call, in `SUBJECT_SCHEMA`."""
        if not self._rows:
            self._clear()
            return pa.RecordBatch.from_pylist([], schema=SUBJECT_SCHEMA)
        parts = [
            _Part(*self._layouts[key], np.array(kept, np.int64).reshape(-1, KEPT)) for key, kept in self._kept.items()
        ]
        order = np.argsort(np.concatenate([part.rows for part in parts]), kind="stable")
        plain = np.concatenate([part.plain() for part in parts])[order]
        pool = strings(self._pool)
        constants = strings(self._constants.texts)
        lists = {name: _arrange([part.lists(name) for part in parts], order) for name in LISTS}
        codes, values = (_arrange([part.details(which) for part in parts], order) for which in (True, False))
        units = integers(plain[:, 5])
        suffix, kind, role, field, prefix = (pick(constants, plain[:, at]) for at in (0, 1, 2, 3, 7))
        texts = {name: _list(lists[name], pool) for name in ("names", "births", "residences", "places")}
        nothing = _list(Ragged(np.zeros(len(plain), np.int64), np.zeros(0, np.int64)), pool)
        unit_texts = pc.cast(units, pa.string(), memory_pool=MEMORY)
        joint = strings([""] * len(plain))
        ids = pc.binary_join_element_wise(unit_texts, prefix, suffix, joint, memory_pool=MEMORY)
        columns = {
            "id": ids,
            "names": texts["names"], "kind": kind, "birth_dates": texts["births"], "nationalities": nothing,
            "residences": texts["residences"], "gender": pa.nulls(len(plain), pa.string()),
            "birth_places": texts["places"], "documents": _documents(lists["types"], lists["numbers"], pool),
            "line": integers(plain[:, 4]), "role": role, "unit": units,
            "message": pick(self._told_messages(), plain[:, 6]),
            "segment": pa.nulls(len(plain), pa.int64()), "field": field,
            "details": _details(codes, constants, values, pool),
        }  # fmt: skip
        self._clear()
        return pa.RecordBatch.from_arrays([columns[name] for name in SUBJECT_SCHEMA.names], schema=SUBJECT_SCHEMA)

    def _told_messages(self) -> pa.Array:
        return pa.concat_arrays([pa.nulls(1, pa.string()), strings([text or "" for text in self._messages[1:]])])


def strings(texts: list[str]) -> pa.Array:
    """Texts as an Arrow array: `pa.array` would look at each, and load pandas where it is installed."""
    joined = "".join(texts)
    if joined.isascii():
        data, lengths = joined.encode("ascii"), map(len, texts)
    else:
        encoded = [text.encode("utf-8", "replace") for text in texts]
        data, lengths = b"".join(encoded), map(len, encoded)
    ends = np.zeros(len(texts) + 1, np.int32)
    np.cumsum(np.fromiter(lengths, np.int32, len(texts)), out=ends[1:])
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(data))


def pick(texts: pa.Array, numbers: Ints) -> pa.Array:
    """The texts of these numbers."""
    return pc.take(texts, integers(numbers), boundscheck=False, memory_pool=MEMORY)


def integers(numbers: Ints) -> pa.Array:
    """Integers as an Arrow array."""
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(np.ascontiguousarray(numbers))])


class _Part:
    """All elements of one layout, given for transactions of one layout; `kept` has a line for each."""

    def __init__(self, layout: Layout, common: Layout | None, kept: Ints) -> None:
        self._layout, self._common, self._kept = layout, common, kept
        self._count, self._width = len(kept), len(layout.plain)
        self.rows = (kept[:, :1] + np.arange(self._width)).ravel()

    def plain(self) -> Ints:
        """A line for each row: suffix, kind, role, field, line, transaction, message, prefix."""
        own = np.tile(self._layout.plain, (self._count, 1))
        around = np.repeat(self._kept[:, 3:], self._width, axis=0)
        own[:, 4] += around[:, 1]
        return np.column_stack((own, around[:, 0], around[:, 2], around[:, 3]))

    def lists(self, name: str) -> Ragged:
        column: Ragged = getattr(self._layout, name)
        return Ragged(np.tile(column.lengths, self._count), (self._kept[:, 1:2] + column.flat).ravel())

    def details(self, codes: bool) -> Ragged:
        """What is known of the transaction, then of the party; codes are constants and need no beginning."""
        own = self._layout.codes if codes else self._layout.details
        common = self._common
        shared = np.zeros(0, np.int64) if common is None else common.common_codes if codes else common.common
        ends = np.cumsum(own.lengths)
        pieces: list[Ints] = []
        of_common: list[Ints] = []
        for begin, end in pairwise((0, *ends)):
            pieces += (shared, own.flat[begin:end])
            of_common += (np.ones(len(shared), np.int64), np.zeros(end - begin, np.int64))
        flat = np.concatenate(pieces) if pieces else np.zeros(0, np.int64)
        if codes:
            values = np.tile(flat, self._count)
        else:
            begins = np.concatenate(of_common) if of_common else flat
            values = (flat + self._kept[:, 1:2] + (self._kept[:, 2:3] - self._kept[:, 1:2]) * begins).ravel()
        return Ragged(np.tile(own.lengths + len(shared), self._count), values)


def _arrange(parts: Sequence[Ragged], order: Ints) -> Ragged:
    """Lists of all parts, one behind the other, in another order."""
    lengths = np.concatenate([part.lengths for part in parts])
    flat = np.concatenate([part.flat for part in parts])
    begins = (np.cumsum(lengths) - lengths)[order]
    lengths = lengths[order]
    shift = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths)
    return Ragged(lengths, flat[shift + np.arange(len(flat))])


def _ends(column: Ragged) -> pa.Array:
    ends = np.concatenate(([0], np.cumsum(column.lengths))).astype(np.int32)
    return pa.Array.from_buffers(pa.int32(), len(ends), [None, pa.py_buffer(ends)])


def _list(column: Ragged, pool: pa.Array) -> pa.Array:
    return pa.ListArray.from_arrays(_ends(column), pick(pool, column.flat))


def _documents(types: Ragged, numbers: Ragged, pool: pa.Array) -> pa.Array:
    arrays = [pick(pool, column.flat) for column in (types, numbers)]
    arrays.append(pa.nulls(len(types.flat), pa.string()))
    return pa.ListArray.from_arrays(_ends(types), pa.StructArray.from_arrays(arrays, fields=list(DOCUMENT_TYPE)))


def _details(codes: Ragged, constants: pa.Array, values: Ragged, pool: pa.Array) -> pa.Array:
    return pa.MapArray.from_arrays(_ends(codes), pick(constants, codes.flat), pick(pool, values.flat))
