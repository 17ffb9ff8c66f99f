"""A subject as plain JSON values and back, and what it is told apart by.

Reach for `plain_subject` to store one, for `key_of` to meet the same one again, for `digest_of` to see whether what is
stated of it has changed. Both go by what is stated, whatever the file, the place in it, the id, the order of values,
the case and the diacritics.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import orjson

from tahaluf.domain import Document, Gender, Kind, PartialDate, PartyRole, Subject
from tahaluf.names.fold import fold

T = TypeVar("T")
R = TypeVar("R")
TEXT = "text"
MAX_CAPTION = 500
CIRCA = "~"  # as EDTF marks an approximate date
TEXTS = ("names", "nationalities", "residences", "birth_places")
IDENTIFYING = ("kind", "names", "birth_dates", "documents", TEXT)


def plain_subject(subject: Subject) -> dict[str, Any]:
    """The subject as JSON values, without its place in a file; what is not known is left out. NUL and lone surrogates,
    which no database holds, are taken out of its texts."""
    told: dict[str, Any] = {
        "id": _clean(subject.id),
        "names": _texts(subject.names),
        "kind": subject.kind.value,
        "birth_dates": [_date(date) for date in subject.birth_dates],
        "nationalities": _texts(subject.nationalities),
        "residences": _texts(subject.residences),
        "gender": subject.gender.value if subject.gender else None,
        "birth_places": _texts(subject.birth_places),
        "documents": [_document(document) for document in subject.documents],
        "role": subject.role.value if subject.role else None,
        "unit": subject.unit,
        "details": [[_clean(code), _clean(value)] for code, value in subject.details],
    }
    return {key: value for key, value in told.items() if value not in (None, []) or key in ("id", "names")}


def subject_of(plain: Mapping[str, Any]) -> Subject:
    """The subject that `plain_subject` wrote."""
    return Subject(
        id=plain["id"],
        names=tuple(plain["names"]),
        kind=Kind(plain["kind"]),
        birth_dates=tuple(map(_read_date, plain.get("birth_dates", ()))),
        nationalities=tuple(plain.get("nationalities", ())),
        residences=tuple(plain.get("residences", ())),
        gender=Gender(plain["gender"]) if plain.get("gender") else None,
        birth_places=tuple(plain.get("birth_places", ())),
        documents=tuple(map(_read_document, plain.get("documents", ()))),
        role=PartyRole(plain["role"]) if plain.get("role") else None,
        unit=plain.get("unit"),
        details=tuple((code, value) for code, value in plain.get("details", ())),
    )


def key_of(plain: Mapping[str, Any]) -> str:
    """64 hex digits that tell whom this is about: by names, birth dates and documents; where there are neither dates
    nor documents, by all that is stated, lest namesakes be taken for one."""
    stated = _stated(plain)
    is_identified = stated["birth_dates"] or stated["documents"]
    return _hash({name: stated[name] for name in IDENTIFYING} if is_identified else stated)


def digest_of(plain: Mapping[str, Any]) -> str:
    """The SHA-256 of all that the subject is compared by: where it differs, the subject has changed."""
    return _hash(_stated(plain))


def _stated(plain: Mapping[str, Any]) -> dict[str, Any]:
    text = text_of(plain)
    return {
        "kind": plain["kind"],
        "gender": plain.get("gender"),
        "birth_dates": sorted(set(plain.get("birth_dates", ()))),
        "documents": sorted({_number(document) for document in plain.get("documents", ())}),
        TEXT: fold(text) if text else None,
        **{name: _folded(plain.get(name, ())) for name in TEXTS},
    }


def caption_of(plain: Mapping[str, Any]) -> str:
    """What to show it by: its first name, else its first document, the text that it is, its id."""
    documents = (_read_document(document).shown for document in plain.get("documents", ()))
    shown = next(iter(plain["names"]), None) or next(documents, None) or text_of(plain) or plain["id"]
    return " ".join(shown.split())[:MAX_CAPTION]


def text_of(plain: Mapping[str, Any]) -> str | None:
    """What a subject of role `text` says; listed names are looked for in it."""
    if plain.get("role") != PartyRole.TEXT:
        return None
    return next((value for code, value in plain.get("details", ()) if code == TEXT), None)


def _clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _texts(texts: Iterable[str]) -> list[str]:
    return [_clean(text) for text in texts]


def _date(date: PartialDate) -> str:
    return date.isoformat() + (CIRCA if date.circa else "")


def _read_date(text: str) -> PartialDate:
    return PartialDate.from_iso(text.removesuffix(CIRCA), circa=text.endswith(CIRCA))


def _document(document: Document) -> dict[str, str]:
    told = {
        "number": _clean(document.number),
        "type": _clean(document.type),
        "country": _optional(_clean, document.country),
        "issued_on": _optional(_date, document.issued_on),
        "expires_on": _optional(_date, document.expires_on),
        "note": _optional(_clean, document.note),
    }
    return {key: value for key, value in told.items() if value is not None}


def _read_document(plain: Mapping[str, str]) -> Document:
    return Document(
        number=plain["number"],
        type=plain["type"],
        country=plain.get("country"),
        issued_on=_optional(_read_date, plain.get("issued_on")),
        expires_on=_optional(_read_date, plain.get("expires_on")),
        note=plain.get("note"),
    )


def _optional(change: Callable[[T], R], value: T | None) -> R | None:
    return None if value is None else change(value)


def _folded(texts: Iterable[str]) -> list[str]:
    return sorted({" ".join(fold(text).split()) for text in texts})


def _number(plain: Mapping[str, str]) -> tuple[str, str, str]:
    number = "".join(char for char in fold(plain["number"]) if char.isalnum())
    return number, fold(plain["type"]), fold(plain.get("country", ""))


def _hash(stated: Mapping[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(stated, option=orjson.OPT_SORT_KEYS)).hexdigest()
