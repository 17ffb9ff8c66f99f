"""A file of subjects to Arrow batches, whatever table format it is in."""

import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache

import pyarrow as pa

from tahaluf.domain import InputError, Problem, TahalufError, Where
from tahaluf.messages.content import open_binary
from tahaluf.messages.rejects import RejectSink
from tahaluf.messages.request import Request
from tahaluf.messages.table import dateorder, entities, jsonlines, parquet, workbook
from tahaluf.messages.table.assemble import Assembler
from tahaluf.messages.table.blocks import MAX_COLUMNS, Block
from tahaluf.messages.table.columns import ColumnWatch
from tahaluf.messages.table.delimited import read_delimited
from tahaluf.messages.table.encoding import detect_encoding, file_blocks
from tahaluf.messages.table.fold import fold_heading
from tahaluf.messages.table.headings import Layout, find_layout, has_names, named_layout, no_name_column, table
from tahaluf.messages.table.recognize import Format, recognize
from tahaluf.messages.table.textlines import BadLine


def read_table(request: Request) -> Iterator[pa.RecordBatch]:
    """Batches of at most `BLOCK_ROWS` rows, in the order of the file; InputError where the whole file is refused."""
    name = str(request.path)
    bad: list[BadLine] = []
    try:
        form, head = recognize(request.path)
        yield from _assembled(_Source(request, form, head), bad)
    except TahalufError as problem:
        where = problem.problem.where
        raise problem if where.file else problem.at(replace(where, file=name)) from None
    except (OSError, EOFError, zlib.error) as broken:
        raise _damaged(name, str(broken)) from broken


def _damaged(name: str, found: str) -> TahalufError:
    return InputError(Problem("messages.table.damaged", Where(name), "a whole file", found))


@dataclass(slots=True)
class _Source:
    """A recognized file, to be read from its beginning as often as it takes."""

    request: Request
    form: Format
    head: bytes
    encoding: str = ""

    def blocks(self, bad: list[BadLine], rejects: RejectSink) -> Iterator[Block]:
        path = self.request.path
        if self.form is Format.WORKBOOK:
            yield from workbook.read_workbook(path, rejects)
        elif self.form is Format.PARQUET:
            yield from parquet.read_parquet(path, self.request.mapping, bad)
        else:
            if not self.encoding:
                with closing(open_binary(path)) as first:
                    self.encoding = detect_encoding(self.head, file_blocks(first))
            with closing(open_binary(path)) as file:
                yield from self._text_blocks(file_blocks(file), bad, rejects)

    def _text_blocks(self, content: Iterator[bytes], bad: list[BadLine], rejects: RejectSink) -> Iterator[Block]:
        if self.form is Format.ENTITIES:
            documents = entities.documents_of(self.request.path, self.encoding)
            passed_over: Counter[str] = Counter()
            found = jsonlines.objects(content, self.encoding, bad)
            yield from entities.read_entities(found, documents, passed_over)
            _report_passed_over(passed_over, self.request, rejects)
        elif self.form is Format.JSON_LINES:
            found = jsonlines.objects(content, self.encoding, bad)
            yield from jsonlines.read_json_lines(found, str(self.request.path), rejects)
        else:
            yield from read_delimited(content, self.encoding, bad)

    def watch_columns(self, watch: ColumnWatch, block: Block, layout: Layout) -> None:
        """Notes what the columns are taken for; entities have none of their own."""
        if self.form is Format.ENTITIES:
            return
        first = self.request.rejects.columns is None
        watch.look(block, layout)
        if first and self.form is Format.PARQUET:
            for name, sample in parquet.passed_over(self.request.path, layout.headings).items():
                watch.unused(name, sample, layout)

    def date_order(self, layout: Layout) -> dateorder.Decision:
        """How the whole file writes its birth dates."""
        request = replace(self.request, rejects=RejectSink())
        blocks = _below_headings(self.blocks([], request.rejects), layout)
        return dateorder.decide(blocks, lambda block: _layout(block, request, layout))


def _below_headings(blocks: Iterator[Block], layout: Layout) -> Iterator[Block]:
    first = layout.first
    for block in blocks:
        if any(block.rows):
            yield _without_first(block, first)
            first = 0


