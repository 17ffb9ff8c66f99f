"""Parquet as blocks, a part of the file at a time; lines are row numbers from 1."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.table.blocks import BLOCK_ROWS, MAX_COLUMNS, SEPARATOR, Block
from tahaluf.messages.table.headings import role_of
from tahaluf.messages.table.jsonlines import cell_text
from tahaluf.messages.table.textlines import BadLine


def read_parquet(path: Path, mapping: Mapping[str, str] | None, bad: list[BadLine]) -> Iterator[Block]:
    """The columns that play a role, as text; rows with bytes that are no text are left in `bad`."""
    try:
        with pq.ParquetFile(path) as file:
            yield from _blocks(file, mapping, bad)
    except (pa.ArrowException, UnicodeDecodeError) as damaged:
        raise InputError(
            Problem("messages.table.damaged", Where(str(path)), "Parquet", str(damaged)[:300])
        ) from damaged


def _blocks(file: pq.ParquetFile, mapping: Mapping[str, str] | None, bad: list[BadLine]) -> Iterator[Block]:
    names = file.schema_arrow.names[:MAX_COLUMNS]
    wanted = [name for name in names if role_of(name) or name in (mapping or {}).values()]
    line = 1
    for batch in file.iter_batches(batch_size=BLOCK_ROWS, columns=wanted or names):
        spoiled: dict[int, BadLine] = {}
        columns = [
            _cells(column, name, line, spoiled) for name, column in zip(batch.schema.names, batch.columns, strict=True)
        ]
        bad += [spoiled[row] for row in sorted(spoiled)]
        whole = [row for row in range(batch.num_rows) if row not in spoiled]
        rows = [[column[row] for column in columns] for row in whole]
        yield Block(rows, [line + row for row in whole], ["; ".join(row) for row in rows], tuple(batch.schema.names))
        line += batch.num_rows


def passed_over(path: Path, used: Collection[str]) -> dict[str, list[str]]:
    """The columns that play no role, each with some of its values."""
    with pq.ParquetFile(path) as file:
        names = [name for name in file.schema_arrow.names[:MAX_COLUMNS] if name not in used]
        batch = next(file.iter_batches(batch_size=200, columns=names), None) if names else None
        if batch is None:
            return {name: [] for name in names}
        found = zip(batch.schema.names, batch.columns, strict=True)
        return {name: [text for text in _cells(column, name, 0, {}) if text] for name, column in found}


def _cells(column: pa.Array, name: str, line: int, spoiled: dict[int, BadLine]) -> list[str]:
    """A column as text; a row whose bytes are no text is put into `spoiled`, by its number in the batch."""
    try:
        return [_text(value) for value in column.to_pylist()]
    except (ValueError, OverflowError):
        # One value spoils the whole conversion: each on its own.
        cells = []
        for row, scalar in enumerate(column):
            try:
                cells.append(_scalar_text(scalar))
            except UnicodeDecodeError as damaged:
                found, text = f"0x{damaged.object[damaged.start]:02X}", damaged.object.decode("utf-8", "replace")
                spoiled[row] = BadLine(line + row, "messages.table.undecodable", "utf-8", found, text, name)
                cells.append("")
        return cells


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, list):
        return SEPARATOR.join(filter(None, map(_text, value)))
    return cell_text(value)


def _scalar_text(scalar: pa.Scalar) -> str:
    """What Python has no value for, such as a date in the year 90000, as the number that stands in the file."""
    if isinstance(scalar, pa.ListScalar) and scalar.is_valid:
        return SEPARATOR.join(filter(None, map(_scalar_text, scalar.values)))
    try:
        return _text(scalar.as_py())
    except UnicodeDecodeError:
        raise
    except (ValueError, OverflowError):
        with suppress(AttributeError):
            return f"{scalar.type} {scalar.value}"
        return f"{scalar.type} ?"
