"""The audit log as a file: CSV for a spreadsheet, JSON lines for a program that checks the chain itself."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

import orjson

from tahaluf.domain.cells import safe_cell
from tahaluf.web.common.audit.models import AuditEntry

COLUMNS = ("sequence", "at", "actor", "actor_id", "action", "target_type", "target_id", "details", "previous", "digest")


def csv_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """A heading and a line each; no cell begins a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    yield "\ufeff" + _taken(out)
    for entry in entries:
        writer.writerow(safe_cell(_text(value)) for value in _values(entry))
        yield _taken(out)


def json_lines(entries: Iterable[AuditEntry]) -> Iterator[bytes]:
    """An object a line, with all that the digest is made of."""
    for entry in entries:
        yield orjson.dumps(dict(zip(COLUMNS, _values(entry), strict=True))) + b"\n"


def _values(entry: AuditEntry) -> list[object]:
    values = [getattr(entry, name) for name in COLUMNS]
    return [entry.at.isoformat() if name == "at" else value for name, value in zip(COLUMNS, values, strict=True)]


def _text(value: object) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "" if value is None else str(value)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text
