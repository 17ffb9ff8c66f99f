"""Screen a subject's name against every listed name: no index, no shortcut, the best listings of all.

The specification of `screening.kernel.retrieve` and `screening.kernel.screen`. `ReferenceScreen` takes the listings;
`screen` gives the best ones with their log-odds; without a `shortlist` every listed name is aligned, with one only
those of most evidence, as the engine does.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tahaluf.domain import Kind, Listing, Quality
from tahaluf.names.common import common_names
from tahaluf.names.kin import KIN_KINDS
from tahaluf.names.letters import SKELETON_WIDTH, is_arabic, skeleton
from tahaluf.names.likeness.model import LikenessModel
from tahaluf.names.tokenize import Token
from tahaluf.screening.ask import MADE_WEIGHT, MOST_ASKED
from tahaluf.screening.kernel.retrieve import SURPLUS
from tahaluf.screening.kernel.screen import (
    MOST_SOUGHT,
    NOTHING,
    PROMISING,
    THIN,
    WHOLE_ORGANIZATION,
    WHOLE_PERSON,
    WHOLE_WORDS,
)
from tahaluf.screening.rarity import GENERIC, PRIOR, UNCOMMON
from tahaluf.screening.reference.align import WeighedName, align
from tahaluf.screening.reference.likeness import Likeness, Spelling
from tahaluf.screening.reference.lookup import near_tokens
from tahaluf.screening.reference.measure import measure
from tahaluf.screening.tokens import ANY_EDITS, DOUBTFUL, LIKELY, SHORTEST_SPLIT
from tahaluf.screening.weighed import LIGHT, chain_of, is_light, weighed_tokens
from tahaluf.screening.weights import handicap

Weigh = Callable[[dict[str, float]], float]


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of a listing: the listing's number and kind, the name's tokens, whether it is a weak one, its order."""

    listing: int
    kind: Kind
    name: WeighedName
    weak: bool
    chain: int


@dataclass(frozen=True, slots=True)
class Sought:
    """A token to look for: its weight, and the listed tokens that it may be, best first."""

    weight: float
    near: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Best:
    """A listing with the best of its names (both by number) and that name's log-odds."""

    listing: int
    name: int
    logit: float


