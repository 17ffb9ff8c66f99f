"""A file of subjects to Arrow batches, whatever table format it is in."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from tahaluf.domain import InputError, Kind, Problem, TahalufError, Where
from tahaluf.messages.table import dates, entities, jsonlines, parquet, workbook
from tahaluf.messages.table.assemble import Assembler
from tahaluf.messages.table.blocks import MAX_COLUMNS, Block
from tahaluf.messages.table.delimited import read_delimited
from tahaluf.messages.table.encoding import detect_encoding, file_blocks
from tahaluf.messages.table.fold import fold_heading
from tahaluf.messages.table.headings import Layout, find_layout, has_names, named_layout, no_name_column, table
from tahaluf.messages.table.recognize import Format, open_binary, recognize
from tahaluf.messages.table.rejects import RejectSink
from tahaluf.messages.table.textlines import BadLine


@dataclass(frozen=True, slots=True)
class Request:
    """What the caller wants of a file: which columns, of what kind its subjects are, and where rejects go."""

    path: Path
    mapping: Mapping[str, str] | None
    kind: Kind | None
    rejects: RejectSink


def read_table(request: Request) -> Iterator[pa.RecordBatch]:
    """Batches of at most `BLOCK_ROWS` rows, in the order of the file; InputError where the whole file is refused."""
    name = str(request.path)
    bad: list[BadLine] = []
    try:
        form, head = recognize(request.path)
        yield from _assembled(_blocks(request, form, head, bad), request, bad)
    except TahalufError as problem:
        where = problem.problem.where
        raise problem if where.file else problem.at(replace(where, file=name)) from None
    except (OSError, EOFError) as broken:
        raise _damaged(name, str(broken)) from broken


def _damaged(name: str, found: str) -> TahalufError:
    return InputError(Problem("messages.table.damaged", Where(name), "a whole file", found))


def _blocks(request: Request, form: Format, head: bytes, bad: list[BadLine]) -> Iterator[Block]:
    path = request.path
    if form is Format.WORKBOOK:
        yield from workbook.read_workbook(path, request.rejects)
    elif form is Format.PARQUET:
        yield from parquet.read_parquet(path, request.mapping)
    else:
        with closing(open_binary(path)) as first:
            encoding = detect_encoding(head, file_blocks(first))
        documents = entities.documents_of(path, encoding) if form is Format.ENTITIES else {}
        with closing(open_binary(path)) as file:
            blocks = file_blocks(file)
            if form is Format.ENTITIES:
                yield from entities.read_entities(jsonlines.objects(blocks, encoding, bad), documents)
            elif form is Format.JSON_LINES:
                yield from jsonlines.read_json_lines(jsonlines.objects(blocks, encoding, bad), request.rejects)
            else:
                yield from read_delimited(blocks, encoding, bad)


def _assembled(blocks: Iterator[Block], request: Request, bad: list[BadLine]) -> Iterator[pa.RecordBatch]:
    assembler: Assembler | None = None
    for block in blocks:
        _report_bad(bad, request)
        if not any(block.rows):
            continue
        if assembler is None:
            layout, month_first = _settle(_layout(block, request, None), block, request)
            assembler = Assembler(layout, request.kind, request.rejects, str(request.path), month_first)
            _report_preamble(block, layout, request)
            yield assembler.batch(_without_first(block, layout.first))
            continue
        layout = _layout(block, request, assembler)
        if layout is not assembler.layout:
            assembler = replace(assembler, layout=layout)
        yield assembler.batch(block)
    _report_bad(bad, request)


def _layout(block: Block, request: Request, assembler: Assembler | None) -> Layout:
    if block.header is not None:
        if assembler is not None and assembler.layout.headings == block.header:
            return assembler.layout
        layout = _named(block.header, tuple((request.mapping or {}).items()))
        if not has_names(layout) and assembler is None:
            raise no_name_column(block.header)
        return layout
    if assembler is not None:
        return assembler.layout
    widest = max(map(len, block.rows))
    if widest > MAX_COLUMNS:
        raise no_name_column((f"{widest} columns",))
    return find_layout(block.rows, request.mapping)


@lru_cache(maxsize=64)
def _named(header: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> Layout:
    present = {fold_heading(heading) for heading in header}
    usable = {role: heading for role, heading in mapping if fold_heading(heading) in present}
    return named_layout(header, usable if len(usable) < len(mapping) and len(present) < len(mapping) else dict(mapping))


def _without_first(block: Block, first: int) -> Block:
    return Block(block.rows[first:], block.lines[first:], block.texts[first:], block.header) if first else block


def _settle(layout: Layout, block: Block, request: Request) -> tuple[Layout, bool]:
    """What the first rows tell beyond headings: how dates are written, and whether `type` is really a kind."""
    rows = block.rows[layout.first :]
    written = (row[column] for column in layout.roles.get("birth_date", ()) for row in rows if column < len(row))
    month_first = dates.is_month_first(written)
    if "kind" not in layout.roles or "kind" in (request.mapping or {}):
        return layout, month_first
    column = layout.roles["kind"][0]
    words = {fold_heading(row[column]) for row in rows if column < len(row)} - {""}
    if not words or words & table("kinds").keys():
        return layout, month_first
    roles = {role: columns for role, columns in layout.roles.items() if role != "kind"}
    if words & table("genders").keys() and "gender" not in roles:
        roles["gender"] = (column,)
    else:
        # "Type" of something else: one word about the column instead of one for every row.
        found = ", ".join(sorted(words)[:5])[:200]
        where = Where(str(request.path), layout.first or None, layout.heading(column))
        request.rejects.note(Problem("messages.table.column", where, "kind", found), "")
    return replace(layout, roles=roles), month_first


def _report_preamble(block: Block, layout: Layout, request: Request) -> None:
    """Rows above the headings are a title, most likely; they are not screened, and that is said."""
    for number in range(layout.first - 1):
        if any(cell.strip() for cell in block.rows[number]):
            where = Where(str(request.path), block.lines[number])
            found = block.texts[number][:200]
            request.rejects.note(Problem("messages.table.preamble", where, "headings", found), block.texts[number])


def _report_bad(bad: list[BadLine], request: Request) -> None:
    for line in bad:
        problem = Problem(line.code, Where(str(request.path), line.line), line.expected, line.found)
        request.rejects.reject(problem, line.text)
    bad.clear()
