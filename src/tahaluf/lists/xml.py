"""Entries of a list's XML, one element at a time, from files that may be broken or hostile.

Reach for `read_entries` in every XML reader. It refuses document types and so every entity; it never touches the
network; it
holds one entry at a time, of bounded size and depth. Where the markup is broken the entry concerned is reported and the
following ones are read on their own. Stray markup signs (in entries that cannot be read as they stand) and characters
that XML forbids are repaired and reported. What stands beside the entries and is none of them is reported.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from lxml import etree

from tahaluf.lists.fields import clean
from tahaluf.lists.leaves import Element, leaves, local_name
from tahaluf.lists.reading import Ledger
from tahaluf.lists.source import LIMITS, read_text

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
STRAY_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
STRAY_BRACKET = re.compile(r"<(?![A-Za-z_/!?])")
NAMESPACE = re.compile(r"""\b(xmlns(?::[\w.-]+)?)\s*=\s*("[^"<]*"|'[^'<]*')""")
DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)")
BETWEEN_ENTRIES = re.compile(r"(?:\s|<[^<>]*>)*")
OPTIONS = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip


def replace_forbidden(match: re.Match[str]) -> str:
    return "\ufffd"


class EntryReader:
    """The state of one XML file being cut into entries; `containers` hold them. Use `read_entries`."""

    def __init__(self, root: str, tags: tuple[str, ...], ledger: Ledger, containers: tuple[str, ...] = ()) -> None:
        names = "|".join(tags)
        self.opens = re.compile(rf"<(?:[A-Za-z]\w*:)?(?:{names})(?=[\s/>])")
        self.closes = re.compile(rf"</(?:[A-Za-z]\w*:)?(?:{names})\s*>")
        self.root_closes = re.compile(rf"</(?:[A-Za-z]\w*:)?{root}\s*>\s*$")
        self.root, self.tags, self.ledger = root, frozenset(tags), ledger
        self.beside = Beside(self.tags, frozenset((root, *containers)), ledger)
        self.stray_bracket = STRAY_BRACKET
        self.replace_forbidden: Callable[[re.Match[str]], str] = replace_forbidden
        self.on_root: Callable[[Element], None] | None = None
        self.line = 1
        self.forbidden = self.strays = 0
        self._namespaces: str | None = None
        self._root: Element | None = None
        self._wanted = [f"{{*}}{tag}" for tag in (root, *tags)]
        self._parser: etree.XMLPullParser | None = self._make_parser()

    def _make_parser(self) -> etree.XMLPullParser:
        return etree.XMLPullParser(events=("start", "end"), tag=self._wanted, encoding="utf-8", **OPTIONS)  # type: ignore[arg-type]

    def admit(self, text: str) -> str:
        """Text without the characters that XML forbids; a document type is refused."""
        if DOCTYPE.search(text):
            raise self.ledger.refuse("lists.xml.doctype", "no document type", "DOCTYPE", line=self.line)
        text, count = FORBIDDEN.subn(self.replace_forbidden, text)
        self.forbidden += count
        return text

    def mend(self, text: str) -> str:
        """Text with the stray signs of its entry escaped, where the entry is not well-formed as it stands."""
        opened = self.opens.search(text)
        if opened is None or "<![CDATA[" in text:
            return text
        entry = text[opened.start() :]
        strays = STRAY_AMPERSAND.search(entry) if "&" in entry else None
        if not strays and not self.stray_bracket.search(entry):
            return text
        return text if self._parse(entry)[0] is not None else text[: opened.start()] + self._escape(entry)

    def _escape(self, entry: str) -> str:
        entry, ampersands = STRAY_AMPERSAND.subn("&amp;", entry)
        entry, brackets = self.stray_bracket.subn("&lt;", entry)
        self.strays += ampersands + brackets
        return entry

    def read_segment(self, segment: str) -> Iterator[tuple[Element, int]]:
        """Entries that end in `segment`, with their lines."""
        text = self.admit(segment)
        if self._namespaces is None:
            self._namespaces = find_namespaces(self.opens.split(text, maxsplit=1)[0])
        yield from self._parse_alone(text) if self._parser is None else self._feed(self._parser, self.mend(text))
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
                if name == self.root and element.getparent() is None:
                    self._root = element
                    if self.on_root:
                        self.on_root(element)
            elif name in self.tags:
                yield element, self._line_of_entry(text)
                self.beside.leave(element)

    def _line_of_entry(self, text: str) -> int:
        opened = self.opens.search(text)
        return self.line + (text.count("\n", 0, opened.start()) if opened else 0)

    def _report_malformed(self, text: str, error: etree.XMLSyntaxError) -> None:
        line = self._line_of_entry(text)
        self.ledger.report("lists.xml.malformed", "well-formed XML", str(error.msg), line=line)

    def _parse(self, entry: str) -> tuple[Element | None, str]:
        """An entry as a document of its own under the namespaces of the whole, or None and why it is not well-formed;
        what follows it is its tail or stands beside it."""
        parser = etree.XMLParser(encoding="utf-8", **OPTIONS)  # type: ignore[arg-type]
        wrapped = f"<entry {self._namespaces or ''}>{entry}</entry>"
        try:
            return next(iter(etree.fromstring(wrapped.encode("utf-8", "replace"), parser)), None), "no entry"
        except etree.XMLSyntaxError as error:
            return None, str(error.msg)

    def _parse_alone(self, text: str, reported: bool = False) -> Iterator[tuple[Element, int]]:
        """Once the document is broken: each entry of the segment as a document of its own."""
        starts = [match.start() for match in self.opens.finditer(text)]
        prefix = text[: starts[0]] if starts else text
        if not reported:
            self._check_between(prefix, self.line)
        for start, end in pairwise([*starts, len(text)]):
            line = self.line + text.count("\n", 0, start)
            entry = text[start:end]
            element, fault = self._parse(entry)
            if element is None and "<![CDATA[" not in entry:
                element, fault = self._parse(self._escape(entry))
            if element is None:
                self.ledger.report("lists.entry.skipped", "well-formed XML", fault, line=line)
                continue
            if clean(element.tail) or element.getnext() is not None:
                self.ledger.report("lists.xml.malformed", "entries", clean(element.tail), line=line)
            yield element, line

    def _check_between(self, text: str, line: int) -> None:
        if not BETWEEN_ENTRIES.fullmatch(text):
            self.ledger.report("lists.xml.malformed", "entries", text.strip(), line=line)

    def finish(self, tail: str) -> Iterator[tuple[Element, int]]:
        """What stands after the last entry; without the document's end the file was cut."""
        text = self.admit(tail)
        if self._parser is None:
            self._check_between(text, self.line)
        else:
            try:
                yield from self._feed(self._parser, text)
                if self._parser is not None:
                    self._parser.close()
                    self.beside.leave_root(self._root)
            except etree.XMLSyntaxError as error:
                self._report_cut(str(error.msg), text)
        if self._parser is None and not self.root_closes.search(text):
            self._report_cut("end of file", text)
        for code, count in (("lists.xml.characters", self.forbidden), ("lists.xml.strays", self.strays)):
            if count:
                self.ledger.report(code, "well-formed XML", f"{count}")

    def _report_cut(self, found: str, text: str) -> None:
        self.ledger.report("lists.file.cut", f"</{self.root}>", found, line=self.line + text.count("\n"))


