"""Parties of messages to Arrow batches: flat columns that grow value by value, so that no party costs an object."""

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import NamedTuple, TypeVar, cast

import pyarrow as pa

from tahaluf.domain import Kind, PartyRole
from tahaluf.messages.schema import DOCUMENT_TYPE, SUBJECT_SCHEMA

BATCH_ROWS = 8192
T = TypeVar("T")
Pair = tuple[str, str]
Number = tuple[str, str, str | None]
Column = Sequence[str]
Optional = Sequence[str | None]


class _Lists:
    """A column of lists of texts."""

    __slots__ = ("ends", "values")

    def __init__(self) -> None:
        self.values: list[str] = []
        self.ends: list[int] = [0]

    def add(self, values: Sequence[str]) -> None:
        if values:
            self.values.extend(values)
        self.ends.append(len(self.values))

    def extend(self, columns: Sequence[Column], rows: int) -> None:
        """Of every row one value from each column."""
        begin = len(self.values)
        self.values.extend(interleave(columns, rows))
        self.ends.extend(ends_of(begin, rows, len(columns)))

    def array(self) -> pa.Array:
        return pa.ListArray.from_arrays(pa.array(self.ends, pa.int32()), pa.array(self.values, pa.string()))


class Alike(NamedTuple):
    """Parties that have as many values each, as columns of equal length. What is a list of columns holds one for each
    value of a party; `documents` has triples of columns (type, number, country). A detail that is None is left out;
    `names` are those of each party."""

    ids: Column
    lines: Sequence[int]
    roles: Sequence[PartyRole]
    units: Sequence[int]
    segments: Sequence[int]
    names: Sequence[Sequence[str]]
    genders: Optional
    births: Sequence[Column]
    nationalities: Sequence[Column]
    residences: Sequence[Column]
    places: Sequence[Column]
    documents: Sequence[tuple[Column, Column, Optional]]
    detail_keys: Sequence[str]
    details: Sequence[Optional]


