"""Tables of other libraries in and out of Arrow; Polars and pandas are touched only when they are what was given."""

import sys
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from tahaluf.domain import Hit, InputError, Kind, Problem

COLUMNS = ("query_id", "entity_id", "dataset", "score", "rank", "name", "subject_name", "caption")


def from_frame(table: Any) -> pa.RecordBatch:
    """A table of Arrow, Polars or pandas as one batch of subjects; a column `name` becomes `names`, `kind` may be
    absent."""
    arrow = _to_arrow(table)
    columns = {name: arrow.column(name).combine_chunks() for name in arrow.column_names}
    if "names" not in columns:
        if "name" not in columns:
            raise InputError(Problem("screening.table.names", expected="name", found=", ".join(arrow.column_names)))
        texts = columns.pop("name").cast(pa.string()).to_pylist()
        columns["names"] = pa.array([[text] if text else [] for text in texts], type=pa.list_(pa.string()))
    rows = arrow.num_rows
    columns["id"] = (
        columns["id"].cast(pa.string()) if "id" in columns else pa.array(map(str, range(1, rows + 1)), pa.string())
    )
    columns.setdefault("kind", pa.array([Kind.UNKNOWN.value] * rows, pa.string()))
    return pa.RecordBatch.from_pydict(columns)


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
    if library == "polars":
        return table.to_arrow()
    if library == "pandas":
        return pa.Table.from_pandas(table, preserve_index=False)
    raise InputError(Problem("screening.table.type", expected="Arrow, Polars, pandas", found=type(table).__name__))
