"""The features of an alignment, by name, each as it is defined: the specification of `screening.kernel.align.measure`.

`chain` tells of the order: bit 0, a nasab ("son of") orders the tokens of one name; bit 1, one stands before the second
token of both.
"""

from tahaluf.screening.reference.align import MATCHED, Step, WeighedName, lighter
from tahaluf.screening.reference.likeness import SAME

SURE = 0.5
LOWEST_ODDS, HIGHEST_ODDS = -3.0, 5.0
TINY = 1e-6


class Sides:
    """For each token of either name how surely it was met, and where; only the first of two neighbours has a place."""

    def __init__(self, steps: list[Step], subject: WeighedName, listing: WeighedName) -> None:
        self.subject = [0.0] * len(subject.tokens)
        self.listing = [0.0] * len(listing.tokens)
        self.place: list[int | None] = [None] * len(subject.tokens)
        for step in steps:
            for i in step.subject:
                self.subject[i] = step.p
            for j in step.listing:
                self.listing[j] = step.p
            self.place[step.subject[0]] = step.listing[0]


def measure(steps: list[Step], subject: WeighedName, listing: WeighedName, chain: int, weak: bool) -> dict[str, float]:
    """All features of one alignment."""
    sides = Sides(steps, subject, listing)
    return {
        **_evidence(steps, subject, listing),
        **_coverage(sides, subject, listing),
        **_order(sides, subject, listing, chain),
        **_kinds(steps, subject, listing),
        "weak": float(weak),
    }


def _evidence(steps: list[Step], subject: WeighedName, listing: WeighedName) -> dict[str, float]:
    values = sorted((step.p * lighter(step, subject, listing) for step in steps), reverse=True)
    return {
        "evidence": sum(values),
        "log_odds": sum(max(LOWEST_ODDS, min(HIGHEST_ODDS, step.odds)) for step in steps),
        "rarest": values[0] if values else 0.0,
        "second": values[1] if len(values) > 1 else 0.0,
        "lowest": min((step.p for step in steps), default=0.0),
        "mean": sum(step.p for step in steps) / max(len(steps), 1),
    }


def _coverage(sides: Sides, subject: WeighedName, listing: WeighedName) -> dict[str, float]:
    lost_subject = sum(w * (1 - p) for w, p in zip(subject.weights, sides.subject, strict=True))
    lost_listing = sum(w * (1 - p) for w, p in zip(listing.weights, sides.listing, strict=True))
    return {
        "unmatched_subject": lost_subject,
        "unmatched_listing": lost_listing,
        "contradiction": min(lost_subject, lost_listing),
        "coverage_subject": 1 - lost_subject / (sum(subject.weights) + TINY),
        "coverage_listing": 1 - lost_listing / (sum(listing.weights) + TINY),
        "left_subject": sum(p < MATCHED for p in sides.subject),
        "left_listing": sum(p < MATCHED for p in sides.listing),
    }


def _order(sides: Sides, subject: WeighedName, listing: WeighedName, chain: int) -> dict[str, float]:
    place, last, its_last = sides.place, len(subject.tokens) - 1, len(listing.tokens) - 1
    met = [j for j in place if j is not None]
    inversions = sum(later < earlier for k, earlier in enumerate(met) for later in met[k + 1 :])
    run = 0
    while run <= min(last, its_last) and place[run] == run and sides.subject[run] > SURE:
        run += 1
    ordered = bool(chain & 1)
    head_moved, head_lost = place[0] != 0, sides.listing[0] < SURE
    father_lost = bool(chain & 2) and last > 0 and its_last > 0 and (place[1] != 1 or sides.subject[1] < SURE)
    return {
        "first": sides.subject[0] if place[0] == 0 else 0.0,
        "last": sides.subject[last] if place[last] == its_last else 0.0,
        "inversions": inversions,
        "run_subject": sum(subject.weights[:run]) / (sum(subject.weights) + TINY),
        "run_listing": sum(listing.weights[:run]) / (sum(listing.weights) + TINY),
        "chain": float(ordered),
        "chain_first_lost": float(head_moved) + float(head_lost or head_moved) if ordered else 0.0,
        "chain_inversions": inversions if ordered else 0.0,
        "father_lost": float(father_lost),
    }


def _kinds(steps: list[Step], subject: WeighedName, listing: WeighedName) -> dict[str, float]:
    heads = [(subject.tokens[step.subject[0]], listing.tokens[step.listing[0]]) for step in steps]
    mine, its = subject.tokens[0].arabic, listing.tokens[0].arabic
    return {
        "cross": float(mine != its),
        "tokens_subject": len(subject.tokens),
        "tokens_listing": len(listing.tokens),
        "exact": sum(step.odds >= SAME for step in steps),
        "initials": sum(min(len(a.letters), len(b.letters)) == 1 for a, b in heads),
    }
