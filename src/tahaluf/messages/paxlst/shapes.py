"""The shape of a traveler's group: which segments, with which qualifiers, in which order, with which line breaks.

A carrier writes its travelers alike. `shape_of` makes a pattern of one who was read segment by segment, and whoever
matches it whole is read by columns (`alike`). It has no shape where anything is unusual: released characters, bytes
beyond ASCII, breaks within a segment, an order or a value that is to be reported.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Separators
from tahaluf.messages.paxlst import facts
from tahaluf.messages.paxlst.facts import Fact
from tahaluf.messages.paxlst.plain import IDENTIFIER, REFERENCES

QUALIFIER, SURNAME, GIVEN, SECOND, ADDRESS = range(5)
_TAGS = frozenset(("ATT", "DTM", "LOC", "NAT", "GEI", "FTX", "MEA", "COM", "EMP"))
_LONGEST_TEXT = 60
_MOST_SEGMENTS = 60
_NOT_MARKS = frozenset(" -\r\n")


class Field(NamedTuple):
    """What a group of the pattern (from 0) goes to: a slot of `facts`, and among details its code."""

    group: int
    slot: int
    key: str = ""


class Shape(NamedTuple):
    """`match` takes a text and where the group begins, line breaks before it included; the first groups are `QUALIFIER`
    to `ADDRESS`. `facts` have a whole segment as their text, `references` a value; `documents` are groups of code,
    number and the fact that states who issued it. `order` has the details in their order."""

    match: Callable[[str, int], re.Match[str] | None]
    breaks: int
    segments: int
    facts: tuple[Field, ...]
    references: tuple[Field, ...]
    documents: tuple[tuple[int, int, int | None], ...]

    @property
    def order(self) -> list[Field]:
        return sorted(field for field in (*self.facts, *self.references) if field.slot == facts.DETAILS)


def shape_of(texts: Sequence[str], separators: Separators, understand: Callable[[str], Fact | None]) -> Shape | None:
    """The shape of a group given as what stands between terminators; None where it has none. `understand` tells what a
    segment's text tells, None where that is not plain."""
    first = texts[0]
    breaks = first[: len(first) - len(first.lstrip())]
    marks = separators.component + separators.element + separators.terminator + separators.repetition
    if breaks not in ("", "\n", "\r\n") or len(texts) > _MOST_SEGMENTS or not _NOT_MARKS.isdisjoint(marks):
        return None
    drawing = _Drawing(separators, re.escape(breaks), understand)
    for text in texts[1:]:
        bare = text[len(breaks) :]
        if not text.startswith(breaks) or not bare.isascii() or not bare.isprintable() or not drawing.add(bare):
            return None
    shape = drawing.shape(breaks.count("\n"), len(texts))
    whole = separators.terminator.join([*texts, f"{breaks}CNT{separators.element}"])
    return shape if drawing.is_usual and shape.match(whole, 0) else None


