"""Hits in JSON lines to the other formats, by suffix. Streams: a result larger than memory is no hindrance.

In CSV and XLSX no cell can be taken for a formula, wherever a program cuts the CSV.
"""

import csv
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from tahaluf.domain import InputError, Problem, Where
from tahaluf.screening.export.flat import DECIMALS, KEYS, Words, headings, safe_rows
from tahaluf.screening.export.parquet import write_parquet
from tahaluf.screening.export.xlsx import write_xlsx


class OutputFormat(StrEnum):
    """The formats that hits are written in."""

    JSON_LINES = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


SUFFIXES = {
    ".jsonl": OutputFormat.JSON_LINES,
    ".ndjson": OutputFormat.JSON_LINES,
    ".json": OutputFormat.JSON_LINES,
    ".csv": OutputFormat.CSV,
    ".xlsx": OutputFormat.XLSX,
    ".parquet": OutputFormat.PARQUET,
}


def output_format(path: Path) -> OutputFormat:
    """The format that the name asks for; InputError where it asks for none."""
    found = SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise InputError(Problem("screening.hits.suffix", Where(str(path)), " ".join(SUFFIXES), path.suffix))
    return found


def convert(source: Path, target: Path, form: OutputFormat, words: Words = KEYS) -> None:
    """Writes the hits of `source` (JSON lines) to `target`; CSV and XLSX say what they say in `words`."""
    _WRITERS[form](source, target, words)


def _write_csv(source: Path, target: Path, words: Words) -> None:
    # The mark at the start is what makes Excel read Arabic as UTF-8.
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings(words))
        for row in safe_rows(source, words):
            writer.writerow([f"{cell:.{DECIMALS}f}" if isinstance(cell, float) else cell for cell in row])


_WRITERS: dict[OutputFormat, Callable[[Path, Path, Words], object]] = {
    OutputFormat.JSON_LINES: lambda source, target, _words: shutil.copyfile(source, target),
    OutputFormat.CSV: _write_csv,
    OutputFormat.XLSX: write_xlsx,
    OutputFormat.PARQUET: lambda source, target, _words: write_parquet(source, target),
}
