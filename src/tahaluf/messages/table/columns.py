"""Which columns of a file are used and which are not, so that a heading that is not recognized does not pass unseen.

A column that is not used and looks like the dates or countries that the file otherwise lacks is worth a warning.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tahaluf.domain import Problem, Where
from tahaluf.messages.rejects import ColumnsRead, RejectSink
from tahaluf.messages.table.blocks import Block
from tahaluf.messages.table.dates import parse_birth_date
from tahaluf.messages.table.headings import Layout
from tahaluf.messages.table.values import parse_countries

_SAMPLE = 200
_SHARE = 0.8
_SHOWN = 3


@dataclass(slots=True)
class ColumnWatch:
    """Tells a sink about each column once, when it is first met; JSON has new ones in any block."""

    file: str
    rejects: RejectSink
    _known: set[str] = field(default_factory=set)

    def look(self, block: Block, layout: Layout) -> None:
        """Notes the columns of a block that were not there before."""
        if layout.headings and self._known.issuperset(self._names(layout)):
            return
        columns = self.rejects.columns = self.rejects.columns or ColumnsRead()
        role_of = {column: role for role, places in layout.roles.items() for column in places}
        for column, name in enumerate(self._names(layout)):
            if name in self._known:
                continue
            self._known.add(name)
            if column in role_of:
                columns.roles.setdefault(role_of[column], []).append(name)
            else:
                self._unused(name, layout, _sample(block.rows, column), columns)

    def unused(self, name: str, sample: Sequence[str], layout: Layout) -> None:
        """Notes a column that the reader itself passed over."""
        if self.rejects.columns is not None and name not in self._known:
            self._known.add(name)
            self._unused(name, layout, sample, self.rejects.columns)

    def _names(self, layout: Layout) -> list[str]:
        return [layout.heading(column) for column in range(layout.width)]

    def _unused(self, name: str, layout: Layout, sample: Sequence[str], columns: ColumnsRead) -> None:
        if not sample and name.isdecimal():
            return
        columns.unused.append(name)
        for code, expected, roles, fits in _KINDS:
            if sample and not layout.roles.keys() & roles and sum(map(fits, sample)) >= _SHARE * len(sample):
                found = ", ".join(dict.fromkeys(sample[:_SHOWN]))
                self.rejects.warn(Problem(code, Where(self.file, field=name), expected, found))
                return


def _sample(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    cells = (row[column].strip() for row in rows if column < len(row))
    return [cell for cell, _ in zip(filter(None, cells), range(_SAMPLE), strict=False)]


def _is_date(text: str) -> bool:
    # Numbers of five digits may be days as Excel counts them, and amounts more often.
    return (not text.isdecimal() or len(text) in (4, 8)) and parse_birth_date(text) is not None


def _is_country(text: str) -> bool:
    return parse_countries(text)[1]


_KINDS: tuple[tuple[str, str, set[str], Callable[[str], bool]], ...] = (
    ("messages.table.unused_dates", "birth_date", {"birth_date"}, _is_date),
    ("messages.table.unused_countries", "nationality", {"nationality", "residence"}, _is_country),
)
