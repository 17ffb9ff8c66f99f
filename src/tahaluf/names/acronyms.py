"""The letters that stand for an organization: the initials of its words, or a name that is itself such letters.

Reach for `acronyms_of` on both sides of a comparison: initials meet letters, never other initials, for two
organizations often have the same ones.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from tahaluf.names.knowledge import knowledge
from tahaluf.names.tokenize import split_words

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_BRACKETED = re.compile(r"[(\[]\s*([A-Z][A-Z.-]{1,11})\s*[)\]]")


class Acronym(NamedTuple):
    """`letters`, lower case; `initials`: whether several words stand behind them, else they are the name itself."""

    letters: str
    initials: bool


@lru_cache(maxsize=1 << 14)
def acronyms_of(name: str) -> tuple[Acronym, ...]:
    """The acronyms of an organization's name: those that it gives in brackets, and its own, if it has one."""
    rule = knowledge().acronyms
    given = [found.lower().replace(".", "") for found in _BRACKETED.findall(name)] if "(" in name or "[" in name else []
    found = [Acronym(letters, True) for letters in given if rule.shortest <= len(letters) <= rule.longest]
    own = _own_acronym(_BRACKETED.sub(" ", name) if given else name)
    return tuple(dict.fromkeys(found if own is None else [*found, own]))


def _own_acronym(name: str) -> Acronym | None:
    known = knowledge()
    rule = known.acronyms
    text = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", name) if "." in name else name
    words = [word for word in split_words(text) if word not in rule.skipped and word not in known.legal_forms]
    if len(words) == 1 and words[0] in rule.alike:
        return Acronym(words[0], False)
    if not words or not all(map(str.isascii, words)):
        return None
    letters = words[0] if len(words) == 1 else "".join(word[0] for word in words)
    if not (rule.shortest <= len(letters) <= rule.longest and letters.isalpha()):
        return None
    return Acronym(letters, len(words) > 1)
