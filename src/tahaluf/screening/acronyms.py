"""Organizations by the letters that stand for them: "PFLP" finds the name whose initials these are, and the other way.

What is found this way has a score of its own: the more letters and the fewer listings share them, the likelier.
"""

import math
from collections.abc import Iterator
from hashlib import blake2b

import numpy as np

from tahaluf.domain import Kind, TokenMatch
from tahaluf.names.acronyms import Acronym, acronyms_of
from tahaluf.names.knowledge import knowledge
from tahaluf.names.tokenize import Role, split_words, tokenize
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.weighed import weighed_tokens

NAMED_BY_LETTERS = (Kind.ORGANIZATION, Kind.COMPANY, Kind.UNKNOWN)
# Log-odds that letters stand for the one listing that has these initials, by how many there are (decision 0013).
ODDS = {3: -0.6, 4: 0.4}
MOST_ODDS = 1.1


def key_of(acronym: Acronym) -> int:
    """What an acronym is found by: a hash of 8 bytes, other for initials than for letters."""
    text = f"{'initials' if acronym.initials else 'letters'} {acronym.letters}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def find_acronyms(name: str, kind: Kind, index: NameIndex) -> Iterator[tuple[int, int, float]]:
    """(listing, name, log-odds) of each listed name whose letters `name` is, or that is the letters of `name`."""
    if kind not in NAMED_BY_LETTERS or not len(index.acronym_keys):
        return
    if kind is Kind.UNKNOWN and not _may_be_organization(name):
        return
    for acronym in acronyms_of(name):
        if kind is not Kind.UNKNOWN or _is_organization(name, acronym):
            yield from _find(acronym, index)


def _find(acronym: Acronym, index: NameIndex) -> Iterator[tuple[int, int, float]]:
    alike = knowledge().acronyms.alike.get(acronym.letters, (acronym.letters,))
    sought = [Acronym(letters, not acronym.initials) for letters in alike]
    if not acronym.initials:
        sought += [Acronym(letters, False) for letters in alike if letters != acronym.letters]
    names: list[int] = []
    for one in sought:
        key = np.uint64(key_of(one))
        low, high = np.searchsorted(index.acronym_keys, key, "left"), np.searchsorted(index.acronym_keys, key, "right")
        names += index.acronym_names[low:high].tolist()
    listings = index.name_listing[names].tolist() if names else []
    odds = ODDS.get(len(acronym.letters), MOST_ODDS) - math.log(max(len(set(listings)), 1))
    yield from ((listing, name, odds) for listing, name in zip(listings, names, strict=True))


def _may_be_organization(name: str) -> bool:
    """Whether `_is_organization` may hold of any acronym of a name: the quick test, which most people fail."""
    known = knowledge()
    return (
        "." in name
        or name == name.upper()
        or any(token.text in known.generic for token in tokenize(name))
        or not known.acronyms.alike.keys().isdisjoint(split_words(name))
    )


def _is_organization(name: str, acronym: Acronym) -> bool:
    """Whether a name of unknown kind looks like letters or like an organization's name, and not like a person's."""
    known = knowledge()
    if not acronym.initials:
        return name == name.upper() or acronym.letters in known.acronyms.alike
    return any(token.text in known.generic for token in tokenize(name))


def explain_acronym(subject: str, listing: str, odds: float) -> tuple[TokenMatch, ...]:
    """The whole of one name against the letters of the other; particles by themselves."""
    mine, theirs = (" ".join(token.shown for token in weighed_tokens(name)) for name in (subject, listing))
    particles = [
        TokenMatch(*((token.shown, "") if side == 0 else ("", token.shown)), 0.0, 0.0, "particle")
        for side, name in enumerate((subject, listing))
        for token in tokenize(name)
        if token.role is Role.PARTICLE
    ]
    return (TokenMatch(mine, theirs, round(1 / (1 + math.exp(-odds)), 4), 0.0, "acronym"), *particles)
