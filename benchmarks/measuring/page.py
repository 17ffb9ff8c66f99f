"""The page of figures, `docs/speed.md`: each script replaces its own section between two markers and no other."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from measuring.machine import ROOT, describe_machine

PAGE = ROOT / "docs" / "speed.md"
HEADS = ("What", "Measured", "Promised", "Aim", "Kept")


class Figure(NamedTuple):
    """One measured value and, where there is one, the most (or with `least`, the least) that was promised."""

    what: str
    value: float
    unit: str
    promise: float | None = None
    aim: float | None = None
    least: bool = False

    def row(self) -> tuple[str, ...]:
        kept = "" if self.promise is None else "yes" if self.keeps(self.promise) else "**no**"
        return self.what, self.tell(self.value), self.bound(self.promise), self.bound(self.aim), kept

    def keeps(self, bound: float) -> bool:
        return self.value >= bound if self.least else self.value <= bound

    def bound(self, value: float | None) -> str:
        return "" if value is None else f"{'at least' if self.least else 'at most'} {self.tell(value)}"

    def tell(self, value: float) -> str:
        if value >= 100 or value == int(value):
            return f"{value:,.0f} {self.unit}".strip()
        return f"{value:.3g} {self.unit}".strip()


def tell_figures(figures: Iterable[Figure]) -> str:
    return tell_table(HEADS, (figure.row() for figure in figures))


def tell_table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    shown = [list(map(str, heads)), *(list(map(str, row)) for row in rows)]
    shown.insert(1, ["---"] * len(shown[0]))
    return "".join("| " + " | ".join(row) + " |\n" for row in shown)


def report(script: str, text: str, *, write: bool, page: Path = PAGE) -> None:
    """Print a script's section and, if asked, put it into the page."""
    section = f"Measured {describe_machine()}.\n\n{text}"
    print(section)
    if write:
        page.write_text(replace_section(page.read_text(encoding="utf-8"), script, section), encoding="utf-8")
        print(f"written to {page.relative_to(ROOT) if page.is_relative_to(ROOT) else page.name}")


def replace_section(text: str, script: str, section: str) -> str:
    """The page with one section renewed; ValueError where its markers are not there exactly once."""
    pattern = re.compile(rf"(<!-- measured: {re.escape(script)} -->\n).*?(<!-- end -->)", re.DOTALL)
    if len(pattern.findall(text)) != 1:
        raise ValueError(f"the page must hold the markers of {script} once")
    return pattern.sub(lambda place: f"{place[1]}\n{section.rstrip()}\n\n{place[2]}", text)
