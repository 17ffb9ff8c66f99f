"""Which column is which: by the words of `headings.json` in three languages, or as the caller maps them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.table.fold import fold_heading

NAME_ROLES = ("name", "given_name", "father_name", "grandfather_name", "family_name", "alias")
ROLES = (
    "id", *NAME_ROLES, "kind", "birth_date", "birth_place", "nationality", "residence", "gender",
    "document_number", "passport_number", "national_id", "document_type", "document_country",
)  # fmt: skip
HEAD_ROWS = 10


@dataclass(frozen=True, slots=True)
class Layout:
    """Roles and the columns that play them; `first` counts the rows up to and with the headings."""

    headings: tuple[str, ...]
    roles: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    first: int = 0

    @property
    def width(self) -> int:
        return len(self.headings)

    def heading(self, column: int) -> str:
        """What to call a column: its heading, else its number from 1."""
        return self.headings[column].strip() or str(column + 1)


@cache
def table(section: str) -> dict[str, str]:
    """One section of the knowledge file: folded word → meaning."""
    text = resources.files("tahaluf.messages.table").joinpath("headings.json").read_text("utf-8")
    found: dict[str, str] = json.loads(text)[section]
    return found


def role_of(heading: str) -> str | None:
    """The role of a heading; a heading in two languages (`Name / الاسم`) is read by its halves."""
    known = table("headings")
    folded = fold_heading(heading)
    if folded in known:
        return known[folded]
    halves = [half for mark in ("/", "|", "\n", "(", "-") for half in heading.replace(")", " ").split(mark)[:2]]
    return next((known[half] for half in map(fold_heading, halves) if half in known), None)


def named_layout(headings: Sequence[str], mapping: Mapping[str, str] | None, first: int = 0) -> Layout:
    """The layout under these headings; a role that is mapped to "" is played by none of them. InputError where the
    mapping names a role or column that is not there."""
    mapped = _columns(mapping, headings)
    roles: dict[str, tuple[int, ...]] = {role: (column,) for role, column in mapped.items()}
    taken = set(mapped.values())
    for column, heading in enumerate(headings):
        role = None if column in taken else role_of(heading)
        if role is not None and role not in (mapping or {}):
            roles[role] = (*roles.get(role, ()), column)
    return Layout(tuple(headings), roles, first)


def find_layout(rows: Sequence[Sequence[str]], mapping: Mapping[str, str] | None) -> Layout:
    """The layout of a table from its first rows: headings if there are any, else a lone column, or id and name."""
    for number, row in enumerate(rows[:HEAD_ROWS]):
        if _is_heading(row, mapping, number):
            layout = named_layout(row, mapping, number + 1)
            if has_names(layout):
                return layout
    return _without_headings(rows, mapping)


def has_names(layout: Layout) -> bool:
    """Whether a name can be had from these columns."""
    return any(role in layout.roles for role in NAME_ROLES)


def no_name_column(headings: Sequence[str]) -> InputError:
    """No column can be taken for a name: the caller has to say which is one."""
    return InputError(Problem("messages.table.no_name_column", Where(line=1), "name", ", ".join(headings)[:300]))


def _is_heading(row: Sequence[str], mapping: Mapping[str, str] | None, number: int) -> bool:
    wanted = {fold_heading(heading) for heading in (mapping or {}).values() if heading}
    if wanted & {fold_heading(cell) for cell in row}:
        return True
    known = sum(role_of(cell) is not None for cell in row if len(cell) < 80)
    filled = sum(bool(cell.strip()) for cell in row)
    # Further down, a lone word such as "name" may be part of a title.
    return known > 0 and (number == 0 or known > 1 or filled == 1 == len(row))


def _without_headings(rows: Sequence[Sequence[str]], mapping: Mapping[str, str] | None) -> Layout:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    width = len(filled[0]) if filled else 0
    blank = tuple("" for _ in range(width))
    if mapped := _columns(mapping, blank):
        return Layout(blank, {role: (column,) for role, column in mapped.items()})
    if width == 1:
        return Layout(blank, {"name": (0,)})
    if width == 2 and all(_looks_like_id(row[0]) for row in filled[:100] if len(row) == 2):
        return Layout(blank, {"id": (0,), "name": (1,)})
    raise no_name_column(filled[0] if filled else ())


def _looks_like_id(cell: str) -> bool:
    text = cell.strip()
    return bool(text) and " " not in text and text.isascii() and any(char.isdigit() for char in text)


def _columns(mapping: Mapping[str, str] | None, headings: Sequence[str]) -> dict[str, int]:
    """The column of each role that is mapped to one."""
    return {role: _column(role, heading, headings) for role, heading in (mapping or {}).items() if heading}


def _column(role: str, heading: str, headings: Sequence[str]) -> int:
    if role not in ROLES:
        raise InputError(Problem("messages.table.unknown_role", Where(field=role), ", ".join(ROLES), role))
    wanted = fold_heading(heading)
    for column, candidate in enumerate(headings):
        if candidate.strip() == heading.strip() or (wanted and fold_heading(candidate) == wanted):
            return column
    if heading.strip().isdecimal() and 1 <= int(heading) <= len(headings):
        return int(heading) - 1
    raise InputError(Problem("messages.table.no_such_column", Where(field=role), heading, ", ".join(headings)[:300]))
