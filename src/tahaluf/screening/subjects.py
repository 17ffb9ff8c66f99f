"""Read subjects from a batch (`messages.SUBJECT_SCHEMA`): all of a row only where there is more than a name in it."""

from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tahaluf.domain import Document, Gender, Kind, PartialDate, Subject

LISTS = ("birth_dates", "nationalities", "residences", "birth_places", "documents")
COMPARED = ("id", "names", "kind", "gender", *LISTS)


def subjects_in(batch: pa.RecordBatch) -> list[Subject | None]:
    """Each row as a subject; None where nothing but the name can be compared. Columns may be absent."""
    rich = _has_attributes(batch)
    rows = batch.filter(rich).select([name for name in COMPARED if name in batch.schema.names]).to_pylist()
    subjects = map(_subject, rows)
    return [next(subjects) if more else None for more in rich.to_pylist()]


def _has_attributes(batch: pa.RecordBatch) -> pa.BooleanArray:
    names = set(batch.schema.names)
    filled = [pc.greater(pc.list_value_length(batch.column(name)), 0) for name in LISTS if name in names]
    if "gender" in names:
        filled.append(pc.is_valid(batch.column("gender")))
    none = pa.array([False] * batch.num_rows, pa.bool_())
    return reduce(pc.or_, [pc.fill_null(column, False) for column in filled], none)


def _subject(row: dict[str, Any]) -> Subject:
    return Subject(
        id=row["id"],
        names=tuple(row["names"]),
        kind=Kind(row["kind"]),
        birth_dates=tuple(PartialDate.from_iso(text) for text in row.get("birth_dates") or ()),
        nationalities=tuple(row.get("nationalities") or ()),
        residences=tuple(row.get("residences") or ()),
        gender=Gender(row["gender"]) if row.get("gender") else None,
        birth_places=tuple(row.get("birth_places") or ()),
        documents=tuple(
            Document(number=entry["number"], type=entry["type"] or "identification", country=entry["country"])
            for entry in row.get("documents") or ()
        ),
    )
