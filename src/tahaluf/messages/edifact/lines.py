"""Line breaks in what stands between two terminators: layout, Type-B wrapping, a lost terminator, a banner.

A teleprinter breaks lines of 69 characters wherever they end, in the middle of a value too; a break within a segment is
therefore dropped, and stands for a space only where lines are broken between words (`wrapping`). Where the next line
begins like a segment the terminator was lost instead.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tahaluf.messages.edifact.syntax import Separators
from tahaluf.messages.edifact.wrapping import join_lines

# Segments of PAXLST and PNRGOV: a line that begins with one of them begins a segment.
_PAXLST = "BGM RFF DTM NAD COM TDT LOC ATT MEA GEI FTX EMP NAT DOC CNT QTY AUT ERP ERC"
_PNRGOV = (
    "MSG ORG TVL EQN SRC RCI SSR DAT IFT LTS ABI ADD TIF TKT MON PTK TXD FOP FAR PTI SAC TRA RPI APD SSD TBD REF EBD"
)
TAGS = frozenset(_PAXLST.split()) | frozenset(_PNRGOV.split())
_BOOKING = frozenset(("MSG", "SRC", "RCI", "SSR", "TVL", "TIF"))
# What a message begins with, and where there is none of its segments nothing goes on.
_HEADS = frozenset(("BGM", "MSG", "TDT", ""))
_TRAVELER = ("FL", "FM", "DDU", "DDT")


def goes_on(text: str, separators: Separators) -> bool:
    """Whether a text begins like one of the segments that only messages have."""
    begin = text.lstrip()
    return begin[:3] in TAGS and begin[3:4] in (separators.element, separators.terminator)


def holds_traveler(text: str, separators: Separators) -> bool:
    """Whether the first segment of a traveler stands somewhere in the text."""
    element = separators.element
    return f"NAD{element}" in text and any(f"NAD{element}{kind}{element}" in text for kind in _TRAVELER)


def kind_of(texts: Sequence[str], separators: Separators) -> str:
    """The type of message that segments look like that have no header; empty where they look like none."""
    for text in map(str.lstrip, texts):
        if text[:3] == "TDT" or holds_traveler(text, separators):
            return "PAXLST"
        if text[:3] in _BOOKING:
            return "PNRGOV"
    return ""


def kind_of_travelers(texts: Sequence[str], separators: Separators) -> str:
    """The type of message that holds travelers such as these; empty where there is nobody."""
    element = separators.element
    for text in texts:
        if holds_traveler(text, separators):
            return "PAXLST"
        if text.lstrip().startswith((f"TIF{element}", f"SSR{element}DOC")):
            return "PNRGOV"
    return ""


def goes_on_within(texts: Sequence[str], separators: Separators) -> bool:
    """Whether texts after a service segment belong to the message before it: the first that is a segment is none that
    a message begins with."""
    first = next((text.lstrip()[:3] for text in texts if goes_on(text, separators)), "")
    return first not in _HEADS


class Part(NamedTuple):
    """A segment's text on one line; `line` counts from the first line of the whole. `lost` says that it had no
    terminator, `foreign` that it is none, `wrapped` that line breaks within were dropped."""

    text: str
    line: int = 0
    lost: bool = False
    foreign: bool = False
    wrapped: bool = False


def split_parts(text: str, separators: Separators, between_words: bool = False) -> list[Part]:
    """The segments that stand in a text between two terminators: nearly always one. `between_words` says how lines are
    broken within segments (see `wrapping`)."""
    offset = len(text) - len(text.lstrip())
    line = text.count("\n", 0, offset)
    text = text.strip()
    parts = _by_lines(text, line, separators, between_words) if "\n" in text or "\r" in text else [Part(text, line)]
    return [piece for part in parts for piece in _by_travelers(part, separators)]


def _by_lines(text: str, line: int, separators: Separators, between_words: bool) -> list[Part]:
    element = separators.element
    groups: list[tuple[int, list[str]]] = []
    for number, content in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        first, *travelers = split_at_travelers(content, separators)
        if not groups or (content[3:4] == element and content[:3] in TAGS):
            groups.append((line + number, []))
        groups[-1][1].append(first)
        groups.extend((line + number, [traveler]) for traveler in travelers)
    parts = [
        Part(join_lines(lines, separators, between_words), first, wrapped=len(lines) > 1) for first, lines in groups
    ]
    head = parts[0]
    is_segment = head.text[:3].isalnum() and head.text[3:4].strip() in (element, "")
    lost = [part._replace(lost=True) for part in parts[:-1]]
    if len(parts) > 1 and not is_segment:
        lost[0] = Part("\n".join(groups[0][1]), head.line, foreign=True)
    return [*lost, parts[-1]]


def _by_travelers(part: Part, separators: Separators) -> list[Part]:
    """A traveler's first segment that stands glued to the one before is a segment of its own."""
    texts = split_at_travelers(part.text, separators)
    if len(texts) == 1:
        return [part]
    if part.foreign:
        return _after_banner(part, texts)
    return [*(part._replace(text=text, lost=True) for text in texts[:-1]), part._replace(text=texts[-1])]


def split_at_travelers(text: str, separators: Separators) -> list[str]:
    """A text cut where the first segment of a traveler stands in it."""
    if text.find("NAD" + separators.element, 1) < 0:
        return [text]
    element = re.escape(separators.element)
    pattern = rf"(?<!^)(?=NAD{element}(?:{'|'.join(_TRAVELER)}){element})"
    return [part for part in re.split(pattern, text) if part]


def _after_banner(part: Part, texts: list[str]) -> list[Part]:
    """A text that is no segment, and travelers glued to it who are to be read all the same."""
    parts = []
    line = part.line
    for number, text in enumerate(texts):
        parts.append(Part("".join(text.split("\n")) if number else text, line, lost=number > 0, foreign=number == 0))
        line += text.count("\n")
    return parts
