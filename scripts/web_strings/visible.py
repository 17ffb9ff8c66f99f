"""Words in templates that a reader would see and nobody can translate: text and labels outside of translate tags."""

import re
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

from web_strings.marked import WEB, templates

SPOKEN = ("aria-label", "title", "alt", "placeholder", "label")
SILENT = ("script", "style", "kbd", "code", "svg")
# Names and formats that every language writes so.
SAME = re.compile(r"Tahaluf|Atom|[A-Z][A-Z0-9-]+|\bhtmx\b|&\w+;")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# Works without Django's context, and says the same in three languages, each marked with its own.
EXEMPT = ("templates/500.html",)
# What a child template says of its page in an attribute of the parent's.
_CLASS = re.compile(r"\{% block body_class %\}[\w -]*\{% endblock %\}")


class Reader(HTMLParser):
    """Collects (line, words)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent.append(tag)
        for name, value in attrs:
            if name in SPOKEN:
                self._take(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            self._silent.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._take(data)

    def _take(self, text: str) -> None:
        if _LETTERS.search(SAME.sub("", text)):
            self.found.append((self.getpos()[0], " ".join(text.split())))


def unmarked_texts() -> list[str]:
    """`app/templates/…:line: not marked for translation: words`."""
    wrong = []
    for path in templates():
        place = path.relative_to(WEB).as_posix()
        if path.suffix == ".html" and not place.endswith(EXEMPT):
            wrong += [f"{place}:{line}: not marked for translation: {words!r}" for line, words in words_of(path)]
    return wrong


def words_of(path: Path) -> list[tuple[int, str]]:
    reader = Reader()
    reader.feed(without_tags(path.read_text("utf-8")))
    reader.close()
    return reader.found


def without_tags(text: str) -> str:
    """The template's own text; tags, variables, comments and what stands in blocktranslate leave their lines only."""
    kept, within = [], ""
    for token in Lexer(_CLASS.sub("", text)).tokenize():
        word = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents.split() else ""
        if within:
            within = "" if word == f"end{within}" else within
        elif word in ("blocktranslate", "blocktrans", "comment"):
            within = word
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
            continue
        kept.append("\n" * token.contents.count("\n"))
    return "".join(kept)
