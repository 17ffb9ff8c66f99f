"""The listings that each subject of a batch may be: by name, letters, a document's number, what a text says."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from tahaluf.domain import AttributeEffect, Evidence, Kind, PartyRole, Subject
from tahaluf.screening.acronyms import NAMED_BY_LETTERS, find_acronyms
from tahaluf.screening.bearers import Bearer, find_bearers
from tahaluf.screening.index.store import StoredIndex
from tahaluf.screening.kernel.screen import Asked, Found
from tahaluf.screening.matcher import SHORTLIST, Matcher, answering
from tahaluf.screening.mentions import Mention, find_letters, find_mentions
from tahaluf.screening.numbers import NumberFinder, NumberMatch
from tahaluf.screening.readings import readings_of
from tahaluf.screening.reasons import Candidate
from tahaluf.screening.subjects import Told

LONGEST_PASSAGE = 400
# Whose kind is known by the role.
TRAVELERS = frozenset(
    (PartyRole.PASSENGER, PartyRole.CREW, PartyRole.TRANSIT_PASSENGER, PartyRole.TRANSIT_CREW, PartyRole.HOLDER)
)
# Of a listing that no name brought up.
NO_NAME = Candidate(-math.inf, -1, -1, -1)


class Names(NamedTuple):
    """All names of a batch, what was asked with them, and what was found."""

    flat: Sequence[str]
    asked: Asked
    found: Found


class Search(NamedTuple):
    """What the names of a batch found: those of subject k are `starts[k]` to `starts[k + 1]`; the mentions in its
    text."""

    names: Names
    starts: Sequence[int]
    mentions: Sequence[list[Mention]]


class Sought(NamedTuple):
    """Of one subject: the candidate of each listing by name, the numbers that met by listing, and where in its text."""

    by_name: dict[int, Candidate]
    by_number: dict[int, list[NumberMatch]]
    evidence: dict[int, Evidence]


class Scored(NamedTuple):
    """A candidate at or over the cut; scores are 0–1. `by_number`: that a document's number brought it up, no name."""

    score: float
    name_score: float
    effects: tuple[AttributeEffect, ...]
    listing: int
    candidate: Candidate
    by_number: bool


