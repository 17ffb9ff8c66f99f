"""Interchanges whose envelope is damaged, seen by what they hold: travelers, flights or documents between terminators.

Reach for `find_traces` where neither `UNA`, `UNB` nor `UNH` can be made out. It wants more than one segment that
passenger messages alone have, so that no table and no mail is taken for one.
"""

import re
from collections import Counter
from typing import NamedTuple

from tahaluf.messages.edifact.lines import TAGS
from tahaluf.messages.edifact.syntax import USUAL, Separators

_MARK = r"[!-/:-@\[-`{-~\x1c-\x1f]"
_TELLING = re.compile(
    rf"(?<![A-Za-z])(?:NAD(?P<nad>{_MARK})(?:FL|FM|DDU|DDT)(?P=nad)|TDT(?P<tdt>{_MARK})\d\d(?P=tdt)\w"
    rf"|TIF(?P<tif>{_MARK})[A-Z]{{2}}|SSR(?P<ssr>{_MARK})DOC[SOA])"
)
_SURNAME = r"NAD{0}(?:FL|FM|DDU|DDT){0}{{3}}[^\W\d_](?:\w|[ -])*([!-/:-@\[-`{{-~])"
_TAGS = "|".join(sorted(TAGS))
_LEAST = 3


class Traces(NamedTuple):
    """Where the first segment begins, and by what segments and elements are parted."""

    at: int
    separators: Separators


def find_traces(text: str, known: Separators | None = None) -> Traces | None:
    """The traces of a passenger message in a text; None where there are none. After an interchange with separators that
    are `known` a single traveler is enough."""
    if known is not None:
        element = re.escape(known.element)
        traveler = re.search(rf"(?:NAD{element}(?:FL|FM|DDU|DDT)|TIF{element}\w\w[^{element}]*){element}", text)
        if traveler:
            return Traces(_first(text, known.element, known.terminator, traveler.start()), known)
    telling = _TELLING.search(text)
    if telling is None:
        return None
    element = next(filter(None, telling.groups()))
    escaped = re.escape(element)
    ends = Counter(re.findall(rf"({_MARK})[ \t\r\n]*(?:{_TAGS}|UN[TZE]){escaped}", text))
    ends.pop(element, None)
    if not ends or sum(ends.values()) < _LEAST - 1:
        return None
    terminator = ends.most_common(1)[0][0]
    at = _first(text, element, terminator, telling.start())
    if (element, terminator) == (USUAL.element, USUAL.terminator):
        return Traces(at, USUAL)
    named = re.search(_SURNAME.format(escaped), text)
    component = named[1] if named and named[1] not in (element, terminator) else USUAL.component
    release = "" if USUAL.release in (element, component, terminator) else USUAL.release
    is_clear = len({element, component, terminator}) == len((element, component, terminator))
    return Traces(at, Separators(component, element, release, terminator) if is_clear else USUAL)


def _first(text: str, element: str, terminator: str, telling: int) -> int:
    """Where the first segment begins, at the latest where the telling one does."""
    element, terminator = re.escape(element), re.escape(terminator)
    first = re.search(rf"(?:^|[{terminator}\r\n])[ \t\r\n]*((?:{_TAGS})[{element}{terminator}])", text)
    return min(first.start(1), telling) if first else telling
