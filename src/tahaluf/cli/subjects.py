"""A subject as one JSON object, as `tahaluf messages read` prints it: what is not known is left out."""

from typing import Any

from tahaluf.domain import Subject


def subject_json(subject: Subject) -> dict[str, Any]:
    """`kind`, `name`, `role`, what else is known, `source`; `details` are lists by code."""
    where = subject.where
    details: dict[str, list[str]] = {}
    for code, value in subject.details:
        details.setdefault(code, []).append(value)
    told: dict[str, Any] = {
        "id": subject.id,
        "kind": subject.kind.value,
        "name": next(iter(subject.names), None),
        "other_names": list(subject.names[1:]),
        "role": subject.role,
        "birth_dates": [date.isoformat() for date in subject.birth_dates],
        "nationalities": list(subject.nationalities),
        "residences": list(subject.residences),
        "gender": subject.gender,
        "birth_places": list(subject.birth_places),
        "documents": [_known(type=one.type, number=one.number, country=one.country) for one in subject.documents],
        "details": details,
    }
    places = {name: getattr(where, name) for name in ("file", "line", "message", "segment", "field")} if where else {}
    return {**_known(**told), "source": _known(unit=subject.unit, **places)}


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
