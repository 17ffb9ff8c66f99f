"""A query of `/match` as a subject: FollowTheMoney properties to what the engine compares.

A value that is not of its property's kind is passed over, as yente does; a name that is too long is refused, for one
that is passed over is not screened.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from tahaluf.domain import Document, Kind, PartialDate, Subject
from tahaluf.lists.dates import parse_date
from tahaluf.lists.fields import parse_gender
from tahaluf.lists.ftm.properties import COUNTRIES_BACK, DOCUMENT_TYPES, FTM_COUNTRIES
from tahaluf.names.countries import country_code
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.schemata import MATCHABLE

NAMES = ("name", "alias", "previousName", "weakAlias", "abbreviation")
PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
NATIONALITIES = ("nationality", "citizenship", "flag", "jurisdiction")
RESIDENCES = ("country", "mainCountry")
COUNTRIES = frozenset((*NATIONALITIES, *RESIDENCES, "birthCountry"))
DATES = frozenset(("birthDate", "deathDate", "incorporationDate", "dissolutionDate"))
# Kept and given back, not compared.
OTHERS = frozenset((
    "motherName", "nameSuffix", "title", "position", "education", "religion", "ethnicity", "political", "address",
    "email", "phone", "website", "legalForm", "sector", "classification", "status", "type", "topics", "notes",
    "summary", "description", "keywords", "wikidataId", "wikipediaUrl", "opencorporatesUrl", "programId",
    "sourceUrl", "publisher", "buildDate", "model", "owner", "operator", "tonnage", "registrationDate",
    "deRegistrationDate", "service", "username", "managingExchange", "bankName", "currency", "balance", "createdAt",
    "modifiedAt", "retrievedAt",
))  # fmt: skip
KNOWN = frozenset((*NAMES, *PARTS, *COUNTRIES, *DATES, "birthPlace", "gender", *DOCUMENT_TYPES)) | OTHERS
LONGEST_NAME = 1000
LONGEST = 2000
MOST_VALUES = 100
CONTROLS = dict.fromkeys([*range(9), *range(0x0E, 0x20), *range(0x7F, 0xA0)])

Properties = dict[str, list[str]]


class Asked(NamedTuple):
    """A query as it was understood: the subject, and the cleaned properties that are given back."""

    subject: Subject
    schema: str
    id: str | None
    properties: Properties


def read_query(key: str, raw: Any) -> Asked:
    """One of a request's queries; Refused, by its key, where it has no schema, or one that cannot be screened."""
    try:
        return _read(key, raw)
    except Refused as refusal:
        problem = refusal.problem
        refusal.problem = replace(problem, where=replace(problem.where, item=key[:100]))
        raise


def _read(key: str, raw: Any) -> Asked:
    if not isinstance(raw, dict):
        raise Refused(422, "api.value", field=f"queries.{key}"[:100], expected="{schema, properties}")
    schema = raw.get("schema")
    if not isinstance(schema, str):
        raise Refused(422, "api.schema_missing", field=f"queries.{key}.schema"[:100])
    if schema not in MATCHABLE:
        raise Refused(400, "api.schema", field="schema", expected=", ".join(MATCHABLE), found=schema)
    given = raw.get("properties")
    if not isinstance(given, dict):
        raise Refused(422, "api.value", field=f"queries.{key}.properties"[:100], expected="{…}")
    own = raw.get("id")
    if not (own is None or isinstance(own, str)):
        raise Refused(422, "api.value", field=f"queries.{key}.id"[:100], expected="text")
    properties = clean(given)
    return Asked(make_subject(own or key, MATCHABLE[schema], properties), schema, own, properties)


def clean(given: Mapping[str, Any]) -> Properties:
    """The known properties with values of their kind, each once."""
    cleaned: Properties = {}
    for name, values in given.items():
        if name not in KNOWN:
            continue
        held = values if isinstance(values, list) else [values]
        if len(held) > MOST_VALUES:
            raise Refused(400, "api.too_many", field=name, expected=str(MOST_VALUES))
        make = _CLEANERS.get(name, _clean_text)
        kept = [made for text in map(_text, held) if text and (made := make(name, text))]
        if kept:
            cleaned[name] = list(dict.fromkeys(kept))
    return cleaned


def make_subject(own: str, kind: Kind, properties: Properties) -> Subject:
    """The subject that cleaned properties tell of."""
    names = [name for each in NAMES for name in properties.get(each, ())]
    if not names:
        names = list(combine(properties))
    gender = properties.get("gender")
    countries = {
        part: tuple(_ours(code) for name in each for code in properties.get(name, ()))
        for part, each in (("nationalities", NATIONALITIES), ("residences", RESIDENCES))
    }
    places = (*properties.get("birthPlace", ()), *properties.get("birthCountry", ()))
    return Subject(
        id=own, names=tuple(dict.fromkeys(names)), kind=kind,
        birth_dates=tuple(map(PartialDate.from_iso, properties.get("birthDate", ()))),
        nationalities=countries["nationalities"], residences=countries["residences"],
        gender=parse_gender(gender[0]) if gender else None, birth_places=places,
        documents=tuple(
            Document(number, kind_of) for name, kind_of in DOCUMENT_TYPES.items() for number in properties.get(name, ())
        ),
    )  # fmt: skip


def combine(properties: Properties) -> list[str]:
    """Names made of their parts, where none is given whole: each given name with each family name, the parts between
    them in order."""
    firsts, lasts = properties.get("firstName", [""]), properties.get("lastName", [""])
    between = [part for name in PARTS[1:-1] for part in properties.get(name, ())[:1]]
    made = (" ".join(part for part in (first, *between, last) if part) for first in firsts for last in lasts)
    return [name for name in dict.fromkeys(made) if name][:MOST_VALUES]


def _text(value: Any) -> str:
    """A value as one line; nothing for what is no text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return " ".join(value.translate(CONTROLS).split()) if isinstance(value, str) else ""


def _clean_text(name: str, text: str) -> str:
    return text if len(text) <= LONGEST else ""


def _clean_name(name: str, text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise Refused(400, "api.too_long", field=name, expected=str(LONGEST_NAME))
    return text


def _clean_country(name: str, text: str) -> str:
    """FollowTheMoney's code."""
    code = text.lower() if text.lower() in COUNTRIES_BACK else country_code(text)
    return FTM_COUNTRIES.get(code, code) if code else ""


def _clean_date(name: str, text: str) -> str:
    date = parse_date(text[:60])
    return date.isoformat() if date else ""


def _clean_gender(name: str, text: str) -> str:
    gender = parse_gender(text[:20])
    return gender.value if gender else ""


def _ours(code: str) -> str:
    return COUNTRIES_BACK.get(code, code)


_CLEANERS: dict[str, Callable[[str, str], str]] = {
    **dict.fromkeys((*NAMES, *PARTS), _clean_name),
    **dict.fromkeys(DOCUMENT_TYPES, _clean_name),
    **dict.fromkeys(COUNTRIES, _clean_country),
    **dict.fromkeys(DATES, _clean_date),
    "gender": _clean_gender,
}
