"""Read subjects from a batch (`messages.SUBJECT_SCHEMA`): all of a row only where there is more than a name in it."""

from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from tahaluf.domain import Document, Gender, Kind, PartialDate, Subject

LISTS = ("birth_dates", "nationalities", "residences", "birth_places", "documents")


def has_attributes(batch: pa.RecordBatch) -> list[bool]:
    """For each row, whether anything but the name can be compared; columns may be absent."""
    names = set(batch.schema.names)
    filled = [pc.greater(pc.list_value_length(batch.column(name)), 0) for name in LISTS if name in names]
    if "gender" in names:
        filled.append(pc.is_valid(batch.column("gender")))
    if not filled:
        return [False] * batch.num_rows
    return [bool(value) for value in reduce(pc.or_, [pc.fill_null(column, False) for column in filled]).to_pylist()]


def subject_of(batch: pa.RecordBatch, row: int) -> Subject:
    """One row as a subject."""
    value = {name: batch.column(name)[row].as_py() for name in batch.schema.names}
    return Subject(
        id=value["id"],
        names=tuple(value["names"]),
        kind=Kind(value["kind"]),
        birth_dates=tuple(PartialDate.from_iso(text) for text in value.get("birth_dates") or ()),
        nationalities=tuple(value.get("nationalities") or ()),
        residences=tuple(value.get("residences") or ()),
        gender=Gender(value["gender"]) if value.get("gender") else None,
        birth_places=tuple(value.get("birth_places") or ()),
        documents=tuple(
            Document(number=entry["number"], type=entry["type"] or "identification", country=entry["country"])
            for entry in value.get("documents") or ()
        ),
    )
