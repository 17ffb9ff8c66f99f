"""Small pieces that every reader of a publisher's file needs: clean text, countries, gender, split names."""

import re
from typing import TypeVar

from tahaluf.domain import DateSpan, Gender, PartialDate
from tahaluf.names.countries import country_code

T = TypeVar("T")
NOT_GIVEN = {"", "na", "n/a", "none", "nil", "unknown", "undetermined", "not available"}
GENDERS = {"male": Gender.MALE, "m": Gender.MALE, "female": Gender.FEMALE, "f": Gender.FEMALE, "other": Gender.OTHER}
QUOTES = {('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("«", "»"), ("”", "”")}
EXPIRES = re.compile(
    r"(?:expir\w*|exp\.|valid until|valid to)\s*(?:date)?\s*(?:on)?\s*:?\s*"
    r"(\d{4}-\d\d?-\d\d?|\d{1,2}\s+[A-Za-z]{3,9}\.?\s+\d{4}|[A-Za-z]{3,9}\s+\d{1,2},\s*\d{4}|[A-Za-z]{3,9}\s+\d{4}|\d{4})",
    re.IGNORECASE,
)  # fmt: skip
ARABIC_RUN = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff][\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff\s\u200c]*")


def clean(text: str | None) -> str:
    """One line: no line breaks, no runs of spaces, nothing around."""
    return " ".join(text.split()) if text else ""


def is_given(text: str) -> bool:
    """Whether a field says anything."""
    return text.casefold() not in NOT_GIVEN


def find_country(text: str) -> str | None:
    """The code of the country that a publisher names, in a field where "NA" means not available."""
    return country_code(text) if is_given(text) else None


def parse_gender(text: str) -> Gender | None:
    return GENDERS.get(text.casefold())


def unique(values: list[T]) -> tuple[T, ...]:
    """Without repeats, in order."""
    return tuple(dict.fromkeys(values))


def join_parts(*parts: str) -> str:
    """One line of an address or a place."""
    stripped = (part.strip(" ,;") for part in parts)
    return ", ".join(part for part in stripped if part)


def unquote(name: str) -> str:
    """A name without the quotes that a publisher sets around it."""
    while len(name) > 2 and (name[0], name[-1]) in QUOTES:
        name = name[1:-1].strip()
    return name


def split_names(text: str) -> list[str]:
    """Names that share a field: `A; B`, and an original script with its romanization in brackets."""
    names: list[str] = []
    bracketed = re.fullmatch(r"(.+?)\s*\((.+)\)", text)
    if bracketed and ARABIC_RUN.fullmatch(bracketed[1]) and not ARABIC_RUN.search(bracketed[2]):
        return [bracketed[1], *split_names(bracketed[2])]
    for part in map(unquote, re.split(r"\s*;\s*", text)):
        if part and part not in names:
            names.append(part)
    return names


def written_span(span: DateSpan) -> str:
    """A birth date for eyes and for comparing: `1955/1958`, `~1966`."""
    return "/".join(written_date(date) for date in (span.start, span.end) if date)


def written_date(date: PartialDate) -> str:
    return ("~" if date.circa else "") + date.isoformat()
