"""Comma, semicolon, tab and bar separated text as blocks of rows, with quoted line breaks and right line numbers.

A quote that is opened and never closed does not swallow the rest of the file: after `MAX_SPAN` lines it is taken for a
plain character, so the rows behind it are read.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from tahaluf.messages.table.blocks import BLOCK_ROWS, Block
from tahaluf.messages.table.textlines import BadLine, iter_lines

DELIMITERS = (",", ";", "\t", "|")
MAX_SPAN = 30


def read_delimited(blocks: Iterable[bytes], encoding: str, bad: list[BadLine]) -> Iterator[Block]:
    """Rows of a text table; lines that are no text are left in `bad`."""
    numbers: list[int] = []
    texts: list[str] = []
    delimiter: str | None = None
    for more_numbers, more_texts in iter_lines(blocks, encoding, bad):
        numbers += more_numbers
        texts += more_texts
        if delimiter is None and texts:
            delimiter = detect_delimiter(texts[:100])
        # Keeps enough lines back for a row that goes on in the next block.
        while delimiter is not None and len(texts) > BLOCK_ROWS + MAX_SPAN:
            block, used = _parse(numbers, texts, delimiter)
            yield block
            numbers, texts = numbers[used:], texts[used:]
    while texts:
        block, used = _parse(numbers, texts, delimiter or ",")
        yield block
        numbers, texts = numbers[used:], texts[used:]


def detect_delimiter(lines: Sequence[str]) -> str | None:
    """The delimiter that splits the first line, and the others most alike; None where one column is all there is."""
    filled = [line for line in lines if line.strip()]
    best: tuple[float, int, str] | None = None
    for delimiter in DELIMITERS:
        widths = _widths(filled, delimiter)
        if not widths or widths[0] < 2:
            continue
        width, count = Counter(widths).most_common(1)[0]
        if width > 1 and (best is None or (count / len(widths), width) > best[:2]):
            best = (count / len(widths), width, delimiter)
    return best[2] if best else None


def _widths(lines: list[str], delimiter: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        # A field beyond the csv module's bound, most likely by a quote that is never closed.
        return [len(_lone_line(line, delimiter)) for line in lines]


def _parse(numbers: list[int], texts: list[str], delimiter: str) -> tuple[Block, int]:
    """The next block and how many lines it used."""
    head = texts[:BLOCK_ROWS]
    rows = _line_by_line(head, delimiter)
    if rows is not None:
        return Block(rows, numbers[:BLOCK_ROWS], head), len(head)
    rows, starts, originals = [], [], []
    at = 0
    while at < len(head):
        row, used = _one_row(texts[at : at + MAX_SPAN], delimiter)
        rows.append(row)
        starts.append(numbers[at])
        originals.append("\n".join(texts[at : at + used]))
        at += used
    return Block(rows, starts, originals), at


def _line_by_line(lines: list[str], delimiter: str) -> list[list[str]] | None:
    """The rows where every line is one; None where a quote stays open at the end of a line."""
    if '"' not in "".join(lines):
        return [line.split(delimiter) if line else [] for line in lines]
    if any(line.count('"') % 2 for line in lines):
        return None
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return None
    return rows if len(rows) == len(lines) else None


def _one_row(window: list[str], delimiter: str) -> tuple[list[str], int]:
    if window[0].count('"') % 2:
        # The quote at the end closes what is still open there: read that far, the row never closed by itself.
        ended = [*(line + "\n" for line in window), '"\n']
        reader = csv.reader(ended, delimiter=delimiter)
        with suppress(csv.Error):
            row = next(reader)
            if reader.line_num < len(ended):
                return row, reader.line_num
    return _lone_line(window[0], delimiter), 1


def _lone_line(line: str, delimiter: str) -> list[str]:
    lone_quote = bool(line.count('"') % 2)
    try:
        plain = csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE)
        return next(plain if lone_quote else csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        # A field beyond the csv module's bound: kept whole, and turned away for its length later.
        return [line]
