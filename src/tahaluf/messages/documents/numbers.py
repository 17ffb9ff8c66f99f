"""The cell of a number to document numbers: one, several, or the first and the last of a range."""

import re
import unicodedata
from typing import NamedTuple

MOST_IN_RANGE = 100_000
_NUMBER = re.compile(r"[^\W_](?:[^\W_]|[-/.]){2,39}")
# A spreadsheet writes whole numbers so, and long ones in a way that has lost digits.
_DECIMALS = re.compile(r"(\d+)[.,]0+")
_LOST = re.compile(r"\d[.,]\d+E\+?\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.0+)?")
_APART = re.compile(r"\s/\s|[;,|\n\x1f،؛]")
_WHOLE = re.compile(r"[A-Z]{1,3}\d{5,}")
_BETWEEN = re.compile(r"\s+(?:to|à|au|إلى|الى)\s+|\s*[–—]\s*|\s+-\s+", re.I)
_DIGITS = re.compile(r"(.*?)(\d+)")
_LEAST = 5
_LEAST_OF_DIGITS = 6


class Cell(NamedTuple):
    """The `numbers` of a cell in their order; `unread` are parts that can be none, `ranges` those that were read as
    first and last number or as one beside another, `broken` those of which only the two ends could be taken."""

    numbers: tuple[str, ...]
    unread: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


class _Part(NamedTuple):
    numbers: list[str]
    is_range: bool = False
    is_broken: bool = False


def read_cell(text: str) -> Cell:
    """What stands in a cell; in all no more than `MOST_IN_RANGE` numbers of ranges."""
    numbers: dict[str, None] = {}
    unread, ranges, broken = [], [], []
    for part in _parts(text):
        found = _read_part(part, MOST_IN_RANGE - len(numbers))
        numbers |= dict.fromkeys(found.numbers)
        if not found.numbers:
            unread.append(part)
        if found.is_range:
            ranges.append(part)
        if found.is_broken:
            broken.append(part)
    return Cell(tuple(numbers), tuple(unread), tuple(ranges), tuple(broken))


def plain_number(text: str) -> str:
    """The number in capitals and European digits, without spaces; empty where it can be none."""
    packed = re.sub(r"\s+", "", text).upper()
    number = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in packed)
    if whole := _DECIMALS.fullmatch(number):
        number = whole[1]
    if _LOST.fullmatch(number) or not any(map(str.isdigit, number)):
        return ""
    return number if _NUMBER.fullmatch(number) else ""


def expand(first: str, last: str, most: int = MOST_IN_RANGE) -> list[str] | None:
    """The numbers from the first to the last, which differ in their final digits alone; None where they are none."""
    start, end = (_DIGITS.fullmatch(text) for text in (first, last))
    if not start or not end or start[1] != end[1] or len(start[2]) != len(end[2]):
        return None
    low, high = int(start[2]), int(end[2])
    if not 0 <= high - low < most:
        return None
    return [f"{start[1]}{number:0{len(start[2])}d}" for number in range(low, high + 1)]


def _parts(text: str) -> list[str]:
    plain = text.strip()
    if _THOUSANDS.fullmatch(plain):
        return [plain.partition(".")[0].replace(",", "")]
    if _DECIMALS.fullmatch(plain) or _LOST.fullmatch(plain.upper()):
        return [plain]
    parts = [part.strip() for part in _APART.split(plain)]
    return [word for part in parts if part for word in _words(part)]


def _words(part: str) -> list[str]:
    """Whole numbers beside each other are several; any other blanks stand within one."""
    words = part.split()
    return words if len(words) > 1 and all(_WHOLE.fullmatch(word.upper()) for word in words) else [part]


def _read_part(part: str, most: int) -> _Part:
    between = _BETWEEN.split(part)
    if len(between) == 2 and all(ends := [plain_number(end) for end in between]):
        return _range(ends, most)
    number = plain_number(part)
    for mark in "-/":
        ends = number.split(mark)
        if len(ends) == 2 and _are_whole(*ends):
            # Digits alone may be one number, written in two halves.
            kept = [number] if number[0].isdigit() else []
            found = _range(ends, most) if mark == "-" else _Part(ends, is_range=True)
            return found._replace(numbers=[*kept, *found.numbers])
    return _Part([number] if number else [])


def _range(ends: list[str], most: int) -> _Part:
    numbers = expand(ends[0], ends[1], most)
    return _Part(ends, is_broken=True) if numbers is None else _Part(numbers, is_range=True)


def _are_whole(first: str, last: str) -> bool:
    """Whether each of two halves is a number by itself: letters and digits in the same places, enough of them."""
    shapes = [re.sub(r"\d", "0", re.sub("[A-Z]", "A", half)) for half in (first, last)]
    least = _LEAST_OF_DIGITS if first.isdecimal() else _LEAST
    return shapes[0] == shapes[1] and len(first) >= least and first[-1:].isdecimal()
