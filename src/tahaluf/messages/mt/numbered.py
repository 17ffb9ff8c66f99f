"""Option F: lines that begin with a number that says what they hold.

1 name (may go on in another 1), 2 address, 3 country and town, 4 date of birth, 5 place of birth, 6 identification by
an issuer, 7 national identity number, 8 more of the last number (SWIFT Standards MT, "Field 50F", "Field 59F").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tahaluf.domain import PartialDate
from tahaluf.messages.mt.names import is_cut, joined
from tahaluf.messages.mt.numbers import Flaw, Number, is_coded, read_coded, read_country, read_issued

_LINE = re.compile(r"([1-8])/(.*)")
_BIRTH = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_CONTINUES = re.compile(r"[A-Z0-9/.-]*[0-9][A-Z0-9/.-]*", re.IGNORECASE)
EARLIEST = 1850
# Lines that may hold another name: of the name itself, of the address, a town, a note.
_NAMING = frozenset("1238")


@dataclass(slots=True)
class Numbered:
    """What the lines say; `cut` is the length of a name that may have lost its end, `human` that only a human being has
    what they tell, `further` lines that may hold another name."""

    name_lines: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    residences: list[str] = field(default_factory=list)
    address: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    further: list[str] = field(default_factory=list)
    human: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The name as a whole, then as it is if a line was cut inside a word, then its first line alone."""
        lines = [line for line in self.name_lines if line]
        if len(lines) < 2:
            return tuple(lines)
        whole = " ".join(lines)
        glued = joined(lines[0], " ".join(lines[1:]))
        return tuple(dict.fromkeys((whole, *glued, lines[0])))

    @property
    def cut(self) -> int:
        return len(self.name_lines[-1]) if self.name_lines and is_cut(self.name_lines[-1]) else 0


def looks_numbered(filled: Sequence[tuple[int, str]]) -> bool:
    """Whether lines of a field without numbers have them all the same."""
    return bool(filled) and filled[0][1].startswith("1/") and all(_LINE.fullmatch(line) for _, line in filled)


def read_numbered(filled: Sequence[tuple[int, str]], flaws: list[Flaw]) -> Numbered:
    """Lines with their places; those without a number are screened as a name or kept as an address."""
    read = Numbered()
    last = ""
    for order, (at, line) in enumerate(filled):
        if order == 0 and is_coded(line):
            number, human = read_coded(line, at, flaws)
            read.numbers += [number] if number else []
            read.human |= human
            last = "7"
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            flaws.append(Flaw("messages.mt.numbering", at, "1/ … 8/", line))
            last = last if last in ("1", "2") else "2" if read.name_lines else "1"
            (read.name_lines if last == "1" else read.address).append(line)
            read.further.append(line)
            continue
        _READERS[found[1]](read, found[2].strip(), (found[1], last), at, flaws)
        if found[1] in _NAMING and (further := found[2][3:] if found[1] == "3" else found[2]).strip():
            read.further.append(further.strip())
        last = found[1] if found[1] != "8" else last
    if not any(read.name_lines):
        flaws.append(Flaw("messages.mt.name", 0, "1/", ""))
    return read


Place = tuple[str, str]


def _name(read: Numbered, text: str, _: Place, at: int, flaws: list[Flaw]) -> None:
    read.name_lines.append(text)


def _address(read: Numbered, text: str, _: Place, at: int, flaws: list[Flaw]) -> None:
    read.address += [text] if text else []


def _country(read: Numbered, text: str, place: Place, at: int, flaws: list[Flaw]) -> None:
    """Country and town; a second line 3 has the rest of the town alone."""
    first, _, town = text.partition("/")
    country = read_country(first)
    if country is not None:
        read.residences.append(country)
        read.address.append(f"{town.strip()}, {first}" if town.strip() else first)
        return
    if place[1] != "3":
        flaws.append(Flaw("messages.mt.country", at, "3/CC/…", f"3/{text}"))
    read.address.append(text)


def _birth(read: Numbered, text: str, _: Place, at: int, flaws: list[Flaw]) -> None:
    found = _BIRTH.fullmatch(text)
    try:
        year, month, day = (int(part) for part in found.groups()) if found else (0, 0, 0)
        date = PartialDate(year if year >= EARLIEST else 0, month or None, day or None)
    except ValueError:
        flaws.append(Flaw("messages.mt.birth_date", at, "4/YYYYMMDD", f"4/{text}"))
        return
    read.birth_dates.append(date.isoformat())
    read.human = True


def _birth_place(read: Numbered, text: str, _: Place, at: int, flaws: list[Flaw]) -> None:
    first, slash, town = text.partition("/")
    country = read_country(first) if slash else None
    read.human = True
    if country is None:
        flaws.append(Flaw("messages.mt.country", at, "5/CC/…", f"5/{text}"))
        read.birth_places += [text] if text else []
        return
    read.birth_places.append(f"{town.strip()}, {first}" if town.strip() else first)


def _issued(read: Numbered, text: str, place: Place, at: int, flaws: list[Flaw]) -> None:
    national = place[0] == "7"
    number, country = read_issued(text, at, flaws, issuer=not national)
    if number:
        read.numbers.append(("national id" if national else "identification", number, country))
    read.human |= national


def _more(read: Numbered, text: str, place: Place, at: int, flaws: list[Flaw]) -> None:
    """The rest of a number; anything else is kept as a note."""
    if place[1] in ("6", "7") and read.numbers and _CONTINUES.fullmatch(text):
        kind, number, country = read.numbers[-1]
        read.numbers[-1] = (kind, number + text, country)
    elif text:
        read.notes.append(text)


_READERS = {
    "1": _name, "2": _address, "3": _country, "4": _birth, "5": _birth_place, "6": _issued, "7": _issued, "8": _more,
}  # fmt: skip
