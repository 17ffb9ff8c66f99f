"""Dates as lists and documents really give them: a year, a month, a day, a span, or "about"."""

from dataclasses import dataclass
from datetime import date
from functools import total_ordering


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A Gregorian date known to the year, the month or the day; `circa` says that even the year is about right."""

    year: int
    month: int | None = None
    day: int | None = None
    circa: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(f"year out of range: {self.year}")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.isoformat(), self.circa) < (other.isoformat(), other.circa)

    def isoformat(self) -> str:
        """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as FollowTheMoney writes partial dates."""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    @classmethod
    def from_iso(cls, text: str, *, circa: bool = False) -> "PartialDate":
        """Reads `YYYY[-MM[-DD]]` with anything after the day (a time) left out; ValueError otherwise."""
        parts = text.strip()[:10].split("-")
        if not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
            raise ValueError(f"not a partial ISO date: {text!r}")
        year, month, day = (*map(int, parts), None, None)[:3]
        return cls(int(year or 0), month, day, circa)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A birth date as published: one partial date, or anything from `start` to `end` (both included)."""

    start: PartialDate
    end: PartialDate | None = None