class Seeker:
    """Finds candidates in one index."""

    def __init__(self, stored: StoredIndex) -> None:
        self._index = stored.names
        self._matcher = Matcher(stored.names)
        self._numbers = NumberFinder(stored.numbers)

    def seek(self, told: Sequence[Told], top: int, cut: float) -> tuple[Names, list[Sought]]:
        """The candidates of each subject; `cut` (0–1): the least score of a mention in a text."""
        search = self.search(told, top, cut)
        return search.names, self.gather(told, search, range(len(told)))

    def search(self, told: Sequence[Told], top: int, cut: float) -> Search:
        """What the names of a batch, and those in its texts, find."""
        mentions = self._mentions(told, top, cut)
        own = [
            [mention.name for mention in found] if one.text is not None else readings_of(one.names)
            for one, found in zip(told, mentions, strict=True)
        ]
        flat = [name for names in own for name in names]
        kinds = [answering(_kind_asked(one)) for one, names in zip(told, own, strict=True) for _ in names]
        # What is known beyond the name may bring up any of the shortlist: one of many bearers of a common name.
        many = any(one.subject or one.text is not None for one in told)
        most = SHORTLIST if many else min(top, SHORTLIST)
        found, asked = self._matcher.match_names(flat, kinds, most)
        return Search(Names(flat, asked, found), [0, *accumulate(map(len, own))], mentions)

    def gather(self, told: Sequence[Told], search: Search, subjects: Sequence[int]) -> list[Sought]:
        """The candidates of some of the subjects that were searched for."""
        by_number = self._by_number([told[subject].subject for subject in subjects])
        out = []
        for subject, numbers in zip(subjects, by_number, strict=True):
            one, mentioned, start = told[subject], search.mentions[subject], search.starts[subject]
            if one.text is not None:
                best = _mentioned(mentioned, search.names, start)
            else:
                best = self._by_name(one, search.names, range(start, search.starts[subject + 1]))
            out.append(Sought(best, numbers, _evidence(one, mentioned, numbers)))
        return out

    def is_plain(self, one: Told, search: Search, subject: int) -> bool:
        """Whether nothing but a single name was searched for, and nothing but its words finds anything."""
        if one.subject is not None or one.text is not None or search.starts[subject + 1] - search.starts[subject] != 1:
            return False
        name = search.names.flat[search.starts[subject]]
        return next(find_acronyms(name, _kind_asked(one), self._index), None) is None

    def is_likely(self, told: Sequence[Told], floors: Sequence[float]) -> list[bool]:
        """Of each subject, whether a listing may be it: by a name with log-odds of at least its floor, by its letters,
        or by a document's number. What texts mention is not looked for."""
        own = [readings_of(one.names) for one in told]
        flat = [name for names in own for name in names]
        asked = [_kind_asked(one) for one in told]
        kinds = [answering(kind) for kind, names in zip(asked, own, strict=True) for _ in names]
        found, _ = self._matcher.match_names(flat, kinds, 1)
        best = np.where(found.listing[:, 0] >= 0, found.logit[:, 0], -np.inf)
        owners = np.repeat(np.arange(len(told)), [len(names) for names in own])
        likely = np.zeros(len(told), dtype=bool)
        np.logical_or.at(likely, owners, best >= np.asarray(floors, dtype=np.float64)[owners])
        for number, matches in enumerate(self._by_number([one.subject for one in told])):
            likely[number] |= bool(matches)
        by_letters = np.fromiter((kind in NAMED_BY_LETTERS for kind in asked), bool, len(asked))
        for number in np.flatnonzero(by_letters & ~likely).tolist():
            found_by_letters = (find_acronyms(name, asked[number], self._index) for name in own[number])
            likely[number] = any(True for listings in found_by_letters for _ in listings)
        return likely.tolist()

    def bearers(self, text: str, most: int) -> list[Bearer]:
        """The names of the `most` listings that have the words of a text in any spelling: see `find_bearers`."""
        return find_bearers(text, self._matcher, self._index, most)

    def _mentions(self, told: Sequence[Told], top: int, cut: float) -> list[list[Mention]]:
        texts = {number: one.text for number, one in enumerate(told) if one.text is not None}
        out: list[list[Mention]] = [[] for _ in told]
        if texts:
            least = math.log(cut / (1 - cut)) if 0 < cut < 1 else -math.inf if cut <= 0 else math.inf
            for number, found in zip(
                texts, find_mentions(list(texts.values()), self._matcher, self._index, least), strict=True
            ):
                known = {mention.listing for mention in found}
                letters = [one for one in find_letters(texts[number], self._index) if one.listing not in known]
                out[number] = _best_of_each_place([*found, *letters], top)
        return out

    def _by_name(self, one: Told, names: Names, rows: Iterable[int]) -> dict[int, Candidate]:
        found = names.found
        best: dict[int, Candidate] = {}
        for row in rows:
            its = zip(found.listing[row].tolist(), found.logit[row].tolist(), found.name[row].tolist(), strict=True)
            for place, (listing, logit, name) in enumerate(its):
                if listing >= 0 and (listing not in best or logit > best[listing].logit):
                    best[listing] = Candidate(logit, row, place, name)
            for listing, name, odds in find_acronyms(names.flat[row], _kind_asked(one), self._index):
                if listing not in best or odds > best[listing].logit:
                    best[listing] = Candidate(odds, row, -1, name)
        return best

    def _by_number(self, subjects: Sequence[Subject | None]) -> list[dict[int, list[NumberMatch]]]:
        with_numbers = {number: one.documents for number, one in enumerate(subjects) if one and one.documents}
        out: list[dict[int, list[NumberMatch]]] = [{} for _ in subjects]
        for number, matches in zip(with_numbers, self._numbers.find_batch(list(with_numbers.values())), strict=True):
            by_listing: defaultdict[int, list[NumberMatch]] = defaultdict(list)
            for match in matches:
                by_listing[match.listing].append(match)
            out[number] = dict(by_listing)
        return out


def _best_of_each_place(mentions: Sequence[Mention], top: int) -> list[Mention]:
    """The first `top` of the mentions that overlap, best first: two names in one text do not hide each other."""
    kept: list[Mention] = []
    for mention in mentions:
        start, end = mention.span
        if sum(start < other.span.end and other.span.start < end for other in kept) < top:
            kept.append(mention)
    return kept


def _kind_asked(one: Told) -> Kind:
    """The kind that may answer. Banks write people where organizations belong, and the other way: what a payment says
    of the kind of a party excludes nobody."""
    if one.source is None or one.source.role is None or one.source.role in TRAVELERS:
        return one.kind
    return Kind.UNKNOWN


def _mentioned(mentions: Sequence[Mention], names: Names, first: int) -> dict[int, Candidate]:
    """Each mention as the candidate of its listing, with its own log-odds."""
    best = {}
    for row, mention in enumerate(mentions, first):
        places = names.found.listing[row].tolist()
        place = places.index(mention.listing) if mention.listing in places else -1
        # What was found by its letters has no alignment.
        name = int(names.found.name[row, place]) if place >= 0 else mention.listed_name
        best[mention.listing] = Candidate(mention.logit, row, place, name)
    return best


def _evidence(one: Told, mentions: Sequence[Mention], by_number: dict[int, list[NumberMatch]]) -> dict[int, Evidence]:
    if one.text is None:
        return {}
    out = {mention.listing: _passage(one.text, *mention.span) for mention in mentions}
    for listing, matches in by_number.items():
        number = one.subject.documents[matches[0].subject_document].number if one.subject else ""
        start = one.text.find(number)
        if listing not in out and number and start >= 0:
            out[listing] = _passage(one.text, start, start + len(number))
    return out


def _passage(text: str, start: int, end: int) -> Evidence:
    """What stands around a place in a text."""
    if len(text) <= LONGEST_PASSAGE:
        return Evidence(text, start, end)
    first = max(0, start - LONGEST_PASSAGE // 2)
    return Evidence(text[first : end + LONGEST_PASSAGE // 2], start - first, end - first)
