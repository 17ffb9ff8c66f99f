"""Zones all of whose fillers became blanks, as text copied from a page has them."""

from collections.abc import Iterable, Iterator, Sequence

from tahaluf.messages.mrz.forms import LAYOUTS, Form
from tahaluf.messages.mrz.lines import is_whole

_SHAPES = tuple((layout.lines, layout.width) for layout in (LAYOUTS[Form.TD3], LAYOUTS[Form.TD2], LAYOUTS[Form.TD1]))
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\t", " "))


def refill_blanks(lines: Iterable[tuple[int, str]], refilled: set[int]) -> Iterator[tuple[int, str]]:
    """Numbered lines; where two or three that follow each other are a zone with blanks for fillers, these are fillers,
    and the number of the first is put into `refilled`.

    A line may have lost the blanks at its end. A zone in which several blanks became one is not known as such.
    """
    waiting: list[tuple[int, str]] = []
    for number, raw in lines:
        if "<" in raw:
            if waiting:
                yield from waiting
                waiting = []
            yield number, raw
            continue
        if not raw.strip():
            continue
        waiting.append((number, raw))
        for count, width in _SHAPES:
            filled = _filled([text for _, text in waiting[-count:]], width) if len(waiting) >= count else []
            if filled:
                yield from waiting[:-count]
                refilled.add(waiting[-count][0])
                yield from zip((at for at, _ in waiting[-count:]), filled, strict=True)
                waiting = []
                break
        if len(waiting) > 2:
            yield waiting.pop(0)
    yield from waiting


def _filled(texts: Sequence[str], width: int) -> list[str]:
    """The lines with fillers for blanks, where they are a zone of that width then; else none."""
    if any(len(text) > width + 20 for text in texts):
        return []
    lines = [text.translate(_BLANKS).strip().upper().ljust(width).replace(" ", "<") for text in texts]
    if any(len(line) != width or not line.isascii() for line in lines):
        return []
    return lines if is_whole("".join(lines)) else []
