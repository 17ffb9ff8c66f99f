"""Zones all of whose fillers became blanks, as text copied from a page has them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tahaluf.messages.mrz.forms import LAYOUTS, Form
from tahaluf.messages.mrz.lines import begins, rate

_SHAPES = tuple((LAYOUTS[form].lines, LAYOUTS[form].width) for form in (Form.TD2, Form.TD3, Form.TD1))
_ZONE = re.compile("[A-Z0-9<]+")
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\t", " "))


def refill_blanks(lines: Iterable[tuple[int, str]], refilled: set[int]) -> Iterator[tuple[int, str]]:
    """Numbered lines; where two or three that follow each other are a zone with blanks for fillers, these are fillers,
    and the number of the first is put into `refilled`.

    A line may have lost the blanks at its end. A zone in which several blanks became one is not known as such.
    """
    waiting: list[tuple[int, str]] = []
    for line in lines:
        if "<" in line[1]:
            if waiting:
                yield from waiting
                waiting = []
            yield line
            continue
        if not line[1].strip():
            continue
        waiting.append(line)
        if filled := _filled(waiting):
            refilled.add(filled[0][0])
            yield from waiting[: -len(filled)]
            yield from filled
            waiting = []
        if len(waiting) > 2:
            yield waiting.pop(0)
    yield from waiting


def _filled(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The last of the lines with fillers for blanks, where they are a zone then; else none."""
    best: list[tuple[int, str]] = []
    rated = (0, 0)
    for count, width in _SHAPES:
        filled = [(number, _widened(text, width)) for number, text in lines[-count:]]
        if len(filled) < count or (count == 2 and not begins(filled[0][1])):
            continue
        # Visas of both widths look alike where the blanks at the end are lost.
        exact = sum(len(text) == width for _, text in lines[-count:])
        if (rating := rate("".join(text for _, text in filled))) and (rating, exact) > rated:
            best, rated = filled, (rating, exact)
    return best


def _widened(text: str, width: int) -> str:
    """The line as wide as it should be; empty where it is wider or has other characters."""
    if len(text) > width + 20:
        return ""
    line = text.translate(_BLANKS).strip().upper().ljust(width).replace(" ", "<")
    return line if len(line) == width and _ZONE.fullmatch(line) else ""
