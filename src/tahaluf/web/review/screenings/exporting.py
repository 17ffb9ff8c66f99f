"""What a screening wrote, to take away: hits in three formats, rejects as they are."""

import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from tahaluf.prose.values import table_words
from tahaluf.screening.export import OutputFormat, convert
from tahaluf.web.review.screenings.places import data_path
from tahaluf.web.review.tables.screenings import Screening

HITS = {"hits.jsonl": OutputFormat.JSON_LINES, "hits.csv": OutputFormat.CSV, "hits.xlsx": OutputFormat.XLSX}
REJECTS = "rejects.csv"
KINDS = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def open_export(screening: Screening, what: str) -> BinaryIO:
    """The bytes of a download; FileNotFoundError where they were deleted. Only what the database knows is given."""
    is_rejects = what == REJECTS
    relative = screening.rejects_file if is_rejects else screening.hits_file
    length = screening.rejects_bytes if is_rejects else screening.result_bytes
    if not relative:
        raise FileNotFoundError
    whole = data_path(relative)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="export-") as folder:
        if whole.stat().st_size > length:
            whole = _cut(whole, length, Path(folder) / "cut")
        if is_rejects or HITS[what] is OutputFormat.JSON_LINES:
            return whole.open("rb")
        made = Path(folder) / what
        convert(whole, made, HITS[what], table_words())
        # An open file outlives its name.
        return made.open("rb")


def _cut(path: Path, length: int, to: Path) -> Path:
    left = length
    with path.open("rb") as source, to.open("wb") as target:
        while left and (block := source.read(min(left, 1 << 20))):
            target.write(block)
            left -= len(block)
    return to
