"""A party field, 50 to 59 in any option, as what is known of the party. Text → `Party`.

SWIFT Standards MT: "Field 50a: Ordering Customer", "Field 59a: Beneficiary Customer", "Field 52a … 58a". Option F is in
`numbered`.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tahaluf.domain import Kind
from tahaluf.messages.accounts import MOST_NAMES, find_holders
from tahaluf.messages.details import Detail
from tahaluf.messages.mt.names import NEARLY_FULL, alternatives, has_letters
from tahaluf.messages.mt.numbered import Numbered, looks_numbered, read_numbered
from tahaluf.messages.mt.numbers import Flaw, Number, is_coded, read_account, read_bic, read_like_bic
from tahaluf.messages.mt.tags import BANKS, MOST_LINES, PARTIES, Layout

# Longer ones are read all the same, but not remembered.
MOST_REMEMBERED = 400
# Banks come again and again, others seldom but in runs.
BANKS_REMEMBERED, OTHERS_REMEMBERED = 1 << 12, 1 << 7
# What is behind is reported and not read.
MOST_TEXT = 4096
# What an option has, in the notation of the standard.
_EXPECTED = {
    Layout.BIC: "4!a2!a2!c[3!c]", Layout.NAME: "4*35x", Layout.NUMBERED: "4*(1!n/33x)", Layout.PLACE: "35x",
    Layout.CODE: "/34x", Layout.IDENTIFIER: "35x",
}  # fmt: skip


@dataclass(slots=True)
class Party:
    """What a field says of a party: names are alternatives, numbers `(type, value, country)`, dates ISO 8601."""

    names: tuple[str, ...] = ()
    kind: Kind = Kind.UNKNOWN
    numbers: list[Number] = field(default_factory=list)
    birth_dates: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    details: list[tuple[str, str]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether there is anything to screen or to follow up."""
        return bool(self.names or self.numbers or self.details)


def read_party(tag: str, value: str) -> Party:
    """The party of a field; the same object for the same text, not to be changed."""
    if len(value) > MOST_REMEMBERED:
        return _read(tag, value)
    return _bank(tag, value) if tag[:2] in BANKS else _other(tag, value)


def _read(tag: str, value: str) -> Party:
    number, option = tag[:2], tag[2:]
    party = Party()
    layout = PARTIES[number].get(option)
    if layout is None:
        letters = ", ".join(number + letter for letter in PARTIES[number])
        party.flaws.append(Flaw("messages.mt.option", 0, letters, tag))
        layout = Layout.NAME
    if number in BANKS:
        party.kind = Kind.ORGANIZATION
    if len(value) > MOST_TEXT:
        party.flaws.append(Flaw("messages.mt.length", 0, f"{MOST_TEXT}", f"{len(value)}"))
    _read_lines(party, layout, [line.strip() for line in value[:MOST_TEXT].split("\n")])
    return party


# A name on the line of the account, where no other line has one.
_NAME_BEHIND = re.compile(r"^(/\S*[0-9]\S*) +(?=[^\W\d_]{3})")
_bank = lru_cache(maxsize=BANKS_REMEMBERED)(_read)
_other = lru_cache(maxsize=OTHERS_REMEMBERED)(_read)


def _read_lines(party: Party, layout: Layout, lines: list[str]) -> None:
    """The account line, then what the option says; `at` counts lines from the tag."""
    at = 0
    if lines[0].startswith("/"):
        if len(lines) == 1 and layout in (Layout.NAME, Layout.NUMBERED):
            lines = _NAME_BEHIND.sub(r"\1\n", lines[0], count=1).split("\n")
        party.numbers += read_account(lines[0], 0, party.flaws)
        at = 1
    body = lines[at:]
    coded = layout is Layout.NUMBERED and at == 0 and is_coded(lines[0])
    most = MOST_LINES[layout] + coded
    if len(body) > most:
        party.flaws.append(Flaw("messages.mt.lines", at + most, f"{most}", f"{len(body)}"))
    filled = [(at + number, line) for number, line in enumerate(body) if line]
    if not filled and not party.numbers:
        party.flaws.append(Flaw("messages.mt.empty", 0, _EXPECTED[layout], ""))
    if layout is Layout.NUMBERED or (layout is Layout.NAME and looks_numbered(filled)):
        further = _take(party, read_numbered(filled, party.flaws))
        party.names, count = find_holders(party.names, further, wrapped=False)
    else:
        further = _read_body(party, layout, filled)
        party.names, count = find_holders(party.names, further)
    if count > MOST_NAMES:
        party.flaws.append(Flaw("messages.mt.names", 0, f"{MOST_NAMES}", f"{count}"))


def _read_body(party: Party, layout: Layout, filled: list[tuple[int, str]]) -> list[str]:
    """What the lines below the account say; gives back those behind the name, which may hold another."""
    if layout is Layout.BIC:
        return _read_bic(party, filled)
    if layout is Layout.NAME:
        return _read_name(party, filled)
    if layout is Layout.IDENTIFIER:
        _read_identifier(party, filled)
        return []
    party.details += [(Detail.ADDRESS, line) for _, line in filled[:1]]
    party.names = alternatives([line for _, line in filled[1:]])
    return [line for _, line in filled]


def _read_bic(party: Party, filled: list[tuple[int, str]]) -> list[str]:
    """A BIC; what stands in its place without being one is screened as a name."""
    further = []
    for order, (at, line) in enumerate(filled):
        code = read_bic(line)
        like = code or (read_like_bic(line) if order == 0 else None)
        if like is not None:
            party.numbers.append(like)
            party.kind = Kind.ORGANIZATION
        elif order == 0 or not party.names:
            party.names = (line,)
        else:
            party.details.append((Detail.ADDRESS, line))
            further.append(line)
        if order == 0 and code is None:
            party.flaws.append(Flaw("messages.mt.bic", at, "ISO 9362", line))
    if not filled and party.numbers:
        party.flaws.append(Flaw("messages.mt.bic", 0, "ISO 9362", ""))
    return further


def _read_name(party: Party, filled: list[tuple[int, str]]) -> list[str]:
    lines = [line for _, line in filled]
    if lines and not has_letters(lines[0]):
        # Digits alone: an account that somebody wrote without its slash.
        party.numbers += read_account("/" + lines[0], filled[0][0], party.flaws)
        del lines[0]
    party.names = alternatives(lines)
    if lines and len(lines[0]) >= NEARLY_FULL:
        party.details.append((Detail.TRUNCATED, str(len(lines[0]))))
    if len(lines) > 1:
        party.details.append((Detail.ADDRESS, ", ".join(lines[1:])))
    return lines[1:]


def _read_identifier(party: Party, filled: list[tuple[int, str]]) -> None:
    for _, line in filled:
        if any(char.isdigit() for char in line):
            party.numbers.append(("identification", line, None))
        else:
            party.names = (*party.names, line)


def _take(party: Party, read: Numbered) -> list[str]:
    party.names = read.names
    party.numbers += read.numbers
    party.birth_dates, party.birth_places = tuple(read.birth_dates), tuple(read.birth_places)
    party.residences = tuple(dict.fromkeys(read.residences))
    if read.cut:
        party.details.append((Detail.TRUNCATED, str(read.cut)))
    if read.address:
        party.details.append((Detail.ADDRESS, ", ".join(read.address)))
    party.details += [(Detail.IDENTIFIER, text) for text in read.notes]
    if read.human:
        party.kind = Kind.PERSON
    return read.further
