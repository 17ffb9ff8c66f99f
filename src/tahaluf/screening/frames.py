"""Tables of other libraries in and out of Arrow; Polars and pandas are touched only when they are what was given."""

import sys
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from tahaluf.domain import Hit, InputError, Kind, Problem
from tahaluf.screening.columns import TYPES, fill_kinds, read_columns

COLUMNS = ("query_id", "entity_id", "dataset", "score", "rank", "name", "subject_name", "caption")


def from_frame(table: Any, kind: Kind | None = None) -> pa.RecordBatch:
    """A table of Arrow, Polars or pandas as one batch of subjects; a column `name` becomes `names`.

    Rows without an id go by their number. Rows that state no kind are of `kind`; without it they are people where they
    have what only people have, else of no known kind. InputError for what cannot be read.
    """
    arrow = _to_arrow(table)
    columns = read_columns(arrow)
    names = columns.pop("name", [])
    columns.setdefault("names", [[name] if name else [] for name in names])
    ids = columns.get("id", [None] * arrow.num_rows)
    columns["id"] = [own or str(number) for number, own in enumerate(ids, start=1)]
    columns["kind"] = fill_kinds(columns, kind, arrow.num_rows)
    arrays = {name: pa.array(values, TYPES[name]) for name, values in columns.items()}
    return pa.RecordBatch.from_pydict(arrays)


def to_frame(hits: Sequence[Hit], like: Any) -> Any:
    """Hits as a table of the library that `like` is of."""
    rows = [
        (
            h.subject_id,
            h.listing_id,
            h.dataset,
            h.score,
            h.rank,
            h.explanation.listing_name,
            h.explanation.subject_name,
            h.caption,
        )
        for h in hits
    ]
    types = [pa.string()] * 3 + [pa.float64(), pa.int32()] + [pa.string()] * 3
    values = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    table = pa.table([pa.array(list(v), t) for v, t in zip(values, types, strict=True)], names=list(COLUMNS))
    library = type(like).__module__.partition(".")[0]
    if library == "polars":
        return sys.modules["polars"].from_arrow(table)
    return table.to_pandas() if library == "pandas" else table


def _to_arrow(table: Any) -> pa.Table:
    if isinstance(table, pa.RecordBatch):
        return pa.Table.from_batches([table])
    if isinstance(table, pa.Table):
        return table
    library = type(table).__module__.partition(".")[0]
    if library == "polars" and hasattr(table, "to_arrow") and hasattr(table, "columns"):
        return table.to_arrow()
    if library == "pandas" and hasattr(table, "columns"):
        try:
            return pa.Table.from_pandas(table, preserve_index=False)
        except pa.ArrowException as broken:
            raise InputError(Problem("screening.table.type", expected="Arrow", found=str(broken)[:200])) from broken
    raise InputError(Problem("screening.table.type", expected="Arrow, Polars, pandas", found=type(table).__name__))
