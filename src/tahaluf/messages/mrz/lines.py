"""Lines of text to zones: characters brought to the alphabet of the zone, lines that belong together joined.

Files are seldom as the standard has them: blank lines between, numbering, spaces, small letters, `«` for `<`, all lines
of a zone in one, a filler lost at the end.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tahaluf.messages.mrz.checks import check_digit, composite_digit
from tahaluf.messages.mrz.forms import LAYOUTS, Form, form_of

WIDTHS = (44, 36, 30)
WHOLE = {layout.size: layout.width for layout in LAYOUTS.values()}
CARD = LAYOUTS[Form.TD1].size
SLACK = 3
SHORTEST = 24
LONGEST = 9000
_ZONE = re.compile("[A-Z0-9<]+")
_BETWEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\"'`´’.…]+")
_NUMBERING = re.compile(
    r"^\s*(?:[#(\[]?\d{1,7}[.):\]]\s*|\d{1,7}[ \t]+(?=[A-Za-z0-9<]{5})|(?:MRZ|LINE|L)\s?\d?\s?:\s*|[-*•>]\s+)", re.I
)
_FILLERS = str.maketrans(dict.fromkeys("‹＜〈❮⟨≤", "<"))
_NUMBER = re.compile("[0-9]{4}")
_DOUBLED = re.compile("[«《≪]")


class Zone(NamedTuple):
    """A whole zone, its lines joined, from `line` on. `problem` is empty; `length` where fillers were added or taken
    away at the end of lines, whose lengths are in `found`; `order` where its second line stood before the first;
    `blanks` where blanks stood for all of its fillers."""

    text: str
    form: Form
    line: int
    problem: str = ""
    found: str = ""


class Stray(NamedTuple):
    """Lines that look like a part of a zone of which the rest is missing or of the wrong length."""

    lines: tuple[str, ...]
    line: int


class Foreign(NamedTuple):
    """A line that is no part of a zone at all: a heading, a caption."""

    text: str
    line: int


def normalize_line(line: str) -> str:
    """The line in the alphabet of the zone, or empty where it is of something else."""
    plain = line.strip()
    if len(plain) in WIDTHS and _ZONE.fullmatch(plain):
        return plain
    if len(plain) > LONGEST:
        return ""
    return _settle_length([*_readings(plain), *_readings(_NUMBERING.sub("", plain, count=1))])


def _readings(line: str) -> Iterator[str]:
    """The line with `«` read as one filler, and as two; as two first where single fillers stand beside it."""
    plain = unicodedata.normalize("NFKC", line.replace("&lt;", "<").translate(_FILLERS)).upper().translate(_FILLERS)
    packed = _BETWEEN.sub("", plain)
    if not _DOUBLED.search(packed):
        yield packed
        return
    for filler in ("<<", "<") if "<" in packed else ("<", "<<"):
        yield _DOUBLED.sub(filler, packed)


def _settle_length(readings: list[str]) -> str:
    """Of several readings the one that is as long as a line or a zone, else the first that may be one."""
    possible = [text for text in readings if len(text) >= SHORTEST and _ZONE.fullmatch(text)]
    exact = [text for text in possible if len(text) in WIDTHS or len(text) in WHOLE]
    return next(iter(exact or possible), "")


def join_lines(lines: Iterable[tuple[int, str]]) -> Iterator[Zone | Stray | Foreign]:
    """Numbered lines, fillers in them, to zones as the lines follow each other; every line that is not blank is in one
    of what comes out."""
    waiting: list[tuple[int, str]] = []
    for number, raw in lines:
        text = normalize_line(raw)
        if not text and not raw.strip():
            continue
        if len(waiting) == 1 and len(waiting[0][1]) == len(text) != 30 and not begins(text) and len(text) in WIDTHS:
            # Nearly every second line of a good file.
            yield Zone(waiting[0][1] + text, form_of(waiting[0][1], len(text)), waiting[0][0])
            waiting = []
            continue
        if not text or not _may_be_zone(text, waiting):
            yield Foreign(raw.strip(), number)
            continue
        if whole := _whole(text, number):
            yield from _strays(waiting)
            waiting = []
            yield from whole
            continue
        if waiting and not _follows(text, waiting):
            yield from _strays(waiting)
            waiting = []
        waiting.append((number, text))
        if len(waiting) == _lines_of(waiting[0][1]):
            yield from _joined(waiting)
            waiting = []
    yield from _strays(waiting)


def _whole(text: str, number: int) -> list[Zone | Stray]:
    """The zone or zones in one line; a card, which ends in fillers, may have lost or gained some."""
    size = len(text)
    if text[0] in "ACI" and abs(size - CARD) <= SLACK and size != CARD and text[-1] == "<":
        fitted = _fit(text, CARD)
        return [Zone(fitted, Form.TD1, number, "length", str(size))] if fitted else []
    if size in WHOLE:
        return [Zone(text, form_of(text, WHOLE[size]), number)]
    return _several(text, number) if size > max(WHOLE) else []


def _several(text: str, number: int) -> list[Zone | Stray]:
    """Zones one after the other in a line, with what is left after the last; none where it does not begin with one."""
    found: list[Zone | Stray] = []
    while text:
        rated, size = max(((rate(text[:size]), size) for size in WHOLE if size <= len(text)), default=(0, 0))
        if not rated:
            break
        found.append(Zone(text[:size], form_of(text, WHOLE[size]), number))
        text = text[size:]
    return [*found, Stray((text,), number)] if found and text else found


def rate(text: str) -> int:
    """How much a text looks like a zone: none where it has not the length or the first letter of one or no date with
    its check digit, else one for each of the two dates and the composite digit."""
    if len(text) not in WHOLE or text[0] not in "PVACI":
        return 0
    layout = LAYOUTS[form_of(text, WHOLE[len(text)])]
    dates = ((layout.birth, layout.birth_check), (layout.expiry, layout.expiry_check))
    right = sum(text[part].isdecimal() and check_digit(text[part]) == text[check] for part, check in dates)
    last = layout.composite_check
    return right and right + int(last is not None and composite_digit(text, layout) == text[last])


def _may_be_zone(text: str, waiting: list[tuple[int, str]]) -> bool:
    """Long words alone are a name or a heading: a zone has fillers or, in the first line of a card whose fields are
    full and in the lines that follow, many digits."""
    if "<" in text:
        return True
    may_follow = nearest_width(len(text)) if waiting else len(text) == LAYOUTS[Form.TD1].width and text[0] in "ACI"
    return bool(may_follow) and _digits(text) >= 8


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))


def nearest_width(length: int) -> int | None:
    """The length that a line was meant to have, at most `SLACK` away."""
    near = min(WIDTHS, key=lambda width: abs(width - length))
    return near if abs(near - length) <= SLACK else None


def _lines_of(first: str) -> int:
    width = nearest_width(len(first))
    return 1 if width is None else 3 if width == 30 else 2


def _follows(text: str, waiting: list[tuple[int, str]]) -> bool:
    """Whether a line may be the next of the zone begun: of its width, and not itself a first line."""
    width = nearest_width(len(waiting[0][1]))
    if width is None or nearest_width(len(text)) != width:
        return False
    if width == 30:
        return _digits(text) >= 8 if len(waiting) == 1 else _digits(text) <= 6
    return _digits(text) >= 6 or not begins(text)


def begins(text: str) -> bool:
    """Whether a line may be the first of a zone of two."""
    return "<<" in text and text[0] in "PVACI" and not _NUMBER.search(text)


def _joined(waiting: list[tuple[int, str]]) -> Iterator[Zone | Stray]:
    width = nearest_width(len(waiting[0][1]))
    texts = [text for _, text in waiting]
    if width is None:
        yield from _strays(waiting)
        return
    if all(len(text) == width for text in texts):
        yield Zone("".join(texts), form_of(texts[0], width), waiting[0][0])
        return
    fitted = [_fit(text, width) for text in texts]
    if all(fitted):
        lengths = "+".join(str(len(text)) for text in texts)
        yield Zone("".join(filter(None, fitted)), form_of(texts[0], width), waiting[0][0], "length", lengths)
        return
    yield from _strays(waiting)


def _fit(text: str, width: int) -> str | None:
    """The line with fillers taken away or added where it ends in them; None where that is not enough."""
    if len(text) == width:
        return text
    if text[-1] == "<":
        return text.rstrip("<").ljust(width, "<") if len(text.rstrip("<")) <= width else None
    # What follows the last fillers is the check digit: they were lost or doubled before it.
    end = re.search("<([A-Z0-9]{1,2})$", text)
    body = text[: end.start()].rstrip("<") if end else ""
    return body.ljust(width - len(end[1]), "<") + end[1] if end and len(body) <= width - len(end[1]) else None


def _strays(waiting: list[tuple[int, str]]) -> Iterator[Stray]:
    if waiting:
        yield Stray(tuple(text for _, text in waiting), waiting[0][0])
