"""The fields that a type must have: once in the message, and in each of its transactions.

SWIFT Standards MT, "Format specifications": M in the column of status. A number alone ("50") stands for any option;
several with a stroke ("50/52") for any of them.
"""

from collections.abc import Iterable, Sequence

from tahaluf.messages.mt.sequences import FREE, REPEATING, Unit, is_cover

_SHARED = {
    "101": "20 28D 30", "102": "20 23 32A", "104": "20 30", "107": "20 30", "110": "20", "201": "19 30",
    "203": "19 30", "204": "19 30", "210": "20 25 30", "940": "20 25 28C 60 62", "942": "20 25 28C 34F",
    "950": "20 25 28C 60 62",
}  # fmt: skip
_OWN = {
    "101": "21 32B 50 59 71A", "102": "21 32B 50 59", "103": "20 23B 32A 50 59 71A", "104": "21 32B 50 59",
    "107": "21 32B 50 59", "110": "21 30/32A 32 59", "200": "20 32A 57", "201": "20 32B 57", "202": "20 21 32A 58",
    "203": "20 21 32B 58", "204": "20 32B 53", "205": "20 21 32A 52 58", "210": "21 32B", "900": "20 21 25 32A",
    "910": "20 21 25 32A 50/52",
}  # fmt: skip
_FREE = {"92": "20 21", "95": "20 21 75", "96": "20 21 76", "98": "20 77E", "99": "20 79"}
_COVER = " 50 59"


def missing_shared(kind: str, units: Sequence[Unit]) -> list[str]:
    """What no transaction of a message has, though it stands once for all of them."""
    wanted = _SHARED.get(kind)
    return _lacking(wanted.split(), {field.tag for field in units[0].fields}) if wanted else []


def missing_own(kind: str, shared: Sequence[str], own: Sequence[str]) -> list[str]:
    """What one transaction lacks, by its tags, counting what the message says for all."""
    names = _FREE.get(kind[1:], "20") if kind[1:] in FREE else _OWN.get(kind, "" if kind in REPEATING else "20")
    if is_cover(kind, own):
        names += _COVER
    return _lacking(names.split(), {*shared, *own})


def _lacking(wanted: Iterable[str], tags: set[str]) -> list[str]:
    known = tags | {tag[:2] for tag in tags}
    return [name for name in wanted if name not in known and known.isdisjoint(name.split("/"))]
