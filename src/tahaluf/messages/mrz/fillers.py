"""Fillers of the name field that were read as letters: an optical reader takes `<` for K most of all, for C, L and S.

No check digit is over the name, so that only what stands there tells: letters of one kind in a row, or among fillers.
"""

import re
from typing import NamedTuple

ALIKE = "KCLS"
LETTERS = frozenset(ALIKE)
MOST = 4
# What nearly every field has not, and every one has in which this module finds something.
SUSPECT = re.compile(f"[{ALIKE}](?:(?<=<.)[{ALIKE}]*(?:<|$)|(?<=K)K|(?<=C)CC|(?<=L)LL|(?<=S)SS)")
_RUN = re.compile(rf"([{ALIKE}])\1\1[{ALIKE}]*$")
_LAST = re.compile(rf".*[^<{ALIKE}][^<]*")
# Between identifiers of two letters at least.
_SEPARATOR = re.compile("(?<=[A-Z]{2})(?=KK[A-Z]{2})")


class Refilled(NamedTuple):
    """A field with its fillers back; `others`, at most `MOST`, are what it may be too: the first of the misread fillers
    a letter of the name, or two K in a row the `<<` between identifiers, where there is none."""

    field: str
    others: tuple[str, ...] = ()


def refill(field: str) -> Refilled:
    """The name field with letters put back to fillers where they can be no name.

    Three alike at the end of a name are fillers. One or two after a component and before fillers may be initials, and
    stay, unless `<<` stands before them and the secondary identifier was there already.
    """
    if not SUSPECT.search(field):
        return Refilled(field)
    whole, others = _without_tail(field), []
    component = whole.rstrip("<")
    if run := _RUN.search(component):
        # What looks like the fillers before them is one too.
        end = len(component[: run.start()].rstrip("KC" if run[1] in "KC" else ""))
        if component[:end].strip("<") and component[end - 1] != "<":
            ends = range(end, run.start() + 2)
            whole, *others = (component[:each].ljust(len(field), "<") for each in ends)
    if "<<" not in whole.strip("<"):
        for each in (whole, *others[:]):
            others += [each[: at.end()] + "<<" + each[at.end() + 2 :] for at in _SEPARATOR.finditer(each)]
    return Refilled(whole, tuple(dict.fromkeys(others))[:MOST])


def _without_tail(field: str) -> str:
    """The field without letters that stand apart among the fillers at its end."""
    last = _LAST.match(field)
    if last is None:
        return field
    end = last.end()
    tail = field[end:]
    has_secondary = "<<" in field[:end].strip("<")
    sure = (
        any(tail.count(letter) > 2 for letter in ALIKE)
        or (has_secondary and re.search(f"<<[{ALIKE}]", tail))
        or re.search(f"<<<[{ALIKE}]", tail)
    )
    return field[:end] + "<" * len(tail) if sure else field
