"""The names of a row: the full name, the name built from its parts, and aliases, as alternatives in that order."""

import re
from collections.abc import Sequence

from tahaluf.messages.table.blocks import SEPARATOR
from tahaluf.messages.table.headings import Layout
from tahaluf.messages.table.values import split_cell, unique

_PARTS = ("given_name", "father_name", "grandfather_name", "family_name")
_LETTER = re.compile(r"[^\W\d_]")

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


def _add(names: list[list[str]], more: Sequence[list[str]]) -> None:
    for row, values in zip(names, more, strict=True):
        if values:
            row[:] = unique((*row, *(value for value in values if has_letter(value))))


def _values(cell: str) -> list[str]:
    return [value for part in cell.split(SEPARATOR) if (value := " ".join(part.split()))]


def _join(cells: Sequence[str], known: Sequence[str]) -> list[str]:
    """Parts in order; a lone part that the full name already holds says nothing new."""
    parts = [" ".join(cell.replace(SEPARATOR, " ").split()) for cell in cells]
    filled = unique(part for part in parts if part)
    held = {word.casefold() for name in known for word in name.split()}
    if len(filled) < 2 and known and all(word.casefold() in held for part in filled for word in part.split()):
        return []
    # The father may bear the same name as the grandfather: parts stay as given, repeats included.
    return [" ".join(part for part in parts if part)] if filled else []
