"""Bytes of a file to pieces of interchanges: service segments, runs of other segments, text that belongs to none.

Memory is bounded by `BLOCK` and `MAX_SEGMENT` whatever the file holds. Nothing is judged here but where pieces begin
and end; `reader` makes messages of them. Texts come with released characters hidden (`Separators.hide`) and bytes
beyond ASCII escaped (`Charset`).
"""

import codecs
import re
from collections.abc import Generator, Iterator
from typing import BinaryIO, NamedTuple

from tahaluf.messages.edifact.charset import Charset
from tahaluf.messages.edifact.lines import goes_on, holds_traveler
from tahaluf.messages.edifact.syntax import USUAL, Separators, settle_separators
from tahaluf.messages.edifact.traces import find_traces
from tahaluf.messages.edifact.wrapping import Wrapping

BLOCK = 1 << 18
MAX_SEGMENT = 1 << 14
_LOOK_AHEAD = 1 << 11
_KEPT = 256
_MARK = r"[^\w \t\r\n]"
_HEADER = (
    rf"UNB *{_MARK}[A-Z]{{4}}{_MARK}\d|UNG *{_MARK}[A-Z]{{6}}|UNH *(?P<mark>{_MARK})\w[^\n]{{0,60}}?(?P=mark)[A-Z]{{6}}"
)
ADVICE = re.compile(r"(UNA.{5}(?:[\udcc2-\udcf4][\udc80-\udcbf]{1,3}|.))\s*(?=UN[BGH])", re.DOTALL)
START = re.compile(rf"{ADVICE.pattern}|(?<![A-Za-z])(?={_HEADER})", re.DOTALL)


class Text(NamedTuple):
    """Text outside interchanges: mail headers, banners."""

    text: str
    line: int


class Run(NamedTuple):
    """Segments between service segments, their terminators and line breaks included; `open` says that the last one had
    no terminator before what follows."""

    text: str
    line: int
    terminator: str
    open: bool = False

    @property
    def feeds(self) -> int:
        """How many lines a terminator itself ends."""
        return self.terminator.count("\n")

    @property
    def texts(self) -> list[str]:
        """What stands between terminators."""
        return split_texts(self.text, self.terminator)


def split_texts(text: str, terminator: str) -> list[str]:
    """What stands between terminators; nothing after the last one but line breaks is no segment."""
    texts = text.split(terminator)
    if not texts[-1] or texts[-1].isspace():
        texts.pop()
    return texts


class Service(NamedTuple):
    """A segment `UNB`, `UNG`, `UNH`, `UNT`, `UNE` or `UNZ` (without terminator)."""

    text: str
    line: int
    open: bool = False


class Begin(NamedTuple):
    """An interchange begins; `advice` is the `UNA` that could not be used."""

    line: int
    separators: Separators
    charset: Charset
    wrapping: Wrapping
    advice: str = ""


class TooLong(NamedTuple):
    """A segment without end, passed over up to the next terminator."""

    text: str
    line: int


Piece = Text | Run | Service | Begin | TooLong


