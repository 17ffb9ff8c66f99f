"""How strongly a listing is meant that a document's number brought up and no name did.

The log-odds of such a pair are a base, which says that nothing is known of the names, and the effects of the
attributes, the document's among them (`attributes.combine`, with the base in the place of the names' log-odds). A pair
that names brought up, too, has the better of the two for a base, and the document counts once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tahaluf.domain import AttributeEffect, Document
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig
from tahaluf.screening.attributes.document import document_effect, judge
from tahaluf.screening.numbers.finder import NumberMatch


@dataclass(frozen=True, slots=True)
class NumberBases:
    """Log-odds of a pair found by number alone, before any effect, by how the numbers meet.

    With the document's effect: the same number by a fitting issuer lies well over the default threshold, and over it
    whatever else contradicts; all others lie under it until something else agrees.
    """

    same: float = -3.0
    same_number_other_issuer: float = -3.5
    same_short: float = -3.5
    confusable: float = -4.5
    one_slip: float = -4.0


DEFAULT_BASES = NumberBases()
# What a listing without a name (a register's) has more, where its number is miscopied: no name speaks against it.
NAMELESS = 1.2
MISCOPIED = ("document.confusable", "document.one_slip")


class NumberEvidence(NamedTuple):
    """What a number says of a pair: `base` in log-odds stands for the names, `effect` for the two documents."""

    base: float
    effect: AttributeEffect


def weigh_numbers(
    matches: Sequence[NumberMatch],
    subject: Sequence[Document],
    listing: Sequence[Document],
    config: AttributeConfig = DEFAULT_CONFIG,
    bases: NumberBases = DEFAULT_BASES,
) -> NumberEvidence | None:
    """The strongest of the matches of one listing, with the documents of both sides; None where none holds.

    IndexError where a side has no document of that place: the index does not agree with itself.
    """
    best: NumberEvidence | None = None
    for match in matches:
        mine, theirs = subject[match.subject_document], listing[match.listing_document]
        judged = judge(mine, theirs, config)
        base = getattr(bases, judged[1], None) if judged else None
        if judged is None or base is None:
            continue
        one = NumberEvidence(base, document_effect(*judged, mine, theirs))
        if best is None or one.base + one.effect.effect > best.base + best.effect.effect:
            best = one
    return best


def without_name(evidence: NumberEvidence) -> NumberEvidence:
    """What a number says of a listing that has no name."""
    more = NAMELESS if evidence.effect.reason in MISCOPIED else 0.0
    return evidence._replace(base=evidence.base + more)


def with_evidence(effects: Sequence[AttributeEffect], evidence: NumberEvidence) -> tuple[AttributeEffect, ...]:
    """The effects of a pair with the document's by which it was found, whichever document was told before."""
    return (*(effect for effect in effects if effect.attribute != "document"), evidence.effect)
