"""The transactions of a message: which fields are of one alone, and which of all of them.

MT101, 102, 104, 107, 110, 210 repeat a sequence that begins with field 21; 201, 203 one that begins with field 20;
statements one of field 61. What stands before the first, and a closing sequence (MT102, 104: settlement), is of all.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tahaluf.messages.mt.model import Field

REPEATING = {
    "101": "21", "102": "21", "104": "21", "107": "21", "110": "21", "201": "20", "203": "20", "204": "20",
    "210": "21", "940": "61", "942": "61", "950": "61", "970": "61", "972": "61",
}  # fmt: skip
STATEMENTS = frozenset({"940", "941", "942", "950", "970", "971", "972"})
# Field that begins the closing sequence: in MT104 and 107 the sum, which a transaction before it has already.
CLOSING = {"102": "32A", "940": "62", "942": "90", "950": "62", "970": "62", "972": "62"}
SUMMED = frozenset({"104", "107"})
FREE = frozenset({"92", "95", "96", "98", "99"})
PAYMENTS = frozenset(
    {"101", "102", "103", "104", "107", "110", "200", "201", "202", "203", "204", "205", "210", "900", "910"}
)


class Unit(NamedTuple):
    """The fields of one transaction: those of all in its message, then its own."""

    shared: Sequence[Field]
    own: Sequence[Field]

    @property
    def fields(self) -> list[Field]:
        return [*self.shared, *self.own]


def is_known(kind: str) -> bool:
    """Whether a type's fields are known; free text has the same in all categories (199, 299, 999)."""
    return kind in PAYMENTS or kind in STATEMENTS or kind[1:] in FREE


def split_units(kind: str, fields: Sequence[Field]) -> list[Unit]:
    """The transactions, in order; one where a message has none of the fields that begin one."""
    begin = REPEATING.get(kind, "20")
    starts = [at for at, field in enumerate(fields) if field.tag == begin]
    if begin == "20" and kind not in REPEATING:
        # What stands before the first reference belongs to it all the same.
        starts = starts[1:] if len(starts) > 1 else []
        edges = [0, *starts, len(fields)]
        return [Unit((), fields[a:b]) for a, b in pairwise(edges)]
    if not starts:
        return [Unit((), fields)]
    end = _closing(kind, fields, starts[-1])
    shared = [*fields[: starts[0]], *fields[end:]]
    edges = [*starts, end]
    return [Unit(shared, fields[a:b]) for a, b in pairwise(edges)]


def _closing(kind: str, fields: Sequence[Field], last: int) -> int:
    """Where the closing sequence begins, behind the beginning of the last transaction."""
    closing = CLOSING.get(kind)
    if closing is not None:
        return next((at for at in range(last + 1, len(fields)) if fields[at].tag.startswith(closing)), len(fields))
    if kind in SUMMED:
        sums = [at for at in range(last + 1, len(fields)) if fields[at].tag == "32B"]
        return sums[1] if len(sums) > 1 else len(fields)
    return len(fields)


def guess_type(fields: Sequence[Field]) -> str:
    """The type of a message whose header does not say it, by fields that only one has; nothing if it may be several."""
    tags = {field.tag for field in fields}
    numbers = {tag[:2] for tag in tags}
    if "61" in tags or {"60F", "60M"} & tags:
        return "940"
    if "28D" in tags and "32B" in tags:
        return "101"
    if "58" in numbers:
        return "202"
    if "59" in numbers and "32A" in tags and "21" not in tags:
        return "103"
    if {"25", "32A", "21"} <= tags:
        return "910" if {"50", "56"} & numbers else "900"
    return "199" if "79" in tags else ""


def is_cover(kind: str, tags: Iterable[str]) -> bool:
    """Whether a transfer between banks covers one for others, whose parties follow it (202 COV, 205 COV)."""
    return kind in ("202", "205") and any(tag.startswith(("50", "59")) for tag in tags)
