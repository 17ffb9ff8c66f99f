"""One segment of an interchange, its place, and its values by number."""

from tahaluf.messages.edifact.charset import Charset
from tahaluf.messages.edifact.syntax import USUAL, Separators

MAX_ELEMENTS = 500
Elements = list[list[str]]


class Segment:
    """`NAD+FL+++BARRETT:TODD`: tag `NAD`, elements `[["FL"], [""], [""], ["BARRETT", "TODD"]]`.

    `line` counts from 1 in the file, `number` from 1 in the message (`UNH` is 1), `raw` is the text as it stood, on one
    line. `repeated` holds further repetitions of elements by their number (from 1), where the syntax has such.
    Treat it as read-only: equal segments share their elements.
    """

    __slots__ = ("elements", "line", "number", "raw", "repeated", "tag")

    def __init__(
        self, tag: str, elements: Elements, line: int, number: int, raw: str,
        repeated: dict[int, Elements] | None = None,
    ) -> None:  # fmt: skip
        self.tag = tag
        self.elements = elements
        self.line = line
        self.number = number
        self.raw = raw
        self.repeated = repeated or {}

    def value(self, element: int, component: int = 1) -> str:
        """The value at `NAD.element.component`, counted from 1 after the tag; empty where there is none."""
        try:
            return self.elements[element - 1][component - 1]
        except IndexError:
            return ""

    def field(self, element: int, component: int = 1) -> str:
        """How that place is called in a problem: `NAD.4.1`."""
        return f"{self.tag}.{element}.{component}"

    def __repr__(self) -> str:
        return f"Segment({self.number}, {self.raw!r})"


def split_segment(text: str, separators: Separators, charset: Charset) -> tuple[str, Elements, dict[int, Elements]]:
    """Tag, elements and repetitions of a segment whose released characters are hidden (`Separators.hide`)."""
    tag, *rest = text.split(separators.element, MAX_ELEMENTS)
    component = separators.component
    repeated: dict[int, Elements] = {}
    mark = separators.repetition
    if mark and mark in text:
        for number, element in enumerate(rest, start=1):
            first, *more = element.split(mark)
            if more:
                rest[number - 1] = first
                repeated[number] = [_values(item.split(component), text, separators, charset) for item in more]
    if text.isascii():
        return tag.strip(), [element.split(component) for element in rest], repeated
    elements = [_values(element.split(component), text, separators, charset) for element in rest]
    return charset.decode(separators.plain(tag.strip())), elements, repeated


def _values(values: list[str], text: str, separators: Separators, charset: Charset) -> list[str]:
    if text.isascii():
        return values
    return [value if value.isascii() else charset.decode(separators.plain(value)) for value in values]


def parse_segment(text: str, separators: Separators = USUAL, *, line: int = 1, number: int = 1) -> Segment:
    """One segment given without its terminator; reach for it in tests and tools, the reader has its own way."""
    charset = Charset("")
    tag, elements, repeated = split_segment(separators.hide(text.strip()), separators, charset)
    return Segment(tag, elements, line, number, text.strip(), repeated)
