"""What OFAC's three forms share: ids, kinds, names written `FAMILY, Given`, one designation per program."""

import re

from tahaluf.domain import Alias, AliasKind, Designation, Kind, NameParts, PartialDate, Quality
from tahaluf.lists.fields import unquote

DATASETS = ("ofac_sdn", "ofac_cons")
AUTHORITY = "Office of Foreign Assets Control"
KINDS = {
    "individual": Kind.PERSON, "vessel": Kind.VESSEL, "aircraft": Kind.AIRPLANE, "entity": Kind.ORGANIZATION,
    "": Kind.ORGANIZATION,
    "-0-": Kind.ORGANIZATION,
}  # fmt: skip
ALIAS_KINDS = {"a": AliasKind.ALIAS, "f": AliasKind.FORMERLY, "n": AliasKind.ALIAS}
HONORIFICS = re.compile(
    r"(?:haj[ij]+|maulana|maulav[iy]|mullah|shaykh|sheikh|doctor|dr\.?|qari|ustad|sayyid|imam|engineer|eng\.?)",
    re.IGNORECASE,
)


def listing_id(number: str) -> str:
    return f"ofac-{number}"


def join_name(family: str, given: str) -> str:
    """A name as OFAC prints it."""
    return f"{family}, {given}" if family and given else family or given


def make_alias(text: str, is_person: bool, kind: AliasKind = AliasKind.ALIAS, quality: Quality = Quality.GOOD) -> Alias:
    """An alias; for a person `FAMILY, Given` is also taken apart."""
    text = unquote(text)
    return Alias(text, kind, quality, parts=split_parts(text) if is_person else None)


def split_parts(text: str) -> NameParts | None:
    family, comma, given = text.partition(", ")
    return NameParts(given=given, family=family) if comma and given and "," not in given else None


def designate(programs: list[str], listed_on: PartialDate | None = None) -> tuple[Designation, ...]:
    return tuple(Designation(AUTHORITY, regime=program, listed_on=listed_on) for program in dict.fromkeys(programs))


def split_title(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """OFAC's "title" as (titles, positions): honorifics are the former, offices the latter."""
    parts = [part.strip() for part in title.split(";") if part.strip()]
    honorifics = tuple(part for part in parts if HONORIFICS.fullmatch(part))
    return honorifics, tuple(part for part in parts if part not in honorifics)
