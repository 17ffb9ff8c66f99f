"""What every table format comes down to: blocks of rows of text, each row with its line and its original text."""

from collections.abc import Sequence
from dataclasses import dataclass

BLOCK_ROWS = 16384
MAX_CELL = 10_000
MAX_LINE = 1 << 20
MAX_COLUMNS = 1_000
# Several values in one cell: what JSON gives as an array travels with this between the values.
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows as read; `header` is set where the format itself names the columns (JSON, Parquet)."""

    rows: list[list[str]]
    lines: Sequence[int]
    texts: Sequence[str]
    header: tuple[str, ...] | None = None
