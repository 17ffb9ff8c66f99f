"""Read subjects from a batch (`messages.SUBJECT_SCHEMA`): all of a row only where there is more than a name in it."""

from functools import reduce
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tahaluf.domain import Document, Gender, Kind, PartialDate, PartyRole, Source, Subject

LISTS = ("birth_dates", "nationalities", "residences", "birth_places", "documents")
COMPARED = ("id", "names", "kind", "gender", *LISTS)
PLACED = ("role", "unit", "message", "segment", "field")
TEXT = "text"


class Told(NamedTuple):
    """What is told of a subject. `subject` is None where nothing but the name can be compared; `text` is what a subject
    of role `text` says, in which listed names are looked for."""

    id: str
    names: list[str]
    kind: Kind
    subject: Subject | None = None
    line: int | None = None
    source: Source | None = None
    text: str | None = None


def tell(batch: pa.RecordBatch) -> list[Told]:
    """The rows of a batch; of its columns only `id`, `names` and `kind` must be there."""
    columns = set(batch.schema.names)
    ids, names = batch.column("id").to_pylist(), batch.column("names").to_pylist()
    kinds = [Kind(kind) for kind in batch.column("kind").to_pylist()]
    nothing = [None] * len(ids)
    lines = batch.column("line").to_pylist() if "line" in columns else nothing
    is_placed = columns.issuperset(PLACED) and batch.column("unit").null_count < len(ids)
    sources = _sources(batch) if is_placed else nothing
    texts = _texts(batch) if is_placed and "details" in columns else nothing
    return list(map(Told, ids, names, kinds, _subjects(batch), lines, sources, texts))


def tell_one(subject: Subject) -> Told:
    """One subject."""
    where, text = subject.where, None
    source = Source(subject.role, subject.unit, where.message, where.segment, where.field) if where else None
    if subject.role is PartyRole.TEXT:
        text = next((value for key, value in subject.details if key == TEXT), None)
    return Told(subject.id, list(subject.names), subject.kind, subject, None, source, text)


def _sources(batch: pa.RecordBatch) -> list[Source]:
    roles = [PartyRole(role) if role else None for role in batch.column("role").to_pylist()]
    return list(map(Source, roles, *(batch.column(name).to_pylist() for name in PLACED[1:])))


def _texts(batch: pa.RecordBatch) -> list[str | None]:
    is_text = pc.fill_null(pc.equal(batch.column("role"), PartyRole.TEXT.value), False)
    details = iter(batch.column("details").filter(is_text).to_pylist())
    return [dict(next(details)).get(TEXT) if one else None for one in is_text.to_pylist()]


def _subjects(batch: pa.RecordBatch) -> list[Subject | None]:
    """Each row as a subject; None where nothing but the name can be compared."""
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
