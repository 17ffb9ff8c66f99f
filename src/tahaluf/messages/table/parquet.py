"""Parquet as blocks, a part of the file at a time; lines are row numbers from 1."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.table.blocks import BLOCK_ROWS, MAX_COLUMNS, Block
from tahaluf.messages.table.headings import role_of
from tahaluf.messages.table.jsonlines import cell_text


def read_parquet(path: Path, mapping: Mapping[str, str] | None) -> Iterator[Block]:
    """The columns that play a role, as text."""
    try:
        with pq.ParquetFile(path) as file:
            yield from _blocks(file, mapping)
    except (pa.ArrowException, UnicodeDecodeError) as damaged:
        raise InputError(
            Problem("messages.table.damaged", Where(str(path)), "Parquet", str(damaged)[:300])
        ) from damaged


def _blocks(file: pq.ParquetFile, mapping: Mapping[str, str] | None) -> Iterator[Block]:
    names = file.schema_arrow.names[:MAX_COLUMNS]
    wanted = [name for name in names if role_of(name) or name in (mapping or {}).values()]
    line = 1
    for batch in file.iter_batches(batch_size=BLOCK_ROWS, columns=wanted or names):
        columns = [list(map(cell_text, column.to_pylist())) for column in batch.columns]
        rows = [list(row) for row in zip(*columns, strict=True)]
        lines = range(line, line + batch.num_rows)
        line += batch.num_rows
        yield Block(rows, lines, ["; ".join(row) for row in rows], tuple(batch.schema.names))
