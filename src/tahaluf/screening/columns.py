"""The columns of a table of subjects, every value of them checked; what cannot be read is refused with its row."""

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from tahaluf.domain import Gender, InputError, Kind, PartialDate, Problem, Where

TEXT, TEXTS = pa.string(), pa.list_(pa.string())
DOCUMENTS = pa.list_(pa.struct([("type", TEXT), ("number", TEXT), ("country", TEXT)]))
TYPES = {
    "id": TEXT, "name": TEXT, "names": TEXTS, "kind": TEXT, "birth_dates": TEXTS, "nationalities": TEXTS,
    "residences": TEXTS, "gender": TEXT, "birth_places": TEXTS, "documents": DOCUMENTS,
}  # fmt: skip
# What only people have.
PERSONAL = ("birth_dates", "gender", "birth_places")
Rows = list[Any]


def read_columns(table: pa.Table) -> dict[str, Rows]:
    """The columns that play a part, by name: texts (None where empty), lists without empty items, documents as dicts.

    A list may be given as one text. InputError for values that are not of the type, the vocabulary or the form.
    """
    names = table.column_names
    twice = [name for name in TYPES if names.count(name) > 1]
    if twice or not {"name", "names"} & set(names):
        raise InputError(Problem("screening.table.names", expected="name", found=", ".join(names)[:300]))
    columns = {name: _read(table, name) for name in names if name in TYPES}
    _check(columns, "kind", ", ".join(Kind), Kind)
    _check(columns, "gender", ", ".join(Gender), Gender)
    _check(columns, "birth_dates", "YYYY, YYYY-MM, YYYY-MM-DD", PartialDate.from_iso)
    return columns


def fill_kinds(columns: dict[str, Rows], kind: Kind | None, rows: int) -> list[str]:
    """The kind of each row: the one stated, else `kind`, else a person where it has what only people have."""
    stated = columns.get("kind", [None] * rows)
    if kind is not None:
        return [own or kind.value for own in stated]
    personal = [columns[name] for name in PERSONAL if name in columns]
    if "documents" in columns:
        personal.append([any(entry["type"] == "passport" for entry in own) for own in columns["documents"]])
    people = map(any, zip(*personal, strict=True)) if personal else [False] * rows
    return [own or (Kind.PERSON if person else Kind.UNKNOWN).value for own, person in zip(stated, people, strict=True)]


def _read(table: pa.Table, name: str) -> Rows:
    column, wanted = table.column(name), TYPES[name]
    try:
        if wanted is DOCUMENTS:
            return [_documents(row) for row in column.to_pylist()]
        if wanted is TEXTS and not _holds_lists(column.type):
            return [[text] if text else [] for text in column.cast(TEXT).to_pylist()]
        values = column.cast(wanted).to_pylist()
    except (pa.ArrowException, TypeError, ValueError, AttributeError) as broken:
        raise InputError(
            Problem("screening.table.column", Where(field=name), str(wanted), str(column.type)[:200])
        ) from broken
    return (
        [[text for text in row or () if text] for row in values] if wanted is TEXTS else [own or None for own in values]
    )


def _holds_lists(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _documents(row: Sequence[dict[str, Any]] | None) -> list[dict[str, str | None]]:
    found = [{key: entry.get(key) for key in ("type", "number", "country")} for entry in row or () if entry]
    if not all(isinstance(value, str | None) for entry in found for value in entry.values()):
        raise TypeError("documents are texts")
    return [entry for entry in found if entry["number"]]


def _check(columns: dict[str, Rows], name: str, expected: str, parse: Callable[[str], object]) -> None:
    good: set[str | None] = {None}
    for row, values in enumerate(columns.get(name, ()), start=1):
        for value in values if isinstance(values, list) else (values,):
            if value in good:
                continue
            try:
                parse(value)
            except ValueError as broken:
                where = Where(line=row, field=name)
                raise InputError(Problem("screening.table.value", where, expected, value[:100])) from broken
            good.add(value)
