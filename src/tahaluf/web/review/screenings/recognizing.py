"""A first look into a file before anybody is screened: its format, what its columns are taken for, its first rows.

Reach for `look` to show it, for `check` to have it refused early.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from tahaluf.domain import InputError, Kind, Problem, Subject, TahalufError
from tahaluf.messages import READABLE, ColumnsRead, Rejection, RejectSink, read_batches, subjects_of
from tahaluf.messages.content import open_binary, read_head
from tahaluf.messages.formats import format_of
from tahaluf.messages.table.blocks import Block
from tahaluf.messages.table.delimited import read_delimited
from tahaluf.messages.table.encoding import detect_encoding, file_blocks
from tahaluf.messages.table.headings import HEAD_ROWS, find_layout
from tahaluf.messages.table.recognize import Format, recognize
from tahaluf.messages.table.workbook import read_workbook

SHOWN = 8
SHOWN_COLUMNS = 40
ASIDE = 20
LOOKED = 2


@dataclass(slots=True)
class Look:
    """What is seen of a file. `headings` are those of a table, empty where it has none; `rows` its first ones as they
    stand; `subjects` the first as they are read; `problem` why it cannot be screened like this."""

    format: str
    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    columns: ColumnsRead | None = None
    subjects: list[Subject] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    problem: Problem | None = None

    @property
    def is_mapped(self) -> bool:
        """Whether it is a table whose columns can be said to be this or that."""
        return self.format in set(Format) - {Format.ENTITIES}

    def part_of(self, column: int) -> str | None:
        """The role that a column plays, by its heading or number."""
        heading = (self.headings[column] if column < len(self.headings) else "").strip() or str(column + 1)
        roles = self.columns.roles.items() if self.columns else ()
        return next((role for role, names in roles if heading in names), None)


def format_name(path: Path) -> str:
    """The format of a file; InputError where it is none that is read."""
    known = format_of(read_head(path, READABLE))
    return known.name if known else recognize(path)[0].value


def look(path: Path, name: str, mapping: Mapping[str, str] | None = None, kind: Kind | None = None) -> Look:
    """The first rows of a file, read as they will be; `name` is what the file is called before people."""
    seen = Look(format_name(path))
    sink = RejectSink()
    try:
        batches = read_batches(path, mapping=mapping or None, kind=kind, batch_size=SHOWN, rejects=sink)
        # Of rows that all cannot be read a batch without subjects is given now and then: some are enough to see that.
        first = next((batch for batch in islice(batches, LOOKED) if batch.num_rows), None)
        seen.subjects = list(subjects_of(first)) if first is not None else []
        batches.close()  # type: ignore[attr-defined]
    except TahalufError as refused:
        seen.problem = called(refused.problem, name)
    seen.columns, seen.warnings = sink.columns, [called(problem, name) for problem in sink.warnings[:ASIDE]]
    seen.rejections = [replace(found, problem=called(found.problem, name)) for found in sink.take()[:ASIDE]]
    if seen.is_mapped:
        seen.headings, seen.rows = _table(path, Format(seen.format), seen.columns)
    return seen


def check(path: Path, name: str, mapping: Mapping[str, str], kind: Kind | None) -> None:
    """InputError where the file cannot be screened with this mapping."""
    if (problem := look(path, name, mapping, kind).problem) is not None:
        raise InputError(problem)


def called(problem: Problem, name: str) -> Problem:
    """The problem with the file's own name in place of where it is kept."""
    return replace(problem, where=replace(problem.where, file=name)) if problem.where.file else problem


def _table(path: Path, form: Format, columns: ColumnsRead | None) -> tuple[list[str], list[list[str]]]:
    """The headings and the first rows as they stand in the file."""
    if form in (Format.JSON_LINES, Format.PARQUET):
        named = [*(name for names in columns.roles.values() for name in names), *columns.unused] if columns else []
        return named[:SHOWN_COLUMNS], []
    try:
        with closing(_blocks(path, form)) as blocks:  # type: ignore[type-var]
            rows = [row for block in islice(blocks, 1) for row in block.rows[: HEAD_ROWS + SHOWN] if any(row)]
    except TahalufError:
        return [], []
    headings, first = _headings(rows)
    return headings[:SHOWN_COLUMNS], [row[:SHOWN_COLUMNS] for row in rows[first : first + SHOWN]]


def _blocks(path: Path, form: Format) -> Iterator[Block]:
    if form is Format.WORKBOOK:
        yield from read_workbook(path, RejectSink())
        return
    with closing(open_binary(path)) as first:
        encoding = detect_encoding(recognize(path)[1], file_blocks(first))
    with closing(open_binary(path)) as file:
        yield from read_delimited(file_blocks(file), encoding, [])


def _headings(rows: list[list[str]]) -> tuple[list[str], int]:
    """The headings, and how many rows they take with what stands above them."""
    try:
        layout = find_layout(rows, None)
    except InputError:
        # None is known: they are shown all the same, so that one can be chosen as the name.
        return (list(rows[0]), 1) if rows else ([], 0)
    return list(layout.headings) if layout.first else [], layout.first
