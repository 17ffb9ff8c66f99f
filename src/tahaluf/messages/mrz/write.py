"""A document to the lines of its zone: check digits (Doc 9303 Part 3, 4.9), truncated names (Parts 4 to 7, 4.2.3)."""

import re

from tahaluf.messages.mrz.arabic import encode_name
from tahaluf.messages.mrz.checks import check_digit, composite_digit
from tahaluf.messages.mrz.document import MrzDocument
from tahaluf.messages.mrz.forms import CODE, ISSUER, LAYOUTS, Form, Layout

# How many letters of the secondary identifier a long primary one makes way for.
LEAST_SECONDARY = 5
_PLAIN = re.compile("[A-Z0-9<]*")


def write_mrz(document: MrzDocument, kind: Form) -> str:
    """The lines of the zone in the form `kind`, apart by a line feed, none at the end.

    Names may be in any script; one that is too long is truncated as the standard says. ValueError where another value
    does not fit its field or has other characters than A-Z, 0-9 and `<`.
    """
    layout = LAYOUTS[kind]
    number, optional = _with_overflow(document, layout)
    fields = [
        (CODE, document.code), (ISSUER, document.issuer), (layout.number, number),
        (layout.nationality, document.nationality), (layout.birth, document.birth), (layout.expiry, document.expiry),
        (slice(layout.sex, layout.sex + 1), document.sex), (layout.optional, optional),
        (layout.name, write_name(document.primary, document.secondary, layout.name_width)),
    ]  # fmt: skip
    if layout.optional2:
        fields.append((layout.optional2, document.optional2))
    elif document.optional2:
        raise ValueError(f"{kind} has one optional field: {document.optional2!r}")
    zone = ["<"] * layout.size
    for part, text in fields:
        zone[part] = _filled(text, part)
    _write_checks(zone, layout, overflows=len(document.number) > 9)
    text = "".join(zone)
    return "\n".join(text[at : at + layout.width] for at in range(0, layout.size, layout.width))


def _filled(text: str, part: slice) -> str:
    width: int = part.stop - part.start
    if len(text) > width or not _PLAIN.fullmatch(text):
        raise ValueError(f"at most {width} of A-Z, 0-9 and <: {text!r}")
    return text.ljust(width, "<")


def _with_overflow(document: MrzDocument, layout: Layout) -> tuple[str, str]:
    """Nine characters of the number; what is more begins the optional field, its check digit and a filler after it."""
    number = document.number
    if len(number) <= 9:
        return number, document.optional
    if not layout.has_overflow or "<" in number:
        raise ValueError(f"a number of at most 9 characters: {number!r}")
    rest = number[9:] + check_digit(number)
    size = layout.optional.stop - layout.optional.start
    return number[:9], f"{rest}<{document.optional}".rstrip("<") if len(rest) < size or document.optional else rest


def _write_checks(zone: list[str], layout: Layout, *, overflows: bool) -> None:
    checks = [(layout.birth, layout.birth_check), (layout.expiry, layout.expiry_check)]
    if not overflows:
        checks.append((layout.number, layout.number_check))
    if layout.optional_check is not None:
        checks.append((layout.optional, layout.optional_check))
    for part, place in checks:
        zone[place] = check_digit("".join(zone[part]))
    if layout.composite_check is not None:
        zone[layout.composite_check] = composite_digit("".join(zone), layout)


def write_name(primary: str, secondary: str, width: int) -> str:
    """The name field: fillers between components, two between identifiers, the last position a letter where it was
    truncated."""
    first, second = encode_name(primary), encode_name(secondary)
    whole = f"{first}<<{second}" if second else first
    if len(whole) <= width:
        return whole.ljust(width, "<")
    if not second:
        return "<".join(_shortened(first.split("<"), width))
    kept = min(len(second.partition("<")[0]), LEAST_SECONDARY)
    start = "<".join(_shortened(first.split("<"), width - 2 - kept)) + "<<"
    return start + _cut(second, width - len(start))


def _shortened(components: list[str], width: int) -> list[str]:
    """Components made to fit by taking letters from the longest, each keeping one; the last are left out if need be."""
    parts = list(components)
    while sum(map(len, parts)) + len(parts) - 1 > width:
        longest = max(range(len(parts)), key=lambda at: (len(parts[at]), at))
        if len(parts[longest]) == 1:
            parts.pop()
        else:
            parts[longest] = parts[longest][:-1]
    return parts


def _cut(second: str, width: int) -> str:
    """The beginning of the secondary identifier, with a letter in the last position."""
    cut = second[:width]
    if cut[-1] != "<":
        return cut
    # The last component that has more than one letter loses one, and the next has its initial in the last position.
    parts = cut[:-1].split("<")
    longer = [at for at, part in enumerate(parts) if len(part) > 1]
    if not longer:
        return cut[:-1]
    parts[longer[-1]] = parts[longer[-1]][:-1]
    return "<".join([*parts, second[width]])
