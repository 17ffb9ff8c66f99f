"""The name field: Doc 9303 Part 3, section 4.6, and the truncation rules of Parts 4 to 7, section 4.2.3."""

import re
from collections.abc import Sequence

from tahaluf.messages.mrz.arabic import latin_reading, restore, romanize_codes

MOST_NAMES = 8
_MISREAD_FILLER = re.compile("<K+(?:<|$)")


def split_name(field: str) -> tuple[str, str]:
    """Primary and secondary identifier, components apart by a space; a name without `<<` is all primary."""
    primary, _, secondary = field.strip("<").partition("<<")
    return " ".join(primary.replace("<", " ").split()), " ".join(secondary.replace("<", " ").split())


def is_cut(field: str) -> bool:
    """Whether a name must be taken for truncated: it goes to the last position of its field."""
    return field[-1:] != "<"


def refill(field: str) -> str:
    """The field with a K put back to a filler where it stands among fillers and can be no name.

    One or two after a component and before fillers may be initials, and stay.
    """
    if not _MISREAD_FILLER.search(field):
        return field
    last = re.match(r".*[A-JL-Z0-9][A-Z0-9]*", field)
    if last is None:
        return field
    end = last.end()
    tail = field[end:]
    has_secondary = "<<" in field[:end].strip("<")
    sure = tail.count("K") > 2 or (has_secondary and "<<K" in tail) or "<<<K" in tail
    return field[:end] + "<" * len(tail) if sure else field


def full_name(primary: str, secondary: str) -> str:
    """The name as it is said: given names first."""
    return f"{secondary} {primary}" if secondary else primary


def add_readings(names: Sequence[str], field: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names with further readings after them, and which of these are the Arabic spelling got back.

    A name written by the Arabic table is given in Arabic and, vowels missing, in usual Latin letters; one that bears
    escapes among vowels without them.
    """
    if "X" not in field and ("O" in field or "C" in field):
        # No letter of the table has these without an X.
        return tuple(names), ()
    restored = restore(field, cut=is_cut(field))
    more: tuple[str, ...]
    if restored:
        more = (romanize_codes(names[0]), *restored)
    else:
        more = tuple(reading for name in names if (reading := latin_reading(name)))
    return tuple(dict.fromkeys((*names, *more)))[:MOST_NAMES], restored
