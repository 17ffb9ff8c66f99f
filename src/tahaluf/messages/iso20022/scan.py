"""A file of XML cut into what the reader works on: whole transactions and parties as text, and the tags around them.

Reach for `Scanner`. It holds a bounded window, whatever the size of the file, and never gives up: where the markup is
broken it says so and goes on with the next tag, so that one damaged transaction costs no other.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tahaluf.messages.iso20022.markup import ENTITIES, ROOTS, without_asides
from tahaluf.messages.iso20022.vocabulary import ACCOUNTS, HEADS, ROLES, UNITS

MAX_BLOCK = 1 << 20
MAX_TAG = 1 << 16
# Possessive throughout: what does not match is given up at once, in as many steps as it has characters.
TAG = re.compile(r"""<(/?)((?:[\w.-]++:)?)([\w.-]++)((?:[^<>"'/]++|/(?!>)|"[^"<]*+"|'[^'<]*+')*+)(/?)>""")
UNIT_NAMES = frozenset(UNITS)
UNIT_OPENS = rf"<(?:[\w.-]+:)?(?:{'|'.join(UNITS)})(?=[\s/>])"
UNIT_OPEN = re.compile(UNIT_OPENS)
WHOLE = frozenset((*UNITS, *HEADS, *ROLES, *ACCOUNTS))
ASIDES = (("<!--", "-->"), ("<?", "?>"))
CDATA, CDATA_ENDS = "<![CDATA[", "]]>"
INSIDE = {**dict(ASIDES), CDATA: CDATA_ENDS}


class Piece(NamedTuple):
    """A part of the file and the line that it begins at.

    `what`: "unit" or "whole" (`text` is the element), "open" (`text` is the attributes, `name` the element), "close",
    "text" (between tags; `name` is "cdata" where nothing in it is escaped), "cut" (an element that does not end),
    "long", "stray" (no markup at all), "doctype".
    """

    what: str
    name: str
    text: str
    line: int


class Scanner:
    """Walks over blocks of text."""

    def __init__(self, blocks: Iterator[str], line: int = 1) -> None:
        self._blocks = blocks
        self._text, self._at, self.line = "", 0, line
        self._ended = False
        # How many characters were let go, and up to where (from the beginning of all) a sign is known not to stand.
        self._gone = 0
        self._absent: dict[str, int] = {}
        # Names of the elements that stand open around what is read, kept by the reader.
        self.around: list[str] = []

    def _more(self) -> bool:
        """One block more in the window; what lies behind is let go."""
        block = next(self._blocks, None)
        if block is None:
            self._ended = True
            return False
        self._gone += self._at
        self._text, self._at = self._text[self._at :] + block, 0
        return True

    def _reach(self, sign: str, most: int, after: int = 0) -> int:
        """Where a sign stands from the current place, within `most` characters; -1 where it does not."""
        seen = max(after, self._absent.get(sign, 0) - self._gone - self._at - len(sign))
        while seen <= most:
            found = self._text.find(sign, self._at + seen)
            if found >= 0:
                return found
            seen = max(after, len(self._text) - self._at - len(sign))
            self._absent[sign] = self._gone + len(self._text)
            if not self._more():
                break
        return -1

    def _pass(self, end: int) -> str:
        text = self._text[self._at : end]
        self._at = end
        self.line += text.count("\n")
        return text

    def __iter__(self) -> Iterator[Piece]:
        while self._at < len(self._text) or self._more():
            yield from self._step()

    def _step(self) -> Iterator[Piece]:
        if not self._text.startswith("<", self._at):
            opened = self._reach("<", MAX_BLOCK)
            line = self.line
            text = self._pass(opened if opened >= 0 else min(len(self._text), self._at + MAX_BLOCK))
            if not text.isspace():
                yield Piece("text", "", text, line)
            return
        while len(self._text) - self._at < len(CDATA) and self._more():
            pass
        if self._text.startswith(("<!", "<?"), self._at):
            yield from self._aside()
            return
        closed = self._reach(">", MAX_TAG)
        match = TAG.match(self._text, self._at, self._at + MAX_TAG) if closed >= 0 else None
        if match is None:
            yield Piece("stray", "", self._text[self._at : self._at + 40], self.line)
            self._pass(self._at + 1)
        elif match[1]:
            yield Piece("close", match[3], "", self.line)
            self._pass(match.end())
        elif match[3] in WHOLE:
            yield from self._elements(match)
        else:
            yield from self._tag(match)

    def _tag(self, match: re.Match[str]) -> Iterator[Piece]:
        line = self.line
        self._pass(match.end())
        yield Piece("open", match[3], match[2] + match[4], line)
        if match[5]:
            yield Piece("close", match[3], "", self.line)

    def _aside(self) -> Iterator[Piece]:
        """A comment or instruction, left out, or CDATA; a document type is told and not looked into."""
        line = self.line
        if self._text.startswith(CDATA, self._at):
            end = self._reach(CDATA_ENDS, MAX_BLOCK * 16)
            text = self._pass(end + len(CDATA_ENDS) if end >= 0 else self._at + len(CDATA))
            if end >= 0:
                yield Piece("text", "cdata", text[len(CDATA) : -len(CDATA_ENDS)], line)
            else:
                # What follows is read as if it were not there: else all of it would be lost.
                yield Piece("stray", "", CDATA, line)
            return
        for opens, closes in ASIDES:
            if self._text.startswith(opens, self._at):
                end = self._reach(closes, MAX_BLOCK, len(opens))
                if end < 0:
                    yield Piece("stray", "", self._text[self._at : self._at + 40], line)
                    self._pass(self._at + len(opens))
                else:
                    self._pass(end + len(closes))
                return
        if ENTITIES.match(self._text, self._at):
            yield Piece("doctype", "", self._text[self._at : self._at + 40], line)
        else:
            yield Piece("stray", "", self._text[self._at : self._at + 40], line)
        self._pass(self._at + 2)

    def _elements(self, match: re.Match[str]) -> Iterator[Piece]:
        """An element read as a whole, and those of the same name that follow it at once."""
        name = match[3]
        what = "unit" if name in UNIT_NAMES else "whole"
        opens, closes = match[0], f"</{match[2]}{name}>"
        if match[5]:
            yield Piece(what, name, self._pass(match.end()), self.line)
            return
        while True:
            line = self.line
            end = self._reach(closes, MAX_BLOCK)
            if (
                end < 0
                or self._is_unusual(opens, end)
                or (what == "whole" and UNIT_OPEN.search(self._text, self._at, end))
            ):
                yield from self._careful(what, match[2], name)
                return
            yield Piece(what, name, self._pass(end + len(closes)), line)
            self._skip_blanks()
            if not self._text.startswith(opens, self._at):
                return

    def _skip_blanks(self) -> None:
        """To the next sign; a whole opening tag is in the window then."""
        opened = self._reach("<", MAX_BLOCK)
        if opened >= 0 and self._text[self._at : opened].isspace():
            self._pass(opened)
        self._reach(">", MAX_TAG)

    def _is_unusual(self, opens: str, end: int) -> bool:
        find, begin = self._text.find, self._at + len(opens)
        return (
            end - self._at > MAX_BLOCK or find(opens, begin, end) >= 0 or find("<!", begin, end) >= 0
            or find("<?", begin, end) >= 0
        )  # fmt: skip

    def _careful(self, what: str, prefix: str, name: str) -> Iterator[Piece]:
        """An element with comments or CDATA inside, or without its end: it ends before another of its name begins, or
        one that it stands in ends."""
        while len(self._text) - self._at <= MAX_BLOCK and self._more():
            pass
        line = self.line
        match = self._fence(what, prefix, name)
        if match is not None:
            end = match.end() if match[1] else match.start()
            text = self._pass(end)
            yield Piece(what, name, without_asides(text), line) if match[1] else Piece("cut", name, text, line)
            return
        if self._ended and len(self._text) - self._at <= MAX_BLOCK:
            yield Piece("cut", name, self._pass(len(self._text)), line)
        else:
            yield Piece("long", name, self._skip(prefix, name), line)

    def _fence(self, what: str, prefix: str, name: str) -> re.Match[str] | None:
        """Where an element ends: its own end (group 1), or what cannot stand in it. Asides are passed over, one that
        does not end is none."""
        own = re.escape(prefix + name)
        around = "|".join(map(re.escape, {*self.around}))
        fences = re.compile(
            rf"(</{own}\s*>)|<{own}[\s/>]|</?(?:[\w.-]+:)?(?:{ROOTS})(?=[\s/>])|(<!--|<!\[CDATA\[|<\?)"
            + (rf"|</(?:[\w.-]+:)?(?:{around})\s*>" if around else "")
            + (rf"|{UNIT_OPENS}" if what == "whole" else "")
        )
        at, most = self._at + len(prefix + name) + 1, self._at + MAX_BLOCK
        absent: set[str] = set()
        while (match := fences.search(self._text, at, most)) and match[2]:
            closes = INSIDE[match[2]]
            end = self._text.find(closes, match.end(), most) if closes not in absent else -1
            if end < 0:
                absent.add(closes)
            at = match.end() if end < 0 else end + len(closes)
        return match

    def _skip(self, prefix: str, name: str) -> str:
        """Passes over an element that is too long; its beginning."""
        begun = self._text[self._at : self._at + 4096]
        signs = (f"</{prefix}{name}>", f"<{prefix}{name}>")
        while True:
            found = [at for at in (self._text.find(sign, self._at + 1) for sign in signs) if at >= 0]
            if found:
                end = min(found)
                self._pass(end + (len(signs[0]) if self._text.startswith("</", end) else 0))
                return begun
            self._pass(max(self._at, len(self._text) - 200))
            if not self._more():
                self._pass(len(self._text))
                return begun
