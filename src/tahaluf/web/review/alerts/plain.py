"""Hits and listings as values that both databases can keep.

Reach for `plain_hits` before storing hits, `storable` for whatever came from outside, `material_digest` to tell whether
a listing has changed in what tells one person from another.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from tahaluf.domain import Hit
from tahaluf.names.fold import fold
from tahaluf.screening.export import render_hits

# What identifies a party. Remarks, links, titles and the acts behind a listing change without making it another's.
MATERIAL = (
    "kind", "names", "birth_dates", "birth_places", "death_dates", "nationalities", "residences", "gender",
    "documents", "addresses", "positions", "delisted_on",
)  # fmt: skip
LONGEST_WORDS = 300
NUL = rb"\u0000"


def words_of(names: Iterable[str]) -> str:
    """What alerts are searched by: names without case and diacritics, as far as there is room."""
    return " ".join(fold(storable_text(" ".join(names))[: 2 * LONGEST_WORDS]).split())[:LONGEST_WORDS]


def plain_hits(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """Hits as `spec/screening-result.md` writes them."""
    lines = render_hits(hits).split(b"\n")[:-1]
    return [storable(told) if NUL in line else told for line, told in zip(lines, map(orjson.loads, lines), strict=True)]


def storable(value: Any) -> Any:
    """The value with what PostgreSQL cannot keep made visible: NUL as ␀, halves of characters as �."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, Mapping):
        return {storable_text(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def storable_text(text: str) -> str:
    """One text of it."""
    if text.isascii() and "\0" not in text:
        return text
    return "".join("�" if "\ud800" <= letter <= "\udfff" else letter for letter in text.replace("\0", "␀"))


def material_digest(listing: Mapping[str, Any]) -> str:
    """The SHA-256, in hex, of what identifies a listing; empty where nothing is known of it."""
    told = {key: listing[key] for key in MATERIAL if listing.get(key)}
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest() if told else ""
