"""A name that SWIFT's lines of 35 characters cut: what it may have been.

A name is the first line; where it may go on in the next, the joined forms are alternatives.
"""

import re
from collections.abc import Sequence

# A name that fills its line, or nearly, may go on or be cut; a blank at the end is often lost on the way.
NEARLY_FULL = 33
LINE = 35
# Words that do not end a name, and that may begin the rest of one.
_OPEN = frozenset(
    {
        "AND", "OF", "THE", "FOR", "ET", "DE", "DU", "DES", "LA", "LE", "LES", "POUR", "Y", "UND", "VON", "BIN", "BEN",
        "IBN", "BINT", "ABU", "ABD", "AL", "EL", "UL", "UMM",
    }
)  # fmt: skip
_REST = _OPEN - {"THE", "LA", "LE", "LES", "AL", "EL", "Y"}
_FORMS = frozenset(
    {
        "SA", "SAR", "SARL", "LTD", "LIMITED", "LLC", "INC", "CORP", "CO", "GMBH", "PLC", "BV", "NV", "SAS", "SPA",
        "FZE", "FZCO", "PTY",
    }
)  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")


def is_cut(line: str) -> bool:
    """Whether a name of one line may have lost its end."""
    return len(line) >= NEARLY_FULL


def goes_on(line: str, following: str) -> bool:
    """Whether `following` may belong to the name of `line` rather than to the address."""
    return (
        len(line) >= NEARLY_FULL
        or line[-1:] in "-,&/+'("
        or following[:1] in "-,&)"
        or line.rpartition(" ")[2].upper() in _OPEN
        or following.partition(" ")[0].upper() in _REST
        or following.replace(".", "").upper() in _FORMS
    )


def joined(first: str, second: str) -> list[str]:
    """Two lines as one: with a blank, and without where the first may be cut inside a word."""
    forms = [f"{first} {second}"]
    if is_cut(first) and first[-1:].isalnum() and second[:1].isalnum():
        forms.append(first + second)
    return forms


def has_letters(text: str) -> bool:
    """Whether there is anything of a name in a text."""
    return _LETTER.search(text) is not None


def alternatives(lines: Sequence[str]) -> tuple[str, ...]:
    """The names that the first of several stripped lines may begin; the first line itself comes first."""
    if not lines:
        return ()
    first = lines[0]
    if len(lines) > 1 and goes_on(first, lines[1]):
        return tuple(name for name in (first, *joined(first, lines[1])) if has_letters(name))
    return (first,) if has_letters(first) else ()
