"""Blocks of text rows to Arrow batches of subjects, column by column; what is not understood goes to the rejects."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from tahaluf.domain import Kind, Problem, Where
from tahaluf.messages.rejects import Rejection, RejectSink
from tahaluf.messages.schema import DOCUMENT_TYPE, SUBJECT_SCHEMA, unsaid
from tahaluf.messages.table import dateorder, dates, values
from tahaluf.messages.table.blocks import MAX_CELL, Block
from tahaluf.messages.table.headings import NAME_ROLES, Layout
from tahaluf.messages.table.ids import REMEMBERED, SeenIds
from tahaluf.messages.table.kinds import fill_kinds, given_names
from tahaluf.messages.table.names import build_names, has_letter, is_name, is_of_a_message
from tahaluf.messages.table.values import Memo, parse_countries, parse_gender, parse_kind, split_cell, unique

_DOCUMENTS = {"document_number": "", "passport_number": "passport", "national_id": "identification"}
_UNEVEN = re.compile(r"  |[^\S \n]|[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_countries = Memo(parse_countries)
_genders = Memo(parse_gender)
_kinds = Memo(parse_kind)


@dataclass(slots=True)
class Assembler:
    """Makes batches under one layout; all assemblers of a file share `seen`. `order` is how it writes ambiguous dates,
    None as long as no date was ambiguous."""

    layout: Layout
    kind: Kind | None
    rejects: RejectSink
    file: str
    seen: SeenIds = field(default_factory=SeenIds)
    order: dateorder.Decision | None = None
    _dates: Memo[tuple[str, ...] | None] = field(init=False)
    _found: list[Rejection] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        month_first = self.order is not None and self.order.month_first
        self._dates = Memo(lambda text: dates.parse_birth_date(text, month_first=month_first))

    def batch(self, block: Block) -> pa.RecordBatch:
        """The rows of a block that can be screened."""
        block = self._whole_rows(block)
        columns = list(zip(*block.rows, strict=True)) or [()] * self.layout.width
        names = self._names(columns)
        if self.layout.width == 1:
            names = [[] if any(map(is_of_a_message, found)) else found for found in names]
        usable = [row for row, found in enumerate(names) if found]
        if len(usable) < len(names):
            self._reject_nameless(block, names)
            names = [names[row] for row in usable]
            columns = [tuple(column[row] for row in usable) for column in columns]
            block = Block(
                [block.rows[row] for row in usable],
                [block.lines[row] for row in usable],
                [block.texts[row] for row in usable],
            )
        batch = self._build(block, columns, names)
        self._report()
        return batch

    def _names(self, columns: Sequence[Sequence[str]]) -> list[list[str]]:
        roles = [role for role in NAME_ROLES for _ in self.layout.roles.get(role, ())]
        if roles == ["name"]:
            texts = list(map(str.strip, columns[self.layout.roles["name"][0]]))
            together = "\n".join(texts)
            if together.count("\n") < max(len(texts), 1) and not _UNEVEN.search(together):
                return [[text] if is_name(text) else [] for text in texts]
        return build_names(columns, self.layout)

    def _whole_rows(self, block: Block) -> Block:
        """Rows of the right width and bounded cells; blank rows are no rows."""
        width = self.layout.width
        if set(map(len, block.rows)) <= {width} and max(map(len, block.texts), default=0) <= MAX_CELL:
            return block
        rows: list[list[str]] = []
        kept: list[int] = []
        for number, row in enumerate(block.rows):
            trimmed = row if len(row) <= width or any(cell.strip() for cell in row[width:]) else row[:width]
            if not any(cell.strip() for cell in trimmed):
                continue
            if problem := self._misshapen(trimmed, block.lines[number]):
                self._found.append(Rejection(problem, block.texts[number], screened=False))
                continue
            rows.append(trimmed)
            kept.append(number)
        return Block(rows, [block.lines[n] for n in kept], [block.texts[n] for n in kept])

    def _misshapen(self, row: Sequence[str], line: int) -> Problem | None:
        if len(row) != self.layout.width:
            expected, found = str(self.layout.width), str(len(row))
            return Problem("messages.table.width", Where(self.file, line), expected, found)
        for column, cell in enumerate(row):
            if len(cell) > MAX_CELL:
                where = Where(self.file, line, self.layout.heading(column))
                return Problem("messages.table.long_cell", where, str(MAX_CELL), str(len(cell)))
        return None

    def _reject_nameless(self, block: Block, names: Sequence[Sequence[str]]) -> None:
        columns = [column for role in NAME_ROLES for column in self.layout.roles.get(role, ())]
        heading = ", ".join(self.layout.heading(column) for column in columns)
        for row, found in enumerate(names):
            if not found:
                text = " ".join(block.rows[row][column] for column in columns).strip()
                problem = Problem("messages.table.no_name", Where(self.file, block.lines[row], heading), "name", text)
                self._found.append(Rejection(problem, block.texts[row], screened=False))

    def _build(self, block: Block, columns: Sequence[Sequence[str]], names: list[list[str]]) -> pa.RecordBatch:
        read = _Reader(self, block, columns)
        lines = list(block.lines)
        nationalities, residences = read.countries("nationality"), read.countries("residence")
        stated = read.single("kind", _kinds, self.kind.value if self.kind else None, "kind")
        birth_dates = read.birth_dates(self._dates, nationalities, residences)
        genders = read.single("gender", _genders, None, "male, female, other")
        birth_places, documents = read.texts("birth_place"), read.documents()
        given = given_names(columns, self.layout, len(lines))
        named_places = [any(map(has_letter, own)) for own in birth_places]
        kinds = fill_kinds(stated, given, documents, birth_dates, genders, named_places)
        arrays = [
            pa.array(self._ids(block, columns), pa.string()),
            list_array(names),
            pa.array(kinds, pa.string()),
            list_array(birth_dates),
            list_array(nationalities),
            list_array(residences),
            pa.array(genders, pa.string()),
            list_array(birth_places),
            pa.array(documents, pa.list_(DOCUMENT_TYPE)),
            pa.array(lines, pa.int64()),
            *unsaid(len(lines)),
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=SUBJECT_SCHEMA)

    def _ids(self, block: Block, columns: Sequence[Sequence[str]]) -> list[str]:
        if "id" not in self.layout.roles:
            return [str(line) for line in block.lines]
        column = self.layout.roles["id"][0]
        ids = self.seen.name(list(map(str.strip, columns[column])), block.lines)
        was_full = self.seen.full_from is not None
        for row, first in self.seen.add(ids, block.lines):
            where = Where(self.file, block.lines[row], self.layout.heading(column))
            problem = Problem("messages.table.duplicate_id", where, f"{first}", ids[row])
            self._found.append(Rejection(problem, block.texts[row], screened=True))
        if self.seen.full_from is not None and not was_full:
            where = Where(self.file, self.seen.full_from, self.layout.heading(column))
            problem = Problem("messages.table.ids_unchecked", where, f"{REMEMBERED}", "")
            self._found.append(Rejection(problem, "", screened=True))
        return ids

    def note(self, block: Block, row: int, column: int, expected: str, role: str) -> None:
        """A value of this row was not understood and is left out."""
        where = Where(self.file, block.lines[row], self.layout.heading(column))
        problem = Problem(f"messages.table.{role}", where, expected, block.rows[row][column].strip())
        self._found.append(Rejection(problem, block.texts[row], screened=True))

    def _report(self) -> None:
        for rejection in sorted(self._found, key=lambda found: found.problem.where.line or 0):
            report = self.rejects.note if rejection.screened else self.rejects.reject
            report(rejection.problem, rejection.row)
        self._found.clear()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the columns of one block by role."""

    assembler: Assembler
    block: Block
    columns: Sequence[Sequence[str]]

    def _of(self, role: str) -> tuple[int, ...]:
        return self.assembler.layout.roles.get(role, ())

    def single(
        self, role: str, parse: Memo[Kind | None] | Memo[str | None], default: str | None, expected: str
    ) -> list[str | None]:
        """One value for each row; the first column that holds one counts."""
        found: list[str | None] = [default] * len(self.block.rows)
        for column in reversed(self._of(role)):
            for row, text in enumerate(self.columns[column]):
                if text and not text.isspace():
                    value = parse[text]
                    if value is None:
                        self.assembler.note(self.block, row, column, expected, role)
                    else:
                        found[row] = str(value)
        return found

    def birth_dates(self, parse: Memo[tuple[str, ...] | None], *countries: Sequence[Sequence[str]]) -> list[list[str]]:
        """Alternatives of each row; a cell may hold several dates, each of which may itself leave several open."""
        found = self._gather("birth_date", lambda text: _all_of(text, parse), dates.EXPECTED)
        for column in self._of("birth_date"):
            for row, text in enumerate(self.columns[column]):
                if found[row] and any(_SOLAR & set(codes[row]) for codes in countries):
                    found[row] = unique((*found[row], *dates.solar_years(text)))
        return found

    def countries(self, role: str) -> list[list[str]]:
        """Country codes of each row."""
        return self._gather(role, _countries.__getitem__, "ISO 3166")

    def texts(self, role: str) -> list[list[str]]:
        """The values as they stand."""
        return self._gather(role, lambda text: (split_cell(text), True), "")

    def _gather(self, role: str, parse: Callable[[str], tuple[list[str], bool]], expected: str) -> list[list[str]]:
        found: list[list[str]] = [[]] * len(self.block.rows)
        for column in self._of(role):
            for row, text in enumerate(self.columns[column]):
                if text and not text.isspace():
                    known, understood = parse(text)
                    found[row] = unique((*found[row], *known)) if found[row] else known
                    if not understood:
                        self.assembler.note(self.block, row, column, expected, _CODES.get(role, role))
        return found

    def documents(self) -> list[list[dict[str, str | None]]]:
        """Documents of each row, the type by its column's heading or by the column of types."""
        found: list[list[dict[str, str | None]]] = [[]] * len(self.block.rows)
        roles = [(role, column) for role in _DOCUMENTS for column in self._of(role)]
        if not roles:
            return found
        countries = self.countries("document_country")
        types = self.texts("document_type")
        for role, column in roles:
            for row, text in enumerate(self.columns[column]):
                kind = _DOCUMENTS[role] or (
                    values.parse_document_type(types[row][0]) if types[row] else "identification"
                )
                country = countries[row][0] if countries[row] else None
                more = [{"type": kind, "number": number, "country": country} for number in split_cell(text)]
                found[row] = [*found[row], *more]
        return found


# Where a year such as 1365 is likelier solar Hijri than lunar.
_SOLAR = {"af", "ir"}
_CODES = {"nationality": "country", "residence": "country", "document_country": "country"}


def _all_of(text: str, parse: Memo[tuple[str, ...] | None]) -> tuple[list[str], bool]:
    whole = parse[text]
    if whole is not None:
        return list(whole), True
    parts = [parse[part] for part in split_cell(text)]
    return unique(value for part in parts for value in part or ()), bool(parts) and None not in parts


def list_array(rows: list[list[str]]) -> pa.Array:
    """Lists of text as Arrow, quickly where every row has exactly one or none."""
    if not any(rows):
        return pa.ListArray.from_arrays(pa.array(np.zeros(len(rows) + 1, np.int32)), pa.array([], pa.string()))
    lengths = np.fromiter(map(len, rows), np.int32, len(rows))
    offsets = np.concatenate((np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)))
    flat = [text for row in rows for text in row]
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(flat, pa.string()))
