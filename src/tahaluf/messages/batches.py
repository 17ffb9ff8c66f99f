"""Parties of messages to Arrow batches: flat columns that grow value by value, so that no party costs an object."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from tahaluf.domain import Kind, PartyRole
from tahaluf.messages.schema import DOCUMENT_TYPE, SUBJECT_SCHEMA

BATCH_ROWS = 8192
Pair = tuple[str, str]
Number = tuple[str, str, str | None]


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

    def array(self) -> pa.Array:
        return pa.ListArray.from_arrays(pa.array(self.ends, pa.int32()), pa.array(self.values, pa.string()))


class BatchBuilder:
    """Gathers parties in the order of the file; `full` says that a batch is due, `take` gives it and begins anew.

    Texts are given stripped and bounded by the reader; dates as ISO 8601 (`YYYY[-MM[-DD]]`), countries as lower-case
    ISO 3166-1 alpha-2.
    """

    def __init__(self, rows: int = BATCH_ROWS) -> None:
        self._rows = rows
        self._clear()

    def _clear(self) -> None:
        self._plain: list[tuple[str, str, str | None, int | None, str | None, int, str | None, int | None, str | None]]
        self._plain = []
        self._names, self._births, self._nationalities = _Lists(), _Lists(), _Lists()
        self._residences, self._places = _Lists(), _Lists()
        self._numbers: list[Number] = []
        self._number_ends = [0]
        self._details: list[Pair] = []
        self._detail_ends = [0]

    def __len__(self) -> int:
        return len(self._plain)

    @property
    def full(self) -> bool:
        """Whether a whole batch has gathered."""
        return len(self._plain) >= self._rows

    def add(  # noqa: PLR0913 (one parameter a column)
        self, subject_id: str, names: Sequence[str], kind: Kind, role: PartyRole, *, unit: int, line: int | None,
        message: str | None = None, segment: int | None = None, field: str | None = None, gender: str | None = None,
        birth_dates: Sequence[str] = (), nationalities: Sequence[str] = (), residences: Sequence[str] = (),
        birth_places: Sequence[str] = (), documents: Sequence[Number] = (), details: Sequence[Pair] = (),
    ) -> None:  # fmt: skip
        """One party. `documents`: (type, number, country); `details`: (a `Detail`, value); `gender`: a `Gender`."""
        self._plain.append((subject_id, kind, gender, line, role, unit, message, segment, field))
        self._names.add(names)
        self._births.add(birth_dates)
        self._nationalities.add(nationalities)
        self._residences.add(residences)
        self._places.add(birth_places)
        if documents:
            self._numbers.extend(documents)
        self._number_ends.append(len(self._numbers))
        if details:
            self._details.extend(details)
        self._detail_ends.append(len(self._details))

    def take(self) -> pa.RecordBatch:
        """The parties that gathered since the last call, in `SUBJECT_SCHEMA`."""
        ids, kinds, genders, lines, roles, units, messages, segments, fields = _columns(self._plain)
        batch = pa.RecordBatch.from_arrays(
            [
                pa.array(ids, pa.string()),
                self._names.array(),
                pa.array(kinds, pa.string()),
                self._births.array(),
                self._nationalities.array(),
                self._residences.array(),
                pa.array(genders, pa.string()),
                self._places.array(),
                self._documents(),
                pa.array(lines, pa.int64()),
                pa.array(roles, pa.string()),
                pa.array(units, pa.int64()),
                pa.array(messages, pa.string()),
                pa.array(segments, pa.int64()),
                pa.array(fields, pa.string()),
                self._pairs(),
            ],
            schema=SUBJECT_SCHEMA,
        )
        self._clear()
        return batch

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The batch that is due, if one is."""
        if self.full:
            yield self.take()

    def _documents(self) -> pa.Array:
        # Column by column: to unpack so many rows into one call costs more than all the rest.
        columns = [[number[k] for number in self._numbers] for k in range(3)]
        arrays = [pa.array(values, pa.string()) for values in columns]
        structs = pa.StructArray.from_arrays(arrays, fields=list(DOCUMENT_TYPE))
        return pa.ListArray.from_arrays(pa.array(self._number_ends, pa.int32()), structs)

    def _pairs(self) -> pa.Array:
        keys = pa.array([key for key, _ in self._details], pa.string())
        values = pa.array([value for _, value in self._details], pa.string())
        return pa.MapArray.from_arrays(pa.array(self._detail_ends, pa.int32()), keys, values)


def _columns(rows: list[tuple]) -> list[list]:  # type: ignore[type-arg]
    return [[row[k] for row in rows] for k in range(9)]
