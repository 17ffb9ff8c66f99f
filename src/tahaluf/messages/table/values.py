"""What the cells of a column mean. Each value is worked out once: files repeat their dates and countries endlessly."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from tahaluf.domain import Kind
from tahaluf.messages.table.blocks import SEPARATOR
from tahaluf.messages.table.fold import fold_heading
from tahaluf.messages.table.headings import table
from tahaluf.names.countries import country_code

T = TypeVar("T")
REMEMBERED = 200_000
_SPLIT = str.maketrans({";": SEPARATOR, "؛": SEPARATOR, "|": SEPARATOR, "\n": SEPARATOR})
_SPLIT_FINE = str.maketrans({",": SEPARATOR, "،": SEPARATOR, "/": SEPARATOR, "+": SEPARATOR})


class Memo(dict[str, T], Generic[T]):
    """A function that remembers; it forgets all when it has too much to remember."""

    def __init__(self, work: Callable[[str], T]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, text: str) -> T:
        if len(self) >= REMEMBERED:
            self.clear()
        value = self[text] = self._work(text)
        return value


def split_cell(text: str) -> list[str]:
    """The values of a cell that may hold several, apart by semicolon, bar or line."""
    parts = (part.strip() for part in text.translate(_SPLIT).split(SEPARATOR))
    return [part for part in parts if part]


def parse_kind(text: str) -> Kind | None:
    """A kind by its FollowTheMoney name or by any word of the table."""
    found = table("kinds").get(fold_heading(text))
    return Kind(found) if found else None


def parse_gender(text: str) -> str | None:
    """`male`, `female` or `other`."""
    return table("genders").get(fold_heading(text))


def parse_document_type(text: str) -> str:
    """`passport`, `identification`, or the publisher's own word."""
    return table("document_types").get(fold_heading(text), text.strip())


def parse_countries(text: str) -> tuple[list[str], bool]:
    """Codes of the countries in a cell, and whether every one of them was known."""
    whole = country_code(text)
    if whole:
        return [whole], True
    codes = [country_code(part) for part in split_cell(text.translate(_SPLIT_FINE))]
    return unique(code for code in codes if code), bool(codes) and all(codes)


def unique(values: Iterable[str]) -> list[str]:
    """Without repetition, in order."""
    return list(dict.fromkeys(values))
