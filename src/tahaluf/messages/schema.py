"""The Arrow shape of subjects, and the way between it and `domain.Subject`.

Reach for it to build a batch by hand or to read one back. Lists are never null: an unknown value is an empty list.
"""

from collections.abc import Iterator

import pyarrow as pa

from tahaluf.domain import Document, Gender, Kind, PartialDate, PartyRole, Subject, Where

DOCUMENT_TYPE = pa.struct([("type", pa.string()), ("number", pa.string()), ("country", pa.string())])
DETAILS_TYPE = pa.map_(pa.string(), pa.string())

SUBJECT_SCHEMA: pa.Schema = pa.schema(
    [
        ("id", pa.string()),
        ("names", pa.list_(pa.string())),
        ("kind", pa.string()),
        ("birth_dates", pa.list_(pa.string())),
        ("nationalities", pa.list_(pa.string())),
        ("residences", pa.list_(pa.string())),
        ("gender", pa.string()),
        ("birth_places", pa.list_(pa.string())),
        ("documents", pa.list_(DOCUMENT_TYPE)),
        ("line", pa.int64()),
        ("role", pa.string()),
        ("unit", pa.int64()),
        ("message", pa.string()),
        ("segment", pa.int64()),
        ("field", pa.string()),
        ("details", DETAILS_TYPE),
    ]
)


def unsaid(rows: int) -> list[pa.Array]:
    """The columns that a table of rows leaves unsaid: all that follow `line`."""
    names = SUBJECT_SCHEMA.names[SUBJECT_SCHEMA.names.index("line") + 1 :]
    kinds = [SUBJECT_SCHEMA.field(name).type for name in names]
    return [pa.array([[]] * rows, kind) if pa.types.is_map(kind) else pa.nulls(rows, kind) for kind in kinds]


def subjects_of(batch: pa.RecordBatch, file: str | None = None) -> Iterator[Subject]:
    """The rows of a batch as subjects, each with its place of origin."""
    for row in batch.to_pylist():
        yield Subject(
            id=row["id"],
            names=tuple(row["names"]),
            kind=Kind(row["kind"]),
            birth_dates=tuple(PartialDate.from_iso(text) for text in row["birth_dates"]),
            nationalities=tuple(row["nationalities"]),
            residences=tuple(row["residences"]),
            gender=Gender(row["gender"]) if row["gender"] else None,
            birth_places=tuple(row["birth_places"]),
            documents=tuple(Document(**document) for document in row["documents"]),
            where=Where(file, row["line"], row["field"], message=row["message"], segment=row["segment"]),
            role=PartyRole(row["role"]) if row["role"] else None,
            unit=row["unit"],
            details=tuple(row["details"] or ()),
        )


def batch_of(subjects: list[Subject]) -> pa.RecordBatch:
    """Subjects as one batch; rows without a line count from 1."""
    rows = [_row(number, subject) for number, subject in enumerate(subjects, start=1)]
    return pa.RecordBatch.from_pylist(rows, schema=SUBJECT_SCHEMA)


def _row(number: int, subject: Subject) -> dict[str, object]:
    where = subject.where or Where()
    return {
        "id": subject.id,
        "names": list(subject.names),
        "kind": subject.kind.value,
        "birth_dates": [date.isoformat() for date in subject.birth_dates],
        "nationalities": list(subject.nationalities),
        "residences": list(subject.residences),
        "gender": subject.gender.value if subject.gender else None,
        "birth_places": list(subject.birth_places),
        "documents": [{"type": d.type, "number": d.number, "country": d.country} for d in subject.documents],
        "line": number if where.line is None else where.line,
        "role": subject.role.value if subject.role else None,
        "unit": subject.unit,
        "message": where.message,
        "segment": where.segment,
        "field": where.field,
        "details": list(subject.details),
    }
