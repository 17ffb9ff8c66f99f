"""Rows of a CSV file whose rows may be broken: a bad row is reported and the next one is read in its place.

A stray quote makes an ordinary CSV reader swallow everything up to the next one. Here a row ends where it has as
many columns
as it should; what does not is given up line by line, so that a broken row takes no whole one with it.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from tahaluf.lists.reading import Ledger
from tahaluf.lists.source import read_lines

MAX_LINES = 500
WHOLE_END = re.compile(r'(?:"|-0- ?)$')
BLANK = "\x1a\x00 \t\r\n\ufeff"


class RowReader:
    """Rows of one file; `starts` matches a line that begins a row."""

    def __init__(self, path: Path, ledger: Ledger, starts: re.Pattern[str]) -> None:
        self.ledger = ledger
        self.starts = starts
        self.file = path.name
        self.repaired = 0
        self._lines = self._decode(path)
        self._waiting: deque[tuple[int, str]] = deque()

    def _decode(self, path: Path) -> Iterator[tuple[int, str]]:
        for number, raw in enumerate(read_lines(path, self.ledger), start=1):
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError:
                text = raw.decode("cp1252", "replace")
                self.repaired += 1
            if text.strip(BLANK):
                yield number, text.lstrip("\ufeff") if number == 1 else text

    def _next_line(self) -> tuple[int, str] | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def first_then_rows(self) -> Iterator[tuple[int, list[str]]]:
        """The heading, then each row that has as many columns as the heading."""
        first = self._next_line()
        header = parse_row(first[1]) if first else None
        if first is None or header is None:
            raise self.ledger.refuse("lists.row.malformed", "a heading", first[1] if first else "nothing", line=1)
        yield first[0], header
        yield from self.rows(len(header))

    def rows(self, columns: int) -> Iterator[tuple[int, list[str]]]:
        """Each good row with the number of its first line."""
        last = ""
        while (first := self._next_line()) is not None:
            lines = self._gather(first)
            row = parse_row("".join(text for _, text in lines))
            last = lines[-1][1]
            if row is not None and len(row) == columns:
                yield first[0], row
                continue
            self._waiting.extendleft(reversed(lines[1:]))
            found = "unclosed quote" if row is None else f"{len(row)}"
            self.ledger.report("lists.row.malformed", f"{columns}", found, line=first[0], item=self.file)
        if last and not last.endswith("\n") and not WHOLE_END.search(last):
            self.ledger.report("lists.file.cut", "end of line", last[-40:], item=self.file)
        if self.repaired:
            self.ledger.report("lists.encoding.repaired", "UTF-8", f"{self.repaired}", item=self.file)

    def _gather(self, first: tuple[int, str]) -> list[tuple[int, str]]:
        """The lines of one row: more than one only where a quoted field runs over the line's end."""
        lines = [first]
        quotes = first[1].count('"')
        while quotes % 2 and len(lines) < MAX_LINES:
            following = self._next_line()
            if following is None:
                break
            if self.starts.match(following[1]):
                self._waiting.appendleft(following)
                break
            lines.append(following)
            quotes += following[1].count('"')
        return lines


def parse_row(text: str) -> list[str] | None:
    """The fields of one row, or None where its quotes do not close."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
