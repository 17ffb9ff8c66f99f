"""Lines to zones, also where blanks stand for fillers and where second lines stand before the first."""

import re
from collections.abc import Iterable, Iterator

from tahaluf.messages.mrz.blanks import refill_blanks
from tahaluf.messages.mrz.checks import check_digit
from tahaluf.messages.mrz.forms import Form, form_of
from tahaluf.messages.mrz.lines import Foreign, Stray, Zone, begins, join_lines

MOST_WAITING = 64
# Of a second line of any width: the nationality, and the dates with their check digits.
_NATIONALITY = slice(10, 13)
_ISSUER = slice(2, 5)
_BIRTH = slice(13, 19)
_DATES = ((_BIRTH, 19), (slice(21, 27), 27))
_FIRST = re.compile("[PVACI][A-Z<]+")
Found = Zone | Stray | Foreign


def find_zones(lines: Iterable[tuple[int, str]]) -> Iterator[Found]:
    """Numbered lines to zones in their order; every line that is not blank is in one of what comes out."""
    refilled: set[int] = set()
    return _in_order(join_lines(refill_blanks(lines, refilled)), refilled)


def _in_order(found: Iterable[Found], refilled: set[int]) -> Iterator[Found]:
    """Zones, their lines changed over where a second line without its first begins a run of lines that fit so."""
    run: list[Zone | Stray] = []
    seen = False
    for each in found:
        one = _marked(each, refilled) if refilled else each
        if run and not isinstance(one, Foreign) and _continues(run[-1], one):
            run.append(one)
            if isinstance(one, Stray) or len(run) == MOST_WAITING:
                settled = _settle(run, seen=seen)
                # The last line of a run that goes on is the second of a pair whose first is to come.
                run = [left] if isinstance(one, Zone) and isinstance(left := settled[-1], Stray) else []
                yield from settled[: len(settled) - len(run)]
            continue
        if run:
            yield from _settle(run, seen=seen)
            run = []
        if isinstance(one, Stray) and len(one.lines) == 1 and is_second(one.lines[0]):
            run = [one]
        elif isinstance(one, Zone):
            seen = True
            yield _changed_over(one) if one.text[_BIRTH].isdecimal() and one.form is not Form.TD1 else one
        else:
            yield one
    yield from _settle(run, seen=seen)


def _marked(one: Found, refilled: set[int]) -> Found:
    if not isinstance(one, Zone) or one.line not in refilled:
        return one
    refilled.discard(one.line)
    return one._replace(problem="blanks", found="␠")


def is_second(text: str) -> bool:
    """Whether a line of 36 or 44 characters is the second of a zone by a date in it."""
    return len(text) in (36, 44) and any(
        text[part].isdecimal() and check_digit(text[part]) == text[check] for part, check in _DATES
    )


def _changed_over(zone: Zone) -> Zone:
    """The zone with its second line behind its first, where they were joined as they stood."""
    width = len(zone.text) // 2
    second, first = zone.text[:width], zone.text[width:]
    if not is_second(second) or not _FIRST.fullmatch(first):
        return zone
    return Zone(first + second, form_of(first, width), zone.line, "order", "2, 1")


def _continues(last: Zone | Stray, one: Zone | Stray) -> bool:
    """Whether one follows the last of a run, which ends in a second line, with a first line of the same width."""
    width = len(last.lines[0]) if isinstance(last, Stray) else len(last.text) // 2
    if isinstance(last, Zone) and one.line - last.line < 2:
        return False
    if isinstance(one, Stray):
        return len(one.lines) == 1 and len(one.lines[0]) == width and begins(one.lines[0])
    return not one.problem and one.form is not Form.TD1 and len(one.text) == 2 * width


def _settle(run: list[Zone | Stray], *, seen: bool) -> list[Zone | Stray]:
    """A run of second and first lines in turn, as it is or each second line with the first behind it.

    The more pairs of which one State is issuer and nationality decide; where that is nothing, and no zone was `seen`
    before, that no line is left over.
    """
    if len(run) < 2:
        return run
    lines = _lines(run)
    changed = list(zip(lines[::2], lines[1::2], strict=False))
    plain = zip(lines[1::2], lines[2::2], strict=False)
    gain = sum(_agree(first, second) for (_, second), (_, first) in changed)
    gain -= sum(_agree(first, second) for (_, first), (_, second) in plain)
    even = len(lines) % 2 == 0
    if gain < 0 or (gain == 0 and (seen or not even)):
        return run
    settled: list[Zone | Stray] = [
        Zone(first + second, form_of(first, len(first)), line, "order", "2, 1")
        for (line, second), (_, first) in changed
    ]
    return settled if even else [*settled, Stray((lines[-1][1],), lines[-1][0])]


def _lines(run: list[Zone | Stray]) -> list[tuple[int, str]]:
    lines: list[tuple[int, str]] = []
    for one in run:
        if isinstance(one, Stray):
            lines.append((one.line, one.lines[0]))
        else:
            width = len(one.text) // 2
            lines += [(one.line, one.text[:width]), (one.line + 1, one.text[width:])]
    return lines


def _agree(first: str, second: str) -> bool:
    return first[_ISSUER] == second[_NATIONALITY]
