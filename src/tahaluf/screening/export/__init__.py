"""Hits to files: JSON lines as the screening writes them, and from these CSV, XLSX, Parquet and an HTML report.

Reach for `render_rows` while screening and for `convert` at the end. Every format carries the same hits in the same
order; the specification of the fields is `spec/screening-result.md`.
"""

from tahaluf.screening.export.convert import SUFFIXES, OutputFormat, convert, output_format
from tahaluf.screening.export.flat import Words
from tahaluf.screening.export.jsonl import Lines, join_lines, read_hits, render_hits, render_rows

__all__ = [
    "SUFFIXES", "Lines", "OutputFormat", "Words", "convert", "join_lines", "output_format", "read_hits", "render_hits",
    "render_rows",
]  # fmt: skip
