"""Entries of a list's XML, one element at a time, from files that may be broken or hostile.

Reach for `read_entries` in every XML reader. It refuses document types and so every entity; it never touches the
network; it
holds one entry at a time, of bounded size and depth. Where the markup is broken the entry concerned is reported and the
following ones are read on their own. Stray markup signs and characters that XML forbids are repaired and reported.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from lxml import etree

from tahaluf.lists.reading import Ledger
from tahaluf.lists.source import LIMITS, read_text

Element = etree._Element
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
STRAY_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
STRAY_BRACKET = re.compile(r"<(?![A-Za-z_/!?])")
DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)")
BETWEEN_ENTRIES = re.compile(r"(?:\s|<[^<>]*>)*")
OPTIONS = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip


def local_name(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def replace_forbidden(match: re.Match[str]) -> str:
    return "\ufffd"


class EntryReader:
    """The state of one XML file being cut into entries; use `read_entries`."""

    def __init__(self, root: str, tags: tuple[str, ...], ledger: Ledger) -> None:
        names = "|".join(tags)
        self.opens = re.compile(rf"<(?:[A-Za-z]\w*:)?(?:{names})(?=[\s/>])")
        self.closes = re.compile(rf"</(?:[A-Za-z]\w*:)?(?:{names})\s*>")
        self.root_closes = re.compile(rf"</(?:[A-Za-z]\w*:)?{root}\s*>\s*$")
        self.root, self.tags, self.ledger = root, frozenset(tags), ledger
        self.stray_bracket = STRAY_BRACKET
        self.replace_forbidden: Callable[[re.Match[str]], str] = replace_forbidden
        self.on_root: Callable[[Element], None] | None = None
        self.line = 1
        self.forbidden = self.strays = 0
        self._wanted = [f"{{*}}{tag}" for tag in (root, *tags)]
        self._parser: etree.XMLPullParser | None = self._make_parser()

    def _make_parser(self) -> etree.XMLPullParser:
        return etree.XMLPullParser(events=("start", "end"), tag=self._wanted, encoding="utf-8", **OPTIONS)  # type: ignore[arg-type]

    def repair(self, text: str, tail: bool = False) -> str:
        """Text that XML may hold; in what is left at the end a half tag is no stray sign."""
        if DOCTYPE.search(text):
            raise self.ledger.refuse("lists.xml.doctype", "no document type", "DOCTYPE", line=self.line)
        text, count = FORBIDDEN.subn(self.replace_forbidden, text)
        self.forbidden += count
        if not tail and "<![CDATA[" not in text:
            text, ampersands = STRAY_AMPERSAND.subn("&amp;", text) if "&" in text else (text, 0)
            text, brackets = self.stray_bracket.subn("&lt;", text)
            self.strays += ampersands + brackets
        return text

    def read_segment(self, segment: str) -> Iterator[tuple[Element, int]]:
        """Entries that end in `segment`, with their lines."""
        text = self.repair(segment)
        yield from self._parse_alone(text) if self._parser is None else self._feed(self._parser, text)
        self.line += segment.count("\n")

    def _feed(self, parser: etree.XMLPullParser, text: str) -> Iterator[tuple[Element, int]]:
        try:
            parser.feed(text.encode("utf-8", "replace"))
        except etree.XMLSyntaxError as error:
            self._parser = None
            self._report_malformed(text, error)
            yield from self._parse_alone(text, reported=True)
            return
        for event, element in parser.read_events():
            if not isinstance(element, Element):
                continue
            name = local_name(element)
            if event == "start":
                if name == self.root and element.getparent() is None and self.on_root:
                    self.on_root(element)
            elif name in self.tags:
                yield element, self._line_of_entry(text)
                free(element)

    def _line_of_entry(self, text: str) -> int:
        opened = self.opens.search(text)
        return self.line + (text.count("\n", 0, opened.start()) if opened else 0)

    def _report_malformed(self, text: str, error: etree.XMLSyntaxError) -> None:
        line = self._line_of_entry(text)
        self.ledger.report("lists.xml.malformed", "well-formed XML", str(error.msg), line=line)

    def _parse_alone(self, text: str, reported: bool = False) -> Iterator[tuple[Element, int]]:
        """Once the document is broken: each entry of the segment as a document of its own."""
        starts = [match.start() for match in self.opens.finditer(text)]
        prefix = text[: starts[0]] if starts else text
        if not reported and not BETWEEN_ENTRIES.fullmatch(prefix):
            self.ledger.report("lists.xml.malformed", "entries", prefix.strip(), line=self.line)
        for start, end in pairwise([*starts, len(text)]):
            line = self.line + text.count("\n", 0, start)
            parser = etree.XMLParser(encoding="utf-8", **OPTIONS)  # type: ignore[arg-type]
            try:
                element = etree.fromstring(text[start:end].encode("utf-8", "replace"), parser)
            except etree.XMLSyntaxError as error:
                self.ledger.report("lists.entry.skipped", "well-formed XML", str(error.msg), line=line)
                continue
            yield element, line

    def finish(self, tail: str) -> Iterator[tuple[Element, int]]:
        """What stands after the last entry; without the document's end the file was cut."""
        text = self.repair(tail, tail=True)
        if self._parser is not None:
            try:
                yield from self._feed(self._parser, text)
                if self._parser is not None:
                    self._parser.close()
            except etree.XMLSyntaxError as error:
                self._report_cut(str(error.msg), text)
        if self._parser is None and not self.root_closes.search(text):
            self._report_cut("end of file", text)
        for code, count in (("lists.xml.characters", self.forbidden), ("lists.xml.strays", self.strays)):
            if count:
                self.ledger.report(code, "well-formed XML", f"{count}")

    def _report_cut(self, found: str, text: str) -> None:
        self.ledger.complete = False
        self.ledger.report("lists.file.cut", f"</{self.root}>", found, line=self.line + text.count("\n"))


def free(element: Element) -> None:
    """Drops an entry that was read, and what stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def read_entries(path: Path, reader: EntryReader) -> Iterator[tuple[Element, int]]:
    """Each entry of the file with its line; an element is only good until the next one is asked for."""
    buffer = ""
    searched = 0
    for chunk in read_text(path, reader.ledger):
        buffer += chunk
        position = 0
        while match := reader.closes.search(buffer, max(position, searched)):
            yield from reader.read_segment(buffer[position : match.end()])
            position = searched = match.end()
        buffer = buffer[position:]
        searched = max(0, len(buffer) - 256)
        if len(buffer) > LIMITS.entry:
            raise reader.ledger.refuse("lists.entry.too-large", f"{LIMITS.entry}", f"{len(buffer)}", line=reader.line)
    yield from reader.finish(buffer)