def _assembled(source: _Source, bad: list[BadLine]) -> Iterator[pa.RecordBatch]:
    request = source.request
    assembler: Assembler | None = None
    watch = dateorder.Watch(source.date_order)
    columns = ColumnWatch(str(request.path), request.rejects)
    empty = True
    for block in source.blocks(bad, request.rejects):
        _report_bad(bad, request, block.lines[-1] if block.lines else 0)
        if not any(block.rows):
            continue
        if assembler is None:
            layout = _settle(_layout(block, request, None), block, request)
            assembler = Assembler(layout, request.kind, request.rejects, str(request.path))
            _report_preamble(block, layout, request)
            block = _without_first(block, layout.first)  # noqa: PLW2901
        layout = _layout(block, request, assembler.layout)
        contrary = watch.look(block, layout)
        if layout is not assembler.layout or watch.decision is not assembler.order:
            assembler = replace(assembler, layout=layout, order=watch.decision)
        if contrary:
            _report_contrary(contrary, request)
        source.watch_columns(columns, block, layout)
        empty = empty and not any(map(any, block.rows))
        yield assembler.batch(block)
    _report_bad(bad, request)
    if empty and not request.rejects.rejected:
        request.rejects.warn(Problem("messages.table.no_rows", Where(str(request.path))))


def _layout(block: Block, request: Request, known: Layout | None) -> Layout:
    if block.header is not None:
        if known is not None and known.headings == block.header:
            return known
        layout = _named(block.header, tuple((request.mapping or {}).items()))
        if not has_names(layout) and known is None:
            raise no_name_column(block.header)
        return layout
    if known is not None:
        return known
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


def _settle(layout: Layout, block: Block, request: Request) -> Layout:
    """What the first rows tell beyond headings: whether `type` is really a kind."""
    if "kind" not in layout.roles or "kind" in (request.mapping or {}):
        return layout
    rows = block.rows[layout.first :]
    column = layout.roles["kind"][0]
    words = {fold_heading(row[column]) for row in rows if column < len(row)} - {""}
    if not words or words & table("kinds").keys():
        return layout
    roles = {role: columns for role, columns in layout.roles.items() if role != "kind"}
    if words & table("genders").keys() and "gender" not in roles:
        roles["gender"] = (column,)
    else:
        # "Type" of something else: one word about the column instead of one for every row.
        found = ", ".join(sorted(words)[:5])[:200]
        where = Where(str(request.path), layout.first or None, layout.heading(column))
        request.rejects.note(Problem("messages.table.column", where, "kind", found), "")
    return replace(layout, roles=roles)


def _report_preamble(block: Block, layout: Layout, request: Request) -> None:
    """Rows above the headings are a title, most likely; they are not screened, and that is said."""
    for number in range(layout.first - 1):
        if any(cell.strip() for cell in block.rows[number]):
            where = Where(str(request.path), block.lines[number])
            found = block.texts[number][:200]
            request.rejects.reject(Problem("messages.table.preamble", where, "headings", found), block.texts[number])


def _report_contrary(date: dateorder.Dated, request: Request) -> None:
    where = Where(str(request.path), date.line, date.heading)
    request.rejects.note(Problem("messages.table.date_order", where, "DD/MM/YYYY", date.text), date.row)


def _report_passed_over(passed_over: Counter[str], request: Request, rejects: RejectSink) -> None:
    """Entities that are no subjects, counted by schema."""
    if passed_over:
        found = ", ".join(f"{schema}: {count}" for schema, count in sorted(passed_over.items()))
        rejects.note(
            Problem("messages.table.no_party", Where(str(request.path)), ", ".join(entities.PARTIES), found), ""
        )


def _report_bad(bad: list[BadLine], request: Request, last: int | None = None) -> None:
    """Reports the bad lines up to `last`; those further down have been met early and wait for their block."""
    due = [line for line in bad if last is None or line.line <= last]
    bad[:] = [line for line in bad if last is not None and line.line > last]
    for line in due:
        problem = Problem(line.code, Where(str(request.path), line.line, line.field), line.expected, line.found)
        request.rejects.reject(problem, line.text)