class ReferenceScreen:
    """Listings, ready to be compared. Their tokens are numbered in the order in which they come."""

    def __init__(self, listings: Sequence[Listing], model: LikenessModel, weigh: Weigh) -> None:
        self.likeness, self._weigh = Likeness(model), weigh
        raw = [(number, its, alias.quality) for number, its in enumerate(listings) for alias in its.names]
        texts = [[weighed_tokens(alias.text) for alias in its.names] for its in listings]
        bare: dict[str, str] = {}
        for token in (token for own in texts for tokens in own for token in tokens):
            bare[token.text] = bare.get(token.text) or token.bare
        self.spellings = [self.likeness.spelling(text, other) for text, other in bare.items()]
        self._number = {text: number for number, text in enumerate(bare)}
        self._holders = _holders(texts)
        self._forms = {form.skeleton for own in self.spellings for form in own.forms()}
        self._listings = len(listings)
        self.weights = [self.rarity(own) for own in self.spellings]
        self.names = list(self._names(raw, [tokens for own in texts for tokens in own]))

    def _names(
        self, raw: Sequence[tuple[int, Listing, Quality]], tokens: Sequence[Sequence[Token]]
    ) -> Iterator[ListedName]:
        known: set[tuple[int, tuple[str, ...]]] = set()
        for (number, listing, quality), own in zip(raw, tokens, strict=True):
            key = (number, tuple(token.text for token in own))
            if own and key not in known:
                known.add(key)
                places = [self._number[token.text] for token in own]
                weights = tuple(
                    self.weights[at] * (LIGHT if is_light(token) else 1.0)
                    for at, token in zip(places, own, strict=True)
                )
                name = WeighedName(tuple(self.spellings[at] for at in places), weights)
                yield ListedName(number, listing.kind, name, quality is Quality.LOW, chain_of(own))

    def rarity(self, token: Spelling) -> float:
        """−log of the share of people who bear a token, by the list's skeletons and by what is commonly known."""
        frequency = [common_names().frequency[number] for number in token.common]
        if len(token.common) < 3:
            frequency.append(UNCOMMON)
        if any(KIN_KINDS[group % 4] in ("concept", "legal_form") for group in token.kin):
            frequency.append(GENERIC)
        bearers = len(self._holders.get(token.skeleton, ())) + PRIOR * max(frequency) / 1000.0
        return -math.log((bearers + 0.5) / (self._listings + PRIOR))

    def asked(self, name: str) -> tuple[Sequence[Token], WeighedName]:
        """The tokens of a subject's name that take part, and what they weigh."""
        tokens = weighed_tokens(name)[:MOST_ASKED]
        spellings = tuple(self.likeness.spelling(token.text, token.bare) for token in tokens)
        weights = tuple(
            self.rarity(own) * (LIGHT if is_light(token) else 1.0) for own, token in zip(spellings, tokens, strict=True)
        )
        return tokens, WeighedName(spellings, weights)

    def sought(self, name: str) -> list[Sought]:
        """What retrieval looks for: the tokens, neighbours written together, doubtful tokens cut in two."""
        tokens, own = self.asked(name)
        found = [
            Sought(weight, self._near(spelling, ANY_EDITS))
            for spelling, weight in zip(own.tokens, own.weights, strict=True)
        ]
        cuts = [part for token, its in zip(tokens, found, strict=True) for part in self._cuts(token, its)]
        for text, edits in [*((text, 1) for text in self._joins(tokens)), *((text, 0) for text in cuts)]:
            made = self.likeness.spelling(text)
            near = self._near(made, edits)
            if near and near[0][1] >= LIKELY:
                found.append(Sought(self.rarity(made) * MADE_WEIGHT, near))
        return found[:MOST_SOUGHT]

    def _near(self, own: Spelling, edits: int) -> tuple[tuple[int, float], ...]:
        return tuple(near_tokens(own, self.spellings, self.likeness, edits))

    def _has_skeleton(self, text: str) -> bool:
        return self.likeness.spelling(text).skeleton in self._forms

    def _joins(self, tokens: Sequence[Token]) -> Iterator[str]:
        for a, b in pairwise(tokens):
            together = skeleton(a.text)[:SKELETON_WIDTH] + skeleton(b.text)[:SKELETON_WIDTH]
            is_listed = together[:SKELETON_WIDTH] in self._forms
            if is_listed and len(a.text) > 1 and is_arabic(a.text) == is_arabic(b.text):
                yield a.text + b.text

    def _cuts(self, token: Token, its: Sought) -> Iterator[str]:
        text = token.text
        if len(text) < SHORTEST_SPLIT or (its.near and its.near[0][1] >= DOUBTFUL):
            return
        for cut in range(2, len(text) - 1):
            if self._has_skeleton(text[:cut]) and self._has_skeleton(text[cut:]):
                yield from (text[:cut], text[cut:])

    def evidence(self, sought: Sequence[Sought], kinds: Iterable[Kind]) -> dict[int, float]:
        """What speaks for each listed name that holds a near token: for each token sought, p · weight of the likeliest
        of its near ones that the name holds; less a tenth of what the name weighs beside them."""
        out = {}
        for number, listed in enumerate(self.names):
            holds = {self._number[token.text] for token in listed.name.tokens}
            shares = []
            for token in sought:
                first = next(((at, p) for at, p in token.near if at in holds), None)
                if first:
                    shares.append(first[1] * min(token.weight, self.weights[first[0]]))
            if shares and listed.kind in set(kinds):
                out[number] = sum(shares) - float(SURPLUS) * (sum(listed.name.weights) - sum(shares))
        return out

    def candidates(self, name: str, kinds: Iterable[Kind], shortlist: int) -> list[int]:
        """The names to align: the `shortlist` ones of most evidence that have a fair share of the best one's."""
        evidence = self.evidence(self.sought(name), tuple(kinds))
        best = sorted(evidence, key=lambda number: (-evidence[number], number))[:shortlist]
        most = evidence[best[0]] if best else 0.0
        return [number for number in best if evidence[number] >= min(most, float(PROMISING) * most)]

    def logit(self, name: str, number: int, kinds: Iterable[Kind] = tuple(Kind)) -> float:
        """Log-odds of a subject's name and a listed one: the weighed features, less what thin evidence lacks; names
        that are the same word for word have a least."""
        tokens, own = self.asked(name)
        listed, mine = self.names[number], chain_of(tokens)
        chain = ((mine | listed.chain) & 1) | (mine & listed.chain & 2)
        steps = align(own, listed.name, self.likeness)
        features = measure(steps, own, listed.name, chain, listed.weak)
        logit = self._weigh(features) - max(0.0, THIN - features["evidence"])
        same = own.tokens and [token.text for token in own.tokens] == [token.text for token in listed.name.tokens]
        return max(logit, self._least_of_whole(listed, kinds)) if same else logit

    def _least_of_whole(self, listed: ListedName, kinds: Iterable[Kind]) -> float:
        organizations, vehicles = (Kind.ORGANIZATION, Kind.COMPANY), (Kind.VESSEL, Kind.AIRPLANE)
        if listed.kind in organizations or (listed.kind in vehicles and set(kinds) != set(Kind)):
            return WHOLE_ORGANIZATION
        enough = len(listed.name.tokens) >= WHOLE_WORDS and not listed.weak
        return WHOLE_PERSON if enough else NOTHING

    def screen(
        self, name: str, most: int, kinds: Iterable[Kind] = tuple(Kind), shortlist: int | None = None
    ) -> list[Best]:
        """The `most` best listings, each by its best name; ties by the lower number."""
        allowed = tuple(kinds)
        if not self.asked(name)[0]:
            return []
        everything = [number for number, listed in enumerate(self.names) if listed.kind in allowed]
        aligned = everything if shortlist is None else self.candidates(name, allowed, shortlist)
        best: dict[int, Best] = {}
        for number in sorted(aligned):
            found = Best(self.names[number].listing, number, self.logit(name, number, allowed))
            if found.listing not in best or found.logit > best[found.listing].logit:
                best[found.listing] = found
        return sorted(best.values(), key=lambda found: (-found.logit, found.listing))[:most]

    def told(self, name: str, best: Best, kinds: Iterable[Kind] = tuple(Kind)) -> int:
        """The name that a hit is told by: of the listing's names the one that is the subject's word for word; else the
        best; else one in the subject's letters, where the best is not and has less than `cross` more log-odds."""
        tokens, allowed = self.asked(name)[0], tuple(kinds)
        texts = [token.text for token in tokens]
        own = [number for number, listed in enumerate(self.names) if listed.listing == best.listing]
        for number in own:
            if [token.text for token in self.names[number].name.tokens] == texts:
                return number
        mine = is_arabic(texts[0])
        near = {number: self.logit(name, number, allowed) for number in own if self._letters_of(number) == mine}
        if best.name in near or not near:
            return best.name
        number = min(near, key=lambda number: (-near[number], number))
        return number if near[number] > best.logit - handicap() else best.name

    def _letters_of(self, number: int) -> bool:
        return is_arabic(self.names[number].name.tokens[0].text)


def _holders(texts: Sequence[Sequence[Sequence[Token]]]) -> dict[str, set[int]]:
    """For each skeleton, the listings with a token of it."""
    holders: dict[str, set[int]] = {}
    for number, names in enumerate(texts):
        for token in (token for tokens in names for token in tokens):
            holders.setdefault(skeleton(token.text)[:SKELETON_WIDTH], set()).add(number)
    return holders
