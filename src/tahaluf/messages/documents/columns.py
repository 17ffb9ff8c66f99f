"""Which columns of a register hold numbers, of what documents, and what the others say."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tahaluf.domain import Problem, Where
from tahaluf.messages.documents.numbers import plain_number
from tahaluf.messages.rejects import RejectSink
from tahaluf.messages.table.dates import parse_birth_date
from tahaluf.messages.table.fold import fold_heading
from tahaluf.messages.table.headings import table

_SAMPLE = 200
_SHARE = 0.8
_SHOWN = 3
_LEAST_ROWS = 3
_LEAST_DIGITS = 5


class Columns(NamedTuple):
    """Column → role, and column → the type of documents whose numbers it holds, empty where the heading says none."""

    roles: dict[int, str]
    numbers: dict[int, str]


def find_columns(headings: Sequence[str]) -> Columns:
    """By the headings alone; of two columns for one role the first, but every column of numbers."""
    roles: dict[int, str] = {}
    numbers: dict[int, str] = {}
    for column, heading in enumerate(headings):
        folded = fold_heading(heading.replace("_", " "))
        kind = table("register_numbers").get(folded)
        role = table("register").get(folded)
        if kind:
            numbers[column] = kind
        elif role == "number":
            numbers[column] = ""
        elif role and role not in roles.values():
            roles[column] = role
    # That of the first number of a range says no type: it comes first.
    return Columns(roles, dict(sorted(numbers.items(), key=lambda number: number[1] != "")))


def settle_columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]], file: str, rejects: RejectSink, told: set[str]
) -> Columns:
    """By the headings and the first rows below; what looks like numbers and is not used is warned of, once a heading.

    Beside another column of numbers, one that counts the rows is none.
    """
    columns = find_columns(headings)
    for column in [column for column, kind in columns.numbers.items() if not kind]:
        if len(columns.numbers) > 1 and _counts(list(_filled(rows, column))):
            del columns.numbers[column]
    unused = [column for column in range(len(headings)) if column not in columns.roles | columns.numbers]
    for column in unused if columns.numbers else ():
        sample = [cell for cell, _ in zip(_filled(rows, column), range(_SAMPLE), strict=False)]
        if sample and headings[column] not in told and sum(map(_looks_like_number, sample)) >= _SHARE * len(sample):
            told.add(headings[column])
            found = ", ".join(dict.fromkeys(sample[:_SHOWN]))
            where = Where(file, field=headings[column].strip() or str(column + 1))
            rejects.warn(Problem("messages.register.unused", where, "number", found))
    return columns


def _filled(rows: Sequence[Sequence[str]], column: int) -> Iterator[str]:
    return filter(None, (row[column].strip() for row in rows if column < len(row)))


def _counts(cells: Sequence[str]) -> bool:
    """Whether each cell is one more than that before it; of few rows, from a low number on."""
    if not cells or not all(cell.isdecimal() and len(cell) < 10 for cell in cells):
        return False
    numbers = list(map(int, cells))
    in_turn = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return in_turn and (len(numbers) >= _LEAST_ROWS or numbers[0] < 100)


def _looks_like_number(cell: str) -> bool:
    number = plain_number(cell)
    return sum(map(str.isdigit, number)) >= _LEAST_DIGITS and parse_birth_date(cell) is None