class Stream:
    """The pieces of a file in order; `separators` and `charset` are those of the interchange being read."""

    def __init__(self, file: BinaryIO) -> None:
        self.separators = USUAL
        self.charset, self.wrapping = Charset(""), Wrapping()
        self.line = 1
        self._blocks = _texts(file)
        self._buffer = ""
        self._ended = self._has_begun = False
        self._fill()

    def _fill(self) -> bool:
        """Adds a block to the buffer; False at the end of the file."""
        block = next(self._blocks, None)
        if block is None:
            self._ended = True
            return False
        self._buffer += block
        return True

    def __iter__(self) -> Iterator[Piece]:
        while self._buffer or self._fill():
            yield from self._outside()
            if self._buffer:
                yield from self._inside()

    def _pass(self, text: str) -> str:
        self.line += text.count("\n")
        return text

    def _outside(self) -> Iterator[Piece]:
        """Up to the beginning of an interchange; text is told once for a gap, by its beginning."""
        told = ""
        line = self.line
        while True:
            while len(self._buffer) < _LOOK_AHEAD and self._fill():
                pass
            cut, traces = self._beginning()
            told = told or self._buffer[:cut].strip()[:200]
            is_found = cut < len(self._buffer) and (traces is not None or START.match(self._buffer, cut) is not None)
            self._pass(self._buffer[:cut])
            self._buffer = self._buffer[cut:]
            if is_found or (self._ended and not self._buffer):
                break
            self._fill()
        if told:
            yield Text(told, line)
        if self._buffer:
            self._has_begun = True
            yield self._begin() if traces is None else self._begin_by(traces)

    def _beginning(self) -> tuple[int, Separators | None]:
        """Where an interchange begins, else how far there is none; separators where it shows by its segments alone."""
        match = START.search(self._buffer)
        known = self.separators if self._has_begun else None
        traces = find_traces(self._buffer, known)
        if traces and (match is None or traces.at < match.start()):
            return traces.at, traces.separators
        if match:
            return match.start(), None
        return len(self._buffer) if self._ended else max(len(self._buffer) - _KEPT, 0), None

    def _begin_by(self, separators: Separators) -> Begin:
        self.separators, self.charset, self.wrapping = separators, Charset(""), Wrapping()
        return Begin(self.line, separators, self.charset, self.wrapping)

    def _begin(self) -> Begin:
        while len(self._buffer) < _LOOK_AHEAD and self._fill():
            pass
        line = self.line
        head = self._buffer[:_LOOK_AHEAD]
        advice = ADVICE.match(head)
        if advice:
            self._pass(head[: advice.end()])
            self._buffer = self._buffer[advice.end() :]
            head = head[advice.end() :]
        self.separators, unusable = settle_separators(advice[1] if advice else "", head)
        declared = re.match(r"UNB *\W([A-Z]{4})", head)
        self.charset = Charset(declared[1] if declared else "")
        self.wrapping = Wrapping()
        return Begin(line, self.separators, self.charset, self.wrapping, unusable)

    def _inside(self) -> Iterator[Piece]:
        """From the first service segment to the `UNZ`, the beginning of another interchange, or the end."""
        new, self._buffer = self._buffer, ""
        rest, begun = "", False
        while True:
            text, rest = self._complete(rest, new)
            done = yield from self._cut(text, begun)
            if done is not None:
                self._buffer = self.separators.show(text[done:] + rest) + self._buffer
                return
            begun = begun or bool(text)
            if len(rest) > MAX_SEGMENT:
                rest = yield from self._skip(rest)
            if not self._fill() and not self._buffer:
                if rest.strip():
                    last = yield from self._cut(rest + self.separators.terminator, begun, open_end=True)
                    self._buffer = "" if last is None else self.separators.show(rest[last:])
                return
            new, self._buffer = self._buffer, ""

    def _complete(self, rest: str, new: str) -> tuple[str, str]:
        """Text up to the last terminator, and what follows it."""
        self.charset.learn(new)
        release = self.separators.release
        if release and new.endswith(release) and not self._ended:
            # What the release character releases is in the next block.
            kept = len(new) - len(new.rstrip(release))
            if kept % 2:
                self._buffer = release
                new = new[:-1]
        text = rest + self.separators.hide(new)
        cut = text.rfind(self.separators.terminator) + 1
        self.wrapping.learn(text[:cut], self.separators.terminator)
        return text[:cut], text[cut:]

    def _skip(self, rest: str) -> Generator[Piece, None, str]:
        """Past a segment that is too long; returns what follows it."""
        yield TooLong(self.separators.show(rest[:200]), self.line)
        terminator = self.separators.terminator
        self._pass(rest)
        rest = ""
        while self._fill():
            text = self.separators.hide(self._buffer)
            self._buffer = ""
            at = text.find(terminator)
            if at >= 0:
                self._pass(text[: at + 1])
                rest = text[at + 1 :]
                break
            self._pass(text)
        return rest

    def _cut(self, text: str, begun: bool, open_end: bool = False) -> Generator[Piece, None, int | None]:
        """Pieces of complete segments; returns where the interchange ended, None where it goes on."""
        terminator = self.separators.terminator
        at = 0
        for match in _service(self.separators).finditer(text):
            start = match.start()
            if start < at or not _begins(text, start, terminator, self.separators):
                continue
            if text.startswith(("UNA", "UNB"), start) and (begun or start > 0):
                if START.match(text, start) is None:
                    continue
                yield from self._run(text[at:start])
                return start
            end = text.index(terminator, start)
            if holds_traveler(text[start:end], self.separators):
                # A lost terminator: the traveler who is glued to it is not to be lost as well.
                continue
            begun = True
            yield from self._run(text[at:start])
            is_open = open_end and end == len(text) - 1
            yield Service(text[start:end], self.line, is_open)
            self._pass(text[start:end])
            at = end + 1
            if text.startswith("UNZ", start) and not goes_on(text[at : at + 20], self.separators):
                return min(at, len(text) - open_end)
        yield from self._run(text[at:], open_end)
        return None

    def _run(self, text: str, open_end: bool = False) -> Iterator[Piece]:
        if not text or text.isspace():
            self._pass(text)
            return
        terminator = self.separators.terminator
        rest = text[text.rfind(terminator) + 1 :]
        self.charset.see_letters(text)
        yield Run(text, self.line, terminator, open_end or not (not rest or rest.isspace()))
        self._pass(text)


def _service(separators: Separators) -> re.Pattern[str]:
    return re.compile(rf"UN(?:[BEGHTZ] {{0,2}}{re.escape(separators.element)}|A.{{6}}\s*UN[BGH])", re.DOTALL)


def _begins(text: str, start: int, terminator: str, separators: Separators) -> bool:
    """Whether a service segment begins here: after a terminator or at the beginning of a line, or unmistakably."""
    before = text[max(start - 200, 0) : start]
    bare = before.rstrip(" \t")
    if not bare or bare[-1] in (terminator, "\n", "\r"):
        return True
    element, component = re.escape(separators.element), re.escape(separators.component)
    glued = rf"UNH{element}\w{{1,14}}{element}[A-Z]{{6}}{component}[A-Z]{component}|UN[TEZ]{element}\d+{element}"
    return not bare[-1].isalpha() and re.compile(glued).match(text, start) is not None


def _texts(file: BinaryIO) -> Iterator[str]:
    """The file in blocks, its bytes beyond ASCII escaped; UTF-16 becomes UTF-8, byte order marks go."""
    head = file.read(BLOCK)
    wide = next((codec for mark, codec in _WIDE if head.startswith(mark)), None)
    if wide:
        decoder = codecs.getincrementaldecoder(wide)("replace")
        while head:
            octets = decoder.decode(head).encode("utf-8", "replace")
            yield octets.decode("ascii", "surrogateescape")
            head = file.read(BLOCK)
        return
    head = head.removeprefix(codecs.BOM_UTF8)
    while head:
        yield head.decode("ascii", "surrogateescape")
        head = file.read(BLOCK)


_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
