"""Free text of fields 70, 72, 77, 79 and their like: lines as one text, identifiers in it, banks named in field 72.

A line that is full may be cut inside a word. Such a text is given twice, parted by a line feed: with every end of a
line as a blank, and with full lines joined to what follows.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tahaluf.domain import PartyRole
from tahaluf.messages.accounts import find_identifiers
from tahaluf.messages.mt.model import Field
from tahaluf.messages.mt.names import alternatives
from tahaluf.messages.mt.numbers import Number, read_bic
from tahaluf.messages.mt.tags import LINE, TEXTS

# What is behind is reported and not screened.
MOST_TEXT = 1 << 14
_CODE = re.compile(r"/([A-Z]{3,8})/(.*)")
# Codes of field 72 that name a bank, and those where one may be named among instructions.
BANKS_NAMED = {
    "INS": PartyRole.PREVIOUS_AGENT, "INT": PartyRole.INTERMEDIARY_AGENT, "INTA": PartyRole.INTERMEDIARY_AGENT,
}  # fmt: skip
BANKS_MENTIONED = frozenset({"REC", "BNF", "ACC"})
# No identifier is without: digits, or capitals as in a BIC, or letters as in a wallet.
_MAY_IDENTIFY = re.compile(r"[0-9]{2}|[A-Z]{6}[A-Z0-9]{2}|[A-Za-z0-9]{25}|bic|swift", re.ASCII | re.IGNORECASE)


class Named(NamedTuple):
    """A bank that field 72 names, and on which of its lines (from 0)."""

    role: PartyRole
    names: tuple[str, ...]
    numbers: list[Number]
    at: int


def join_fields(fields: Sequence[Field]) -> str:
    """The text of fields, in one reading or two."""
    plain, glued = [], []
    for tag, value, _ in fields:
        if "\n" not in value:
            plain.append(value)
            glued.append(value)
            continue
        one, other = join_lines(value.split("\n"), TEXTS.get(tag, LINE))
        plain.append(one)
        glued.append(other)
    first, second = (" ".join(" ".join(parts).split()) for parts in (plain, glued))
    return first if first == second else f"{first}\n{second}"


def join_lines(lines: Sequence[str], length: int) -> tuple[str, str]:
    """Lines with blanks between them; and with none behind a full line that may be cut inside a word."""
    texts, glued = [lines[0]], [lines[0]]
    for before, line in pairwise(lines):
        text = line[2:] if line.startswith("//") else line
        within = 0 < length <= len(before) and before[-1:].isalnum() and text[:1].isalnum()
        texts.append(text)
        glued += (text,) if within else (" ", text)
    return " ".join(texts), "".join(glued)


def identifiers_in(text: str) -> list[Number]:
    """Numbers of accounts, banks, companies, ships, passports met in a text, each once."""
    if not _MAY_IDENTIFY.search(text):
        return []
    found = (
        (kind, value, value[:2].lower() if kind == "iban" else None) for kind, value, _, _ in find_identifiers(text)
    )
    return list(dict.fromkeys(found))


def named_banks(value: str) -> Iterator[Named]:
    """The banks that the codes of a field 72 name, by BIC or else by name."""
    lines = value.split("\n")
    for at, line in enumerate(lines):
        found = _CODE.match(line)
        if found is None:
            continue
        text = found[2].strip()
        role = BANKS_NAMED.get(found[1])
        if role is None and found[1] not in BANKS_MENTIONED:
            continue
        code = read_bic(text.split(" ")[0]) if text else None
        if code is not None:
            yield Named(role or PartyRole.MENTIONED, (), [code], at)
        elif role is not None:
            names = alternatives([text, *_continued(lines, at + 1)])
            if names:
                yield Named(role, names, [], at)


def _continued(lines: Sequence[str], first: int) -> Iterator[str]:
    """The lines from `first` on, without their strokes, that go on with the code before them."""
    for at in range(first, len(lines)):
        if not lines[at].startswith("//"):
            return
        yield lines[at][2:].strip()
