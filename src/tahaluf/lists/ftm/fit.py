"""Brings values to forms that FollowTheMoney keeps as they stand, and takes the exact values back on reading.

The public library normalizes, and refuses what is too long for its property or is no code, date or web address. Here a
value is cleaned first; one that is too long stands shortened (ending in `…`) and whole among the entity's notes (its
description, where it has no notes); one that is refused stands there only. What differs from its property is kept
exactly under `exact`, beside the properties, so that reading gives the very values that were written.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from tahaluf.lists.ftm.properties import FTM_CODES

Properties = dict[str, list[str]]

NAMES = frozenset({"name", "alias", "weakAlias", "previousName"})
IDENTIFIERS = frozenset({
    "number", "idNumber", "taxNumber", "registrationNumber", "passportNumber", "imoNumber", "mmsi", "callSign",
    "serialNumber",
})  # fmt: skip
COUNTRIES = frozenset({"country", "nationality", "birthCountry", "jurisdiction", "flag"})
DATES = frozenset({"birthDate", "deathDate", "listingDate", "modifiedAt", "startDate", "endDate"})
TEXTS = frozenset({"notes", "summary", "description", "reason"})
LIMITS = (
    dict.fromkeys(NAMES, 384) | dict.fromkeys(IDENTIFIERS, 64) | dict.fromkeys(TEXTS, 65_000)
    | {"full": 250, "sourceUrl": 4096}
)  # fmt: skip
USUAL_LIMIT = 1024
PIECE = 60_000
WITHOUT_NOTES = frozenset({"Sanction", "Passport", "Identification", "UnknownLink"})

SPACES = re.compile("[\u2000-\u200a\u2028\u2029\u0a00\u1680\u202f\u205f\u3000]")
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2060-\u2064\ufeff\ud800-\udfff]"
)  # fmt: skip
QUOTED = re.compile(r"""["'](.*)["']""")
BREAKS = re.compile(r"<BR/?>|ESQ\.?,|[;\n\t]")
COMMAS = re.compile(r"\s*,(?:\s*[,.])*\s*")
DATE = re.compile(r"[12]\d{3}(?:-\d\d(?:-\d\d)?)?")
HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
URL = re.compile(rf"https?://{HOST}(?::\d{{1,4}})?/[^\s?#;]*(?:\?[^\s?#;]+)?(?:#[^\s?#;]+)?")


def clean_text(value: str) -> str:
    """Composed letters, plain spaces, nothing invisible."""
    if value.isascii() and value.isprintable():
        return value.strip()
    text = INVISIBLE.sub("", SPACES.sub(" ", unicodedata.normalize("NFC", value)))
    return unicodedata.normalize("NFC", text).strip()


def clean_name(text: str) -> str:
    """Single spaces and no quotes around the whole."""
    text = " ".join(text.split())
    while match := QUOTED.fullmatch(text):
        text = match[1].strip()
    return text


def clean_address(text: str) -> str:
    """Single commas between the parts."""
    while (tidied := " ".join(COMMAS.sub(", ", BREAKS.sub(", ", text)).split()).strip(" ,")) != text:
        text = tidied
    return text


def clean_url(text: str) -> str:
    """With a path, were it only `/`."""
    return f"{text}/" if text.count("/") == 2 else text


CLEANERS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(NAMES, clean_name), "full": clean_address, "sourceUrl": clean_url,
}  # fmt: skip


def is_accepted(name: str, text: str) -> bool:
    """Whether a cleaned value is one of its property's kind, whatever its length."""
    if name in COUNTRIES:
        return text in FTM_CODES
    if name in DATES:
        return DATE.fullmatch(text) is not None
    return name != "sourceUrl" or (len(text) <= LIMITS[name] and URL.fullmatch(text) is not None)


def shorten(text: str, limit: int) -> str:
    """The beginning, to the end of a word where there is one, and `…` for what is left out."""
    start = text[: limit - 1]
    whole_words = start.rpartition(" ")[0]
    start = whole_words if len(whole_words) > limit // 2 else start
    return start.rstrip(" ,;.") + "…"


def cut(text: str) -> Iterator[str]:
    """A text beyond all measure in numbered pieces."""
    starts = range(0, len(text), PIECE)
    for number, start in enumerate(starts, 1):
        yield f"({number}/{len(starts)}) {text[start : start + PIECE].strip()}"


def fit(schema: str, properties: Properties) -> Properties:
    """The properties as the library keeps them; what does not fit stands whole among the notes."""
    shown: dict[str, dict[str, None]] = {}
    beside: list[str] = []
    for name, values in properties.items():
        forms = shown.setdefault(name, {})
        limit = LIMITS.get(name, USUAL_LIMIT)
        for value in values:
            text = CLEANERS.get(name, str)(clean_text(value))
            if not text:
                continue
            if not is_accepted(name, text):
                beside.append(f"{name}: {clean_text(value)}")
            elif len(text) <= limit:
                forms[text] = None
            elif name in TEXTS:
                forms |= dict.fromkeys(cut(text))
            else:
                forms[shorten(text, limit)] = None
                beside.append(f"{name}: {clean_text(value)}")
    for text in beside:
        home = shown.setdefault("description" if schema in WITHOUT_NOTES else "notes", {})
        home |= dict.fromkeys([text] if len(text) <= LIMITS["notes"] else cut(text))
    return {name: list(forms) for name, forms in shown.items() if forms}


def find_exact(properties: Properties, shown: Properties) -> Properties:
    """The values of the properties that `fit` changed, as they were."""
    names = dict.fromkeys([*properties, *shown])
    return {
        name: properties.get(name, []) for name in names if properties.get(name, []) != shown.get(name, [])
    }  # fmt: skip


def restore_exact(schema: str, properties: Properties, context: Any) -> Properties:
    """The exact values, where what is kept of them gives the very properties that stand there; else the properties."""
    exact = context.get("exact") if isinstance(context, dict) else None
    if not isinstance(exact, dict) or not all(is_texts(values) for values in exact.values()):
        return properties
    restored = {name: values for name, values in {**properties, **exact}.items() if values}
    shown = fit(schema, restored)
    same = shown.keys() == properties.keys() and all(
        set(values) == set(properties[name]) for name, values in shown.items()
    )
    return restored if same else properties


def is_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)
