"""The names of a row: the full name, the name built from its parts, and aliases, as alternatives in that order."""

import re
from collections.abc import Sequence
from functools import cache

from tahaluf.messages.table.blocks import SEPARATOR
from tahaluf.messages.table.fold import fold_heading
from tahaluf.messages.table.headings import Layout, table
from tahaluf.messages.table.values import split_cell, unique

_PARTS = ("given_name", "father_name", "grandfather_name", "family_name")
# Nobody sees them and nobody is called by them: a name must not escape by one.
_CONTROLS = dict.fromkeys([*range(9), *range(0x0E, 0x20), *range(0x7F, 0xA0)])
_LONGEST = 30
_SHORT = 3
_LETTER = re.compile(r"[^\W\d_]")
_OF_A_MESSAGE = re.compile(r"<<<|</|/>|<[?!]|^<\w[^<>@]*>|=\"[^\"]*\"|^'?[A-Z]{3}[+*].*['$]$")

Columns = Sequence[Sequence[str]]


def build_names(columns: Columns, layout: Layout) -> list[list[str]]:
    """Names of every row; a row without any has an empty list."""
    roles = layout.roles
    full = [columns[column] for column in roles.get("name", ())]
    parts = [columns[column] for part in _PARTS for column in roles.get(part, ())]
    aliases = [columns[column] for column in roles.get("alias", ())]
    count = len(columns[0]) if columns else 0
    names: list[list[str]] = [[] for _ in range(count)]
    for column in full:
        _add(names, [_values(cell) for cell in column])
    if parts:
        given_alone = "given_name" in roles and "family_name" not in roles and bool(full)
        tails = [*parts, full[0]] if given_alone else parts
        _add(names, [_join(cells, row) for cells, row in zip(zip(*tails, strict=True), names, strict=True)])
    for column in aliases:
        _add(names, [split_cell(cell) for cell in column])
    return names


def has_letter(name: str) -> bool:
    """Whether a text can be a name at all."""
    return _LETTER.search(name) is not None


def is_name(text: str) -> bool:
    """Whether a text may name someone: it has a letter, and says neither "unknown" nor "N/A"."""
    return (text[:1].isalpha() or has_letter(text)) and not says_nothing(text)


def is_of_a_message(text: str) -> bool:
    """Whether a line is one of markup, of a machine-readable zone or of EDIFACT: of a message so damaged that it was
    not known as one."""
    return _OF_A_MESSAGE.search(text) is not None


def says_nothing(text: str) -> bool:
    """Whether a text stands for a name that is not known."""
    # Folding takes a while and there are a million names: few begin as one of these words does.
    return len(text) <= _LONGEST and text[:2].casefold() in _beginnings() and fold_heading(text) in table("no_names")


@cache
def _beginnings() -> frozenset[str]:
    words = table("no_names")
    marks = (f"{word[0]}{mark}" for word in words if word[1:2] == " " for mark in "/.-_\\")
    return frozenset((*(word[:2] for pair in words.items() for word in pair), *marks))


def _add(names: list[list[str]], more: Sequence[list[str]]) -> None:
    for row, values in zip(names, more, strict=True):
        if values:
            plain = (" ".join(value.translate(_CONTROLS).split()) for value in values)
            row[:] = unique((*row, *(value for value in plain if is_name(value))))


def _values(cell: str) -> list[str]:
    return [value for part in cell.split(SEPARATOR) if (value := " ".join(part.split()))]


def _join(cells: Sequence[str], known: Sequence[str]) -> list[str]:
    """Parts in order; a lone part that the full name already holds says nothing new."""
    parts = [_part(cell) for cell in cells]
    filled = unique(part for part in parts if part)
    held = {word.casefold() for name in known for word in name.split()}
    if len(filled) < 2 and known and all(word.casefold() in held for part in filled for word in part.split()):
        return []
    # The father may bear the same name as the grandfather: parts stay as given, repeats included.
    return [" ".join(part for part in parts if part)] if filled else []


def _part(cell: str) -> str:
    """A part as written; nothing where it stands for none. Short words such as "Na" may be a family's name."""
    part = " ".join(cell.replace(SEPARATOR, " ").split())
    return "" if says_nothing(part) and not (len(part) <= _SHORT and part.isalpha()) else part