class BatchBuilder:
    """Gathers parties in the order of the file; `full` says that a batch is due, `take` gives it and begins anew.

    Texts are given stripped and bounded by the reader; dates as ISO 8601 (`YYYY[-MM[-DD]]`), countries as lower-case
    ISO 3166-1 alpha-2.
    """

    def __init__(self, rows: int = BATCH_ROWS) -> None:
        self._rows = rows
        self._clear()

    def _clear(self) -> None:
        self._mixed = False
        self._ids: list[str] = []
        self._kinds: list[str] = []
        self._genders: list[str | None] = []
        self._lines: list[int | None] = []
        self._roles: list[str] = []
        self._units: list[int] = []
        self._messages: list[str | None] = []
        self._segments: list[int | None] = []
        self._fields: list[str | None] = []
        self._names, self._births, self._nationalities = _Lists(), _Lists(), _Lists()
        self._residences, self._places = _Lists(), _Lists()
        self._types: list[str] = []
        self._numbers: list[str] = []
        self._countries: list[str | None] = []
        self._number_ends = [0]
        self._detail_keys: list[str] = []
        self._details: list[str] = []
        self._detail_ends = [0]

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def full(self) -> bool:
        """Whether a whole batch has gathered."""
        return len(self._ids) >= self._rows

    def add(  # noqa: PLR0913 (one parameter a column)
        self, subject_id: str, names: Sequence[str], kind: Kind, role: PartyRole, *, unit: int, line: int | None,
        message: str | None = None, segment: int | None = None, field: str | None = None, gender: str | None = None,
        birth_dates: Sequence[str] = (), nationalities: Sequence[str] = (), residences: Sequence[str] = (),
        birth_places: Sequence[str] = (), documents: Sequence[Number] = (), details: Sequence[Pair] = (),
    ) -> None:  # fmt: skip
        """One party. `documents`: (type, number, country); `details`: (a `Detail`, value); `gender`: a `Gender`."""
        self._ids.append(subject_id)
        self._kinds.append(kind)
        self._genders.append(gender)
        self._lines.append(line)
        self._roles.append(role)
        self._units.append(unit)
        self._messages.append(message)
        self._segments.append(segment)
        self._fields.append(field)
        self._names.add(names)
        self._births.add(birth_dates)
        self._nationalities.add(nationalities)
        self._residences.add(residences)
        self._places.add(birth_places)
        for kind_of, number, country in documents:
            self._types.append(kind_of)
            self._numbers.append(number)
            self._countries.append(country)
        self._number_ends.append(len(self._numbers))
        if details:
            keys, values = zip(*details, strict=True)
            self._detail_keys.extend(keys)
            self._details.extend(values)
        self._detail_ends.append(len(self._details))

    def extend(self, alike: Alike, kind: Kind, message: str | None, field: str | None) -> None:
        """Many parties at once: the same as `add` for each, without the cost of a call and its lists. Units may come
        after later ones: the batch is put in their order."""
        rows = len(alike.ids)
        self._mixed = self._mixed or bool(self._units and rows and alike.units[0] < self._units[-1])
        self._ids.extend(alike.ids)
        self._kinds.extend([kind] * rows)
        self._genders.extend(alike.genders)
        self._lines.extend(alike.lines)
        self._roles.extend(alike.roles)
        self._units.extend(alike.units)
        self._messages.extend([message] * rows)
        self._segments.extend(alike.segments)
        self._fields.extend([field] * rows)
        begin = len(self._names.values)
        self._names.ends.extend(list(accumulate(map(len, alike.names), initial=begin))[1:])
        for names in alike.names:
            self._names.values.extend(names)
        self._births.extend(alike.births, rows)
        self._nationalities.extend(alike.nationalities, rows)
        self._residences.extend(alike.residences, rows)
        self._places.extend(alike.places, rows)
        self._extend_documents(alike, rows)
        self._extend_details(alike, rows)

    def _extend_documents(self, alike: Alike, rows: int) -> None:
        begin = len(self._numbers)
        self._types.extend(interleave([types for types, _, _ in alike.documents], rows))
        self._numbers.extend(interleave([numbers for _, numbers, _ in alike.documents], rows))
        self._countries.extend(interleave([countries for _, _, countries in alike.documents], rows))
        self._number_ends.extend(ends_of(begin, rows, len(alike.documents)))

    def _extend_details(self, alike: Alike, rows: int) -> None:
        begin, width = len(self._details), len(alike.details)
        keys, values = list(alike.detail_keys) * rows, interleave(alike.details, rows)
        if None in values:
            counts = (width - values[at : at + width].count(None) for at in range(0, len(values), width))
            self._detail_ends.extend(list(accumulate(counts, initial=begin))[1:])
            keys = [key for key, value in zip(keys, values, strict=True) if value is not None]
            values = [value for value in values if value is not None]
        else:
            self._detail_ends.extend(ends_of(begin, rows, width))
        self._detail_keys.extend(keys)
        self._details.extend(cast(list[str], values))

    def take(self) -> pa.RecordBatch:
        """The parties that gathered since the last call, in `SUBJECT_SCHEMA`."""
        batch = pa.RecordBatch.from_arrays(
            [
                pa.array(self._ids, pa.string()),
                self._names.array(),
                pa.array(self._kinds, pa.string()),
                self._births.array(),
                self._nationalities.array(),
                self._residences.array(),
                pa.array(self._genders, pa.string()),
                self._places.array(),
                self._document_lists(),
                pa.array(self._lines, pa.int64()),
                pa.array(self._roles, pa.string()),
                pa.array(self._units, pa.int64()),
                pa.array(self._messages, pa.string()),
                pa.array(self._segments, pa.int64()),
                pa.array(self._fields, pa.string()),
                self._detail_maps(),
            ],
            schema=SUBJECT_SCHEMA,
        )
        if self._mixed:
            order = sorted(range(len(self._units)), key=self._units.__getitem__)
            batch = batch.take(pa.array(order, pa.int64()))
        self._clear()
        return batch

    def _document_lists(self) -> pa.Array:
        arrays = [pa.array(values, pa.string()) for values in (self._types, self._numbers, self._countries)]
        structs = pa.StructArray.from_arrays(arrays, fields=list(DOCUMENT_TYPE))
        return pa.ListArray.from_arrays(pa.array(self._number_ends, pa.int32()), structs)

    def _detail_maps(self) -> pa.Array:
        keys, values = pa.array(self._detail_keys, pa.string()), pa.array(self._details, pa.string())
        return pa.MapArray.from_arrays(pa.array(self._detail_ends, pa.int32()), keys, values)


def ends_of(begin: int, rows: int, width: int) -> Sequence[int]:
    """Where the lists of rows end that have `width` values each."""
    return range(begin + width, begin + rows * width + 1, width) if width else [begin] * rows


def interleave(columns: Sequence[Sequence[T]], rows: int) -> list[T]:
    """Values row by row."""
    if len(columns) == 1:
        return list(columns[0])
    return list(chain.from_iterable(zip(*columns, strict=True))) if columns and rows else []
