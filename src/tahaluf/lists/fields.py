"""Small pieces that every reader of a publisher's file needs: clean text, countries, gender, split names."""

import re
from typing import TypeVar

from tahaluf.domain import Gender
from tahaluf.names.countries import country_code

T = TypeVar("T")
NOT_GIVEN = {"", "na", "n/a", "none", "nil", "unknown", "undetermined", "not available"}
GENDERS = {"male": Gender.MALE, "m": Gender.MALE, "female": Gender.FEMALE, "f": Gender.FEMALE, "other": Gender.OTHER}
QUOTES = {('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("«", "»"), ("”", "”")}
SEPARATORS = re.compile(r"\s*;\s*|\s+[b-z]\)\s+")
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
    """Names that share a field: `A; B`, `A (B; C)`, and an original script with its romanization in brackets."""
    head, inner = split_bracket(text)
    if inner and (";" in inner or (ARABIC_RUN.fullmatch(head) and not ARABIC_RUN.search(inner))):
        return list(dict.fromkeys([*split_names(head), *split_names(inner)]))
    parts = (unquote(part.removesuffix(" (original script)")) for part in SEPARATORS.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def split_bracket(text: str) -> tuple[str, str]:
    """What stands before a bracket that ends the text, and what in it; the whole and nothing where there is none."""
    depth = 0
    for position in range(len(text) - 1, -1, -1):
        depth += (text[position] == ")") - (text[position] == "(")
        if depth == 0:
            return (text[:position].strip(), text[position + 1 : -1]) if 0 < position < len(text) - 1 else (text, "")
    return text, ""
