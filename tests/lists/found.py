"""Whether what a file says is found again in what was read of it: in a listing, or in a problem."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from tahaluf.domain import PartialDate, Problem
from tahaluf.lists.dates import parse_date, parse_span
from tahaluf.lists.fields import find_country, is_given

WORD = re.compile(r"\w+")
CODED = {
    "good": "good", "low": "low", "a.k.a.": "alias", "f.k.a.": "formerly", "strong": "good", "weak": "low",
    "individual": "person", "entity": "organization",
}  # fmt: skip


def texts_of(value: Any) -> Iterator[str]:
    """Every text and date that a listing or a problem holds."""
    if isinstance(value, PartialDate):
        yield value.isoformat()
    elif isinstance(value, Enum):
        yield str(value.value)
    elif isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts_of(item)


class Found:
    """What was read, to be asked for texts of the file."""

    def __init__(self, listings: Iterable[Any], problems: Iterable[Problem] = ()) -> None:
        self.texts = {text.casefold() for text in texts_of([*listings, *problems])}
        self.words = {word for text in self.texts for word in WORD.findall(text)}

    def holds(self, text: str) -> bool:
        """Whether a text is there word for word, or as the date, country or code that it was read as."""
        text = " ".join(text.split())
        if not is_given(text) or {word.casefold() for word in WORD.findall(text)} <= self.words:
            return True
        date, span = parse_date(text, american=True), parse_span(text)
        dates = [date, *((span.start, span.end) if span else ())]
        coded = [CODED.get(text.casefold()), find_country(text), *(item.isoformat() for item in dates if item)]
        return any(code in self.texts for code in coded if code)