class Beside:
    """What stands beside the entries of a document: it is dropped as the reading goes on, and reported where it is
    neither an entry nor what holds entries."""

    def __init__(self, tags: frozenset[str], containers: frozenset[str], ledger: Ledger) -> None:
        self.tags, self.containers, self.ledger = tags, containers, ledger
        self._told: set[str] = set()

    def leave(self, entry: Element) -> None:
        """Drops an entry that was read and what stood before it; within another entry, only itself."""
        entry.clear()
        node = entry
        ancestors = list(entry.iterancestors())
        if any(local_name(ancestor) in self.tags for ancestor in ancestors):
            return
        for parent in ancestors:
            self._check_text(parent)
            while node.getprevious() is not None:
                self._check(parent[0])
                del parent[0]
            name = local_name(parent)
            if name not in self.containers and name not in self._told:
                self._told.add(name)
                self._report(parent, name)
            node = parent

    def leave_root(self, root: Element | None) -> None:
        """Checks what is left once the document is read."""
        if root is not None:
            self._check(root)

    def _check(self, element: Element) -> None:
        name = local_name(element)
        if name in self.containers or name in self._told:
            self._check_text(element)
            for child in element:
                self._check(child)
        elif name not in self.tags:
            self._report(element, " ".join([f"{name}:", *(text for _, text in leaves(element, name))]))
        if clean(element.tail):
            self._report(element, clean(element.tail))

    def _check_text(self, container: Element) -> None:
        if clean(container.text):
            self._report(container, clean(container.text))
            container.text = None

    def _report(self, element: Element, found: str) -> None:
        known = ", ".join(sorted(self.tags))
        line = element.sourceline
        place = line if isinstance(line, int) else None
        self.ledger.report("lists.xml.unknown", known, found, line=place, field=local_name(element))


def find_namespaces(text: str) -> str:
    """The namespace declarations of a document's head, for its parts to be read under."""
    return " ".join(f"{name}={value}" for name, value in dict(NAMESPACE.findall(text)).items())


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