class _Drawing:
    """A pattern that grows segment by segment."""

    def __init__(self, separators: Separators, breaks: str, understand: Callable[[str], Fact | None]) -> None:
        self._separators = separators
        self._breaks = breaks
        self._understand = understand
        self._element, self._component = re.escape(separators.element), re.escape(separators.component)
        self._end = re.escape(separators.terminator)
        self._plain = printable_but(separators.terminator)
        self._parts: list[str] = [self._name()]
        self._groups = ADDRESS + 1
        self._facts: list[Field] = []
        self._references: list[Field] = []
        self._documents: list[tuple[int, int, int | None]] = []
        self._rank = 0

    @property
    def is_usual(self) -> bool:
        """Whether nothing is missing that is reported where it is."""
        return any(field.slot == facts.BIRTHS for field in self._facts)

    def _name(self) -> str:
        element, component = self._element, self._component
        word = "([A-Za-z]{1,30}(?:[ -][A-Za-z]{1,30}){0,2})"
        address = rf"((?<!NAD){element}{self._plain}{{0,200}})?"
        return rf"NAD{element}(FL|FM|DDU|DDT){element * 3}{word}{component}{word}(?:{component}{word}?)?{address}"

    def add(self, text: str) -> bool:
        """One more segment; False where the whole has no shape."""
        tag, mark = text[:3], text[3:4]
        if mark != self._separators.element:
            return False
        if tag == "RFF":
            return self._add_reference(text)
        if tag == "DOC":
            return self._add_document(text)
        return tag in _TAGS and self._add_fact(text)

    def _add_reference(self, text: str) -> bool:
        kind = text[4:].split(self._separators.component, maxsplit=1)[0]
        if not (kind.isalpha() and kind.isupper() and 2 <= len(kind) <= 3):
            return False
        self._references.append(Field(self._groups, facts.DETAILS, REFERENCES.get(kind, IDENTIFIER)))
        self._put(rf"RFF{self._element}{kind}{self._component}([A-Z0-9]{{1,60}})", 1)
        self._rank = facts.FREE
        return True

    def _add_document(self, _text: str) -> bool:
        element, component = self._element, self._component
        self._documents.append((self._groups, self._groups + 1, None))
        self._put(rf"DOC{element}([A-Z]{{1,2}})(?:{component}[A-Z0-9{component}]*)?{element}([A-Z0-9]{{1,60}})", 2)
        self._rank = facts.DOCUMENT_RANK
        return True

    def _add_fact(self, text: str) -> bool:
        fact = self._understand(text)
        if fact is None or (fact.rank < self._rank and fact.rank < facts.FREE):
            return False
        self._rank = fact.rank
        if fact.slot == facts.NOTHING:
            self._put(re.escape(text), 0)
            return True
        if fact.slot == facts.ISSUERS:
            if not self._documents or self._documents[-1][2] is not None:
                return False
            self._documents[-1] = (*self._documents[-1][:2], self._groups)
        if fact.slot == facts.GENDERS and any(field.slot == facts.GENDERS for field in self._facts):
            return False
        self._facts.append(Field(self._groups, fact.slot, key_of(fact)))
        qualifier = re.split(self._element + "|" + self._component, text[4:])[0]
        begin = re.escape(text[:4] + qualifier)
        if text[:3] == "COM":
            # The number comes before what tells its kind.
            begin = "COM" + self._element
        self._put(rf"({begin}{self._plain}{{0,{_LONGEST_TEXT}}})", 1)
        return True

    def _put(self, pattern: str, groups: int) -> None:
        self._parts.append(pattern)
        self._groups += groups

    def shape(self, breaks: int, segments: int) -> Shape:
        """What was drawn. The next traveler or the totals have to follow, so that nothing else belongs to the group."""
        body = "".join(f"{self._breaks}{part}{self._end}" for part in self._parts)
        pattern = rf"{body}(?={self._breaks}(?:NAD|CNT){self._element})"
        return Shape(
            compile_pattern(pattern), breaks, segments, tuple(self._facts), tuple(self._references),
            tuple(self._documents),
        )  # fmt: skip


def printable_but(mark: str) -> str:
    """A set of all printable ASCII characters without one; two ranges, which a pattern passes over fastest."""
    ends = [" ", "~"] if not " " < mark < "~" else [" ", chr(ord(mark) - 1), chr(ord(mark) + 1), "~"]
    ends = [*ends[:-1], "}"] if mark == "~" else ends
    return "[" + "".join(f"{re.escape(a)}-{re.escape(b)}" for a, b in zip(ends[::2], ends[1::2], strict=True)) + "]"


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Callable[[str, int], re.Match[str] | None]:
    return re.compile(pattern, re.ASCII).match


def key_of(fact: Fact) -> str:
    """The code of a detail; empty for what is none."""
    return str(Detail(fact.value[0]).value) if fact.slot == facts.DETAILS and isinstance(fact.value, tuple) else ""
