"""The name field: Doc 9303 Part 3, section 4.6, and the truncation rules of Parts 4 to 7, section 4.2.3."""

from collections.abc import Sequence

from tahaluf.messages.mrz.arabic import latin_reading, restore, romanize_codes

MOST_NAMES = 8


def split_name(field: str) -> tuple[str, str]:
    """Primary and secondary identifier, components apart by a space; a name without `<<` is all primary."""
    primary, _, secondary = field.strip("<").partition("<<")
    return " ".join(primary.replace("<", " ").split()), " ".join(secondary.replace("<", " ").split())


def is_cut(field: str) -> bool:
    """Whether a name must be taken for truncated: it goes to the last position of its field."""
    return field[-1:] != "<"


def full_name(primary: str, secondary: str) -> str:
    """The name as it is said: given names first."""
    return f"{secondary} {primary}" if secondary else primary


def add_readings(names: Sequence[str], field: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names with their further readings, and which of these are the Arabic spelling got back.

    A name written by the Arabic table is given in Arabic and, vowels missing, in usual Latin letters: before it is as
    it stands, where an escape does, which nobody would read as a name; after it else. A name that bears escapes among
    vowels is given without them after it.
    """
    if "X" not in field and ("O" in field or "C" in field):
        # No letter of the table has these without an X.
        return tuple(names), ()
    restored = restore(field, cut=is_cut(field))
    readings: tuple[str, ...]
    if restored and "X" in field:
        readings = (*restored, romanize_codes(names[0]), *names)
    elif restored:
        readings = (*names, romanize_codes(names[0]), *restored)
    else:
        readings = (*names, *(reading for name in names if (reading := latin_reading(name))))
    return tuple(dict.fromkeys(readings))[:MOST_NAMES], restored
