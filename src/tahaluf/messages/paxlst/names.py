"""Names of `NAD` (composite C080): surname, given name, second given name; titles and placeholders among them.

Carriers glue a title to the given name (`TODDMR`), write `FNU` (first name unknown) or `XXX` where there is none, or
put the whole name into the first component.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tahaluf.messages.table.names import is_name

LONGEST = 300
TITLES = frozenset(
    ("MR", "MRS", "MS", "MISS", "MSTR", "MSTER", "MASTER", "DR", "PROF", "CHD", "INF", "MLLE", "MME", "CAPT")
)
PLACEHOLDERS = frozenset(
    ("FNU", "LNU", "XXX", "XX", "XXXX", "NFN", "NLN", "NSN", "NOFIRSTNAME", "NOLASTNAME", "NONAME", "UNKNOWN", "UNK")
)
# The longest first; after a vowel the last two may as well belong to the name (AMR, WILLIAMS).
_GLUED = re.compile(r"(?<=[^\W\d_]{2})(MSTR|MISS|MRS|MR|MS)$", re.IGNORECASE)
_VOWELS = frozenset("AEIOUYaeiouy")
_SIGN = r"MR|MS|MISS|MASTER|DR|PROF|CHD|INF|MLLE|MME|CAPT|FNU|LNU|NFN|NLN|NSN|XX|UNK|NO\w+NAME|NONAME"
_SIGNS = re.compile(_SIGN, re.IGNORECASE)
# Nearly all lists are in capitals, in which the search is several times faster.
_CAPITAL_SIGNS = re.compile(_SIGN)


class TravelerName(NamedTuple):
    """`forms` are alternatives in natural order (given names first), none where nobody is named; `title` and
    `placeholder` are what was left out; `single` says that one part alone is known; `surname` ends the last form."""

    forms: tuple[str, ...]
    title: str = ""
    placeholder: str = ""
    single: bool = False
    surname: str = ""


def parse_name(parts: Sequence[str]) -> TravelerName:
    """The name in the components of C080, surname first."""
    surname = parts[0]
    given = " ".join(parts[1:])
    if "/" in surname and not given.strip():
        surname, _, given = surname.partition("/")
    whole = f"{given} {surname}"
    signs = _CAPITAL_SIGNS if whole.isascii() and whole.isupper() else _SIGNS
    if signs.search(whole) is None:
        # The usual case, made short: nothing in it looks like a title or a placeholder.
        words = " ".join(whole[:LONGEST].split())
        if not words or not is_name(words):
            return TravelerName(())
        family = " ".join(surname.split())
        return TravelerName((words,), single=(not given.strip() and " " not in words) or not family, surname=family)
    return _parse_closely(surname, given)


def _parse_closely(surname: str, given: str) -> TravelerName:
    surnames, no_surname = _usable(surname)
    givens, no_given = _usable(given)
    titles = _take_titles(givens, keep=0 if surnames else 1) if givens else _take_titles(surnames, keep=1)
    title = " ".join(titles)
    kept = givens or surnames
    alternative: list[str] = []
    glued = _GLUED.search(kept[-1]) if kept and not title and givens else None
    if glued and kept[-1][: glued.start()].upper() not in TITLES:
        title = glued[1]
        if len(title) == 2 and kept[-1][glued.start() - 1] in _VOWELS:
            alternative = [*givens, *surnames]
        kept[-1] = kept[-1][: glued.start()]
        if kept[-1].upper() in PLACEHOLDERS:
            no_given, alternative = kept.pop(), []
    forms = [" ".join([*givens, *surnames])[:LONGEST]]
    if alternative:
        forms.append(" ".join(alternative)[:LONGEST])
    usable = tuple(form for form in forms if form and is_name(form))
    single = bool(usable) and (not surnames or not givens) and " " not in usable[0]
    return TravelerName(usable, title.upper(), no_surname or no_given, single, " ".join(surnames))


def _take_titles(words: list[str], keep: int) -> list[str]:
    """Takes the titles off both ends of a part, `keep` words apart, and gives them in their order."""
    first: list[str] = []
    last: list[str] = []
    while len(words) > keep and words[0].upper().rstrip(".") in TITLES and len(words) > 1:
        first.append(words.pop(0).rstrip("."))
    while len(words) > keep and words[-1].upper().rstrip(".") in TITLES:
        last.insert(0, words.pop().rstrip("."))
    return first + last


def _usable(text: str) -> tuple[list[str], str]:
    """The words of a part, none where it is a placeholder, and the placeholder."""
    words = text.split()
    if len(words) == 1 and words[0].upper() in PLACEHOLDERS:
        return [], words[0]
    kept = [word for word in words if word.upper() not in ("FNU", "LNU", "NFN", "NLN")]
    return kept, next((word for word in words if word not in kept), "")
