"""The travelers of a message in the short ways: by columns where they are written alike, remembered or plain segments
where they are not, and the rest segment by segment (`Reading.take`)."""

import re
from functools import lru_cache
from typing import Any

from tahaluf.domain import Kind
from tahaluf.messages.edifact import Segment, Separators
from tahaluf.messages.edifact.stream import Run, split_texts
from tahaluf.messages.paxlst import codes, facts
from tahaluf.messages.paxlst.alike import Flock, Understanding
from tahaluf.messages.paxlst.plain import DOCUMENT, IDENTIFIER, REFERENCE, REFERENCES, plain_segment
from tahaluf.messages.paxlst.reading import Reading
from tahaluf.messages.paxlst.shapes import Shape, shape_of

_MOST_REMEMBERED = 1 << 16
_MEMORABLE = 48
_REMEMBERED_TAGS = frozenset(("ATT", "DTM", "LOC", "NAT", "GEI", "FTX", "MEA"))
_MOST_SHAPES = 500
_MOST_FAILED = 4
_NONE = [""]
Signature = tuple[str, ...]
Item = tuple[Flock | None, int, int, int]


class Walk:
    """Takes the runs of a message for a `Reading`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._message = reading.message
        self._separators = reading.message.separators
        self._match_plain = plain_segment(self._separators)
        self._patterns = Patterns(self._separators)
        self._shapes: dict[Any, Shape] = reading.memory("shapes")
        self._failed: dict[Any, int] = reading.memory("failed")
        self._last: Shape | None = None

    def take_run(self, run: Run) -> None:
        """All segments of a run: up to the first traveler, then everyone of the run together."""
        text = run.text
        first = self._patterns.first(text)
        begin = first.end() if first else len(text)
        if begin:
            self._take_texts(split_texts(text[:begin], run.terminator), run.line)
        if first:
            self._reading.begin_traveler()
            self._take_travelers(text, begin, run.line + text.count("\n", 0, begin))

    def _take_travelers(self, text: str, at: int, line: int) -> None:
        flocks: dict[int, Flock] = {}
        items: list[Item] = []
        while at < len(text):
            shape, found = self._match(text, at)
            if shape and found:
                flock = flocks.get(id(shape)) or flocks.setdefault(id(shape), Flock(shape))
                items.append((flock, flock.add(found.groups()), at, found.end()))
                at = found.end()
            else:
                begin = self._patterns.next(text, at)
                end = begin.end() if begin else len(text)
                items.append((None, 0, at, end))
                at = end
        understanding = self._understanding()
        for flock in flocks.values():
            flock.understand(understanding)
        self._take_items(items, text, line)
        for flock in flocks.values():
            if flock.units:
                alike = flock.alike(self._reading.pairs)
                self._reading.intake.batches.extend(alike, Kind.PERSON, self._reading.reference, "NAD.4")

    def _match(self, text: str, at: int) -> tuple[Shape | None, re.Match[str] | None]:
        """The shape of the traveler who begins here: the last one's, that of the same signature, or a new one."""
        found = self._last.match(text, at) if self._last else None
        if found:
            return self._last, found
        begin = self._patterns.next(text, at)
        if begin is None:
            return None, None
        signature = tuple(self._patterns.signature(text, at, begin.end()))
        shape = self._shapes.get(signature)
        found = shape.match(text, at) if shape else None
        if found is None:
            shape = self._learn(signature, text[at : begin.end()])
            found = shape.match(text, at) if shape else None
        self._last = shape if found else self._last
        return shape, found

    def _learn(self, signature: Signature, text: str) -> Shape | None:
        failed = self._failed.get(signature, 0)
        if failed >= _MOST_FAILED or len(self._failed) + len(self._shapes) >= _MOST_SHAPES:
            return None
        shape = shape_of(split_texts(text, self._separators.terminator), self._separators, self._understanding().fact)
        if shape:
            self._shapes[signature] = shape
        self._failed[signature] = failed + 1
        return shape

    def _understanding(self) -> Understanding:
        known = self._reading.memory("understanding")
        if "it" not in known:
            known["it"] = Understanding(self._separators, self._reading.today)
        found: Understanding = known["it"]
        return found

    def _take_items(self, items: list[Item], text: str, line: int) -> None:
        """Numbers everyone in order, and reads the odd ones."""
        reading, message, sink = self._reading, self._message, self._reading.intake.rejects
        titled = False
        for flock, number, begin, end in items:
            if flock is None or number in flock.odd:
                self._take_texts(split_texts(text[begin:end], self._separators.terminator), line)
                line += text.count("\n", begin, end)
                continue
            if reading.traveler:
                reading.begin_traveler()
            shape = flock.shape
            sink.units += 1
            reading.counted[flock.roles[number]] += 1
            flock.place(sink.units, line + shape.breaks, message.number + 1)
            if not titled and flock.names[number].title:
                titled = True
                segment = Segment("NAD", [], line + shape.breaks, message.number + 1, "")
                reading.reports.title(segment, flock.names[number].title)
            message.number += shape.segments
            line += shape.breaks * shape.segments

    def _take_texts(self, texts: list[str], line: int) -> None:
        """Texts between terminators. What is remembered and what is plain is taken here, the rest goes the long way."""
        reading, message, match_plain, free = self._reading, self._message, self._match_plain, facts.FREE
        get, traveler = reading.known.get, reading.traveler
        number, last = message.number, reading.rank
        slots = traveler.slots if traveler else []
        feeds = self._separators.terminator.count("\n")
        for text in texts:
            known = get(text) if traveler else None
            if known is not None:
                slot, value, rank, breaks = known
                number += 1
                line += breaks + feeds
                slots[slot].append(value)
                if rank < last and rank < free:
                    reading.reports.order(text.strip()[:3], line, number)
                last = rank
                continue
            match = match_plain(text) if traveler else None
            if match is not None and match.lastindex == REFERENCE and traveler and traveler.name.forms:
                slots[facts.DETAILS].append((REFERENCES.get(match[1], IDENTIFIER), match[2]))
                number += 1
                line += text.count("\n") + feeds
                last = free
                continue
            message.number, reading.rank = number, last
            if match is None or not self._take_plain(match, line):
                self._take_text(text, line)
            number, last = message.number, reading.rank
            line += text.count("\n") + feeds
            if reading.traveler is not traveler:
                get, traveler = reading.known.get, reading.traveler
                slots = traveler.slots if traveler else []
        message.number, reading.rank = number, last

    def _take_text(self, text: str, line: int) -> None:
        """The segments in a text between terminators that begins on `line`."""
        known = self._reading.known
        segments = self._message.read(text, line)
        for segment in segments:
            self._reading.take(segment)
        if len(segments) == 1 and known is self._reading.known:
            self._remember(text)

    def _take_plain(self, match: re.Match[str], line: int) -> bool:
        """A document or a name that `plain_segment` matched; False where it has to go the long way all the same."""
        traveler = self._reading.traveler
        if traveler is None or not traveler.name.forms:
            return False
        if match.lastindex == DOCUMENT:
            name, known = codes.document_type(match[3])
            if not known:
                return False
            traveler.slots[facts.DOCUMENTS].append((name, match[4]))
            traveler.slots[facts.ISSUERS].append(None)
            self._reading.rank = facts.DOCUMENT_RANK
        else:
            text = match.string.lstrip("\r\n")
            names = [name for name in match.group(6, 7, 8) if name is not None]
            message = self._message
            message.number += 1
            elements = [[match[5]], _NONE, _NONE, names]
            self._reading.name(Segment("NAD", elements, line + match.string.count("\n"), message.number, text))
            return True
        self._message.number += 1
        return True

    def _remember(self, text: str) -> None:
        """Keeps what the segment just taken told, where that was plain."""
        fact, known = self._reading.last, self._reading.known
        if fact is None or fact.fault or len(text) > _MEMORABLE or text.strip()[:3] not in _REMEMBERED_TAGS:
            return
        begin = text.lstrip()
        if text.isascii() and "\n" not in begin and "\r" not in begin:
            if len(known) >= _MOST_REMEMBERED:
                known.clear()
            known[text] = (fact.slot, fact.value, fact.rank, text.count("\n"))


class Patterns:
    """Where travelers begin, line breaks before them included (the end of each match): the `first` of a text, or the
    `next` one, whatever party it is; `signature` finds tags with their first values."""

    def __init__(self, separators: Separators) -> None:
        end, element = re.escape(separators.terminator), re.escape(separators.element)
        # On one line and by itself: then nothing is to be reported of it before its journey is.
        whole = rf"NAD{element}(?:FL|FM|DDU|DDT){element}(?:(?!NAD)[^\r\n{end}])*{end}"
        self.first = _compile(rf"(?:^|{end})(?=[\r\n]*{whole})").search
        self.next = _compile(rf"{end}(?=[\r\n]*NAD{element})").search
        self.signature = _compile(rf"[\r\n{end}]([A-Z]{{3}}{element}[A-Z0-9]*)").findall


@lru_cache(maxsize=64)
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
