"""Sets of entry numbers, kept as ranges: what a bundle gave, and what is to be asked for again."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from tahaluf.exchange.canonical import Json, parse_canonical, write_canonical
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import split_origin

CODE = "exchange.bundle.form"
END = 2**53 - 1
MOST_BYTES = 4_194_304


class Ranges:
    """An immutable set of numbers from 0 up to, not including, 2^53 - 1. A part is (first, the one after the last)."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[tuple[int, int]] = ()) -> None:
        merged: list[tuple[int, int]] = []
        for start, stop in sorted(parts):
            if start < 0 or stop > END:
                raise ValueError("numbers of entries")
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
            elif start < stop:
                merged.append((start, stop))
        self.parts = tuple(merged)

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Ranges":
        return cls((number, number + 1) for number in numbers)

    def __or__(self, other: "Ranges") -> "Ranges":
        return Ranges((*self.parts, *other.parts))

    def __and__(self, other: "Ranges") -> "Ranges":
        found, mine, theirs = [], list(self.parts[::-1]), list(other.parts[::-1])
        while mine and theirs:
            start, stop = max(mine[-1][0], theirs[-1][0]), min(mine[-1][1], theirs[-1][1])
            if start < stop:
                found.append((start, stop))
            (mine if mine[-1][1] == stop else theirs).pop()
        return Ranges(found)

    def __sub__(self, other: "Ranges") -> "Ranges":
        edges = [0, *(edge for part in other.parts for edge in part), END]
        return self & Ranges(zip(edges[::2], edges[1::2], strict=True))

    def within(self, start: int, stop: int) -> "Ranges":
        """Those of the set that a range holds; it looks at no others."""
        at = max(0, bisect_right(self.parts, (start, END)) - 1)
        found = []
        while at < len(self.parts) and self.parts[at][0] < stop:
            found.append((max(start, self.parts[at][0]), min(stop, self.parts[at][1])))
            at += 1
        return Ranges(part for part in found if part[0] < part[1])

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self.parts, (number, END)) - 1
        return at >= 0 and self.parts[at][0] <= number < self.parts[at][1]

    def __iter__(self) -> Iterator[int]:
        return (number for start, stop in self.parts for number in range(start, stop))

    def __len__(self) -> int:
        return sum(stop - start for start, stop in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ranges) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    def __repr__(self) -> str:
        return f"Ranges({list(self.parts)})"


def range_fields(logs: Mapping[str, Ranges]) -> dict[str, Json]:
    """By origin, what a report and a request hold."""
    return {origin: [[start, stop] for start, stop in ranges.parts] for origin, ranges in logs.items() if ranges}


def write_request(logs: Mapping[str, Ranges]) -> bytes:
    """What to ask for again, by origin, as canonical bytes."""
    return write_canonical(range_fields(logs))


def parse_request(data: bytes) -> dict[str, Ranges]:
    """A request taken in; ExchangeError (`exchange.canonical`, `exchange.log.origin`, `exchange.bundle.form`)."""
    value = parse_canonical(data, MOST_BYTES)
    if not isinstance(value, dict):
        raise refuse(CODE, "ranges by origin", value)
    found = {}
    for origin, parts in value.items():
        split_origin(origin)
        ranges = Ranges(_parse_part(part) for part in (parts if isinstance(parts, list) else [parts]))
        if not ranges or range_fields({origin: ranges})[origin] != parts:
            raise refuse(CODE, "ranges in order, apart from each other", parts, origin)
        found[origin] = ranges
    return found


def _parse_part(part: Json) -> tuple[int, int]:
    if isinstance(part, list) and len(part) == 2:
        start, stop = part
        if type(start) is int and type(stop) is int and 0 <= start < stop <= END:
            return start, stop
    raise refuse(CODE, "the first number and the one after the last", part)
