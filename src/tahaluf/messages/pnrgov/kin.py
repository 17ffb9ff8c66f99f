"""Whether the name on a document is a traveler's: the same surname, and a given name that begins alike."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, TypeAlias

from tahaluf.messages.pnrgov.names import split_given, squash
from tahaluf.messages.pnrgov.record import Party
from tahaluf.messages.pnrgov.ssr import Docs

MIN_SHARED = 3
MAX_ALIKE = 40
MAX_WORDS = 7
_Key: TypeAlias = tuple[str, str]


class _Traits(NamedTuple):
    surname: str
    given: tuple[str, ...]
    words: frozenset[str]


@lru_cache(maxsize=1 << 14)
def _traits(surname: str, given: str) -> _Traits:
    readings = split_given(given).readings
    words = (squash(word) for text in (surname, *readings) for word in text.split())
    return _Traits(squash(surname), tuple(map(squash, readings)), frozenset(w for w in words if len(w) >= MIN_SHARED))


def agree(party: Party, docs: Docs) -> int:
    """2 where both names agree, 1 where one of them does, 0 where the document names somebody else."""
    own, other = _traits(party.surname, party.given), _traits(docs.surname, docs.given)
    same = own.surname == other.surname
    shared = own.words & other.words
    if not same and not shared and own.given != other.given:
        return 0
    alike = any(_begin_alike(one, another) for one in own.given for another in other.given)
    if (same and alike) or len(shared) > 1:
        return 2
    return 1 if same or alike or shared else 0


class Register:
    """Parties by what a name must share to agree with theirs, so that a document is not compared with everyone."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._parties: dict[_Key, list[Party]] = {}
        for party in parties:
            self.add(party)

    def add(self, party: Party) -> None:
        """Makes a party known; of many alike only the first `MAX_ALIKE` are."""
        for key in _keys(_traits(party.surname, party.given)):
            alike = self._parties.setdefault(key, [])
            if len(alike) < MAX_ALIKE:
                alike.append(party)

    def likest(self, docs: Docs, owner: Party | None) -> Party | None:
        """The one whose names both agree with a document's: of several the owner, else the first; for an infant's
        document an infant, else somebody of whom no document is known yet."""
        keys = _keys(_traits(docs.surname, docs.given))
        near = (party for key in keys for party in self._parties.get(key, ()))
        found = [party for party in near if agree(party, docs) == 2]
        if docs.is_infant:
            found = [party for party in found if party.infant] or [party for party in found if not party.documented]
        return owner if owner in found else found[0] if found else None


def _keys(traits: _Traits) -> set[_Key]:
    """Two names that agree (`agree` = 2) have one of these in common."""
    words = sorted(traits.words)[:MAX_WORDS]
    return {*((traits.surname, given[:MIN_SHARED]) for given in traits.given), *combinations(words, 2)}


def _begin_alike(one: str, other: str) -> bool:
    """Whether one begins with the other, where that is long enough to tell anything."""
    if len(one) < MIN_SHARED or len(other) < MIN_SHARED:
        return one == other
    return one.startswith(other) or other.startswith(one)
