"""The check digits of the zone: Doc 9303 Part 3, section 4.9. Weights 7, 3, 1; A is 10, Z is 35, the filler 0."""

from tahaluf.messages.mrz.forms import Layout

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = bytes(ALPHABET.index(chr(code)) if chr(code) in ALPHABET else 0 for code in range(256))


def check_digit(text: str) -> str:
    """The check digit of a text in the alphabet of the zone."""
    values = text.encode("ascii", "replace").translate(_VALUES)
    return str((7 * sum(values[::3]) + 3 * sum(values[1::3]) + sum(values[2::3])) % 10)


def composite_digit(text: str, layout: Layout) -> str:
    """The composite check digit of a whole zone."""
    return check_digit("".join([text[part] for part in layout.composed]))
