"""Parties whose tag does not begin its line, or is misspelt there, so that they were read as part of another field."""

import re
from collections.abc import Iterator

from tahaluf.messages.mt.model import Field
from tahaluf.messages.mt.tags import PARTIES

_TAG = re.compile(r":(5\d[A-Za-z]?):|^[ \t]*(?:(5\d[A-Za-z]?):|:(5\d[A-Za-z]?)\b)", re.MULTILINE)
# Of one field; those behind are screened as part of the last.
MOST = 8


def inner_parties(field: Field) -> Iterator[Field]:
    """Fields of parties that stand in the value of another field, each up to the next."""
    _, value, line = field
    found = [match for match in _TAG.finditer(value) if _is_party(match)][:MOST]
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(value)
        name = (match[1] or match[2] or match[3]).upper()
        yield Field(name, value[match.end() : end].strip(), line + value.count("\n", 0, match.start()))


def _is_party(match: re.Match[str]) -> bool:
    name: str = match[1] or match[2] or match[3]
    return name[2:].upper() in PARTIES.get(name[:2], ())
