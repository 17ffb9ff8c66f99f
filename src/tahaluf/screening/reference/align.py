"""Align the tokens of two names and sum up what the alignment shows, in plain loops.

The specification of `screening.kernel.align`: `align` gives the pairs, `measure` the features by name.
"""

from dataclasses import dataclass

from tahaluf.names.letters import SKELETON_WIDTH
from tahaluf.screening.kernel import join as kernel
from tahaluf.screening.kernel.measure import MATCHED as MATCHED_FROM
from tahaluf.screening.reference.likeness import NEVER, SAME, Likeness, Spelling, edit_likeness, glue
from tahaluf.screening.reference.lookup import edit_distance, sigmoid

APART, JOINED, MATCHED = float(kernel.APART), float(kernel.JOINED), float(MATCHED_FROM)
LEAST_ODDS = -2.5
SAME_PLACE = 1.02
MOST_JOINED = 16
Odds = list[list[float]]


@dataclass(frozen=True, slots=True)
class WeighedName:
    """The tokens of a name in the order of comparison, each with its weight (rarity, in nats)."""

    tokens: tuple[Spelling, ...]
    weights: tuple[float, ...]

    def weight(self, places: tuple[int, ...]) -> float:
        """What the tokens at `places` weigh together."""
        return sum(self.weights[place] for place in places)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an alignment: one token of each side, or two neighbours of one side, as places in the names."""

    subject: tuple[int, ...]
    listing: tuple[int, ...]
    odds: float

    @property
    def p(self) -> float:
        """How likely the two sides are spellings of one token."""
        return sigmoid(self.odds)


def is_far(a: Spelling, b: Spelling) -> bool:
    """Whether the skeletons of two forms are more edits apart than three fifths of the longer; those of one symbol
    never are."""
    longer = max(len(a.skeleton), len(b.skeleton))
    if not a.skeleton or not b.skeleton or longer <= 1:
        return False
    return edit_distance(a.skeleton, b.skeleton) * 5 > longer * 3


def are_compared(a: Spelling, b: Spelling) -> bool:
    """Whether two tokens are worth comparing: an initial, both of some kin, or not far in a form of one of the two."""
    if a.kin and b.kin:
        return True
    if min(len(a.letters), len(b.letters)) <= 1 or not is_far(a, b):
        return True
    return (a.other is not None and not is_far(a.other, b)) or (b.other is not None and not is_far(a, b.other))


def all_odds(subject: WeighedName, listing: WeighedName, likeness: Likeness) -> Odds:
    """Log-odds of every pair of tokens."""
    return [
        [likeness.compare_tokens(a, b) if are_compared(a, b) else NEVER for b in listing.tokens] for a in subject.tokens
    ]


def may_join(a: Spelling, b: Spelling, whole: Spelling) -> bool:
    """Whether two neighbours together have about the consonants of `whole`."""
    keys = len(a.skeleton) + len(b.skeleton)
    return (
        a.arabic == b.arabic
        and min(len(a.letters), len(b.letters)) > 1
        and abs(keys - len(whole.skeleton)) <= 1 + keys // 5
        and len(set(a.skeleton + b.skeleton) ^ set(whole.skeleton)) <= 2
        and edit_distance((a.skeleton + b.skeleton)[:SKELETON_WIDTH], whole.skeleton) <= 1 + keys // 5
    )


def joined_odds(a: Spelling, b: Spelling, whole: Spelling, likeness: Likeness) -> float:
    """Log-odds that neighbours `a` and `b`, written together, are `whole`; in Arabic letters only the same will do."""
    one = glue(a, b)
    if a.arabic and whole.arabic:
        return SAME if edit_likeness(one.letters, whole.letters) > 0.99 else NEVER
    return likeness.by_gain(one, whole)


def joined_steps(subject: WeighedName, listing: WeighedName, odds: Odds, likeness: Likeness) -> list[Step]:
    """Where two neighbours, neither of which is likely alone, are together one token of the other name."""
    steps = []
    mine, theirs = subject.tokens, listing.tokens
    for i, j in ((i, j) for i in range(len(mine)) for j in range(len(theirs))):
        if i + 1 < len(mine) and max(odds[i][j], odds[i + 1][j]) < APART and may_join(mine[i], mine[i + 1], theirs[j]):
            steps.append(Step((i, i + 1), (j,), joined_odds(mine[i], mine[i + 1], theirs[j], likeness)))
        if (
            j + 1 < len(theirs)
            and max(odds[i][j], odds[i][j + 1]) < APART
            and may_join(theirs[j], theirs[j + 1], mine[i])
        ):
            steps.append(Step((i,), (j, j + 1), joined_odds(theirs[j], theirs[j + 1], mine[i], likeness)))
    return [step for step in steps if step.odds > JOINED][:MOST_JOINED]


def assign(odds: Odds, joined: list[Step], subject: WeighedName, listing: WeighedName) -> list[Step]:
    """Steps taken one by one, the one of most evidence first, until no two tokens are left that could be one.

    Evidence is p · the weight of the lighter side, a little more at the same place in both names. Of equal
    steps the earlier one wins, and a single pair before a joined one.
    """
    single = [
        Step((i,), (j,), value) for i, row in enumerate(odds) for j, value in enumerate(row) if value > LEAST_ODDS
    ]
    left = [*single, *joined]
    taken: list[Step] = []
    while left:
        best = max(left, key=lambda step: _evidence(step, subject, listing))
        if _evidence(best, subject, listing) <= 0.0:
            break
        taken.append(best)
        left = [s for s in left if not set(s.subject) & set(best.subject) and not set(s.listing) & set(best.listing)]
    return taken


def _evidence(step: Step, subject: WeighedName, listing: WeighedName) -> float:
    placed = SAME_PLACE if len(step.subject + step.listing) == 2 and step.subject == step.listing else 1.0
    return step.p * lighter(step, subject, listing) * placed


def lighter(step: Step, subject: WeighedName, listing: WeighedName) -> float:
    """The weight of a step: of its lighter side."""
    return min(subject.weight(step.subject), listing.weight(step.listing))


def align(subject: WeighedName, listing: WeighedName, likeness: Likeness) -> list[Step]:
    """The alignment of two names."""
    odds = all_odds(subject, listing, likeness)
    return assign(odds, joined_steps(subject, listing, odds, likeness), subject, listing)
